"""How whoever made a poll looks after it: how it stands, its next round, and what can be done."""

from collections.abc import Mapping
from dataclasses import dataclass

from slack_sdk.models.blocks import Block, ButtonElement, PlainTextObject
from slack_sdk.models.views import View

from slackapp.core.words import written_day
from slackapp.features.polls.blocks.inputs import Inputs
from slackapp.features.polls.blocks.question import answer_inputs
from slackapp.features.polls.blocks.round import RESULTS
from slackapp.features.polls.blocks.tally import how_many_answered
from slackapp.features.polls.models import Poll, Question, Round
from slackapp.features.polls.queries.views import RoundView
from slackapp.features.polls.rules import FEWEST_SHOWN, Every, Stage
from slackapp.features.polls.rules.exports import FileKind
from slackapp.slack.blocks import (
    Confirm,
    Field,
    Part,
    actions,
    bold,
    button,
    channel,
    form,
    moment_of,
    paragraph,
    small,
)
from slackapp.slack.routes import Value

CLOSE = "polls.close"
STOP = "polls.stop"
REWORD = "polls.reword"
EXPORT = "polls.export"


@dataclass(frozen=True)
class Managing:
    poll: Poll
    #: With which the next round asks.
    question: Question
    #: Of the last round; None: there is none.
    last: RoundView | None
    #: What was just done.
    notice: str = ""


def manage_sheet(managing: Managing) -> View:
    poll, last = managing.poll, managing.last
    blocks: list[Block] = [
        *([paragraph(bold(managing.notice))] if managing.notice else ()),
        paragraph(bold(f"{poll.label}: "), managing.question.text),
        paragraph(*_standing(managing)),
    ]
    if last is not None:
        blocks.append(actions(*_of_round(last), block_id="round"))
    if poll.next_at is not None:
        blocks += [paragraph(*_next(poll)), actions(*_of_series(poll), block_id="series")]
    blocks += [
        small("As a file, in our direct message: what each round came to, and never who answered what."),
        actions(
            *(button(f"{EXPORT}.{kind}", kind.label, str(poll.id)) for kind in FileKind), block_id="files"
        ),
    ]
    return View(
        type="modal",
        private_metadata=str(poll.id),
        title=PlainTextObject(text=f"Manage {poll.label}", emoji=False),
        close=PlainTextObject(text="Close", emoji=False),
        blocks=blocks,
    )


def reword_form(poll: Poll, question: Question, values: Mapping[str, Value]) -> View:
    """The wording of the next round; how it is answered stays."""
    inputs = Inputs(values)
    return form(
        f"Reword {poll.label}",
        callback_id=REWORD,
        submit="Save",
        metadata=str(poll.id),
        blocks=[
            small("From the next round on. Results are compared over rounds with the same words alone."),
            inputs.line(Field("question", "Question")),
            *answer_inputs(inputs, question.kind),
            inputs.lines(Field("details", "What should people know before they answer?", optional=True)),
        ],
    )


def _standing(managing: Managing) -> list[Part]:
    poll, last = managing.poll, managing.last
    if last is None:
        return ["Nobody was asked yet."]
    where: list[Part] = [f"Round {last.round.number} in ", channel(poll.channel_id)]
    match last.round.stage:
        case Stage.OPEN:
            return [
                *where,
                f": {how_many_answered(last)} ",
                moment_of("It is open until", last.round.closes_at),
                ".",
            ]
        case Stage.CLOSED:
            return [*where, f" is closed. {how_many_answered(last)}"]
        case Stage.CALLED_OFF:
            return [*where, " was called off: nobody was asked."]
        case _:
            return [*where, " is being made ready: nobody was asked yet."]


def _of_round(last: RoundView) -> list[ButtonElement]:
    poll, its = last.poll, str(last.round.id)
    found = [button(RESULTS, "Results", its)]
    if last.round.stage == Stage.OPEN:
        close = Confirm(f"Close {poll.label} now?", _at_close(last), "Close it")
        found.append(button(CLOSE, "Close now", its, confirm=close))
    return found


def _at_close(last: RoundView) -> str:
    """What closing it now would do."""
    if not last.poll.is_anonymous or last.answered >= FEWEST_SHOWN:
        return "Nobody can answer or change anything then, and the results are shown."
    return (
        f"Nobody can answer or change anything then. {how_many_answered(last)} Of fewer than {FEWEST_SHOWN} "
        "nothing is shown, and what they said is deleted."
    )


def closed_notice(round_: Round) -> str:
    """What closing it has come to."""
    if not round_.answered:
        return "Closed. Nobody had answered."
    if round_.is_withheld:
        return f"Closed. Fewer than {FEWEST_SHOWN} had answered, so nothing is shown."
    return "Closed. The channel shows what it came to."


def _of_series(poll: Poll) -> list[ButtonElement]:
    stop = Confirm(f"Stop {poll.label}?", "No further round is held. What there was stays.", "Stop it")
    return [
        button(REWORD, "Reword", str(poll.id)),
        button(STOP, "Stop", str(poll.id), confirm=stop),
    ]


def _next(poll: Poll) -> list[Part]:
    assert poll.next_on is not None
    every = Every(poll.every).label if poll.every else "Again"
    when = f" at {poll.at:%H:%M}" if poll.at else ""
    zone = "where each person is" if poll.in_own_zone else poll.zone
    return [f"{every}, next on {written_day(poll.next_on)}{when} ({zone})."]
