"""One sample of everything that Block Kit has, for tests and for eyes."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Literal
from zoneinfo import ZoneInfo

from slackapp.playground.pages.blocks.gallery import data, fields, using, writing
from slackapp.playground.pages.blocks.reading import Reader, Surface
from slackapp.playground.slack.blockkit import Json

#: Who looks at the gallery, and when.
READER = Reader(
    user="U0MARA",
    zone=ZoneInfo("Europe/Stockholm"),
    now=datetime(2026, 11, 20, 8, 30, tzinfo=UTC),
    people={"U0MARA": "Mara Lind", "U0JONAS": "Jonas Weber", "U0PRIYA": "Priya Nair"},
    channels={"C0ONBOARD": "team-onboarding", "C0BILLING": "team-billing"},
)


@dataclass(frozen=True)
class Sample:
    name: str
    #: Where Slack shows these blocks.
    kind: Literal["message", "modal", "home"]
    blocks: Sequence[Json]
    errors: dict[str, str] = field(default_factory=dict)

    @property
    def surface(self) -> Surface:
        return Surface(self.name, errors=self.errors)


def gallery() -> Sequence[Sample]:
    return [
        Sample("section", "message", writing.SECTIONS),
        Sample("mrkdwn", "message", writing.MRKDWN),
        Sample("layout", "message", writing.LAYOUT),
        Sample("rich-text", "message", writing.RICH_TEXT),
        Sample("markdown", "message", writing.MARKDOWN),
        Sample("buttons", "message", using.BUTTONS),
        Sample("menus", "message", using.MENUS),
        Sample("multiple-menus", "message", using.MULTIPLE_MENUS),
        Sample("choices", "message", using.CHOICES),
        Sample("typing", "modal", fields.TYPING, errors=fields.TYPING_ERRORS),
        Sample("choosing", "modal", fields.CHOOSING, errors=fields.CHOOSING_ERRORS),
        Sample("picking", "modal", fields.PICKING),
        Sample("alert", "modal", fields.ALERTS),
        Sample("table", "message", data.TABLE),
        Sample("data-table", "message", data.DATA_TABLE),
        Sample("bars-and-lines", "message", data.BARS_AND_LINES),
        Sample("long-labels", "message", data.LONG_LABELS),
        Sample("area-and-pie", "message", data.AREA_AND_PIE),
        Sample("media", "message", data.MEDIA),
        Sample("cards", "message", data.CARDS),
        Sample("container", "message", data.CONTAINERS),
        Sample("tasks", "message", data.TASKS),
    ]
