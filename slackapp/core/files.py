"""Files people take away: their kinds, tables no spreadsheet runs, JSON in which nothing hides."""

import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import StrEnum

from slackapp.core.words import plain, tidy

#: Without it spreadsheets take the file for one in their machine's old code page.
_BYTE_ORDER_MARK = "\ufeff"

#: What a spreadsheet would run as a formula, and what was written to look like one made harmless already.
_FORMULA = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")  # noqa: RUF001 - spreadsheets read these wide ones, too

#: In Markdown: signs that mean something anywhere in a line, and those that do at its beginning.
_ANYWHERE = re.compile(r"[\\`*_\[\]<>|~&$]")
_AT_FIRST = re.compile(r"(?:[#+=\-](?=\W|$)|[-=]{2,}|:(?=[-:])|\d{1,9}(?=[.)]))")


class FileKind(StrEnum):
    MARKDOWN = "markdown"
    CSV = "csv"
    JSON = "json"

    @property
    def label(self) -> str:
        return _LABELS[self]

    @property
    def ending(self) -> str:
        return "md" if self is FileKind.MARKDOWN else self.value


_LABELS: Mapping[FileKind, str] = {
    FileKind.MARKDOWN: "Markdown",
    FileKind.CSV: "CSV",
    FileKind.JSON: "JSON",
}


def csv_table(columns: Sequence[str], rows: Iterable[Mapping[str, object]]) -> str:
    """RFC 4180: lines end in CRLF. No cell is a formula: an apostrophe stands before what would be."""
    text = io.StringIO(newline="")
    table = csv.DictWriter(text, columns, restval="", lineterminator="\r\n")
    table.writeheader()
    table.writerows({name: _cell(value) for name, value in row.items()} for row in rows)
    return _BYTE_ORDER_MARK + text.getvalue()


def json_text(shape: object, *, default: Callable[[object], str]) -> str:
    """The text as people wrote it, and nothing in it that prints nothing or turns the line around."""
    text = json.dumps(shape, ensure_ascii=False, indent=2, default=default)
    return "".join(map(_visible, text)) + "\n"


def escaped(text: str) -> str:
    """One line that people wrote, to be read as they wrote it: no sign in it is Markdown."""
    shown = _ANYWHERE.sub(r"\\\g<0>", plain(text))
    first = _AT_FIRST.match(shown)
    if first is None:
        return shown
    # A number is a list's by the sign after it.
    at = first.end() if shown[0].isdecimal() else 0
    return f"{shown[:at]}\\{shown[at:]}"


def _cell(value: object) -> str:
    """As it stands in the table. What nobody said is an empty cell."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    text = tidy(str(value))
    return f"'{text}" if _FORMULA.match(text) else text


def _visible(sign: str) -> str:
    """Signs that do not print stand in strings alone, where they may be written as numbers."""
    return sign if sign.isprintable() or sign == "\n" else json.dumps(sign)[1:-1]
