"""Modals and Home tabs as they stand on people's screens, and what is kept when the app redraws one."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from slackapp.playground.slack.blockkit import STATE_KEYS, Json, finished, placed
from slackapp.playground.slack.errors import RefusedError
from slackapp.playground.slack.ids import new_id
from slackapp.playground.slack.inputs import initial_state, options_of
from slackapp.playground.slack.records import Message
from slackapp.playground.slack.shown import blocks_text, words

STACK = 3


@dataclass(frozen=True)
class View:
    """One view at one moment; redrawing it gives another snapshot with the same `id` and a new `hash`."""

    id: str
    user: str
    #: What the app sent, with the ids Slack adds.
    content: Json
    hash: str
    root_view_id: str
    previous_view_id: str | None = None
    #: What stands in the fields: block id, action id, state.
    values: dict[str, dict[str, Json]] = field(default_factory=dict)
    #: What is typed into fields and not fit to be handed in, by block id; `values` keeps what last was.
    half_typed: Mapping[str, str] = field(default_factory=dict)
    #: What is wrong with what was to be handed in, by block id: the app's sentences, or their client's.
    errors: Mapping[str, str] = field(default_factory=dict)
    #: The connection error the person reads after a submit or click that came to nothing.
    trouble: str | None = None
    #: The conversation it was opened from.
    conversation: str | None = field(default=None, repr=False)
    names: Mapping[str, str] = field(default_factory=dict, compare=False, repr=False)

    @property
    def type(self) -> str:
        return str(self.content["type"])

    @property
    def blocks(self) -> list[Json]:
        blocks: list[Json] = self.content["blocks"]
        return blocks

    @property
    def callback_id(self) -> str:
        return str(self.content.get("callback_id", ""))

    @property
    def external_id(self) -> str:
        return str(self.content.get("external_id", ""))

    @property
    def private_metadata(self) -> str:
        return str(self.content.get("private_metadata", ""))

    @property
    def title(self) -> str:
        return words(self.content.get("title"), self.names)

    @property
    def submit(self) -> str | None:
        return words(self.content["submit"], self.names) if "submit" in self.content else None

    @property
    def shown(self) -> str:
        """What a person reads, line by line; fields with what stands in them, buttons as [Label].

        Every space is a plain one.
        """
        lines = [self.title] if self.type == "modal" else []
        if self.trouble is not None:
            lines.append(f"(!) {self.trouble}")
        for block in self.blocks:
            lines += blocks_text([block], self.values, self.names)
            if block["block_id"] in self.errors:
                lines.append(f"(!) {self.errors[block['block_id']]}")
        if self.type == "modal":
            close = words(self.content.get("close"), self.names) or "Cancel"
            lines.append(" ".join([f"[{close}]", *([f"[{self.submit}]"] if self.submit else [])]))
        return "\n".join(lines).replace("\N{NO-BREAK SPACE}", " ")


@dataclass
class Screen:
    """What one person has before them besides the conversations: modals, Home, and what only they see."""

    modals: list[View] = field(default_factory=list)
    home: View | None = None
    looks_at_home: bool = False
    #: Messages shown to this person alone, by channel and ts; gone when they reload.
    whispers: dict[tuple[str, str], Message] = field(default_factory=dict)
    #: What stands in the fields of messages, by channel and ts.
    message_values: dict[tuple[str, str], dict[str, dict[str, Json]]] = field(default_factory=dict)
    #: What external selects have offered so far, by block and action id, each option by its value.
    offered: dict[tuple[str, str], dict[str, Json]] = field(default_factory=dict)


class Screens:
    """Every person's screen, and where each open view is."""

    def __init__(self, names: Mapping[str, str]) -> None:
        self._names = names
        self._screens: dict[str, Screen] = {}
        self._users: dict[str, str] = {}

    def of(self, user: str) -> Screen:
        return self._screens.setdefault(user, Screen())

    def find(self, view_id: str) -> View | None:
        screen = self.of(self._users[view_id]) if view_id in self._users else Screen()
        return next((view for view in [*screen.modals, screen.home] if view and view.id == view_id), None)

    def find_external(self, external_id: str) -> View | None:
        ids = (self.find(view_id) for view_id in self._users)
        return next((view for view in ids if view and view.external_id == external_id), None)

    def push(self, user: str, content: Mapping[str, Any], conversation: str | None) -> View:
        """Put a new view on top. RefusedError `push_limit_reached` above three."""
        stack = self.of(user).modals
        if len(stack) >= STACK:
            raise RefusedError("push_limit_reached")
        view_id = new_id("V")
        view = self._drawn(
            View(
                view_id,
                user,
                {},
                "",
                root_view_id=stack[0].id if stack else view_id,
                previous_view_id=stack[-1].id if stack else None,
                conversation=conversation,
            ),
            content,
        )
        stack.append(view)
        return view

    def redraw(self, view: View, content: Mapping[str, Any]) -> View:
        """Replace what `view` shows, keeping what was typed into fields that stay the same fields."""
        fresh = self._drawn(view, content)
        self.replace(fresh)
        return fresh

    def publish(self, user: str, content: Mapping[str, Any]) -> View:
        home = self.of(user).home
        view_id = new_id("V")
        fresh = self._drawn(home or View(view_id, user, {}, "", root_view_id=view_id), content)
        self.of(user).home = fresh
        return fresh

    def replace(self, view: View) -> None:
        """Put this snapshot where the older one of the same view was, if it still is open."""
        screen = self.of(view.user)
        screen.modals = [view if older.id == view.id else older for older in screen.modals]
        if screen.home is not None and screen.home.id == view.id:
            screen.home = view

    def close(self, view: View) -> None:
        """Take the view, and whatever was pushed on top of it, off the stack."""
        screen = self.of(view.user)
        at = next((index for index, older in enumerate(screen.modals) if older.id == view.id), None)
        if at is not None:
            self._forget(screen.modals[at:])
            del screen.modals[at:]

    def clear(self, user: str) -> None:
        screen = self.of(user)
        self._forget(screen.modals)
        screen.modals.clear()

    def _forget(self, views: list[View]) -> None:
        for view in views:
            self._users.pop(view.id, None)

    def _drawn(self, view: View, content: Mapping[str, Any]) -> View:
        external = content.get("external_id")
        if external and external != view.external_id and self.find_external(external) is not None:
            raise RefusedError("duplicate_external_id")
        whole = {**content, "blocks": finished(content["blocks"], escape=False)}
        self._users[view.id] = view.user
        values = field_values(whole["blocks"], view.values, view.conversation)
        return replace(
            view,
            content=whole,
            hash=f"{secrets.randbelow(10**10):010d}.{secrets.token_urlsafe(6)}",
            values=values,
            half_typed={block: typed for block, typed in view.half_typed.items() if block in values},
            errors={},
            trouble=None,
            names=self._names,
        )


def field_values(
    blocks: list[Json], before: Mapping[str, Mapping[str, Json]], conversation: str | None = None
) -> dict[str, dict[str, Json]]:
    """The state of these blocks' fields: what stood in the same field before, or its initial value."""
    values: dict[str, dict[str, Json]] = {}
    for found in placed(blocks):
        if found.type not in STATE_KEYS:
            continue
        kept = before.get(found.block_id, {}).get(found.action_id)
        same = kept is not None and kept["type"] == found.type and _still_offered(found.element, kept)
        state = kept if same and kept is not None else initial_state(found.element, conversation)
        values.setdefault(found.block_id, {})[found.action_id] = state
    return values


def _still_offered(element: Json, state: Json) -> bool:
    if element["type"] not in ("static_select", "radio_buttons", "multi_static_select", "checkboxes"):
        return True
    selected = state.get("selected_options") or [state.get("selected_option")]
    offered = [option.get("value") for option in options_of(element)]
    return all(option is None or option.get("value") in offered for option in selected)


def view_json(view: View, ids: Mapping[str, str]) -> Json:
    """A view object as payloads and answers carry it; `ids` names team, app and bot."""
    shape: Json = {
        "id": view.id,
        "team_id": ids["team_id"],
        "type": view.type,
        "blocks": view.blocks,
        "private_metadata": view.private_metadata,
        "callback_id": view.callback_id,
        "state": {"values": view.values},
        "hash": view.hash,
        "title": view.content.get("title", {"type": "plain_text", "text": "View Title", "emoji": True}),
        "clear_on_close": view.content.get("clear_on_close", False),
        "notify_on_close": view.content.get("notify_on_close", False),
        "close": view.content.get("close"),
        "submit": view.content.get("submit"),
        "previous_view_id": view.previous_view_id,
        "root_view_id": view.root_view_id,
        "app_id": ids["app_id"],
        "external_id": view.external_id,
        "app_installed_team_id": ids["team_id"],
        "bot_id": ids["bot_id"],
    }
    return shape
