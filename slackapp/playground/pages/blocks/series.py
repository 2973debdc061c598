"""Numbers to draw, how they are written, and the round steps of an axis."""

import math
from collections.abc import Sequence
from typing import NamedTuple

_GRID_LINES = 4
_THOUSAND, _MILLION = 1_000, 1_000_000


class Series(NamedTuple):
    name: str
    #: One for each category.
    values: Sequence[float]


def number(value: float) -> str:
    return f"{value:,.2f}".rstrip("0").rstrip(".")


def short_number(value: float) -> str:
    """For an axis, where room is scarce."""
    for size, letter in ((_MILLION, "M"), (_THOUSAND, "k")):
        if abs(value) >= 10 * size:
            return f"{number(value / size)}{letter}"
    return number(value)


def ticks(low: float, high: float) -> list[float]:
    """Round numbers, evenly spaced, that reach from `low` to `high`; zero is always among them."""
    low, high = min(low, 0.0), max(high, 0.0)
    span = (high - low) or 1.0
    # A power of ten times 1, 2 or 5.
    raw = span / _GRID_LINES
    power = 10.0 ** math.floor(math.log10(raw))
    step = power * next(nice for nice in (1, 2, 5, 10) if nice * power >= raw * (1 - 1e-9))
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return [at * step for at in range(first, max(last, first + 1) + 1)]
