"""What was meant by the words after `/discovery`."""

import difflib
import re
from dataclasses import dataclass
from typing import Literal

_WORDS = ("log", "poll", "report", "help")
_NUMBER = re.compile(r"[pP]\s*-?\s*(\d{1,9})")
_DAYS = re.compile(r"(\d{1,9})(?:\s*days?)?")
#: A word this like one of ours is taken for a slip of the pen.
_LIKENESS = 0.65


@dataclass(frozen=True)
class Asked:
    """`text` is what stood behind the word; for `help` what was not understood."""

    verb: Literal["help", "log", "poll", "poll_list", "poll_show", "report"]
    text: str = ""
    #: Of a poll: 3 of P-3. Of a report: its days. 0: not said.
    number: int = 0


def read_command(text: str) -> Asked:
    """Any text means something: a command of ours, or help with what was typed."""
    first, _, rest = text.strip().partition(" ")
    rest = rest.strip()
    if rest.lower() == "help" and first.lower() in _WORDS:
        return Asked("help")
    match first.lower():
        case "" | "help" if not rest:
            return Asked("help")
        case "log":
            return Asked("log", rest)
        case "poll" | "polls":
            return _poll(rest)
        case "report":
            return _report(rest, text)
    return Asked("help", text.strip())


def _poll(rest: str) -> Asked:
    word, _, behind = rest.partition(" ")
    if numbered := read_number(rest) or (word.lower() == "show" and _shown(behind)):
        return Asked("poll_show", number=numbered)
    if rest.lower() in {"list", "show"}:
        return Asked("poll_list")
    # A question may begin with such a word, too.
    is_short = not behind or _shown(behind)
    if is_short and difflib.get_close_matches(word.lower(), ["list", "show"], cutoff=_LIKENESS):
        return Asked("help", f"poll {rest}")
    return Asked("poll", rest)


def _report(rest: str, text: str) -> Asked:
    if not rest:
        return Asked("report")
    found = _DAYS.fullmatch(rest.lower())
    return Asked("report", number=int(found[1])) if found and int(found[1]) else Asked("help", text.strip())


def read_number(text: str) -> int:
    """The number in `P-3` or `p3`; 0 if there is none."""
    found = _NUMBER.fullmatch(text.strip())
    return int(found[1]) if found else 0


def _shown(text: str) -> int:
    """The same where a number alone is one, too."""
    return read_number(text) or read_number(f"P-{text}")


def likely(text: str) -> str | None:
    """The word of ours that the first one typed may have been meant for."""
    first = text.split(maxsplit=1)[0].lower() if text.split() else ""
    found = difflib.get_close_matches(first, _WORDS, n=1, cutoff=_LIKENESS)
    return found[0] if found and found[0] != first else None
