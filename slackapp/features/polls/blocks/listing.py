"""The polls of a channel in a list, and one of them over its rounds."""

from collections.abc import Iterator, Sequence

from slack_sdk.models.blocks import Block

from slackapp.core.words import clip, written_day
from slackapp.features.polls.blocks.managing import EXPORT
from slackapp.features.polls.blocks.round import MANAGE, RESULTS
from slackapp.features.polls.blocks.tally import brief, how_many_answered, in_short
from slackapp.features.polls.models import Poll, Question, Round
from slackapp.features.polls.queries.listed import PAGE, Listed, OverTime, Page
from slackapp.features.polls.queries.views import RoundView
from slackapp.features.polls.rules import Results, Stage
from slackapp.features.polls.rules.exports import FileKind
from slackapp.slack.blocks import (
    Part,
    actions,
    bold,
    bullets,
    button,
    day_of,
    italic,
    moment_of,
    paragraph,
    small,
)
from slackapp.slack.replies import Whisper

TURN = "polls.list"
SHOW = "polls.show"
CHART = "polls.chart"

#: Letters of a question in a list.
_CLIPPED = 150
#: Rounds that are listed over time.
_ROUNDS = 12


def listing(page: Page) -> Whisper:
    title = "Polls of this channel"
    if not page.polls:
        text = "No poll was made in this channel yet. `/discovery poll` makes the first one."
        return Whisper(text)
    blocks: list[Block] = [paragraph(bold(title))]
    for each in page.polls:
        blocks += _row(each)
    turn = []
    if page.offset:
        turn.append(button(f"{TURN}.newer", "Newer", str(max(page.offset - PAGE, 0))))
    if page.has_more:
        turn.append(button(f"{TURN}.older", "Older", str(page.offset + PAGE)))
    if turn:
        blocks.append(actions(*turn, block_id="turn"))
    return Whisper(title, blocks)


def over_time(found: OverTime) -> Whisper:
    """`/discovery poll show P-3`."""
    poll, last = found.poll, found.last
    blocks: list[Block] = [
        paragraph(bold(f"{poll.label}: "), found.question.text),
        paragraph(*_standing(poll, last)),
    ]
    if found.rounds:
        round_, question, results = found.rounds[-1]
        if last is None or last.round.id != round_.id:
            blocks.append(paragraph(italic(f"Round {round_.number}, closed "), _closed_on(round_)))
        blocks += brief(question, results)
    if len(found.rounds) > 1:
        blocks += [paragraph(bold("Round by round")), *_trend(found.rounds)]
    buttons = [button(RESULTS, "Results", str(last.round.id))] if last else []
    buttons.append(button(MANAGE, "Manage", str(poll.id)))
    if found.rounds:
        if has_chart(found):
            buttons.append(button(CHART, "Send me this as a chart", str(poll.id)))
        buttons += [button(f"{EXPORT}.{kind}", kind.label, str(poll.id)) for kind in FileKind]
    return Whisper(poll.label, [*blocks, actions(*buttons, block_id="of_poll")])


def has_chart(found: OverTime) -> bool:
    """Whether anything of it is shown that can be drawn."""
    shown = [results for _, _, results in found.rounds if not results.is_withheld and results.answered]
    return bool(shown) and bool(shown[-1].counts or shown[-1].numbers)


def _row(each: Listed) -> list[Block]:
    poll, last = each.poll, each.last
    buttons = [
        *([button(RESULTS, "Results", str(last.round.id))] if last else []),
        button(f"{SHOW}.poll", "Over time", str(poll.id)),
        button(MANAGE, "Manage", str(poll.id)),
    ]
    return [
        paragraph(bold(poll.label), f" {clip(each.question.text, _CLIPPED)}\n", *_standing(poll, last)),
        actions(*buttons, block_id=f"poll_{poll.id}"),
    ]


def _standing(poll: Poll, last: RoundView | None) -> list[Part]:
    parts: list[Part] = []
    if last is None:
        parts.append("Nobody was asked yet.")
    elif last.is_open:
        parts += [how_many_answered(last), " ", moment_of("Open until", last.round.closes_at), "."]
    elif last.round.stage == Stage.CLOSED:
        closed = f"Round {last.round.number} closed on "
        parts += [closed, _closed_on(last.round), f": {how_many_answered(last)}"]
    elif last.round.stage == Stage.CALLED_OFF:
        parts.append("The last round was called off.")
    else:
        parts.append("The round is being made ready.")
    if poll.next_on is not None:
        parts.append(f" Next on {written_day(poll.next_on)}.")
    return parts


def _closed_on(round_: Round) -> Part:
    return day_of(round_.closed_at) if round_.closed_at is not None else ""


def _trend(rounds: Sequence[tuple[Round, Question, Results]]) -> Iterator[Block]:
    """A list for each wording: what was asked in other words does not compare."""
    shown = rounds[-_ROUNDS:]
    if len(rounds) > len(shown):
        yield small(f"The last {len(shown)} of {len(rounds)} rounds; files hold all of them.")
    start = 0
    for at in range(1, len(shown) + 1):
        if at < len(shown) and shown[at][1].id == shown[start][1].id:
            continue
        if start:
            first, question, _ = shown[start]
            yield paragraph(italic(f"From round {first.number} on, in other words: "), question.text)
        yield bullets([_line(*each) for each in shown[start:at]])
        start = at


def _line(round_: Round, question: Question, results: Results) -> list[Part]:
    said = "too few answered, nothing is shown" if results.is_withheld else in_short(question, results)
    return [_closed_on(round_), f": {said}"]
