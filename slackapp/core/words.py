"""Plain words: one line of text, text of a length, a day."""

from datetime import date


def plain(text: str) -> str:
    """One line: control characters and runs of white space become single spaces."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def clip(text: str, limit: int) -> str:
    """At most `limit` characters, an ellipsis showing where something was cut."""
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def written_day(value: date) -> str:
    """A calendar day, the same in every zone: 20 Nov 2026."""
    return f"{value.day} {_MONTHS[value.month - 1]} {value.year}"


#: Not strftime: its month names follow the machine's locale.
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
