"""A launch's states, what follows from them, and what others add to it."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

#: What prompts calls the questions whether one is out, and by which metric it is judged.
OUT_KIND = "launches.out"
METRIC_KIND = "launches.metric"

#: How far ahead a launch may be planned.
LONGEST_AHEAD = timedelta(days=730)

_YES = frozenset(
    {
        "yes",
        "yep",
        "yeah",
        "sure",
        "it",
        "its",
        "it's",
        "is",
        "went",
        "live",
        "out",
        "shipped",
        "released",
        "now",
    }
)


def says_it_is_out(reply: str) -> bool:
    """Whether a reply to “Is it out?” is a plain yes; anything else could mean another day."""
    words = reply.casefold().replace("\N{RIGHT SINGLE QUOTATION MARK}", "'").replace(",", " ").split()
    return bool(words) and all(word.strip(".!") in _YES for word in words)


class LaunchState(StrEnum):
    #: Its day is still to come, or nobody has said yet that it is out.
    PLANNED = "planned"
    OUT = "out"
    #: Its final checkpoint is answered.
    MEASURED = "measured"
    #: And it was decided what to do about it.
    CLOSED = "closed"
    DROPPED = "dropped"


class Decision(StrEnum):
    KEEP = "keep"
    ITERATE = "iterate"
    ROLL_BACK = "roll_back"
    LOOK_AGAIN = "look_again"
    STOP = "stop"

    @property
    def label(self) -> str:
        return self.value.replace("_", " ").capitalize()


@dataclass(frozen=True)
class LaunchPlanned:
    """An event: it was recorded, and is still to come."""

    launch_id: int


@dataclass(frozen=True)
class LaunchOut:
    """An event: it is in front of users, and what counts is fixed."""

    launch_id: int
    #: Who said so.
    by: str


@dataclass(frozen=True)
class LaunchDropped:
    """An event: nothing is asked about it any more."""

    launch_id: int


@dataclass(frozen=True)
class LaunchEdited:
    """An event: what a launch is about has changed, so what shows or asks it is looked at again."""

    launch_id: int
    #: Its day, metric, checkpoints, owner or backup changed: what is asked, when, or of whom.
    replan: bool
    #: Who edited it.
    by: str


@dataclass(frozen=True)
class TookPart:
    """An event: somebody said that they had part in it."""

    launch_id: int
    launch_person_id: int


@dataclass(frozen=True)
class LeftPart:
    """An event: somebody takes that back; their row goes right after."""

    launch_id: int
    launch_person_id: int


@dataclass(frozen=True)
class Card:
    """A surface: the launch's card. Higher features add the blocks they return."""

    launch_id: int
    day: date
    #: It was recorded just now: nothing can stand beside it but what followed from that.
    is_new: bool = False


@dataclass(frozen=True)
class Details:
    """A surface: all that is known of the launch, below More. Higher features add blocks."""

    launch_id: int


@dataclass(frozen=True)
class Due:
    """A surface: the list of what is due. Features add queries for the launches that wait for an answer."""


@dataclass(frozen=True)
class Words:
    """A surface: the words after `/launch` that higher features answer. Each adds its own."""


@dataclass(frozen=True)
class Subcommand:
    """A surface: `/launch` with a word of a higher feature's. That feature adds the answer, a `Reply`."""

    verb: str
    rest: str
    user_id: str
    channel_id: str


@dataclass(frozen=True)
class Shown:
    """A surface: what `/launch show` offers this reader below the card. Higher features add blocks."""

    launch_id: int
    user_id: str
