"""Turning the clock by hand: all that falls due on the way happens, in order."""

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from html import unescape
from typing import Any, TypeVar, cast
from zoneinfo import ZoneInfo

import structlog
from sqlalchemy import Integer, ScalarSelect, Select, bindparam, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from slackapp import wiring
from slackapp.app import App
from slackapp.core.clock import TurnedClock, monotonic
from slackapp.core.database import UtcDateTime
from slackapp.core.jobs import Job, Upcoming
from slackapp.core.transaction import Tx
from slackapp.core.words import plain
from slackapp.core.working_time import next_morning
from slackapp.features.workspaces.queries import calendar, channel, person
from slackapp.outbox.models import OutboxMessage, State
from slackapp.playground.slack import StandIn

#: Seconds that one turn waits in all for what Slack does not take; then it goes on without. A message whose
#: answer was lost is cleared up within as many.
PATIENCE = 20.0
#: Seconds until it is looked again whether Slack has taken it: so many at first, doubled each time.
_FIRST_LOOK, _LAST_LOOK = 0.005, 0.2
#: Seconds that a turn may take to end once the playground is to stop.
_GRACE = 2.0

#: The jobs for which the clock stops. When the others run does not matter: the heartbeat sees to them.
_STOPS = [job for job in wiring.JOBS if job.next_at is not None or job.hurries]
#: Those that tell how far something is: due while it goes on, so done once when nothing else is left.
_TELLING = [job for job in wiring.JOBS if job.at_once and job not in _STOPS]

log = structlog.get_logger()

T = TypeVar("T")


class BusyError(Exception):
    """The clock is being turned already; the sentence says so."""


@dataclass(frozen=True)
class Turn:
    """A turn that is under way."""

    begun: datetime
    to: datetime


@dataclass(frozen=True)
class _Found:
    """What is left to do at a moment, and when something is due after it."""

    #: What has something to do.
    due: Sequence[Job]
    #: What has to tell how far something is.
    telling: Sequence[Job]
    #: Messages that Slack does not show yet.
    left: int
    #: The jobs that will find something, each with its next moment.
    ahead: Sequence[tuple[datetime, Job]]
    #: The first of these, or the moment for which a message waits that was written already.
    next_at: datetime | None

    def as_expected(self) -> "_Found":
        """What there will be to do at `next_at`, if nothing happens before."""
        return replace(self, due=[job for moment, job in self.ahead if moment == self.next_at])


class _Patience:
    """What is left of the seconds that may be waited."""

    def __init__(self, seconds: float) -> None:
        self._left = seconds

    async def wait(self, tries: int) -> bool:
        """Wait a moment, the longer the more tries were in vain. False once there is nothing left."""
        began = monotonic()
        await asyncio.sleep(min(_FIRST_LOOK * 2**tries, _LAST_LOOK, max(self._left, 0.0)))
        self._left -= monotonic() - began
        return self._left > 0


class Turning:
    """The only one who turns the clock, one turn at a time."""

    def __init__(self, clock: TurnedClock, app: App, slack: StandIn) -> None:
        self._clock, self._app, self._slack = clock, app, slack
        #: The turn that is under way; None while the clock stands.
        self.turn: Turn | None = None
        #: How many messages Slack had not taken when the clock was last to go on.
        self.left = 0
        #: What was found when nothing was left to do, and how much had been committed by then.
        self._rest: tuple[int, _Found] | None = None
        self._halting = False
        self._begun: asyncio.Task[None] | None = None

    @property
    def now(self) -> datetime:
        return self._clock.now()

    @property
    def under_way(self) -> bool:
        return self.turn is not None

    def halt(self) -> None:
        """Let a turn that is under way end at its next stop."""
        self._halting = True

    async def upcoming(self) -> Upcoming | None:
        """The next thing that people will see happen by itself, and what it is."""
        async with self._app.transactions.read(self._app.installation.workspace_id) as tx:
            each = [await job.upcoming(tx) for job in wiring.JOBS if job.upcoming is not None]
            each.append(await _next_message(tx))
        return min((coming for coming in each if coming), key=lambda coming: coming.at, default=None)

    async def next_morning(self, user_id: str, zone: ZoneInfo) -> datetime:
        """This person's next working morning there, at the time of day at which they are asked."""
        async with self._app.transactions.read(self._app.installation.workspace_id) as tx:
            # The app learns where somebody is only when it first meets them.
            return next_morning(tx.now, replace(await calendar(tx, user_id), zone=zone))

    def begin(self, moment: datetime) -> None:
        """Turn to the moment in the background; raises as `to` does."""
        self._enter(moment)
        self._begun = asyncio.create_task(self._turn(moment, self._slack.changes.note))
        self._begun.add_done_callback(_say_what_went_wrong)

    async def close(self) -> None:
        """End a turn that was begun: at its next stop, or wherever it is after `_GRACE` seconds."""
        self.halt()
        if self._begun is not None:
            # Whoever is stopped in the middle of a query leaves its connection open.
            await asyncio.wait([self._begun], timeout=_GRACE)
            self._begun.cancel()
            await asyncio.gather(self._begun, return_exceptions=True)

    async def to(self, moment: datetime, *, stopped: Callable[[], None] | None = None) -> None:
        """Turn to the moment, and stop on the way wherever something falls due until that has happened.

        `stopped` is called at each stop. ValueError for a moment that is past: what has happened stays so.
        `BusyError` while it is being turned.
        """
        self._enter(moment)
        await self._turn(moment, stopped)

    def _enter(self, moment: datetime) -> None:
        if self.turn is not None:
            raise BusyError("The clock is being turned already. Wait until it stands.")
        if moment < self.now:
            raise ValueError("The clock turns forward only.")
        self.turn, self._halting = Turn(self.now, moment), False

    async def _turn(self, moment: datetime, stopped: Callable[[], None] | None) -> None:
        patience = _Patience(PATIENCE)
        try:
            # What people just did belongs to the moment at which they did it.
            found = await self._settle(patience)
            while not self._halting and self.now < moment:
                if found.next_at is None or found.next_at > moment:
                    self._clock.turn(moment)
                else:
                    self._clock.turn(found.next_at)
                    found = await self._settle(patience, found.as_expected())
                if stopped is not None:
                    stopped()
        finally:
            self.turn = None
            self._slack.changes.note()

    async def settle(self) -> None:
        """Let what people just did have its effect, at the moment at which the clock stands.

        What Slack does not take within `PATIENCE` seconds is left to the app, which tries on: see `left`.
        """
        await self._settle(_Patience(PATIENCE))

    async def _settle(self, patience: _Patience, expected: _Found | None = None) -> _Found:
        """Until nothing is left to do at this moment; returns what is found then.

        What is `expected` of the moment, which has only just come, is done without a look.
        """
        await self._calm()
        if self._app.transactions.committed.is_set():
            # Mostly this is all that there is to do, and one look says so.
            await self._app.relay.deliver_next()
            await self._calm()
        tries, told = 0, False
        while True:
            if expected is not None and expected.due:
                found, expected = expected, None
            else:
                found = self._still_holds() or await self._look()
            # Not only what is there to be taken on: the relay may have something in hand already, or try it
            # again in a while.
            self.left = found.left
            if not (found.due or found.left) and (told or not found.telling):
                return found
            if found.due:
                await self._app.heartbeat.do(found.due)
            elif not found.left:
                told = True
                await self._app.heartbeat.do(found.telling)
            tries = 0 if await self._app.relay.deliver_next() else tries + 1
            await self._calm()
            if self._halting or (tries > 1 and not await patience.wait(tries)):
                return found

    def _still_holds(self) -> _Found | None:
        """What was found last, if that was nothing to do, and nothing was committed or fell due since."""
        if self._rest is None or self._rest[0] != self._app.transactions.commits:
            return None
        found = self._rest[1]
        return found if found.next_at is None or self.now < found.next_at else None

    async def _calm(self) -> None:
        """Until nothing is on its way to the app, or in its hands, unless Slack makes trouble."""
        with suppress(TimeoutError):
            await self._slack.quiet()
        await self._app.frame.finish()

    async def _look(self) -> _Found:
        """In one statement: while the clock is turned it is looked twice at every stop."""
        committed = self._app.transactions.commits
        async with self._app.transactions.read(self._app.installation.workspace_id) as tx:
            given = {"workspace": tx.workspace_id, "moment": tx.now}
            left, message, *each = (await tx.session.execute(_all_that_waits(), given)).one()
        planned = [job for job in _STOPS if job.next_at is not None]
        moments, workspaces = each[: len(planned)], each[len(planned) :]
        ahead = [(moment, job) for moment, job in zip(moments, planned, strict=True) if moment is not None]
        coming = [moment for moment in (message, *moments) if moment is not None]
        every = zip((*_STOPS, *_TELLING), workspaces, strict=True)
        due = [job for job, found in every if found is not None]
        waiting = [job for job in due if job in _STOPS]
        telling = [job for job in due if job in _TELLING]
        found = _Found(waiting, telling, left, ahead, min(coming, default=None))
        self._rest = None if waiting or left else (committed, found)
        return found


# To put it together takes longer than to run it.
@cache
def _all_that_waits() -> Select[*tuple[Any, ...]]:
    """At `moment` in `workspace`: messages that are due, when the next one is, and the same of each job."""
    moment = cast("datetime", bindparam("moment", type_=UtcDateTime()))
    workspace = cast("int", bindparam("workspace", type_=Integer()))
    # Of a transaction these queries want to know when and where it is, and no more.
    tx = Tx(cast("AsyncSession", None), moment, workspace, {}, {})
    due = [_value(job.due(moment).limit(1)) for job in (*_STOPS, *_TELLING)]
    next_at = [_value(job.next_at(tx)) for job in _STOPS if job.next_at is not None]
    is_due = OutboxMessage.due_at <= moment
    return select(
        func.count().filter(is_due), func.min(OutboxMessage.due_at).filter(~is_due), *next_at, *due
    ).where(OutboxMessage.workspace_id == workspace, OutboxMessage.state == State.WAITING)


def _value(query: Select[T]) -> ScalarSelect[T]:
    return query.correlate(None).scalar_subquery()


def _say_what_went_wrong(turn: asyncio.Task[None]) -> None:
    if not turn.cancelled() and (error := turn.exception()) is not None:
        log.error("playground.turning_failed", exc_info=error)


async def _next_message(tx: Tx) -> Upcoming | None:
    """The message that was written already and waits for its day."""
    found = await tx.session.scalar(
        select(OutboxMessage)
        .where(
            OutboxMessage.workspace_id == tx.workspace_id,
            OutboxMessage.state == State.WAITING,
            OutboxMessage.due_at > tx.now,
        )
        .order_by(OutboxMessage.due_at, OutboxMessage.id)
        .limit(1)
    )
    if found is None:
        return None
    if found.channel_id is not None:
        there = await channel(tx, found.channel_id)
        to = f"#{there.name}" if there is not None else "a channel"
    else:
        to = (await person(tx, found.user_id or "")).name
    return Upcoming(found.due_at, f"{to} is told: {plain(unescape(found.text))}")
