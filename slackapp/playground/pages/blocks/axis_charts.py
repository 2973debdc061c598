"""Bar, line and area charts over categories."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from textwrap import wrap
from unicodedata import east_asian_width

from markupsafe import Markup

from slackapp.playground.pages.blocks.html import tag
from slackapp.playground.pages.blocks.series import Series, number, short_number, ticks

WIDTH, HEIGHT = 600, 260
_LEFT, _RIGHT, _TOP, _BOTTOM = 52, 8, 10, 28
_BAR_SHARE = 0.72
#: More labels than this would run into each other.
_LABELS_MOST = 8
#: A letter of a label is about so wide, a line of it so high; no label has more lines.
_LETTER, _LINE, _LINES_MOST = 7.5, 15, 3


@dataclass(frozen=True)
class _Plane:
    """From values to points of the picture."""

    low: float
    high: float
    categories: int

    @property
    def slot(self) -> float:
        return (WIDTH - _LEFT - _RIGHT) / self.categories

    def x(self, category: int) -> float:
        """The middle of a category."""
        return _LEFT + (category + 0.5) * self.slot

    def y(self, value: float) -> float:
        share = (value - self.low) / (self.high - self.low)
        return HEIGHT - _BOTTOM - share * (HEIGHT - _TOP - _BOTTOM)


def axis_chart(kind: str, series: Sequence[Series], labels: Sequence[str], title: str) -> Markup:
    """`kind` is `bar`, `line` or `area`."""
    every = [value for each in series for value in each.values]
    # What is filled is compared by its length, which only zero makes honest; a line by its slope.
    ground = [] if kind == "line" else [0.0]
    marks = ticks(min(every + ground, default=0.0), max(every + ground, default=1.0))
    plane = _Plane(marks[0], marks[-1], len(labels))
    written = _written(plane, labels)
    height = HEIGHT + _LINE * (max(map(len, written.values()), default=1) - 1)
    return tag(
        "svg",
        *_grid(plane, marks),
        *_categories(plane, labels, written),
        *_DRAWN[kind](plane, series, labels),
        viewBox=f"0 0 {WIDTH} {height}",
        class_="b-plot",
        role="img",
        aria_label=f"{kind.capitalize()} chart: {title}",
    )


def _grid(plane: _Plane, marks: Sequence[float]) -> Iterator[Markup]:
    for mark in marks:
        y = _short(plane.y(mark))
        yield tag("line", x1=_LEFT, x2=WIDTH - _RIGHT, y1=y, y2=y, class_="b-zero" if mark == 0 else "b-grid")
        yield tag("text", short_number(mark), x=_LEFT - 8, y=_short(plane.y(mark) + 4), text_anchor="end")


def _written(plane: _Plane, labels: Sequence[str]) -> Mapping[int, Sequence[str]]:
    """Which labels are written below the axis, each in its lines."""
    every = -(-len(labels) // _LABELS_MOST)
    return {at: _lines_of(labels[at], every * plane.slot) for at in range(0, len(labels), max(every, 1))}


def _lines_of(label: str, room: float) -> Sequence[str]:
    width = 2 * _LETTER if any(east_asian_width(letter) in "WF" for letter in label) else _LETTER
    return wrap(label, int(room / width), max_lines=_LINES_MOST, placeholder="…") or [""]


def _categories(
    plane: _Plane, labels: Sequence[str], written: Mapping[int, Sequence[str]]
) -> Iterator[Markup]:
    for at, (first, *others) in written.items():
        x = _short(plane.x(at))
        lines = [tag("tspan", line, x=x, dy=_LINE) for line in others]
        whole = tag("title", labels[at]) if others else None
        yield tag("text", whole, first, *lines, x=x, y=HEIGHT - 8, text_anchor="middle")


def _bars(plane: _Plane, series: Sequence[Series], labels: Sequence[str]) -> Iterator[Markup]:
    width = plane.slot * _BAR_SHARE / len(series)
    for nth, each in enumerate(series):
        for at, value in enumerate(each.values):
            x = plane.x(at) + (nth - len(series) / 2) * width
            top, bottom = sorted((plane.y(value), plane.y(0)))
            yield tag(
                "rect",
                _tip(each, labels[at], value),
                x=_short(x),
                y=_short(top),
                width=_short(max(width - 2, 1)),
                height=_short(max(bottom - top, 1)),
                rx=2,
                class_=f"b-series-{nth}",
            )


def _lines(plane: _Plane, series: Sequence[Series], labels: Sequence[str]) -> Iterator[Markup]:
    for nth, each in enumerate(series):
        yield tag("polyline", points=_points(plane, each), class_=f"b-line b-series-{nth}")
        for at, value in enumerate(each.values):
            yield tag(
                "circle",
                _tip(each, labels[at], value),
                cx=_short(plane.x(at)),
                cy=_short(plane.y(value)),
                r=3.5,
                class_=f"b-series-{nth}",
            )


def _areas(plane: _Plane, series: Sequence[Series], labels: Sequence[str]) -> Iterator[Markup]:
    ground = _short(plane.y(0))
    for nth, each in enumerate(series):
        last = _short(plane.x(len(each.values) - 1))
        outline = f"{_short(plane.x(0))},{ground} {_points(plane, each)} {last},{ground}"
        yield tag("polygon", points=outline, class_=f"b-area b-series-{nth}")
    yield from _lines(plane, series, labels)


def _points(plane: _Plane, series: Series) -> str:
    return " ".join(
        f"{_short(plane.x(at))},{_short(plane.y(value))}" for at, value in enumerate(series.values)
    )


def _tip(series: Series, label: str, value: float) -> Markup:
    return tag("title", f"{series.name}, {label}: {number(value)}")


def _short(coordinate: float) -> str:
    return f"{coordinate:.1f}".removesuffix(".0")


_DRAWN: Mapping[str, Callable[[_Plane, Sequence[Series], Sequence[str]], Iterator[Markup]]] = {
    "bar": _bars,
    "line": _lines,
    "area": _areas,
}
