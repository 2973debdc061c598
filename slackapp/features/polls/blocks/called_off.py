"""What became of a round that was held, skipped, or asked nobody, for whoever made the poll."""

from datetime import date

from slackapp.core.words import written_day
from slackapp.features.polls.models import Poll, Question
from slackapp.features.polls.rules import FEWEST_SHOWN, Audience
from slackapp.features.polls.rules.schedule import MOST_MEANT
from slackapp.slack.blocks import Message, paragraph


def nobody_to_ask(poll: Poll, question: Question) -> Message:
    """Nobody is meant by it now."""
    who = {
        Audience.CHANNEL: "Nobody is in the channel who could answer.",
        Audience.PEOPLE: "None of those it asks can be asked any more.",
        Audience.FUNCTIONS: "Nobody in the channel has said that they have one of these functions.",
    }[Audience(poll.audience)]
    return _said(poll, question, who)


def nobody_at_work(poll: Poll, question: Question) -> Message:
    """All of them are on holiday."""
    return _said(poll, question, "All of those it asks are on holiday until this round would be over.")


def too_many_to_ask(poll: Poll, question: Question) -> Message:
    """More than a round asks by direct messages."""
    why = f"More than {MOST_MEANT:,} people are in the channel. Make the poll again and ask them there."
    return _said(poll, question, why)


def called_off(poll: Poll, question: Question, *, by_hand: bool) -> Message:
    """By hand, or because it waited for that until its time was up."""
    why = "This round was called off." if by_hand else "Its time was up before anybody was asked."
    return _said(poll, question, why)


def skipped(poll: Poll, question: Question, day: date, *, several: bool) -> Message:
    """The app was down when its time came. `several`: those after it, too, and one is told of all."""
    which = f"rounds from {written_day(day)} on were" if several else f"round of {written_day(day)} was"
    why = f"The {which} skipped: the app was not running."
    if poll.next_on is not None:
        why += f" The next is on {written_day(poll.next_on)}."
    return _said(poll, question, why)


def went_on(poll: Poll, question: Question) -> Message:
    """It was held, and whoever made the poll said how it goes on."""
    if poll.is_anonymous:
        then = f"This round goes on. Its results are shown if {FEWEST_SHOWN} or more answer."
    else:
        later = ", and so do those after it" if poll.every else ""
        then = f"This round goes on with names{later}."
    return Message(f"{poll.label}: {then}", [paragraph(f"{poll.label}: “{question.text}”\n{then}")])


def _said(poll: Poll, question: Question, why: str) -> Message:
    return Message(
        f"{poll.label} asked nobody. {why}",
        [paragraph(f"{poll.label} asked nobody: “{question.text}”\n{why}")],
    )
