"""`/discovery report`: for whoever asked, for the channel, and with charts by direct message."""

from collections.abc import Iterator

from slack_sdk.models.blocks import Block

from slackapp.core.words import written_day
from slackapp.features.discovery.blocks.report_charts import charts
from slackapp.features.discovery.blocks.report_words import in_words
from slackapp.features.discovery.rules.periods import PERIODS
from slackapp.features.discovery.rules.report import Report
from slackapp.slack.blocks import Message, actions, bold, bullets, button, channel, paragraph, user
from slackapp.slack.replies import Whisper

#: Its buttons; `PERIOD` has one for each of `PERIODS`.
PERIOD = "discovery.report"
CHART = "discovery.report_chart"
POST = "discovery.report_post"

_A_MINUTE = 60


def report(shown: Report, *, done: str = "", is_posted: bool = False) -> Whisper:
    """`done`: what a press of one of its buttons came to."""
    said = [paragraph(done)] if done else []
    blocks = [*said, *_blocks(shown), _buttons(shown, is_posted=is_posted)]
    return Whisper(done or _notice(shown), blocks)


def posted(shown: Report, by: str) -> Message:
    """For the channel."""
    words = [*_blocks(shown), paragraph("Asked for by ", user(by), ".")]
    return Message(_notice(shown), [*words, *charts(shown)], fallback=words)


def chart(shown: Report) -> Message:
    """For the direct message of whoever asked: the charts, and the words below them."""
    words = list(_blocks(shown))
    return Message(_notice(shown), [*charts(shown), *words], fallback=words)


def has_chart(shown: Report) -> bool:
    return any(charts(shown))


def _notice(shown: Report) -> str:
    return f"Discovery in the last {shown.period.days} days"


def _blocks(shown: Report) -> Iterator[Block]:
    days = f"{written_day(shown.period.first)} to {written_day(shown.period.last)}"
    yield paragraph(
        bold("Discovery"), " in ", channel(shown.channel_id), f", the last {shown.period.days} days ({days})"
    )
    yield from _first_steps() if shown.is_empty else in_words(shown)


def _first_steps() -> Iterator[Block]:
    yield paragraph("Nothing is recorded here for these days. It begins with one of these:")
    early = "on the card of a launch you were early in: one click."
    yield bullets(
        [
            [bold("I was in before the spec"), f", {early}"],
            [bold("/discovery log"), ": an interview, a support review, a deep dive, and who was there."],
            [bold("/discovery poll"), ": who took part, asked every two weeks, counted by function."],
        ]
    )


def _buttons(shown: Report, *, is_posted: bool) -> Block:
    value = f"{shown.period.days}.{int(shown.made_at.timestamp()) // _A_MINUTE}"
    others = [days for days in PERIODS if days != shown.period.days]
    found = [button(f"{PERIOD}.{days}", f"Last {days} days") for days in others]
    if has_chart(shown):
        found.append(button(CHART, "Send me this as a chart", value))
    if not shown.is_empty and not is_posted:
        found.append(button(POST, "Post here", value))
    return actions(*found)
