"""The charts of a report, where there is enough to draw."""

from collections.abc import Iterator
from datetime import date

from slack_sdk.models.blocks import Block

from slackapp.core.words import written_day
from slackapp.features.discovery.rules.report import FEWEST_FOR_SHARE, Report
from slackapp.slack.charts import Chart, ChartType

#: What Slack draws on one chart, at most; and what is worth drawing.
_MOST_POINTS, _FEWEST_POINTS = 20, 2


def charts(shown: Report) -> Iterator[Block]:
    weeks = shown.weeks[-_MOST_POINTS:]
    if len(weeks) >= _FEWEST_POINTS and any(times for _, times in weeks):
        which = "by week" if len(weeks) == len(shown.weeks) else f"last {_MOST_POINTS} weeks"
        series = [("times", [times for _, times in weeks])]
        labels = [_short(monday) for monday, _ in weeks]
        yield Chart(f"Times an engineer was in discovery, {which}", labels, series, ChartType.BAR)
    said = {
        f"{function.label} ({said.of})": float(said.percent)
        for function, said in shown.said.items()
        if function is not None and said.of >= FEWEST_FOR_SHARE
    }
    if len(said) >= _FEWEST_POINTS:
        yield Chart("Took part, % of answers (n)", [*said], [("took part", [*said.values()])], ChartType.BAR)


def _short(monday: date) -> str:
    return written_day(monday).rpartition(" ")[0]
