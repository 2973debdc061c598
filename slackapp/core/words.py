"""Plain words: one line of text, several, text of a length, a number of things, a day."""

import re
from datetime import date

#: They print nothing and still belong to words and emoji: without them Persian and families fall apart.
_JOINERS = "\N{ZERO WIDTH NON-JOINER}\N{ZERO WIDTH JOINER}"

#: Between a number and its unit.
_NO_BREAK = "\N{NO-BREAK SPACE}"

#: What fits a row's key on both databases.
_NUMBER = re.compile(r"[0-9]{1,9}")


def plain(text: str) -> str:
    """One line: control characters and runs of white space become single spaces."""
    printable = "".join(c if c.isprintable() or c in _JOINERS else " " for c in text)
    return " ".join(printable.split()).strip(f" {_JOINERS}")


def tidy(text: str) -> str:
    """Several lines, each as `plain` leaves it, and no more than one empty line between two."""
    lines = "\n".join(plain(line) for line in text.splitlines())
    return re.sub(r"\n{3,}", "\n\n", lines).strip("\n")


def clip(text: str, limit: int) -> str:
    """At most `limit` characters, an ellipsis showing where something was cut."""
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def counted(number: int, thing: str) -> str:
    """How many of something: 1 day, 30 days."""
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def with_unit(number: str | int, unit: str) -> str:
    """A number and what it counts, which no line break comes between: 40 %, 3 days."""
    return f"{number}{_NO_BREAK}{unit}".rstrip()


def written_day(value: date) -> str:
    """A calendar day, the same in every zone: 20 Nov 2026."""
    return f"{value.day} {_MONTHS[value.month - 1]} {value.year}"


#: Not strftime: its month names follow the machine's locale.
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def number(written: str | None) -> int:
    """A number that a button or a form of ours carries; 0, which is no row's, if it is none."""
    return int(written) if written and _NUMBER.fullmatch(written) else 0
