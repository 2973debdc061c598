"""Numbers to draw, how they are written, and the round steps of an axis."""

import math
from collections.abc import Sequence
from typing import NamedTuple

_GRID_LINES = 4
_UNITS = ((1_000_000_000, "B"), (1_000_000, "M"), (1_000, "k"))
_LARGEST = 1e15


class Series(NamedTuple):
    name: str
    #: One for each category.
    values: Sequence[float]


def drawable(value: float) -> float:
    """A number from JSON, which may be larger than anything a picture can hold."""
    return float(max(-_LARGEST, min(_LARGEST, value)))


def number(value: float) -> str:
    if 0 < abs(value) < 1:
        return f"{value:.3g}"
    return f"{value:,.2f}".rstrip("0").rstrip(".")


def short_number(value: float) -> str:
    """For an axis, where room is scarce."""
    for size, letter in _UNITS:
        if abs(value) >= 10 * size:
            return f"{number(value / size)}{letter}"
    return number(value)


def ticks(low: float, high: float) -> list[float]:
    """Round numbers, evenly spaced, that reach from `low` to `high`."""
    span = (high - low) or 1.0
    # A power of ten times 1, 2 or 5.
    raw = span / _GRID_LINES
    power = 10.0 ** math.floor(math.log10(raw))
    step = power * next(nice for nice in (1, 2, 5, 10) if nice * power >= raw * (1 - 1e-9))
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return [at * step for at in range(first, max(last, first + 1) + 1)]
