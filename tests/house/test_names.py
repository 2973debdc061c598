"""What is promised to Slack and what is there: manifest, routes, buttons, modals, scopes."""

import ast
import fnmatch
import importlib
import inspect
from collections.abc import Iterator, Mapping
from pathlib import Path

from slack_sdk.web.async_client import AsyncWebClient

from slackapp.core.manifest import manifest
from slackapp.playground.slack.manifest import EVENT_SCOPES
from slackapp.playground.slack.web_api import METHODS
from slackapp.slack import reading
from slackapp.slack.blocks import VALUE
from slackapp.slack.routes import OnAction, OnCommand, OnDirectMessage, OnHomeOpened, OnShortcut, OnSubmit
from slackapp.wiring import ROUTES
from tests.support.source import FEATURES, PACKAGE, ROOT, STAND_IN, modules, name, tree

ACTIONS = {route.action_id for route in ROUTES if isinstance(route, OnAction)}
SUBMITS = {route.callback_id for route in ROUTES if isinstance(route, OnSubmit)}

#: Any channel may be a team's: public, private, or the direct message a question stands in.
HISTORY = {"channels:history", "groups:history", "im:history"}

#: The same for looking at a channel; nobody looks at a direct message.
LOOKING = {"channels:read", "groups:read"}

#: Scopes that belong to no single method: slash commands, and the metadata by which messages are found again.
OTHER_SCOPES = {"commands", "metadata.message:read"}


def given(path: Path, call: ast.Call, function: str, keyword: str) -> Iterator[str]:
    """The id a call is given, as a pattern: what is only known at run time is a `*`."""
    expressions = [k.value for k in call.keywords if k.arg == keyword]
    if ast.unparse(call.func) == function:
        expressions += call.args[:1]
    known = vars(importlib.import_module(".".join(path.relative_to(ROOT).with_suffix("").parts)))
    for expression in expressions:
        match expression:
            case ast.Constant(value=str(text)):
                yield text
            case ast.Name(id=constant):
                yield known[constant]
            case ast.JoinedStr(values=parts):
                yield "".join(piece(part, known) for part in parts)
            case _:
                raise AssertionError(f"{name(path)}:{call.lineno} hides the id it gives")


def piece(part: ast.expr, known: Mapping[str, object]) -> str:
    match part:
        case ast.Constant(value=text):
            return str(text)
        case ast.FormattedValue(value=ast.Name(id=used)) if used in known:
            return str(known[used])
        case _:
            return "*"


def produced(function: str, keyword: str) -> set[str]:
    return {
        pattern
        for path in modules(FEATURES, PACKAGE / "outbox")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call)
        for pattern in given(path, node, function, keyword)
    }


def unmatched(patterns: set[str], names: set[str]) -> set[str]:
    """The patterns no name fits, and the names that fit no pattern."""
    idle = {pattern for pattern in patterns if not fnmatch.filter(names, pattern)}
    return idle | {each for each in names if not any(fnmatch.fnmatchcase(each, p) for p in patterns)}


def called_methods() -> set[str]:
    """The Web API methods the app calls, by Slack's names."""
    ours = [path for path in modules(PACKAGE) if STAND_IN not in path.parents]
    used = {node.attr for path in ours for node in ast.walk(tree(path)) if isinstance(node, ast.Attribute)}
    coroutines = inspect.getmembers(AsyncWebClient, inspect.iscoroutinefunction)
    sdk = {each for each, _ in coroutines if "_" in each and not each.startswith("_")}
    assert "api_call" not in used, "a method called by its name alone would be missed here"
    return {next((m for m in METHODS if m.replace(".", "_") == each), each) for each in used & sdk}


def test_every_command_of_the_manifest_is_routed_and_no_other() -> None:
    declared = {command["command"] for command in manifest()["features"]["slash_commands"]}
    assert declared == {route.command for route in ROUTES if isinstance(route, OnCommand)}


def test_the_events_of_the_manifest_are_those_that_are_routed_or_taken_note_of() -> None:
    declared = set(manifest()["settings"]["event_subscriptions"]["bot_events"])
    events = {OnDirectMessage: "message.im", OnHomeOpened: "app_home_opened"}
    routed = {events[type(route)] for route in ROUTES if type(route) in events}
    assert declared == {"user_change", *reading.MOVES, *reading.CHANGES} | routed


def test_there_is_a_home_tab_exactly_if_somebody_draws_it() -> None:
    has_tab = manifest()["features"]["app_home"]["home_tab_enabled"]
    assert has_tab == any(isinstance(route, OnHomeOpened) for route in ROUTES)


def test_every_shortcut_of_the_manifest_is_routed_and_no_other() -> None:
    declared = {
        (shortcut["type"], shortcut["callback_id"])
        for shortcut in manifest()["features"].get("shortcuts", [])
    }
    assert declared == {("message", route.callback_id) for route in ROUTES if isinstance(route, OnShortcut)}


def test_no_two_routes_answer_the_same() -> None:
    keys = [
        (type(route), *(getattr(route, key, "") for key in ("command", "action_id", "callback_id")))
        for route in ROUTES
    ]
    assert sorted(keys, key=str) == sorted(set(keys), key=str)


def test_every_button_is_answered_and_every_answer_has_its_button() -> None:
    assert unmatched(produced("button", "action_id") - {VALUE}, ACTIONS) == set()


def test_every_modal_is_answered_and_every_answer_has_its_modal() -> None:
    assert unmatched(produced("", "callback_id"), SUBMITS) == set()


def test_the_stand_in_knows_every_method_that_is_called() -> None:
    assert called_methods() <= set(METHODS)
    assert {"auth.test", "chat.postMessage", "views.open"} <= called_methods()


def test_the_scopes_are_those_the_called_methods_and_events_need() -> None:
    needed = set(OTHER_SCOPES)
    for method in called_methods():
        needed |= HISTORY if method in {"conversations.history", "conversations.replies"} else set()
        needed |= LOOKING if method in {"conversations.info", "conversations.members"} else set()
        needed |= {METHODS[method].scope or "commands"}
    for event in manifest()["settings"]["event_subscriptions"]["bot_events"]:
        needed |= set(EVENT_SCOPES[event])
    scopes = manifest()["oauth_config"]["scopes"]["bot"]
    assert sorted(scopes) == sorted(needed)
