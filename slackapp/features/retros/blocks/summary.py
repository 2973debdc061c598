"""What came of a closed retro: told to the channel once, and shown to whoever looks it up."""

from collections.abc import Iterator, Sequence

from slack_sdk.models.blocks import Block

from slackapp.core.words import clip, counted, written_day
from slackapp.features.retros.blocks.outcomes import outcome
from slackapp.features.retros.rules.exports import FileKind
from slackapp.features.retros.rules.record import ActionRecord, LookedBackOn, Mark, Record
from slackapp.slack.blocks import (
    Message,
    Part,
    actions,
    bold,
    bullets,
    button,
    italic,
    paragraph,
    small,
)
from slackapp.slack.replies import Whisper
from slackapp.slack.text import escape

EXPORT = "retros.export"

#: How much of each fits one message of Slack's, which takes about 12,000 characters.
_LONGEST_IMPACT = 1500
_MOST_LAUNCHES, _MOST_TOPICS, _MOST_DECISIONS, _MOST_ACTIONS, _MOST_CARRIED = 6, 5, 8, 12, 5
_LONGEST = 150
_NAME = 40


def summary(retro_id: int, record: Record) -> Message:
    """As things stand when it closes. Names are written, and not mentioned: nobody is called by a summary."""
    blocks = [*_heading(record), *_outcomes(record), *_discussed(record), *_agreed(record)]
    if record.carried_over:
        blocks += _carried_over(record)
    blocks += [small(_took_part(record)), _files(retro_id)]
    counts = f"{counted(len(record.decisions), 'decision')}, {counted(len(record.actions), 'action item')}"
    return Message(escape(f"{record.label} is closed: {counts}."), blocks)


def shown(retro_id: int, record: Record) -> Whisper:
    """`/retro show R-7`: the same as things stand now, with what became of its actions."""
    blocks = [*_heading(record), *_outcomes(record), *_discussed(record), *_agreed(record, now=True)]
    blocks += [small(_took_part(record)), _files(retro_id)]
    return Whisper(f"What came of {record.label}", blocks)


def _heading(record: Record) -> Iterator[Block]:
    yield paragraph(bold(f"{record.label} {clip(record.template, 100)}"), ": what came of it")


def _outcomes(record: Record) -> Iterator[Block]:
    """What happened comes first."""
    if record.launches:
        yield bullets(_some([_looked_back_on(each) for each in record.launches], _MOST_LAUNCHES))
    said: Part = clip(record.impact, _LONGEST_IMPACT) or italic("Closed without an answer.")
    yield paragraph(bold("What happened to users? "), said)


def _discussed(record: Record) -> Iterator[Block]:
    """Those with votes; if nobody voted, all of them."""
    voted = [topic for topic in record.topics if topic.votes] or record.topics
    if not voted:
        return
    rows: list[Sequence[Part]] = [
        [bold(clip(topic.name, 100)), f" · {counted(topic.votes, 'vote')}"] for topic in voted[:_MOST_TOPICS]
    ]
    if more := len(record.topics) - len(rows):
        rows.append([italic(f"and {more} more, in the file")])
    yield paragraph(bold("Topics"))
    yield bullets(rows)


def _agreed(record: Record, *, now: bool = False) -> Iterator[Block]:
    if record.decisions:
        yield paragraph(bold("Decisions"))
        rows = [[clip(each.text, 200), *_under(each.topic)] for each in record.decisions]
        yield bullets(_some(rows, _MOST_DECISIONS))
    if record.actions:
        yield paragraph(bold("Action items"))
        yield bullets(_some([_action(each, now=now) for each in record.actions], _MOST_ACTIONS))
    if not record.decisions and not record.actions:
        yield paragraph("No decisions and no action items were noted.")


def _carried_over(record: Record) -> Iterator[Block]:
    yield paragraph(bold("Still open from before"))
    yield bullets(_some([_action(each) for each in record.carried_over], _MOST_CARRIED))


def _looked_back_on(launch: LookedBackOn) -> list[Part]:
    row: list[Part] = [bold(f"{launch.label} {clip(launch.title, 80)}"), ": ", *outcome(launch)]
    for question, mark in (("Works as intended", launch.works), ("What users needed", launch.needed)):
        if mark.answers:
            row.append(f" {question}: {_mark(mark)}.")
    return row


def _mark(mark: Mark) -> str:
    if mark.mean is None:
        return f"{counted(mark.answers, 'answer')}, too few to show"
    return f"{mark.mean:.1f} of 5 (n = {mark.answers})"


def _action(action: ActionRecord, *, now: bool = False) -> list[Part]:
    row: list[Part] = [
        bold(action.label),
        " ",
        clip(action.text, _LONGEST),
        f" · {clip(action.owner, _NAME)}",
    ]
    if not now or action.state == "open":
        row.append(f" · due {written_day(action.due_on)}")
    if now and action.state != "open":
        row += [" · ", italic(action.state)]
        if action.helped is not None:
            row.append(f", helped: {action.helped.replace('_', ' ')}")
    return row


def _under(topic: str | None) -> list[Part]:
    return [f" · from “{clip(topic, 60)}”"] if topic else []


def _took_part(record: Record) -> str:
    of = "" if record.invited is None else f" of {record.invited}"
    return (
        f"{record.handed_in}{of} handed in · {counted(record.notes, 'note')} · "
        f"{counted(record.votes, 'vote')} · {'anonymous' if record.is_anonymous else 'with names'}"
    )


def _some(rows: Sequence[Sequence[Part]], most: int) -> list[Sequence[Part]]:
    """The first of them, and how many more there are."""
    more = len(rows) - most
    if more <= 0:
        return list(rows)
    return [*rows[:most], [italic(f"and {more} more, in the file")]]


def _files(retro_id: int) -> Block:
    return actions(*(button(f"{EXPORT}.{kind}", f"Export {kind.label}", str(retro_id)) for kind in FileKind))
