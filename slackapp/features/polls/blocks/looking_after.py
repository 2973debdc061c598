"""What whoever made a poll is told and asked about it."""

from collections.abc import Sequence

from slackapp.features.polls.blocks.round import MANAGE
from slackapp.features.polls.blocks.tally import counted_people
from slackapp.features.polls.models import Poll, Question, Round
from slackapp.features.polls.queries.rounds import Progress
from slackapp.features.polls.queries.views import RoundView
from slackapp.features.polls.rules import FEWEST_SHOWN
from slackapp.slack.blocks import (
    Confirm,
    Message,
    Part,
    actions,
    bold,
    button,
    channel,
    moment_of,
    paragraph,
    small,
)
from slackapp.slack.text import quoted

RELEASE = "polls.release"
CALL_OFF = "polls.call_off"


def progress(view: RoundView, so_far: Progress, *, is_posted: bool) -> Message:
    """How far asking by direct messages is. `is_posted`: its channel shows what it comes to."""
    poll = view.poll
    asked, answered = f"{so_far.asked:,} of {so_far.meant or 0:,} asked", f"{so_far.answered:,} answered"
    return Message(
        f"{poll.label}: {asked}, {answered}",
        [
            paragraph(bold(f"{poll.label}: {asked}, {answered}"), "."),
            paragraph(view.question.text),
            paragraph(*_until(view, is_posted=is_posted)),
            actions(button(MANAGE, "Manage", str(poll.id)), block_id="more"),
        ],
    )


def _until(view: RoundView, *, is_posted: bool) -> Sequence[Part]:
    there = channel(view.poll.channel_id)
    if not is_posted:
        until = moment_of("Open until", view.round.closes_at) if view.is_open else "This round is closed"
        show = f"/discovery poll show {view.poll.label}"
        return (
            until,
            ". ",
            there,
            " is archived, so nothing is posted there. ",
            show,
            " says what it came to.",
        )
    if not view.is_open:
        return "This round is closed. Its results are in ", there, "."
    return moment_of("Open until", view.round.closes_at), ". Results come to ", there, "."


def held(poll: Poll, question: Question, round_: Round, meant: int) -> Message:
    """Nobody is asked yet: so few are meant that an anonymous poll would show nothing."""
    would = f"Only {counted_people(meant)} would be asked"
    it = str(round_.id)
    off = Confirm("Call it off?", "Nobody is asked in this round.", "Call it off")
    return Message(
        f"{poll.label} waits for you: {quoted(question.text, 100)}",
        [
            paragraph(bold(f"{poll.label} waits for you"), ": ", question.text),
            paragraph(
                f"{would} in ",
                channel(poll.channel_id),
                f", and results of an anonymous poll are shown from {FEWEST_SHOWN} answers. "
                "Nobody was asked yet.",
            ),
            actions(
                button(f"{RELEASE}.named", "Ask with names", it),
                button(f"{RELEASE}.anyway", "Ask anyway", it),
                button(CALL_OFF, "Call it off", it, confirm=off),
                block_id="held",
            ),
            small("To ask more people, call this off and make another poll with /discovery poll."),
        ],
    )
