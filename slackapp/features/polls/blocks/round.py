"""The messages of a round: in the channel, to each person, and what it came to."""

from collections.abc import Sequence

from slack_sdk.models.blocks import Block, ButtonElement

from slackapp.features.polls.blocks.tally import brief, has_more, how_many_answered
from slackapp.features.polls.blocks.words import how, naming, one_click
from slackapp.features.polls.models import Poll, Question, Round
from slackapp.features.polls.queries.views import RoundView
from slackapp.features.polls.rules import Kind, Shows
from slackapp.slack.blocks import (
    Message,
    Part,
    actions,
    bold,
    bullets,
    button,
    channel,
    italic,
    moment_of,
    paragraph,
    small,
)
from slackapp.slack.text import quoted

ANSWER = "polls.answer"
FORM = "polls.form"
RESULTS = "polls.results"
MANAGE = "polls.manage"

#: Options that are listed in the message itself.
_LISTED = 10


def in_channel(view: RoundView) -> Message:
    """The one message of a round in its channel, the same for everybody."""
    if not view.is_open:
        return results(view)
    return Message(
        f"{view.poll.label}: {quoted(view.question.text, 150)}",
        [
            *_question(view.question),
            *_so_far(view),
            *answer_buttons(view.question, view.round),
            *_standing(view),
            actions(*_more(view), button(MANAGE, "Manage", str(view.poll.id)), block_id="more"),
        ],
    )


def ask(view: RoundView) -> Message:
    """The direct message that asks somebody: the same for everybody, whatever they answered."""
    return Message(
        f"{view.poll.label}: {quoted(view.question.text, 150)}",
        [*_asking(view), *_for_one(view)],
    )


def reminder(view: RoundView) -> Message:
    """To somebody who has not answered."""
    text = f"A question waits for you: {quoted(view.question.text, 150)}"
    opening = paragraph(
        bold("A question waits for you"),
        " in ",
        channel(view.poll.channel_id),
        ". This is the only reminder.",
    )
    return Message(text, [opening, *_asking(view), *_for_one(view)])


def reminded(view: RoundView) -> Message:
    """In place of what asked them first, once a reminder asks."""
    label, question = view.poll.label, view.question
    return Message(
        f"{label}: {quoted(question.text, 150)}",
        [paragraph(bold(question.text)), paragraph(f"{label} was asked once more, in a newer message.")],
    )


def closed(poll: Poll, question: Question, *, is_posted: bool) -> Message:
    """In place of what asked somebody by a direct message, whatever they answered.

    `is_posted`: its channel shows what it came to.
    """
    where: list[Part] = [f"{poll.label} is closed. What it came to is in ", channel(poll.channel_id), "."]
    if not is_posted:
        where = [
            f"{poll.label} is closed. ",
            channel(poll.channel_id),
            " is archived, so nothing is posted there. ",
            f"/discovery poll show {poll.label} says what it came to.",
        ]
    return Message(
        f"{poll.label} is closed: {quoted(question.text, 150)}",
        [paragraph(bold(question.text)), paragraph(*where)],
    )


def results(view: RoundView) -> Message:
    """What a closed round came to, in its channel."""
    label, question = view.poll.label, view.question
    below = [button(RESULTS, "All results", str(view.round.id))] if _is_worth_more(view) else []
    below.append(button(MANAGE, "Manage", str(view.poll.id)))
    return Message(
        f"{label} is closed: {quoted(question.text, 150)}",
        [
            paragraph(bold(question.text)),
            *(brief(question, view.results) if view.results else []),
            small(f"{label} is closed. {how_many_answered(view)}{_whose(view.poll)}"),
            actions(*below, block_id="more"),
        ],
    )


def first_word(poll: Poll) -> Message:
    """In the thread of the message in the channel."""
    return Message(quoted(poll.thread, 300), [paragraph(poll.thread)])


def answer_buttons(question: Question, round_: Round) -> list[Block]:
    """A button for each answer, or one that opens the form."""
    found = one_click(question)
    if not found:
        return [actions(button(FORM, "Answer", str(round_.id), style="primary"), block_id="answer")]
    return [
        actions(
            *(button(f"{ANSWER}.{place}", label, f"{round_.id}:{place}") for place, label in found),
            block_id="answer",
        )
    ]


def _question(question: Question) -> list[Block]:
    blocks: list[Block] = [paragraph(bold(question.text))]
    if question.details:
        blocks.append(paragraph(question.details))
    if says := how(question):
        blocks.append(paragraph(italic(says)))
    return blocks


def _options(question: Question) -> list[Block]:
    """What can be chosen, where no button says it."""
    if question.kind not in {Kind.SINGLE, Kind.MULTIPLE} or one_click(question):
        return []
    rows: list[list[Part]] = [[option] for option in question.options[:_LISTED]]
    if len(question.options) > _LISTED:
        rows.append([italic(f"and {len(question.options) - _LISTED} more")])
    return [bullets(rows)]


def _so_far(view: RoundView) -> list[Block]:
    """What it came to, once somebody answered; before, and where that is not shown, what can be chosen."""
    if view.results is not None and view.results.answered:
        return brief(view.question, view.results)
    return _options(view.question)


def _asking(view: RoundView) -> list[Block]:
    return [
        *_question(view.question),
        *_options(view.question),
        *answer_buttons(view.question, view.round),
    ]


def _for_one(view: RoundView) -> list[Block]:
    poll = view.poll
    return [
        paragraph(moment_of("Open until", view.round.closes_at), ", for ", channel(poll.channel_id), "."),
        small(f"{poll.label} · {naming(poll)}"),
        *([actions(*_more(view), block_id="more")] if _more(view) else []),
    ]


def _standing(view: RoundView) -> list[Block]:
    return [
        paragraph(bold(how_many_answered(view)), " ", moment_of("Open until", view.round.closes_at), "."),
        small(f"{view.poll.label} · {naming(view.poll)}"),
    ]


def _more(view: RoundView) -> Sequence[ButtonElement]:
    if view.poll.is_anonymous or view.poll.shows == Shows.AT_CLOSE:
        return []
    return [button(RESULTS, "Results", str(view.round.id))]


def _is_worth_more(view: RoundView) -> bool:
    return view.results is not None and has_more(view.question, view.results)


def _whose(poll: Poll) -> str:
    return " It was anonymous: nothing that is kept says who answered what." if poll.is_anonymous else ""
