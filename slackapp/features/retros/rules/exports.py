"""A closed retro as a file: which kinds there are, and what each is called."""

from collections.abc import Callable, Mapping

from slackapp.core.files import FileKind
from slackapp.features.retros.rules.as_csv import as_csv
from slackapp.features.retros.rules.as_json import as_json
from slackapp.features.retros.rules.as_markdown import as_markdown
from slackapp.features.retros.rules.record import Record

_WRITERS: Mapping[FileKind, Callable[[Record], str]] = {
    FileKind.MARKDOWN: as_markdown,
    FileKind.CSV: as_csv,
    FileKind.JSON: as_json,
}


__all__ = ["FileKind", "file_name", "written"]


def file_name(record: Record, kind: FileKind) -> str:
    """R-7 2026-09-09.md: the day it was closed."""
    return f"{record.label} {record.closed_at.date()}.{kind.ending}"


def written(record: Record, kind: FileKind) -> str:
    """What stands in the file. `docs/retros-export.md` says what each kind looks like."""
    return _WRITERS[kind](record)
