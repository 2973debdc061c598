"""Composition objects: texts, options, option groups, confirm dialogs, filters, files."""

from collections.abc import Iterator, Mapping
from typing import Any

from .schema import (
    FINE,
    NO_FIELDS,
    Check,
    Fault,
    Faults,
    Fields,
    Rule,
    array,
    boolean,
    fault,
    not_both,
    obj,
    one_of,
    some_of,
    string,
    typed,
)

TEXT_MAX = 3000

URL = string(3000)
WEB_URL = string(3000, pattern=r"https?://\S+")
ALT_TEXT = string(2000)
#: An empty id counts as none: Slack then makes one.
IDENTIFIER = string(255, minimum=0)
ID_LIST = array(string())
STYLE = one_of("primary", "danger")


def plain_text(maximum: int = TEXT_MAX) -> Check:
    return obj({"type": one_of("plain_text"), "text": string(maximum)}, {"emoji": boolean})


def mrkdwn(maximum: int = TEXT_MAX) -> Check:
    return obj({"type": one_of("mrkdwn"), "text": string(maximum)}, {"verbatim": boolean})


def text(maximum: int = TEXT_MAX) -> Check:
    """Either kind of text object. A fault carries the sentence Slack puts before those of a union."""
    either = typed({"plain_text": plain_text(maximum), "mrkdwn": mrkdwn(maximum)})

    def check(value: object) -> Faults:
        faults = either(value)
        return [Fault("", "failed to match all allowed schemas"), *faults] if faults else FINE

    return check


def option(label: Check, also: Fields = NO_FIELDS) -> Check:
    return obj({"text": label, "value": string(150)}, {"description": label, **also})


#: Options of menus are plain text, those of checkboxes and radio buttons may be mrkdwn,
#: and only those of an overflow menu have a URL.
MENU_OPTION = option(plain_text(75))
CHOICE_OPTION = option(text(75))
OVERFLOW_OPTION = option(plain_text(75), {"url": URL})

OPTION_GROUP = obj({"label": plain_text(75), "options": array(MENU_OPTION, 1, 100)})

CONFIRM = obj(
    {"title": plain_text(100), "text": text(300), "confirm": plain_text(30), "deny": plain_text(30)},
    {"style": STYLE},
)

DISPATCH_ACTION_CONFIG = obj(
    {"trigger_actions_on": array(one_of("on_enter_pressed", "on_character_entered"), 1, 2)},
)

CONVERSATION_FILTER = obj(
    {},
    {
        "include": array(one_of("im", "mpim", "private", "public"), 1),
        "exclude_external_shared_channels": boolean,
        "exclude_bot_users": boolean,
    },
    some_of("include", "exclude_external_shared_channels", "exclude_bot_users"),
)

SLACK_FILE = obj(
    {},
    {"id": string(pattern="F[A-Z0-9]{8,}"), "url": URL},
    some_of("id", "url"),
    not_both("id", "url"),
)

SLACK_ICON = obj({"type": one_of("icon"), "name": string()})

WORKFLOW = obj(
    {
        "trigger": obj(
            {"url": URL},
            {"customizable_input_parameters": array(obj({"name": string(), "value": string(minimum=0)}))},
        ),
    },
)

FEEDBACK_BUTTON = obj({"text": plain_text(75), "value": string(2000)}, {"accessibility_label": string(75)})


def chosen_from_options(name: str) -> Rule:
    """What `name` preselects (one option or several) is offered, letter for letter."""

    def rule(value: Mapping[str, Any]) -> Faults:
        if name not in value:
            return FINE
        initial = value[name]
        picked = initial if isinstance(initial, list) else [initial]
        offered = list(_offered(value))
        # Slack takes an empty list for a choice that is not offered.
        if picked and all(each in offered for each in picked):
            return FINE
        return fault("must be one of the provided options", f"/{name}")

    return rule


def _offered(value: Mapping[str, Any]) -> Iterator[Any]:
    yield from value.get("options", ())
    for group in value.get("option_groups", ()):
        yield from group["options"]
