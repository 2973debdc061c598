"""Guardrails, one on a line: a metric, what it is, and where it must not get: Churn: 3 %, under 3.5 %."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from slackapp.core.errors import UserError
from slackapp.core.words import clip, plain
from slackapp.features.metrics.rules import Direction, parse_change, show
from slackapp.features.metrics.rules import numerals as written_numbers
from slackapp.features.metrics.rules.quantities import find_front, read_whole

MOST_GUARDRAILS = 5
LONGEST_METRIC = 80

_EXAMPLE = "Churn: 3 %, under 3.5 %"
_SIDES = {
    "under": Direction.HOLD_DOWN,
    "below": Direction.HOLD_DOWN,
    "<": Direction.HOLD_DOWN,
    "over": Direction.HOLD_UP,
    "above": Direction.HOLD_UP,
    ">": Direction.HOLD_UP,
}
_SIDE = re.compile(r"[\s,;]*(?:(?<![^\W_])(under|below|over|above)(?![^\W_])|([<>]))", re.IGNORECASE)
#: It would turn the word behind it around, and the boundary itself with it.
_DENIED = re.compile(r"(?<![^\W_])(?:not?|never)$", re.IGNORECASE)
_WHICH_SIDE = (
    "After the number, say where it should stay with “under” or “over” alone, since what reaches the second "
    f"number counts as lost: {_EXAMPLE}."
)


@dataclass(frozen=True)
class GuardrailDraft:
    """A metric that must not get worse. Both numbers are in the unit."""

    metric: str
    #: `hold_up` or `hold_down`.
    direction: Direction
    unit: str
    baseline: Decimal
    #: Above zero: from here on it has regressed.
    smallest_change: Decimal

    @property
    def written(self) -> str:
        """As it can be typed in again."""
        return f"{self.metric}: {show(self.baseline, self.unit)}, {self.stays}"

    @property
    def stays(self) -> str:
        """Where the metric should stay: under 3.5 %."""
        side = "over" if self.direction is Direction.HOLD_UP else "under"
        bound = self.baseline - self.direction.sign * self.smallest_change
        return f"{side} {show(bound, self.unit)}"


def parse_guardrails(text: str) -> tuple[GuardrailDraft, ...]:
    """At most five of them. Raises `UserError` that quotes the beginning of the line it is about."""
    lines = list(filter(None, map(plain, text.splitlines())))
    if len(lines) > MOST_GUARDRAILS:
        raise UserError(f"Please keep to {MOST_GUARDRAILS} guardrails: those that would make you turn back.")
    found: dict[str, GuardrailDraft] = {}
    for line in lines:
        try:
            guardrail = _guardrail(line)
        except UserError as error:
            raise UserError(f"“{clip(line, 30)}”: {error.sentence}") from None
        if metric_key(guardrail.metric) in found:
            raise UserError(f"“{clip(line, 30)}”: This metric has a line already. Write one for each.")
        found[metric_key(guardrail.metric)] = guardrail
    return tuple(found.values())


def written_guardrails(guardrails: Iterable[GuardrailDraft]) -> str:
    """All of them as they can be typed in again."""
    return "\n".join(guardrail.written for guardrail in guardrails)


def metric_key(name: str) -> str:
    """What two ways of writing one metric's name have in common; at most 200 characters."""
    return plain(name).casefold()[:200]


def _guardrail(line: str) -> GuardrailDraft:
    metric, colon, numbers = (piece.strip() for piece in line.rpartition(":"))
    if not colon or not plain(metric):
        raise UserError(f"Write the metric, a colon, what it is now, and where it should stay: {_EXAMPLE}.")
    if len(plain(metric)) > LONGEST_METRIC:
        raise UserError(f"Please keep the metric's name to {LONGEST_METRIC} characters.")
    now, direction, bound = _sides(written_numbers.plain(numbers))
    for number in (now, bound):
        read_whole(number)
    start, end = parse_change(f"{now} → {bound}")
    change = direction.sign * (start.value - end.value)
    if change <= 0:
        side = "under" if direction is Direction.HOLD_DOWN else "over"
        raise UserError(
            f"It is {show(start.value, start.unit)}, which is not {side} {show(end.value, end.unit)}. "
            "Change one of the numbers, or the word between them."
        )
    return GuardrailDraft(plain(metric), direction, start.unit, start.value, change)


def _sides(numbers: str) -> tuple[str, Direction, str]:
    """What stands before the first word for a side that a number follows, that side, and the number."""
    for found in _SIDE.finditer(numbers):
        bound = numbers[found.end() :].strip()
        if find_front(bound) is None:
            continue
        now = numbers[: found.start()]
        if _DENIED.search(now):
            break
        return now, _SIDES[(found[1] or found[2]).lower()], bound
    raise UserError(_WHICH_SIDE)
