"""What is to go wrong in one run, and what is said meanwhile; `storms.py` draws it from a seed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Literal

from slackapp.core.fault_points import Point


class Wired(StrEnum):
    """Points inside a call that makes Slack show something, which only the HTTP client passes."""

    #: Half of the request is on the wire.
    HALF_WRITTEN = "half_written"
    #: Slack has done it; of its answer nothing but the head was read.
    UNREAD = "unread"


class How(StrEnum):
    KILL = "kill"
    #: Stopped as by SIGSTOP, and continued after some seconds.
    STOP = "stop"
    RAISE = "raise"
    WAIT = "wait"


#: Until this worker was struck so many times.
Until = tuple[str, int]


@dataclass(frozen=True)
class Strike:
    """A fault of a worker at a point of its code."""

    point: Point | Wired
    #: The how manieth time it gets there in this life, counted from 1.
    nth: int
    how: How
    #: How long a stop or a wait lasts, in seconds of wire time.
    seconds: float = 0.0
    #: A stop lasts until then, and `seconds` longer.
    until: Until | None = None
    #: Only for deliveries of this message, or for payloads of this kind.
    key: str | None = None


#: The strikes a process is armed with. A process that dies is started again with the next of its lives.
Life = tuple[Strike, ...]


@dataclass(frozen=True)
class Crew:
    """A worker process, with what befalls each of its lives; after them it lives on unharmed."""

    name: str
    lives: tuple[Life, ...] = ()
    #: Which workspaces' tokens it has; a relay only.
    tokens: tuple[int, ...] = (0, 1)
    #: It is started only then.
    after: Until | None = None


@dataclass(frozen=True)
class Blow:
    """A fault from outside, so many seconds after the beginning."""

    at: float
    #: A worker, or what befalls the database.
    what: str
    how: Literal["kill", "stop", "terminate", "crash", "restart", "lock", "full", "read_only"]
    seconds: float = 0.0


@dataclass(frozen=True)
class Saying:
    """What the writer says in one transaction, so many seconds after the beginning."""

    at: float
    workspace: int
    key: str
    #: A channel's or a person's number.
    where: tuple[Literal["channel", "direct"], int] = ("channel", 0)
    text: str = ""
    reply_to: str | None = None
    #: Minutes of story time until it is due.
    due: int = 0
    withdraw: bool = False
    buttons: bool = False
    fallback: bool = False
    #: A file is shared with the text; its name follows from its key.
    file: bool = False


@dataclass(frozen=True)
class Lengths:
    """Seconds of wire time, far shorter than the product's own."""

    lease: float = 2.0
    margin: float = 0.8
    settle: float = 1.0
    #: How long a call to Slack may take.
    patience: float = 0.4
    poll: float = 0.1
    #: For how long history hides what was posted. With what a call may be late it has to be under `settle`.
    history_lag: float = 0.2


@dataclass(frozen=True)
class Plan:
    """All of it follows from the seed; which worker gets to a message first does not."""

    seed: int
    database: Literal["sqlite", "postgres"]
    relays: tuple[Crew, ...]
    writer: Crew
    sayings: tuple[Saying, ...]
    blows: tuple[Blow, ...] = ()
    lengths: Lengths = field(default_factory=Lengths)
    #: Faults by chance, and rules (`FaultScript.rules`) for each workspace's Slack.
    rates: Mapping[str, float] = field(default_factory=dict)
    rules: tuple[Mapping[str, Any], ...] = ()
    #: Whether the relays pace themselves.
    paced: bool = False
    #: Seconds that the storm lasts at least.
    lasts: float = 2.0
    #: It goes on until then, if that comes soon enough.
    until: Until | None = None
    #: Seconds after the storm in which everything is to be delivered.
    calm: float = 40.0
    #: A planted bug that every relay has.
    bug: str | None = None
    kind = "relays"

    @property
    def name(self) -> str:
        return f"seed {self.seed}" if self.bug is None else self.bug
