"""What was meant by the words after `/launch`."""

import difflib
import re
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Literal

_FILTERS = ("mine", "open", "due")
_WORDS = frozenset({"list", "show", "cancel", "settings", "help"})
_NUMBER = re.compile(r"[lL]\s*-?\s*(\d{1,9})|#?(\d{1,9})")
_LABEL = re.compile(r"l-\d{1,9}")
#: A word this like one of ours, with this few beside it, is taken for a slip of the pen and not for a title.
_LIKENESS = 0.75
_FEW = 1


@dataclass(frozen=True)
class Asked:
    """`title` holds what was typed: for `record` the title, for `help` what might have been meant as one."""

    verb: Literal["record", "list", "show", "cancel", "settings", "help", "subcommand"]
    #: For `subcommand` it holds what was typed after `word`.
    title: str = ""
    number: int = 0
    only: str = "here"
    #: The word of a higher feature's.
    word: str = ""


def read_command(text: str, others: AbstractSet[str] = frozenset()) -> Asked:
    """Any text means something: a command of ours, a near miss that gets help, or else a title.

    `others` are the words of higher features. Each takes one word more at most: a longer text is a title.
    """
    first, *rest = text.lower().split() or [""]
    argument = " ".join(rest)
    number = read_number(argument)
    if first == "list" and argument in {"", *_FILTERS}:
        return Asked("list", only=argument or "here")
    if first in {"show", "cancel"} and number:
        return Asked("show" if first == "show" else "cancel", number=number)
    if first in {"help", "settings"} and not rest:
        return Asked("help" if first == "help" else "settings")
    if first in others and (len(rest) <= _FEW or number):
        return Asked("subcommand", word=first, title=" ".join(text.split()[1:]))
    near_miss = _is_near_miss(first, rest, _WORDS | others)
    return Asked("help" if near_miss else "record", title=text.strip())


def read_number(text: str) -> int:
    """The number in `L-42`, `l42` or `42`; 0 if there is none."""
    found = _NUMBER.fullmatch(text.strip())
    return int(found[1] or found[2]) if found else 0


def _is_near_miss(first: str, rest: list[str], words: AbstractSet[str]) -> bool:
    if not rest and _LABEL.fullmatch(first):
        return True
    if len(rest) > _FEW and not read_number(" ".join(rest)):
        return False
    return bool(difflib.get_close_matches(first, sorted(words), cutoff=_LIKENESS))
