"""What was meant by the words after `/launch`."""

import difflib
import re
from dataclasses import dataclass
from typing import Literal

_FILTERS = ("mine", "open", "due")
_WORDS = ("list", "show", "cancel", "help")
_NUMBER = re.compile(r"[lL]\s*-?\s*(\d{1,9})|#?(\d{1,9})")
_LABEL = re.compile(r"[lL]-\d{1,9}")
#: A word this like one of ours, with this few beside it, is taken for a slip of the pen and not for a title.
_LIKENESS = 0.75
_FEW = 1


@dataclass(frozen=True)
class Asked:
    """`title` holds what was typed: for `record` the title, for `help` what might have been meant as one."""

    verb: Literal["record", "list", "show", "cancel", "help"]
    title: str = ""
    number: int = 0
    only: str = "here"


def read_command(text: str) -> Asked:
    """Any text means something: a command of ours, a near miss that gets help, or else a title."""
    words = text.split()
    if not words:
        return Asked("record")
    first, rest = words[0].lower(), words[1:]
    argument = " ".join(rest)
    if first == "list" and (not rest or argument.lower() in _FILTERS):
        return Asked("list", only=argument.lower() or "here")
    if first in {"show", "cancel"} and (number := _number(argument)):
        return Asked("show" if first == "show" else "cancel", number=number)
    if first == "help" and not rest:
        return Asked("help")
    if _is_near_miss(first, rest):
        return Asked("help", title=text.strip())
    return Asked("record", title=text.strip())


def _is_near_miss(first: str, rest: list[str]) -> bool:
    if not rest and _LABEL.fullmatch(first):
        return True
    if _number(" ".join(rest)):
        return bool(difflib.get_close_matches(first, _WORDS, cutoff=_LIKENESS))
    return len(rest) <= _FEW and bool(difflib.get_close_matches(first, _WORDS, cutoff=_LIKENESS))


def _number(text: str) -> int:
    """The number in `L-42`, `l42` or `42`; 0 if there is none."""
    found = _NUMBER.fullmatch(text.strip())
    return int(found[1] or found[2]) if found else 0
