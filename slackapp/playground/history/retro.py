"""One retro from its first day to its last: what its people do in it, and when."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from slackapp.playground.history.acts import Act, Fields
from slackapp.playground.history.company import MARA
from slackapp.playground.history.diary import Entry, moment
from slackapp.playground.history.dice import Dice
from slackapp.playground.history.retro_acts import (
    closes,
    discusses,
    goes_on,
    groups,
    scores,
    starts,
    votes,
    writes,
)
from slackapp.playground.slack.company import Member


@dataclass(frozen=True)
class Hand:
    """What somebody hands in, one text a column and one note a line. Choices may be open: see `dice`."""

    who: Member
    on: str
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Ballot:
    who: Member
    on: str
    #: Votes by a few words of the topic.
    votes: Mapping[str, int]


@dataclass(frozen=True)
class Task:
    """An action item."""

    text: str
    owner: Member
    due: str
    if_then: str = ""


@dataclass(frozen=True)
class Talk:
    """What comes of one topic's discussion; the topics are in the order in which they are discussed."""

    topic: str
    tasks: tuple[Task, ...] = ()
    decision: str = ""


@dataclass(frozen=True)
class Score:
    who: Member
    on: str
    #: Whether it works as intended, and whether it is what users needed, by a launch's title.
    launches: Mapping[str, tuple[int, int]]


@dataclass(frozen=True)
class Retro:
    """Days are by the clock of whoever acts."""

    room: str
    facilitator: Member
    begins: str
    #: What the form is given; all else stays as it stands there.
    form: Fields
    hands: tuple[Hand, ...]
    ballots: tuple[Ballot, ...]
    #: When the facilitator leads through the topics, and what comes of each.
    discussed: str
    talks: tuple[Talk, ...]
    #: When it is closed, and what is said of users; without a word of them it says so.
    closed: str
    impact: str = ""
    #: How it is started where that is not done by the command: the form has to open.
    start: Act | None = None
    #: When the facilitator goes on, where no deadline does.
    goes_on: tuple[str, ...] = ()
    #: Topics by their names, and a few words of each of their notes; put together by whom, and when.
    groups: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    grouped: tuple[Member, str] = (MARA, "")
    scores: tuple[Score, ...] = ()


def course(retro: Retro, seed: int) -> Iterator[Entry]:
    """All that its people do in it. The same seed gives the same."""
    dice = Dice(seed, f"retro {retro.begins}")
    lead = retro.facilitator

    def by(who: Member, when: str, act: Act) -> Entry:
        return Entry(moment(when, who), who, act)

    yield by(lead, retro.begins, starts(retro.room, retro.form, retro.start))
    for hand in retro.hands:
        yield by(hand.who, hand.on, writes(retro.room, [dice.say(text) for text in hand.notes]))
    for when in retro.goes_on:
        yield by(lead, when, goes_on(retro.room))
    if retro.groups:
        yield by(*retro.grouped, groups(retro.room, retro.groups))
    for ballot in retro.ballots:
        yield by(ballot.who, ballot.on, votes(retro.room, ballot.votes))
    yield by(lead, retro.discussed, discusses(retro.room, retro.talks))
    for score in retro.scores:
        yield by(score.who, score.on, scores(retro.room, score.launches))
    yield by(lead, retro.closed, closes(retro.room, retro.impact))
