"""What the clock asks of a feature: which workspaces have something due, and what to do there."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select

from slackapp.core.transaction import Tx


@dataclass(frozen=True)
class Upcoming:
    """The next thing that people will see of a job, if nothing happens before."""

    at: datetime
    #: A sentence without its full stop: whom or what it concerns.
    what: str


@dataclass(frozen=True)
class Roll:
    """Everybody in a channel, as Slack said just now: people, guests and apps alike."""

    channel_id: str
    user_ids: frozenset[str]


@dataclass(frozen=True)
class Members:
    """Channels of which somebody has to know who is in them, though nobody keeps that of public ones."""

    #: Workspace and id of each.
    wanted: Callable[[datetime], Select[int, str]]
    #: Keeps as much of it as its purpose needs. Where Slack said nothing it is not called.
    keep: Callable[[Tx, Roll], Awaitable[None]]


@dataclass(frozen=True)
class Job:
    name: str
    #: One indexed query over all workspaces, the only kind without a workspace: ids of those to visit.
    due: Callable[[datetime], Select[int]]
    #: Does a batch of it in one workspace. What it did is no longer due, so that two may race.
    handle: Callable[[Tx], Awaitable[None]]
    #: Workspace and id of every channel whose members have to be known before it runs.
    rooms: Callable[[datetime], Select[int, str]] | None = None
    #: Workspace and id of every person whose whereabouts have to be known before it runs.
    people: Callable[[datetime], Select[int, str]] | None = None
    #: Of which channels everybody is to be learned before these two, and who keeps it.
    members: Members | None = None
    #: A query for when it will find something due next in one workspace, later than the moment of the
    #: transaction; NULL if nothing waits. People need not see anything of it: it may only be put off. Where
    #: this is missing, it does not matter when the job runs.
    next_at: Callable[[Tx], Select[datetime | None]] | None = None
    #: What people will see of it next, later than that moment.
    upcoming: Callable[[Tx], Awaitable[Upcoming | None]] | None = None
    #: It also runs soon after a transaction that said so (`Tx.hurry`), in that transaction's process.
    hurries: bool = False
    #: One batch is all there is. What comes while it runs, if people go on, is for the next look.
    at_once: bool = False
