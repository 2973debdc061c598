"""A closed retro as a file."""

from collections.abc import Mapping
from enum import StrEnum

from slackapp.features.retros.rules.record import Record


class FileKind(StrEnum):
    MARKDOWN = "markdown"
    CSV = "csv"
    JSON = "json"


#: What the buttons call them.
FILES: Mapping[FileKind, str] = {
    FileKind.MARKDOWN: "Markdown",
    FileKind.CSV: "CSV",
    FileKind.JSON: "JSON",
}

_ENDINGS: Mapping[FileKind, str] = {FileKind.MARKDOWN: "md", FileKind.CSV: "csv", FileKind.JSON: "json"}


def file_name(label: str, kind: FileKind) -> str:
    return f"{label}.{_ENDINGS[kind]}"


def written(record: Record, kind: FileKind) -> str:
    """What stands in the file."""
    return f"{record.label} {kind}"
