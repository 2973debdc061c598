"""The retros of a channel in a list, and what is said of one that has no record."""

from slack_sdk.models.blocks import Block

from slackapp.core.words import clip
from slackapp.features.retros.models import Retro, Series
from slackapp.features.retros.queries.history import PAGE, Page
from slackapp.features.retros.rules import NAMES, Phase, Template
from slackapp.slack.blocks import (
    Confirm,
    Part,
    actions,
    bold,
    bullets,
    button,
    day_of,
    italic,
    paragraph,
    small,
)
from slackapp.slack.replies import Whisper

TURN = "retros.list"
HISTORY = "retros.history"
END_SERIES = "retros.list.end_series"


def listing(page: Page) -> Whisper:
    title = "Retros of this channel"
    if not page.retros and page.series is None:
        text = "No retro was held in this channel yet. /retro starts the first one."
        return Whisper(text, [paragraph(text)])
    blocks: list[Block] = [paragraph(bold(title))]
    if page.series is not None:
        blocks += _series(page.series)
    if page.retros:
        blocks.append(bullets([_row(retro) for retro in page.retros]))
    turn = [button(HISTORY, "What they come to over time", "0")]
    if page.offset:
        turn.append(button(f"{TURN}.newer", "Newer", str(max(page.offset - PAGE, 0))))
    if page.has_more:
        turn.append(button(f"{TURN}.older", "Older", str(page.offset + PAGE)))
    blocks.append(actions(*turn))
    closed = [retro for retro in page.retros if retro.phase == Phase.CLOSED]
    if closed:
        blocks.append(small(f"/retro show {closed[0].label} shows what came of one."))
    return Whisper(title, blocks)


def _series(series: Series) -> list[Block]:
    often = "every week" if series.weeks == 1 else f"every {series.weeks} weeks"
    says: list[Part] = [f"{Template(series.template).label}, {often}"]
    if series.next_at is not None:
        says += ["; the next one opens on ", day_of(series.next_at)]
    ends = Confirm("End the series?", "No further retro opens by itself. Those held stay.", "End it")
    return [
        paragraph(*says, "."),
        actions(button(END_SERIES, "End the series", str(series.id), confirm=ends)),
    ]


def _row(retro: Retro) -> list[Part]:
    phase = Phase(retro.phase)
    how = NAMES[phase].lower() if phase.is_open else phase.value
    skipped = ", without an answer on users" if retro.impact_skipped else ""
    label = Template(retro.template).label
    if Template(retro.template) is Template.CUSTOM:
        label = clip(", ".join(retro.columns), 80)
    return [bold(retro.label), f" {label} · ", day_of(retro.opened_at), " · ", italic(f"{how}{skipped}")]


def without_record(retro: Retro) -> Whisper:
    """Of a retro that is open, or was cancelled."""
    phase = Phase(retro.phase)
    if phase.is_open:
        text = (
            f"{retro.label} is open: {NAMES[phase].lower()}. What came of it is shown once it is closed; "
            "/retro status in its channel says how it stands."
        )
    else:
        text = f"{retro.label} was cancelled. Its notes were erased, and nothing came of it."
    return Whisper(text, [paragraph(text)])
