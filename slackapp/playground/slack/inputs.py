"""What an element holds: its state as payloads carry it, and what a person may put in."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from typing import Any, Protocol

from slackapp.playground.slack.blockkit import STATE_KEYS, TYPED, Json, Placed
from slackapp.playground.slack.errors import ImpossibleError
from slackapp.playground.slack.shown import words

_INITIAL = {
    "selected_option": "initial_option",
    "selected_options": "initial_options",
    "selected_user": "initial_user",
    "selected_users": "initial_users",
    "selected_conversation": "initial_conversation",
    "selected_conversations": "initial_conversations",
    "selected_channel": "initial_channel",
    "selected_channels": "initial_channels",
    "selected_date": "initial_date",
    "selected_time": "initial_time",
    "selected_date_time": "initial_date_time",
    "value": "initial_value",
    "rich_text_value": "initial_value",
}
_MULTIPLE = ("selected_options", "selected_users", "selected_conversations", "selected_channels", "files")


class Directory(Protocol):
    """Whom and what a person finds when they search in a select menu."""

    def finds_person(self, user: str) -> bool: ...

    def finds_channel(self, channel: str, element: Json) -> bool: ...

    def offered(self, placed: Placed) -> Sequence[Json]:
        """The options an external select has shown so far."""
        ...

    def file(self, name: str) -> Json:
        """Something of this name to put into a file input."""
        ...


def initial_state(element: Json, current: str | None) -> Json:
    """The state before anybody touched it; `current`: the conversation the view was opened from."""
    key = STATE_KEYS[element["type"]]
    value = element.get(_INITIAL.get(key, ""))
    if value is None and current is not None and element.get("default_to_current_conversation"):
        value = [current] if key in _MULTIPLE else current
    if value is None and key in _MULTIPLE:
        value = []
    return {"type": element["type"], key: value}


def is_empty(state: Mapping[str, Any]) -> bool:
    value = state[STATE_KEYS[state["type"]]]
    return value is None or value in ("", [])


def options_of(element: Mapping[str, Any]) -> list[Json]:
    """Every option of a menu, groups opened."""
    groups = [option for group in element.get("option_groups", []) for option in group["options"]]
    return [*element.get("options", []), *groups]


def chosen(placed: Placed, value: object, directory: Directory) -> Json:
    """The element's state with `value` put in; None empties it. ImpossibleError if nobody could."""
    key = STATE_KEYS[placed.type]
    if value is None:
        return {"type": placed.type, key: [] if key in _MULTIPLE else None}
    if placed.type in TYPED:
        return {"type": placed.type, key: _typed(placed, value)}
    if placed.type in _MOMENTS:
        return {"type": placed.type, key: _MOMENTS[placed.type](value)}
    if key not in _MULTIPLE:
        return {"type": placed.type, key: _picked(placed, value, directory)}
    values = value if isinstance(value, (list, tuple)) else [value]
    if placed.type == "checkboxes" and values and all(isinstance(ticked, bool) for ticked in values):
        values = _ticked(placed, values)
    limit = placed.element.get("max_selected_items", placed.element.get("max_files"))
    if limit is not None and len(values) > limit:
        raise ImpossibleError(f"{placed.block_id} takes no more than {limit}")
    return {"type": placed.type, key: [_picked(placed, item, directory) for item in values]}


def _ticked(placed: Placed, values: Sequence[object]) -> list[object]:
    options = options_of(placed.element)
    if len(values) != len(options):
        raise ImpossibleError(f"{placed.block_id} has {len(options)} boxes, not {len(values)}")
    return [option["value"] for option, ticked in zip(options, values, strict=True) if ticked]


def _picked(placed: Placed, value: object, directory: Directory) -> object:
    if placed.type == "file_input":
        return _file(placed, str(value), directory)
    if "users" in placed.type:
        return _found(placed, value, directory.finds_person)
    if "conversations" in placed.type or "channels" in placed.type:
        return _found(placed, value, lambda channel: directory.finds_channel(channel, placed.element))
    external = "external" in placed.type
    return option_named(
        directory.offered(placed) if external else options_of(placed.element), value, placed.block_id
    )


def _file(placed: Placed, name: str, directory: Directory) -> Json:
    file = directory.file(name)
    kinds = placed.element.get("filetypes", [])
    if kinds and file["filetype"] not in kinds:
        raise ImpossibleError(f"{placed.block_id} takes {', '.join(kinds)}, not {name!r}")
    return file


def _found(placed: Placed, value: object, finds: Callable[[str], bool]) -> str:
    wanted = str(getattr(value, "id", value))
    if not finds(wanted):
        raise ImpossibleError(f"{placed.block_id} does not offer {wanted}")
    return wanted


def option_named(options: Sequence[Json], wanted: object, where: str) -> Json:
    """The option with this value, or this visible text."""
    for option in options:
        if wanted == option.get("value"):
            return option
    for option in options:
        if wanted == words(option["text"], {}):
            return option
    offered = ", ".join(words(option["text"], {}) for option in options)
    raise ImpossibleError(f"{where} does not offer {wanted!r}; it offers {offered or 'nothing'}")


def _typed(placed: Placed, value: object) -> object:
    element = placed.element
    text = str(value)
    if text == "":
        return None
    if placed.type == "rich_text_input":
        section = {"type": "rich_text_section", "elements": [{"type": "text", "text": text}]}
        return {"type": "rich_text", "elements": [section]}
    if placed.type == "number_input":
        return _number(placed, text)
    if placed.type == "email_text_input" and not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", text):
        raise ImpossibleError(f"{placed.block_id}: {text!r} is no e-mail address")
    if placed.type == "url_text_input" and not re.fullmatch(r"https?://[^\s/]+\S*", text):
        raise ImpossibleError(f"{placed.block_id}: {text!r} is no web address")
    if not element.get("multiline") and "\n" in text:
        raise ImpossibleError(f"{placed.block_id} has one line only")
    if len(text) > element.get("max_length", 3000):
        raise ImpossibleError(f"{placed.block_id}: {len(text)} characters are too many")
    if len(text) < element.get("min_length", 0):
        raise ImpossibleError(f"{placed.block_id}: {len(text)} characters are too few")
    return text


def _number(placed: Placed, text: str) -> str:
    element = placed.element
    try:
        number = Decimal(text)
    except InvalidOperation:
        raise ImpossibleError(f"{placed.block_id}: {text!r} is no number") from None
    if not element.get("is_decimal_allowed") and number != number.to_integral_value():
        raise ImpossibleError(f"{placed.block_id} takes whole numbers only")
    if "min_value" in element and number < Decimal(element["min_value"]):
        raise ImpossibleError(f"{placed.block_id}: {text} is below {element['min_value']}")
    if "max_value" in element and number > Decimal(element["max_value"]):
        raise ImpossibleError(f"{placed.block_id}: {text} is above {element['max_value']}")
    return text


def _date(value: object) -> str:
    if isinstance(value, date):
        return value.strftime("%Y-%m-%d")
    try:
        return date.fromisoformat(str(value)).isoformat()
    except ValueError:
        raise ImpossibleError(f"{value!r} is no date of a calendar") from None


def _time(value: object) -> str:
    try:
        return time.fromisoformat(str(value)).strftime("%H:%M")
    except ValueError:
        raise ImpossibleError(f"{value!r} is no time of day") from None


def _moment(value: object) -> int:
    if isinstance(value, datetime):
        return int(value.timestamp())
    if isinstance(value, (int, float)):
        return int(value)
    raise ImpossibleError(f"{value!r} is no moment: give epoch seconds or a datetime")


_MOMENTS: Mapping[str, Callable[[object], object]] = {
    "datepicker": _date,
    "timepicker": _time,
    "datetimepicker": _moment,
}
