"""What a change in a metric means: its direction, its verdict, and how far it got."""

from decimal import ROUND_UP, Decimal
from enum import StrEnum

from slackapp.core.errors import FieldError
from slackapp.features.metrics.rules.showing import show

#: The finest step a default smallest change is given in; the same as the finest a person can write.
_FINEST = Decimal("0.000001")


class Direction(StrEnum):
    """Where a metric should go. `hold_up`: a fall harms; `hold_down`: a rise harms."""

    UP = "up"
    DOWN = "down"
    HOLD_UP = "hold_up"
    HOLD_DOWN = "hold_down"

    @property
    def holds(self) -> bool:
        return self in {Direction.HOLD_UP, Direction.HOLD_DOWN}

    @property
    def sign(self) -> int:
        """+1 where more is better, -1 where less is."""
        return 1 if self in {Direction.UP, Direction.HOLD_UP} else -1


class Verdict(StrEnum):
    """What a metric did, from best to worst; `unmeasured` stands outside that order."""

    HIT = "hit"
    MOVED = "moved"
    FLAT = "flat"
    REGRESSED = "regressed"
    UNMEASURED = "unmeasured"


def judge(
    direction: Direction,
    *,
    baseline: Decimal | None,
    target: Decimal | None,
    smallest_change: Decimal | None,
    actual: Decimal | None,
) -> Verdict:
    """The verdict on `actual`, all four numbers in the metric's unit.

    With s the direction's sign, change = s·(actual - baseline), goal = s·(target - baseline): regressed at
    -smallest_change or worse; else hit at the goal; else moved at smallest_change or more; else flat. A
    metric to hold is hit unless it regressed, and needs no target. A number that is missing, or not finite,
    leaves it unmeasured. The numbers are taken to have passed `check_change`.
    """
    baseline, target, smallest_change, actual = map(_finite, (baseline, target, smallest_change, actual))
    if baseline is None or smallest_change is None or actual is None:
        return Verdict.UNMEASURED
    change = direction.sign * (actual - baseline)
    if direction.holds:
        return Verdict.REGRESSED if change <= -smallest_change else Verdict.HIT
    if target is None:
        return Verdict.UNMEASURED
    if change <= -smallest_change:
        return Verdict.REGRESSED
    if change >= direction.sign * (target - baseline):
        return Verdict.HIT
    return Verdict.MOVED if change >= smallest_change else Verdict.FLAT


def progress(baseline: Decimal | None, target: Decimal | None, actual: Decimal | None) -> Decimal | None:
    """The share of the way from baseline to target: 0 at the one, 1 at the other, less or more beyond them.

    None where a number is missing or there is no way to go.
    """
    if baseline is None or target is None or actual is None or target == baseline:
        return None
    return (actual - baseline) / (target - baseline)


def read_direction(baseline: Decimal | None, target: Decimal | None) -> Direction | None:
    """Up or down, as the two numbers say; None where they are equal or one is missing."""
    if baseline is None or target is None or target == baseline:
        return None
    return Direction.UP if target > baseline else Direction.DOWN


def default_smallest_change(baseline: Decimal | None, target: Decimal | None) -> Decimal | None:
    """A quarter of the gap, rounded up to six decimals; None where there is no gap or a number is missing."""
    if baseline is None or target is None or target == baseline:
        return None
    return (abs(target - baseline) / 4).quantize(_FINEST, rounding=ROUND_UP)


def check_change(
    direction: Direction,
    baseline: Decimal | None,
    target: Decimal | None,
    smallest_change: Decimal | None,
) -> None:
    """Raise a FieldError naming what cannot be judged: `from_to`, `direction`, `smallest_change`.

    What is still missing passes, except that a metric to hold needs its smallest change.
    """
    fields: dict[str, str] = {}
    gap: Decimal | None = None
    if baseline is not None and target is not None:
        gap = direction.sign * (target - baseline)
        if gap < 0:
            fields["direction"] = _wrong_way(direction, baseline, target)
        elif gap == 0 and not direction.holds:
            fields["from_to"] = (
                f"Both numbers are {show(target)}. Write where it should go, like 40 % → 50 %, "
                "or choose a direction that holds it where it is."
            )
    if sentence := _wrong_smallest_change(direction, gap, smallest_change):
        fields["smallest_change"] = sentence
    if fields:
        raise FieldError(fields)


def _wrong_way(direction: Direction, baseline: Decimal, target: Decimal) -> str:
    moves = f"From {show(baseline)} to {show(target)} it goes {'down' if target < baseline else 'up'}"
    if direction.holds:
        harm = "fall" if direction is Direction.HOLD_UP else "rise"
        return (
            f"{moves}, but it is not meant to {harm}. Write the same number twice, or change the direction."
        )
    return f"{moves}, but the direction says {direction}. Change the direction, or swap the two numbers."


def _wrong_smallest_change(
    direction: Direction, gap: Decimal | None, smallest_change: Decimal | None
) -> str | None:
    if smallest_change is None:
        if direction.holds:
            return "Write the smallest change that would worry you, like 2."
        return None
    if smallest_change <= 0:
        return "Write a number above zero: the smallest change that matters."
    if not direction.holds and gap is not None and 0 < gap < smallest_change:
        return f"The whole way is {show(gap)}, so a change that matters must be at most that. Write less."
    return None


def _finite(value: Decimal | None) -> Decimal | None:
    return value if value is not None and value.is_finite() else None
