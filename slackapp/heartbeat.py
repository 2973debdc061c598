"""The heartbeat: looks at what has fallen due. It stores nothing; the database owns every due thing."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from sqlalchemy import Select, select
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncSession

from slackapp.core.clock import SystemClock, monotonic
from slackapp.core.jobs import Job, Members, Roll
from slackapp.core.telemetry import Telemetry
from slackapp.core.transaction import UNREACHABLE, Transactions, Tx

log = structlog.get_logger()

#: Batches one job may do in one workspace and beat, before the others have their turn.
MOST_BATCHES = 50

#: Seconds between two looks of the jobs that hurry: what changes often is seen to that often.
HURRY = 1.0

#: Asks Slack who is in these channels, or where these people are (workspace, id), as far as it can be asked.
Census = Callable[[Sequence[tuple[int, str]]], Awaitable[None]]

#: The same of everybody in these channels, whom then somebody keeps.
RollCall = Callable[[Sequence[tuple[int, str]], Callable[[Tx, Roll], Awaitable[None]]], Awaitable[None]]

#: Which channels or people are asked about.
Wanted = Callable[[datetime], Select[int, str]]

#: Each with how Slack is asked it.
Questions = Sequence[tuple[Wanted, Census]]


async def no_census(wanted: Sequence[tuple[int, str]]) -> None:
    """Asks nobody: for where there is no Slack."""
    del wanted


async def no_roll(wanted: Sequence[tuple[int, str]], keep: Callable[[Tx, Roll], Awaitable[None]]) -> None:
    """The same."""
    del wanted, keep


@dataclass(frozen=True)
class Inquiries:
    """What Slack is asked before a job that wants to know."""

    rooms: Census = no_census
    people: Census = no_census
    roll: RollCall = no_roll


#: For where there is no Slack.
NO_INQUIRIES = Inquiries()


class Heartbeat:
    def __init__(
        self,
        transactions: Transactions,
        jobs: Sequence[Job],
        seconds: float,
        telemetry: Telemetry,
        asks: Inquiries = NO_INQUIRIES,
    ) -> None:
        self._is_paused = False
        self._transactions, self._jobs, self._seconds = transactions, jobs, seconds
        self._telemetry, self._asks = telemetry, asks
        for job in jobs:
            # From zero on, so that the first failure is seen as one.
            telemetry.job_failures.labels(job.name)
        telemetry.heartbeat_age.set_function(lambda: monotonic() - (self._last or self._made))
        self._scheduler = AsyncIOScheduler()
        self._beating = asyncio.Lock()
        self._tasks: list[asyncio.Task[None]] = []
        self._stopping = False
        self._made = monotonic()
        self._last: float | None = None

    def start(self) -> None:
        """Beat at once, then every few seconds. A beat that takes longer is not doubled."""
        self._scheduler.add_job(
            self.beat,
            "interval",
            seconds=self._seconds,
            max_instances=1,
            coalesce=True,
            misfire_grace_time=None,
            next_run_time=SystemClock().now(),
        )
        self._scheduler.start()
        self._tasks = [asyncio.create_task(self._keep_steady()), asyncio.create_task(self._keep_hurrying())]

    async def _keep_steady(self) -> None:
        """The scheduler goes by the wall clock: put back by an hour, it would stand still for that hour."""
        while True:
            await asyncio.sleep(self._seconds)
            for job in self._scheduler.get_jobs():
                now = SystemClock().now()
                if job.next_run_time - now > timedelta(seconds=2 * self._seconds):
                    log.warning("heartbeat.clock_jumped")
                    job.modify(next_run_time=now)

    async def _keep_hurrying(self) -> None:
        """Between two beats, what somebody waits for: at once, but at most every `HURRY` seconds."""
        while True:
            await self._transactions.hurried.wait()
            self._transactions.hurried.clear()
            async with self._beating:
                if not self._is_paused:
                    await self._hurry()
            await asyncio.sleep(HURRY)

    async def _hurry(self) -> None:
        try:
            await self._all([job for job in self._jobs if job.hurries])
        except Exception:  # the edge: whoever hurries next would find nobody, and not be told
            log.exception("heartbeat.hurry_failed")

    async def stop(self) -> None:
        """Begin nothing more, and return when the batch under way is done."""
        self._stopping = True
        if self._scheduler.running:
            self._scheduler.pause()
            async with self._beating:
                for task in self._tasks:
                    task.cancel()
                # This cancels a beat that is under way, so there must be none.
                self._scheduler.shutdown(wait=False)

    def pause(self) -> None:
        """From now on nothing is done but what `do` is told, until it is to `go_on`."""
        self._is_paused = True

    def go_on(self) -> None:
        """See to what hurries at once, and to the rest at the next beat."""
        self._is_paused = False
        self._transactions.hurried.set()

    async def beat(self) -> None:
        """Do everything that is due now."""
        async with self._beating:
            if self._stopping:  # the scheduler had begun it before it was told
                return
            if self._is_paused or await self._all(self._jobs):
                self._last = monotonic()

    async def do(self, jobs: Sequence[Job]) -> None:
        """Do what is due of these jobs alone, for whoever knows that of the others nothing is."""
        async with self._beating:
            await self._all(jobs)

    async def _all(self, jobs: Sequence[Job]) -> bool:
        """Whether the database took all of it."""
        for job in jobs:
            try:
                await self._do(job)
            except (SQLAlchemyError, OSError) as error:
                log.warning("heartbeat.database_unreachable", job=job.name, error=str(error))
                return False
        return True

    @property
    def recent(self) -> bool:
        """Whether a whole beat ended lately."""
        return self._last is not None and monotonic() - self._last < 3 * self._seconds + 10

    async def _do(self, job: Job) -> None:
        async with self._transactions.everywhere() as session:
            now = self._transactions.clock.now()
            workspaces = (await session.scalars(job.due(now))).all()
            questions = self._questions(job) if workspaces else []
            asked = await _first_asked(session, questions, now)
        while asked is not None and not self._stopping:
            each, census, questions = asked
            await self._ask_slack(each, census)
            if not questions:
                break
            async with self._transactions.everywhere() as session:
                asked = await _first_asked(session, questions, now)
        for workspace_id in workspaces:
            with structlog.contextvars.bound_contextvars(job=job.name, workspace=workspace_id):
                await self._visit(job, workspace_id)

    def _questions(self, job: Job) -> Questions:
        """What of Slack's the job has to know before it runs."""
        asked: list[tuple[Wanted | None, Census]] = [
            (job.rooms, self._asks.rooms),
            (job.people, self._asks.people),
        ]
        if job.members is not None:
            asked.insert(0, (job.members.wanted, self._roll_of(job.members)))
        return [(wanted, census) for wanted, census in asked if wanted is not None]

    def _roll_of(self, members: Members) -> Census:
        return lambda wanted: self._asks.roll(wanted, members.keep)

    @staticmethod
    async def _ask_slack(each: Sequence[tuple[int, str]], census: Census) -> None:
        try:
            await census(each)
        except (SQLAlchemyError, OSError):
            raise
        except Exception:  # the edge: what was known before has to do
            log.exception("heartbeat.census_failed")

    async def _visit(self, job: Job, workspace_id: int) -> None:
        for _ in range(MOST_BATCHES):
            if self._stopping:
                return
            try:
                more = await self._transactions.run(workspace_id, lambda tx: _batch(tx, job))
            except UNREACHABLE:  # another workspace would fare no better
                raise
            except Exception as error:  # the edge: one workspace's trouble must not keep the others waiting
                if isinstance(error, DBAPIError) and error.connection_invalidated:
                    raise
                log.exception("heartbeat.job_failed")
                self._telemetry.job_failures.labels(job.name).inc()
                return
            if not more or job.at_once:
                return


async def _first_asked(
    session: AsyncSession, questions: Questions, now: datetime
) -> tuple[Sequence[tuple[int, str]], Census, Questions] | None:
    """The first question about somebody, and those after it: its answer may say whom they are about."""
    for at, (wanted, census) in enumerate(questions):
        if found := (await session.execute(wanted(now))).all():
            each = dict.fromkeys((workspace_id, id_) for workspace_id, id_ in found)
            return list(each), census, questions[at + 1 :]
    return None


async def _batch(tx: Tx, job: Job) -> bool:
    """Whether there is more of it."""
    await job.handle(tx)
    due = job.due(tx.now).subquery()
    return await tx.session.scalar(select(due.c[0]).where(due.c[0] == tx.workspace_id)) is not None
