"""A closed retro as JSON, for programs: a shape that `docs/retros-export.md` promises."""

from dataclasses import asdict
from datetime import date, datetime

from slackapp.core.files import json_text
from slackapp.features.retros.rules.record import Record

#: Raised when what stood in the file before means something else, or is gone; not when something is added.
VERSION = 1


def as_json(record: Record) -> str:
    shape = {"format": "afterlaunch.retro", "version": VERSION, **asdict(record)}
    return json_text(shape, default=_written)


def _written(value: object) -> str:
    assert isinstance(value, (date, datetime))
    return value.isoformat()
