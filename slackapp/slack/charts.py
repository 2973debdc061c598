"""Charts, as Slack draws them: in messages alone."""

from collections.abc import Sequence
from enum import StrEnum

from slack_sdk.models.blocks import Block

from slackapp.slack.blocks import Json


class ChartType(StrEnum):
    LINE = "line"
    BAR = "bar"


class Chart(Block):
    """Series over the same labels; the SDK has no class for it.

    Slack takes no such block in modals and whispers, and not in every workspace: a message with one carries a
    fallback without it.
    """

    def __init__(
        self,
        title: str,
        labels: Sequence[str],
        series: Sequence[tuple[str, Sequence[float]]],
        chart_type: ChartType = ChartType.LINE,
    ) -> None:
        super().__init__(type="data_visualization")
        self._title, self._labels, self._series, self._type = title, labels, series, chart_type

    def to_dict(self, *args: object) -> Json:
        del args
        series = [
            {
                "name": name,
                "data": [
                    {"label": label, "value": value}
                    for label, value in zip(self._labels, values, strict=True)
                ],
            }
            for name, values in self._series
        ]
        axis = {"categories": list(self._labels)}
        return {
            "type": "data_visualization",
            "title": self._title,
            "chart": {"type": self._type.value, "series": series, "axis_config": axis},
        }
