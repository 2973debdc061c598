"""Charts: `data_visualization` as a picture in SVG, with the same numbers as a table for everybody."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from slackapp.playground.pages.blocks.axis_charts import axis_chart
from slackapp.playground.pages.blocks.html import tag
from slackapp.playground.pages.blocks.pie_chart import pie_chart
from slackapp.playground.pages.blocks.reading import Spot
from slackapp.playground.pages.blocks.series import Series, drawable, number
from slackapp.playground.pages.blocks.texts import plain_html
from slackapp.playground.pages.blocks.unknown import unknown
from slackapp.playground.slack.blockkit import Json


@dataclass(frozen=True)
class _Drawn:
    svg: Markup
    #: What each colour stands for, in order.
    keys: Sequence[str]
    series: Sequence[Series]
    labels: Sequence[str]
    axes: Sequence[str] = ()


def data_visualization(block: Json, spot: Spot) -> Markup:
    title = str(block.get("title", ""))
    chart = block["chart"]
    drawn = _drawn(chart, title)
    if drawn is None:
        return unknown("Chart", block)
    axes = tag("p", " · ".join(drawn.axes), class_="b-quiet") if drawn.axes else None
    return tag(
        "figure",
        tag("figcaption", plain_html(title)),
        axes,
        drawn.svg,
        _legend(drawn.keys),
        _numbers(drawn, spot),
        class_="b-chart",
    )


def _drawn(chart: Json, title: str) -> _Drawn | None:
    kind = chart.get("type")
    if kind == "pie":
        segments = [(str(segment["label"]), drawable(segment["value"])) for segment in chart["segments"]]
        series = [Series("Value", [value for _, value in segments])]
        labels = [label for label, _ in segments]
        return _Drawn(pie_chart(segments, title), labels, series, labels)
    if kind in ("bar", "line", "area"):
        axis = chart.get("axis_config", {})
        labels = [str(category) for category in axis.get("categories", [])]
        many = [_series(each, labels) for each in chart["series"]]
        axes = [f"{way} {axis[name]}" for way, name in (("↑", "y_label"), ("→", "x_label")) if axis.get(name)]
        keys = [each.name for each in many]
        return _Drawn(axis_chart(kind, many, labels, title), keys, many, labels, axes)
    return None


def _series(series: Json, labels: Sequence[str]) -> Series:
    by_label = {str(point["label"]): drawable(point["value"]) for point in series["data"]}
    return Series(str(series["name"]), [by_label.get(label, 0.0) for label in labels])


def _legend(keys: Sequence[str]) -> Markup:
    return tag(
        "ul",
        *(
            tag("li", tag("span", class_=f"b-key b-series-{at}", aria_hidden="true"), key)
            for at, key in enumerate(keys)
        ),
        class_="b-legend",
    )


def _numbers(drawn: _Drawn, spot: Spot) -> Markup:
    head = tag("tr", tag("td"), *(tag("th", each.name, scope="col") for each in drawn.series))
    rows = (
        tag(
            "tr",
            tag("th", label, scope="row"),
            *(tag("td", number(each.values[at]), class_="b-right") for each in drawn.series),
        )
        for at, label in enumerate(drawn.labels)
    )
    return tag(
        "details",
        tag("summary", "The numbers"),
        tag("table", tag("thead", head), tag("tbody", *rows), class_="b-table"),
        id=spot.id("numbers"),
        class_="b-numbers",
    )
