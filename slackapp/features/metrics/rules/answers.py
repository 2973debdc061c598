"""A reply to a question about a metric: the number, and the rest as a note."""

import re

from slackapp.features.metrics.rules.numerals import NUMERAL, UnclearNumberError, plain
from slackapp.features.metrics.rules.quantities import SIGN, Front, Quantity, find_front
from slackapp.features.metrics.rules.units import (
    CURRENCY,
    SYMBOL,
    common_unit,
    split_currency,
    take_symbol,
    unit_pattern,
)

_NO_NUMBER = "There is no clear number here yet. Write it first, then anything else: 44 %, but Black Friday."
_SEVERAL = (
    "There is more than one number here. Write the one to record first, then a comma and the rest: 44 %, …"
)
_RUN_ON = "It is not clear where the number ends. Write a space or a comma after it: 44 %, but Black Friday."

#: Words a number may come after without meaning anything else: no "under", "by", "between" or "not".
_LEAD_IN = re.compile(
    r"""(?ix) a|about|almost|approx|approximately|are|around|at|c|ca|circa|currently|exactly|far|got|guess
    |have|i|i'd|is|it|it's|its|just|like|looks|maybe|nearly|now|number|of|perhaps|probably|roughly|say|so|still|the
    |think|to|today|value|was|we|we're"""
)
_LEAD_IN_MARKS = "~≈=:(\"'“*_"
_TIME_UNIT = re.compile(
    r"(?ix) s|secs?|seconds?|min|mins|minutes?|h|hrs?|hours?|d|days?|weeks?|months?|quarters?|years?"
)
#: Words read as the unit even where the metric's own unit is not known; others begin the note.
_COMMON_UNIT = re.compile(
    r"""(?ix) [kmgt]b|bps|ms|pp|points?|pts?|qps|rpm|rps|people|users?|customers?|tickets?|orders?|sessions?
    |signups?"""
)

_BLANKS = (" ", "\t", "\N{NO-BREAK SPACE}", "\N{NARROW NO-BREAK SPACE}")
_WORD = re.compile(r"[^\W\d_]+")
_NUMBER = rf"{SIGN}?(?:{CURRENCY}\s?)?{NUMERAL}"
#: "42 or 43", "40-45", "40 → 44", "12/5", "9:30": with a second number the first is not the answer.
_ANOTHER = re.compile(
    rf"(?:(?:[-\N{{EN DASH}}\N{{EM DASH}}/:~…→>=±*+&|.]+|(?:or|to|and|vs|x)\b)\s?)?{_NUMBER}",
    re.IGNORECASE,
)
_SHARE = re.compile(rf"(?:of|in|out of|per)\s{_NUMBER}", re.IGNORECASE)
_AFTER_A_STOP = re.compile(
    rf"(?:or|to)\s{_NUMBER}|{SIGN}?[0-9]+(?:[.,][0-9]+)?\s?[kmb]?\s?(?:{SYMBOL})?$", re.IGNORECASE
)
_MONTH = re.compile(
    r"(?:(?i:jan|january|feb|february|mar|march|apr|april|june?|july?|aug|august|sept?|september|oct|october"
    r"|nov|november|dec|december)|May)\b"
)
_STOPS = (",", ";", ".", "!", "?", "(", "\n")
#: Marks that stand alone or lean on the number; what leans on the note belongs to it: -5, .5, :tada:
_BEFORE_NOTE = re.compile(
    r"[-:.!\N{EN DASH}\N{EM DASH}]*(?:[\s,;!]|[-:.\N{EN DASH}\N{EM DASH}]+(?![^\s,;!]))*"
)
_NEVER_NEXT = frozenset("+/=<>^%&@#|\\")


def parse_answer(text: str, *, unit: str = "") -> tuple[Quantity, str]:
    """The number a reply gives, and what else it says.

    `unit` is the metric's own, if known: "44 teams" then has the unit "teams" and no note. The number stands
    at the beginning, or alone behind words such as "about"; the note is then the whole reply, so that the
    doubt in it is kept. Raises UnclearNumberError, with the sentence for the writer.
    """
    said = text.strip()
    flat = plain(said)
    start, front = _find(flat)
    written_unit, end = _unit_behind(flat, front, unit)
    rest = flat[end:]
    if start and len(re.findall(NUMERAL, flat)) > 1:
        raise UnclearNumberError(_SEVERAL)
    if rest and (
        rest[0] in _NEVER_NEXT or rest[0].isnumeric() or (rest[0].isalpha() and flat[end - 1].isalnum())
    ):
        raise UnclearNumberError(_RUN_ON)
    _check_rest(re.sub(r"[^\S\n]+", " ", rest).strip(" "), written_unit, unit)
    quantity = Quantity(front.value(), written_unit)
    return quantity, said if start else _BEFORE_NOTE.sub("", said[end:], count=1)


def _find(flat: str) -> tuple[int, Front]:
    for token in re.finditer(r"\S+", flat):
        word = token.group().lstrip(_LEAD_IN_MARKS)
        start = token.end() - len(word)
        if front := find_front(flat, start):
            return start, front
        if word and not _LEAD_IN.fullmatch(word.rstrip(".,:…")):
            break
    raise UnclearNumberError(_NO_NUMBER)


def _unit_behind(flat: str, front: Front, expected: str) -> tuple[str, int]:
    """The unit right behind the number, and where it ends."""
    words = split_currency(expected)[1]
    start = _past_blanks(flat, front.end)
    if words and (found := unit_pattern(words).match(flat, start)):
        return expected, found.end()
    if front.money:
        return front.money, front.end
    symbol, end = take_symbol(flat, start)
    if symbol:
        return symbol, end
    word = _WORD.match(flat, start)
    if word and (_TIME_UNIT.fullmatch(word.group()) or _COMMON_UNIT.fullmatch(word.group())):
        return word.group(), word.end()
    return "", front.end


def _past_blanks(flat: str, start: int) -> int:
    while flat.startswith(_BLANKS, start):
        start += 1
    return start


def _check_rest(rest: str, unit: str, expected: str) -> None:
    stopped = rest.startswith(_STOPS)
    after = rest[1:].lstrip() if stopped else rest
    is_date = not unit and _MONTH.match(after)
    is_when = not stopped and _TIME_UNIT.fullmatch(unit) and not (expected and common_unit(unit, expected))
    if (
        is_date
        or (is_when and re.search("[0-9]", rest))
        or (not unit and _SHARE.match(rest))
        or (_AFTER_A_STOP if stopped else _ANOTHER).match(after)
    ):
        raise UnclearNumberError(_SEVERAL)
