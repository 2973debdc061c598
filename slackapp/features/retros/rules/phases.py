"""The phases of a retro, and which follows which."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import pairwise


class Phase(StrEnum):
    #: Everybody writes, and nobody sees what others wrote.
    COLLECT = "collect"
    #: Notes are revealed, and put together into topics.
    GROUP = "group"
    #: Topics are voted for; nobody sees how they stand.
    VOTE = "vote"
    #: Topics are talked about, the one with the most votes first.
    DISCUSS = "discuss"
    #: What happened to users is said, and launches are scored.
    CLOSE = "close"
    CLOSED = "closed"
    CANCELLED = "cancelled"

    @property
    def is_open(self) -> bool:
        return self not in {Phase.CLOSED, Phase.CANCELLED}


#: What people call a phase.
NAMES: Mapping[Phase, str] = {
    Phase.COLLECT: "Collecting notes",
    Phase.GROUP: "Grouping notes",
    Phase.VOTE: "Voting",
    Phase.DISCUSS: "Discussing",
    Phase.CLOSE: "Closing",
    Phase.CLOSED: "Closed",
    Phase.CANCELLED: "Cancelled",
}

_ORDER = (Phase.COLLECT, Phase.GROUP, Phase.VOTE, Phase.DISCUSS, Phase.CLOSE, Phase.CLOSED)

#: What prompts calls the question to a facilitator whose retro goes on by nobody else.
WAITS_KIND = "retros.waits"

#: With so many notes or fewer nobody needs to group them.
FEW_NOTES = 12

#: In an anonymous retro nothing is revealed that fewer wrote.
FEWEST_HANDS = 3

#: Minutes of each phase that ends by itself, and of a topic: in one sitting, and over days.
LIVE_COLLECT, LIVE_VOTE, LIVE_TOPIC = 7, 3, 5
SLOW_COLLECT, SLOW_VOTE = 2 * 24 * 60, 24 * 60

#: So long before a deadline of days those who have not handed in are reminded.
REMINDED_BEFORE = timedelta(hours=24)


def status_key(retro_id: int) -> str:
    """Of the status message in the outbox."""
    return f"retros:{retro_id}:status"


def following(phase: Phase, notes: int) -> Phase:
    """The next phase of a retro with so many notes. KeyError after the last."""
    if phase is Phase.COLLECT and notes == 0:
        return Phase.DISCUSS
    if phase is Phase.COLLECT and notes <= FEW_NOTES:
        return Phase.VOTE
    return dict(pairwise(_ORDER))[phase]


def before(phase: Phase, notes: int) -> Phase | None:
    """The phase to go back to: the one just before, whether it was skipped or not. None where there is none.

    Of a retro without notes there is nothing to group or to vote for.
    """
    if phase not in _ORDER[1:-1]:
        return None
    if notes == 0 and phase is Phase.DISCUSS:
        return Phase.COLLECT
    return _ORDER[_ORDER.index(phase) - 1]


def went_back(log: Sequence[Phase]) -> bool:
    """Whether the last of these phases was begun by going back."""
    last_two = [_ORDER.index(phase) for phase in log[-2:] if phase in _ORDER]
    return len(last_two) > 1 and last_two[1] < last_two[0]


def length(phase: Phase, *, collect_minutes: int, vote_minutes: int) -> timedelta | None:
    """How long a phase lasts that ends by itself; None of those that a facilitator ends."""
    minutes = {Phase.COLLECT: collect_minutes, Phase.VOTE: vote_minutes}.get(phase)
    return None if minutes is None else timedelta(minutes=minutes)


def reminded_at(began_at: datetime, ends_at: datetime) -> datetime:
    """A day before the end; half-way of what is shorter than two days."""
    return max(ends_at - REMINDED_BEFORE, began_at + (ends_at - began_at) / 2)


class Stop(StrEnum):
    """What keeps notes from being revealed."""

    #: Nobody handed in anything.
    NOBODY = "nobody"
    #: So few wrote something that they could be told from it.
    TOO_FEW = "too_few"


def what_stops(*, hands: int, notes: int, writers: int, is_anonymous: bool) -> Stop | None:
    """None if the notes may be revealed.

    `writers`: how many wrote something that is not revealed yet. Whoever had nothing to add, withdrew it all,
    or wrote in an earlier round alone, hides nobody.
    """
    if hands == 0 and notes == 0:
        return Stop.NOBODY
    if not may_reveal(hands, is_anonymous=is_anonymous):
        return Stop.TOO_FEW
    if writers and not may_reveal(writers, is_anonymous=is_anonymous):
        return Stop.TOO_FEW
    return None


def may_reveal(people: int, *, is_anonymous: bool) -> bool:
    """Whether these are so many that nobody can be told from what they wrote."""
    return not is_anonymous or people >= FEWEST_HANDS
