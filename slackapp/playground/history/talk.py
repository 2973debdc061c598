"""How people talk among themselves: what a conversation is, and when its lines are said."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from slackapp.playground.history.acts import comments, message, reacts, says
from slackapp.playground.history.diary import Entry, at_work
from slackapp.playground.history.dice import Dice
from slackapp.playground.slack.company import Member

_NODS = ("+1", "joy", "heart", "eyes", "sunny", "raised_hands")


@dataclass(frozen=True)
class Conversation:
    """Somebody says something to a channel, and others answer below it. Choices may be open: see `dice`."""

    room: str
    who: Member
    said: str
    answers: tuple[tuple[Member, str], ...] = ()
    #: When it is said, by its writer's clock; what has no day is said some day.
    on: str = ""


def spoken(conversation: Conversation, at: datetime, dice: Dice) -> Iterator[Entry]:
    """The conversation from that moment on."""
    said = dice.say(conversation.said)
    yield Entry(at, conversation.who, says(conversation.room, said))
    here = message(conversation.room, said)
    for who, line in conversation.answers:
        at = at_work(at + timedelta(minutes=dice.minutes(2, 40)), who)
        if dice.happens(0.4) and who != conversation.who:
            yield Entry(at, who, reacts(here, dice.one(_NODS)))
        yield Entry(at + timedelta(minutes=1), who, comments(here, dice.say(line)))
