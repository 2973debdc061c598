"""What was meant by the words after `/retro`."""

import re
from dataclasses import dataclass
from typing import Literal

_NUMBER = re.compile(r"[rR]\s*-?\s*(\d{1,9})|#?(\d{1,9})")


@dataclass(frozen=True)
class Asked:
    verb: Literal["start", "add", "status", "actions", "list", "show", "help"]
    #: For `add` the note, if there is one; for `help` what was not understood.
    text: str = ""
    #: For `show`.
    number: int = 0


def read_command(text: str) -> Asked:
    """What is no word of ours gets help, and so does one with too much behind it.

    `add` alone is an empty note, and `show` alone asks which there are.
    """
    words = text.split(maxsplit=1)
    first, rest = (words[0].lower() if words else "start"), (words[1].strip() if len(words) > 1 else "")
    number = read_number(rest if first == "show" else text)
    if number:
        return Asked("show", number=number)
    match first:
        case "start" | "status" | "actions" | "list" | "help" if not rest:
            return Asked(first)
        case "add":
            return Asked("add", text=rest)
        case "show" if not rest:
            return Asked("list")
    return Asked("help", text=text.strip())


def read_number(text: str) -> int:
    """The number in `R-7`, `r7` or `7`; 0 if there is none."""
    found = _NUMBER.fullmatch(text.strip())
    return int(found[1] or found[2]) if found else 0
