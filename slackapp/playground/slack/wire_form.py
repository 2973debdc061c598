"""Snapshots as JSON and back, for the control API and its client."""

import json
import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from slackapp.playground.slack.journal import plain
from slackapp.playground.slack.records import Channel, Json, Message
from slackapp.playground.slack.views import View

_ID = re.compile(r"\b[UCD]0[0-9A-F]{10}\b")


def channel_form(channel: Channel) -> Json:
    return plain(channel)


def channel_from(form: Mapping[str, Any]) -> Channel:
    return Channel(**{**form, "members": tuple(form["members"])})


def message_form(message: Message) -> Json:
    """A message, with the names of whom it mentions and what a person reads of it."""
    form = plain(message)
    return form | {"names": _mentioned(form, message.names), "shown": message.shown}


def message_from(form: Mapping[str, Any]) -> Message:
    return Message(**{key: value for key, value in form.items() if key != "shown"})


def view_form(view: View) -> Json:
    """A view, with the names of whom it mentions and what a person reads of it."""
    form = plain(view)
    return form | {"names": _mentioned(form, view.names), "shown": view.shown}


def view_from(form: Mapping[str, Any]) -> View:
    return View(**{key: value for key, value in form.items() if key != "shown"})


def value_form(value: object) -> object:
    """What a person puts into a field: people and channels by their id, moments as epoch seconds."""
    if isinstance(value, (list, tuple)):
        return [value_form(item) for item in value]
    if isinstance(value, datetime):
        return int(value.timestamp())
    if isinstance(value, date):
        return value.isoformat()
    return getattr(value, "id", value)


def _mentioned(form: Json, names: Mapping[str, str]) -> dict[str, str]:
    return {found: names[found] for found in _ID.findall(json.dumps(form)) if found in names}
