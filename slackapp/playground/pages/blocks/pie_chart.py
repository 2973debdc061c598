"""A pie, its first segment beginning at twelve o'clock."""

import math
from collections.abc import Iterator, Sequence

from markupsafe import Markup

from slackapp.playground.pages.blocks.html import tag
from slackapp.playground.pages.blocks.series import number

_RADIUS = 100
_HALF = 0.5


def pie_chart(segments: Sequence[tuple[str, float]], title: str) -> Markup:
    return tag(
        "svg",
        *_slices(segments),
        viewBox="-104 -104 208 208",
        class_="b-plot b-pie",
        role="img",
        aria_label=f"Pie chart: {title}",
    )


def _slices(segments: Sequence[tuple[str, float]]) -> Iterator[Markup]:
    total = sum(value for _, value in segments)
    before = 0.0
    for at, (label, value) in enumerate(segments):
        share = value / total
        tip = tag("title", f"{label}: {number(value)} ({share:.0%})")
        look = f"b-slice b-series-{at}"
        if share == 1:
            # An arc from a point to itself is nothing.
            yield tag("circle", tip, r=_RADIUS, class_=look)
        else:
            yield tag("path", tip, d=_wedge(before, before + share), class_=look)
        before += share


def _wedge(start: float, end: float) -> str:
    """The path between two shares of the whole turn."""
    large = 1 if end - start > _HALF else 0
    return f"M0 0L{_at(start)}A{_RADIUS} {_RADIUS} 0 {large} 1 {_at(end)}Z"


def _at(share: float) -> str:
    angle = share * math.tau
    return f"{_RADIUS * math.sin(angle):.2f} {-_RADIUS * math.cos(angle):.2f}"
