"""What a page sends of an act: on what it was done, with which element, and what was put into it."""

import json
from collections.abc import Mapping
from contextlib import suppress
from zoneinfo import ZoneInfo

from starlette.exceptions import HTTPException

from slackapp.playground.pages.acts import NO_FORM, Form, document
from slackapp.playground.pages.blocks import html_id, local_moment
from slackapp.playground.pages.place import channel_named, message_in
from slackapp.playground.slack import ElementId, ImpossibleError, Message, Person, View
from slackapp.playground.slack.blockkit import STATE_KEYS, placed
from slackapp.playground.world import World

Fields = Mapping[str, str]


#: What is filled from what the app finds while somebody types; and files, of which only the name would come.
_NEEDS_A_SCRIPT = ("external_select", "multi_external_select", "file_input")


class GoneError(Exception):
    """The view it was done on is not before this person any more: they only have to see what is."""


def field(given: Fields, name: str) -> str:
    """HTTPException 400 if the page did not send it."""
    if name not in given:
        raise HTTPException(400, NO_FORM)
    return given[name]


def surface_of(world: World, person: Person, given: Fields) -> Message | View:
    """The message `channel`, `ts`, or the view `view`. HTTPException 404 or GoneError if it is not there."""
    if "view" not in given:
        channel = channel_named(world, person, field(given, "channel"))
        return message_in(person, channel, field(given, "ts"))
    for view in (person.top, person.home):
        if view is not None and view.id == given["view"]:
            return view
    raise GoneError


def element_of(given: Fields) -> ElementId:
    return ElementId(field(given, "block"), field(given, "action"))


def value_of(person: Person, given: Fields) -> object:
    """What was put in: text, an option's value, a list of them, or None for nothing.

    `value` is JSON. Of a datetime picker it is local time where the person is.
    """
    value = document(field(given, "value"))
    if not (value is None or isinstance(value, str) or _are_texts(value)):
        raise HTTPException(400, NO_FORM)
    if value == "":
        return None
    if field(given, "type") == "datetimepicker" and isinstance(value, str):
        return _moment(value, ZoneInfo(person.account.tz))
    return value


def put_in(world: World, person: Person, given: Form) -> None:
    """Fill the fields of a modal that came all at once, as a browser sends a form by itself.

    A text that is not fit to be handed in stands in its field all the same, and the submit says so.
    """
    if "whole" not in given:
        return
    view = surface_of(world, person, given)
    if not isinstance(view, View):
        raise HTTPException(400, NO_FORM)
    for found in placed(view.blocks):
        name = html_id(view.id, found.block_id, found.action_id)
        sent = [text for text in given.getlist(name) if text]
        several = found.type.startswith("multi_") or found.type == "checkboxes"
        # Of boxes a browser sends only those that are ticked.
        absent = not several and found.type != "radio_buttons" and name not in given
        if found.type not in STATE_KEYS or found.type in _NEEDS_A_SCRIPT or absent:
            continue
        value = sent if several else sent[-1] if sent else ""
        with suppress(ImpossibleError):
            person.fill(found.id, value_of(person, {"type": found.type, "value": json.dumps(value)}), view)


def _are_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def _moment(text: str, zone: ZoneInfo) -> int:
    try:
        return local_moment(text, zone)
    except (ValueError, OverflowError):
        raise ImpossibleError(f"{text!r} is no day and time of a calendar") from None
