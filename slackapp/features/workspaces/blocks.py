"""The settings, and what is said to whoever looks after the workspace."""

import re
import unicodedata
from collections.abc import Sequence
from datetime import time
from itertools import groupby

from slack_sdk.models.blocks import (
    Block,
    InputBlock,
    Option,
    OptionGroup,
    StaticSelectElement,
)
from slack_sdk.models.views import View

from slackapp.core.words import clip, counted
from slackapp.features.workspaces.rules import (
    COUNTRY_NAMES,
    INHERITED,
    MORNINGS,
    USUAL_MORNING,
    Function,
    Settled,
)
from slackapp.slack.blocks import VALUE, Field, Message, choice, element, form, header, markdown, small
from slackapp.slack.plain import Choice
from slackapp.slack.replies import Whisper
from slackapp.slack.text import escape

#: Names that take an article within a sentence.
_PLURAL_OR_COMPOSED = re.compile(
    r"^(United|Bahamas|Comoros|Gambia|Isle|Maldives|Philippines|Seychelles)"
    r"|(Islands|Republic|Netherlands|Territory|Territories)$"
)

SETTINGS = "workspaces.settings"
FUNCTION = "workspaces.function"


def settings(settled: Settled) -> View:
    return form(
        "Settings",
        callback_id=SETTINGS,
        submit="Save",
        metadata=settled.channel_id or "",
        close="Close",
        blocks=[*_you(settled), *_channel(settled), *_workspace(settled)],
    )


def saved(settled: Settled) -> Whisper:
    return Whisper(escape(f"Saved. {when_asked(settled)}"))


def function_form(above: Sequence[Block], *, below: Sequence[Block] = ()) -> View:
    """A form that asks for nothing else. Not answering it is fine."""
    return form(
        "One question",
        callback_id=FUNCTION,
        submit="Save",
        close="Not now",
        blocks=[*above, function_input(), *below],
    )


def function_input() -> InputBlock:
    """For any form that wants to know it once; `service.take_function` reads it."""
    return choice(
        Field(
            "function",
            "What is your function?",
            hint="It is counted, never shown by name. You are asked this once; /launch settings changes it.",
            optional=True,
        ),
        [(function.value, function.label) for function in Function],
    )


def _you(settled: Settled) -> list[Block]:
    if settled.channel_id is None:
        above = f"As in each channel, else {_days(settled.workspace_country)}"
    elif settled.channel_country:
        above = f"As in this channel: {_days(settled.channel_country)}"
    else:
        above = f"As in this workspace: {_days(settled.workspace_country)}"
    functions = [(INHERITED, "Not said"), *((function.value, function.label) for function in Function)]
    return [
        header("You"),
        _country(Field("country", "Working days and holidays"), above, settled.country),
        _morning(
            Field("morning", "Your morning"),
            f"As in this workspace: {_clock(settled.workspace_morning or USUAL_MORNING)}",
            settled.morning,
        ),
        choice(
            Field("function", "What you do here", hint="It is counted, and never shown by name."),
            functions,
            initial=settled.function or INHERITED,
        ),
        small(when_asked(settled)),
    ]


def _channel(settled: Settled) -> list[Block]:
    if settled.channel_id is None:
        return []
    if not settled.channel_known:
        unknown = "Afterlaunch does not see this channel. Type /invite @Afterlaunch here to settle its days."
        return [header("This channel"), small(unknown)]
    above = f"As in this workspace: {_days(settled.workspace_country)}"
    return [
        header("This channel"),
        _country(Field("channel_country", "Working days and holidays here"), above, settled.channel_country),
        small("For what is asked about this channel's launches, of everybody who chose nothing above."),
    ]


def _workspace(settled: Settled) -> list[Block]:
    if not settled.is_admin:
        days, morning = _days(settled.workspace_country), _clock(settled.workspace_morning or USUAL_MORNING)
        there = f"Working days and holidays: {days}. Morning: {morning}. An admin can change this."
        return [header("This workspace"), small(there)]
    return [
        header("This workspace"),
        _country(
            Field("workspace_country", "Working days and holidays of everybody"),
            f"No country: {_days(None)}",
            settled.workspace_country,
        ),
        _morning(
            Field("workspace_morning", "Everybody's morning"),
            f"As usual: {_clock(USUAL_MORNING)}",
            settled.workspace_morning,
        ),
    ]


def _country(about: Field, above: str, chosen: str | None) -> InputBlock:
    """Grouped by initial letter: one list holds a hundred at most."""
    nothing = _option(INHERITED, above)
    groups = [OptionGroup(label="No choice of its own", options=[nothing])]
    groups += [
        OptionGroup(label=letter, options=[_option(code, COUNTRY_NAMES[code]) for code in codes])
        for letter, codes in groupby(COUNTRY_NAMES, _initial)
    ]
    named = _option(chosen, COUNTRY_NAMES[chosen]) if chosen and chosen in COUNTRY_NAMES else nothing
    return element(about, StaticSelectElement(action_id=VALUE, option_groups=groups, initial_option=named))


def _initial(code: str) -> str:
    return unicodedata.normalize("NFKD", COUNTRY_NAMES[code])[0]


def _morning(about: Field, above: str, chosen: time | None) -> InputBlock:
    offered = [(INHERITED, above), *((_clock(morning), _clock(morning)) for morning in MORNINGS)]
    return choice(about, offered, initial=INHERITED if chosen is None else _clock(chosen))


def _option(value: str, label: str) -> Option:
    return Choice(value, clip(label, 75))


def _clock(at: time) -> str:
    return f"{at:%H:%M}"


def _days(country: str | None) -> str:
    return COUNTRY_NAMES.get(country or "", "Monday to Friday")


def _with_article(country: str) -> str:
    return f"the {country}" if _PLURAL_OR_COMPOSED.search(country) else country


def when_asked(settled: Settled) -> str:
    """You are asked at 09:30 in Europe/Stockholm, on working days in Sweden."""
    calendar = settled.calendar
    days = f"on working days in {_with_article(_days(calendar.country))}"
    if calendar.country not in COUNTRY_NAMES:
        days = "from Monday to Friday"
    return f"You are asked at {_clock(calendar.morning)} in {calendar.zone.key}, {days}."


def scopes_missing(missing: Sequence[str]) -> Message:
    text = f"Afterlaunch needs {counted(len(missing), 'permission')} it was not given."
    names = ", ".join(f"`{scope}`" for scope in missing)
    return Message(
        text=text,
        blocks=[
            markdown(
                f"{text} This version asks for {names}; what needs that does not work until it is given."
            ),
            markdown(
                "On the app's page at https://api.slack.com/apps paste what `afterlaunch manifest` prints "
                "under *App Manifest*, then choose *Install App* and *Reinstall*. "
                "If somebody else runs Afterlaunch, please pass this on: you are told as an admin here."
            ),
        ],
    )
