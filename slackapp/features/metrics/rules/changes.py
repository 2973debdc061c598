"""Two numbers with an arrow between them: 40 % → 50 %."""

import re

from slackapp.features.metrics.rules.numerals import UnclearNumberError, plain, settled_mark
from slackapp.features.metrics.rules.quantities import Front, Quantity, find_front, read_whole
from slackapp.features.metrics.rules.units import common_unit

_HOW = "Write two numbers with an arrow or “to” between them, like 40 % → 50 %."
_FROM = re.compile(r"from\s", re.IGNORECASE)
#: What may stand between the two, the plainest first: a later kind may be part of an earlier one's numbers.
_BETWEEN = [
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        "[-=]{0,3}>+|[→⟶⇒⟹➔➜➝]",
        r"\sto\s",
        r"\s[-\N{EN DASH}\N{EM DASH}]\s",
        r"…|\.{2,3}",
        r"\n",
    )
]
#: A bare number under this, beside one with a multiplier, usually means to share it: 12 → 15k.
_SHARES_MULTIPLIER = 100


def parse_change(text: str) -> tuple[Quantity, Quantity]:
    """From where to where, both in one unit. Raises UnclearNumberError, with the sentence for the writer.

    A unit written once counts for both. A number that could be read in two ways is read as the other one
    says: 1.234,5 → 1.500 ends at fifteen hundred.
    """
    before, after = _halves(plain(text))
    (start, start_unit), (end, end_unit) = read_whole(before), read_whole(after)
    unit = common_unit(start_unit, end_unit)
    if unit is None:
        raise UnclearNumberError(
            f"One number is in {start_unit}, the other in {end_unit}. Write both in the same unit."
        )
    if start.power != end.power:
        _check_multiplier(start)
        _check_multiplier(end)
    mark = settled_mark([start.numeral, end.numeral])
    return Quantity(start.value(mark), unit), Quantity(end.value(mark), unit)


def _halves(text: str) -> tuple[str, str]:
    line = re.sub(r"\s+", lambda run: "\n" if set(run.group()) & set("\n\r\t") else " ", text.strip())
    if leading := _FROM.match(line):
        line = line[leading.end() :]
    for between in _BETWEEN:
        halves = [half.strip() for half in between.split(line)]
        if len(halves) == 1:
            continue
        if len(halves) == 2 and all(map(find_front, halves)):  # noqa: PLR2004 a change has two ends
            return halves[0], halves[1]
        break
    raise UnclearNumberError(_HOW)


def _check_multiplier(number: Front) -> None:
    if not number.power and 0 < abs(number.value(".")) < _SHARES_MULTIPLIER:
        raise UnclearNumberError(
            f"It is not clear whether {number.numeral.text} means thousands or millions too. "
            "Write both numbers out, like 12000 → 15000."
        )
