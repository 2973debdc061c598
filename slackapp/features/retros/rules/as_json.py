"""A closed retro as JSON, for programs: a shape that `docs/retros-export.md` promises."""

import json
from dataclasses import asdict
from datetime import date, datetime

from slackapp.features.retros.rules.record import Record

#: Raised when what stood in the file before means something else, or is gone; not when something is added.
VERSION = 1


def as_json(record: Record) -> str:
    """The text as people wrote it, and nothing in it that prints nothing or turns the line around."""
    shape = {"format": "afterlaunch.retro", "version": VERSION, **asdict(record)}
    text = json.dumps(shape, ensure_ascii=False, indent=2, default=_written)
    return "".join(map(_visible, text)) + "\n"


def _written(value: object) -> str:
    assert isinstance(value, (date, datetime))
    return value.isoformat()


def _visible(sign: str) -> str:
    """Signs that do not print stand in strings alone, where they may be written as numbers."""
    return sign if sign.isprintable() or sign == "\n" else json.dumps(sign)[1:-1]
