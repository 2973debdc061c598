"""The heartbeat does what is due, in every workspace, and lets no trouble of one keep the others waiting."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime

import pytest
from sqlalchemy import Select, literal, select, text, union_all, update
from structlog.testing import capture_logs

from slackapp import heartbeat as heartbeat_module
from slackapp.core.clock import TurnedClock
from slackapp.core.database import create_engine
from slackapp.core.jobs import Job, Members, Roll
from slackapp.core.telemetry import Telemetry
from slackapp.core.transaction import Transactions, Tx
from slackapp.features.workspaces.models import Workspace
from slackapp.features.workspaces.service import install
from slackapp.heartbeat import MOST_BATCHES, NO_INQUIRIES, Heartbeat, Inquiries
from tests.conftest import START
from tests.support.held_up import somebody_is_held_up

#: What a job here has done to a workspace is written into its name.
DONE = "done"


def due(now: datetime) -> Select[int]:
    del now
    return select(Workspace.id).where(Workspace.name != DONE).order_by(Workspace.id)


async def finish(tx: Tx) -> None:
    await tx.session.execute(update(Workspace).where(Workspace.id == tx.workspace_id).values(name=DONE))


@pytest.fixture
async def workspaces(transactions: Transactions, clock: TurnedClock) -> list[int]:
    async with transactions.install() as session:
        return [await install(session, team_id=f"T{n}", name="new", now=clock.now()) for n in range(3)]


async def names(transactions: Transactions) -> Sequence[str]:
    async with transactions.everywhere() as session:
        return (await session.scalars(select(Workspace.name).order_by(Workspace.id))).all()


async def test_a_beat_visits_every_workspace_with_something_due(
    transactions: Transactions, workspaces: list[int]
) -> None:
    visited: list[int] = []

    async def handle(tx: Tx) -> None:
        visited.append(tx.workspace_id)
        await finish(tx)

    heartbeat = Heartbeat(transactions, [Job("finish", due, handle)], 5, Telemetry())
    await heartbeat.beat()
    assert heartbeat.recent
    assert visited == workspaces
    await heartbeat.beat()
    assert visited == workspaces


async def test_whoever_knows_what_is_due_has_those_jobs_alone_done(
    transactions: Transactions, workspaces: list[int]
) -> None:
    looked: list[str] = []

    def watched(name: str) -> Job:
        async def handle(tx: Tx) -> None:
            looked.append(name)
            await finish(tx)

        return Job(name, due, handle)

    jobs = [watched("one"), watched("other")]
    await Heartbeat(transactions, jobs, 5, Telemetry()).do(jobs[1:])
    assert looked == ["other"] * len(workspaces)


async def test_while_it_is_paused_only_what_it_is_told_is_done(
    transactions: Transactions, workspaces: list[int]
) -> None:
    visited: list[int] = []

    async def handle(tx: Tx) -> None:
        visited.append(tx.workspace_id)

    job = Job("handle", due, handle, at_once=True)
    heartbeat = Heartbeat(transactions, [job], 5, Telemetry())
    heartbeat.pause()
    await heartbeat.beat()
    assert not visited
    assert heartbeat.recent
    await heartbeat.do([job])
    assert visited == workspaces
    heartbeat.go_on()
    await heartbeat.beat()
    assert visited == 2 * workspaces


async def test_a_job_that_fails_in_one_workspace_is_done_in_the_others(
    transactions: Transactions, workspaces: list[int]
) -> None:
    async def handle(tx: Tx) -> None:
        await finish(tx)
        if tx.workspace_id == workspaces[0]:
            raise LookupError("a bug")

    heartbeat = Heartbeat(
        transactions, [Job("fails", due, handle), Job("never", _nothing, finish)], 5, Telemetry()
    )
    await heartbeat.beat()
    assert await names(transactions) == ["new", DONE, DONE]
    assert heartbeat.recent


async def test_what_the_database_will_not_take_of_one_workspace_is_done_in_the_others(
    transactions: Transactions, workspaces: list[int]
) -> None:
    async def handle(tx: Tx) -> None:
        await finish(tx)
        if tx.workspace_id == workspaces[0]:
            await tx.session.execute(update(Workspace).values(team_id="T0"))

    heartbeat = Heartbeat(transactions, [Job("clashes", due, handle)], 5, Telemetry())
    await heartbeat.beat()
    assert await names(transactions) == ["new", DONE, DONE]
    assert heartbeat.recent


async def test_what_stays_due_for_ever_ends_the_visit(
    transactions: Transactions, workspaces: list[int]
) -> None:
    visits: list[int] = []

    async def handle(tx: Tx) -> None:
        visits.append(tx.workspace_id)

    await Heartbeat(transactions, [Job("stuck", due, handle)], 5, Telemetry()).beat()
    assert visits == [workspace for workspace in workspaces for _ in range(MOST_BATCHES)]


async def test_what_was_ended_for_anothers_sake_is_done_again_in_the_same_beat(
    postgres_url: str, clock: TurnedClock
) -> None:
    """Of transactions that wait for each other PostgreSQL ends the first one that looks why it waits."""
    engine = create_engine(postgres_url)
    transactions = Transactions(engine, clock, {}, {})
    async with transactions.install() as session:
        first, second = [await install(session, team_id=f"T{n}", name="new", now=START) for n in range(2)]
    done = 0

    async def lock(tx: Tx, workspace_id: int) -> None:
        await tx.session.execute(select(Workspace).where(Workspace.id == workspace_id).with_for_update())

    async def rename(tx: Tx, workspace_id: int) -> None:
        await tx.session.execute(update(Workspace).where(Workspace.id == workspace_id).values(name=DONE))

    async def handle(tx: Tx) -> None:
        nonlocal done
        done += 1
        await rename(tx, first)
        mine.set()
        while not (other.done() or await somebody_is_held_up(transactions)):  # noqa: ASYNC110 - the database calls nobody
            await asyncio.sleep(0.01)
        await rename(tx, second)

    async def in_the_way() -> None:
        async with transactions.begin(second) as tx:
            await tx.session.execute(text("SET LOCAL deadlock_timeout = '10min'"))  # never looks
            await lock(tx, second)
            theirs.set()
            await mine.wait()
            await lock(tx, first)

    mine, theirs = asyncio.Event(), asyncio.Event()
    other = asyncio.create_task(in_the_way())
    await theirs.wait()
    heartbeat = Heartbeat(transactions, [Job("finish", due, handle)], 5, Telemetry())
    await heartbeat.beat()
    await other
    assert done >= 2
    assert heartbeat.recent
    assert await names(transactions) == [DONE, DONE]
    await engine.dispose()


async def test_a_beat_without_its_database_is_not_recent(transactions: Transactions) -> None:
    async with transactions.install() as session:
        await session.execute(text("ALTER TABLE workspaces RENAME TO elsewhere"))
    heartbeat = Heartbeat(transactions, [Job("finish", due, finish)], 5, Telemetry())
    await heartbeat.beat()
    assert not heartbeat.recent


async def test_stopping_finishes_the_batch_under_way_and_begins_no_other(
    transactions: Transactions, workspaces: list[int]
) -> None:
    begun, go_on = asyncio.Event(), asyncio.Event()

    async def handle(tx: Tx) -> None:
        begun.set()
        await go_on.wait()
        await finish(tx)

    heartbeat = Heartbeat(transactions, [Job("slow", due, handle)], 0.01, Telemetry())
    heartbeat.start()
    await begun.wait()
    stopping = asyncio.create_task(heartbeat.stop())
    await asyncio.sleep(0.05)
    assert not stopping.done()
    go_on.set()
    await stopping
    assert await names(transactions) == [DONE, "new", "new"]
    assert len(workspaces) == 3


async def test_a_beat_that_comes_after_the_stop_does_nothing(
    transactions: Transactions, workspaces: list[int]
) -> None:
    looks = 0

    def look(now: datetime) -> Select[int]:
        nonlocal looks
        looks += 1
        return due(now)

    heartbeat = Heartbeat(transactions, [Job("finish", look, finish)], 5, Telemetry())
    await heartbeat.stop()
    await heartbeat.beat()
    assert (looks, heartbeat.recent) == (0, False)
    assert await names(transactions) == ["new"] * len(workspaces)


def one_room(now: datetime) -> Select[int, str]:
    """In the first workspace, told twice."""
    del now
    first = select(Workspace.id, literal("C1")).where(Workspace.team_id == "T0")
    return union_all(first, first).subquery().select()


async def test_before_a_job_that_wants_it_slack_is_asked_who_is_where(
    transactions: Transactions, workspaces: list[int]
) -> None:
    happened: list[object] = []

    async def census(rooms: Sequence[tuple[int, str]]) -> None:
        happened.append(rooms)

    async def handle(tx: Tx) -> None:
        happened.append(tx.workspace_id)
        await finish(tx)

    async def meet(people: Sequence[tuple[int, str]]) -> None:
        happened.append(("people", people))

    jobs = [Job("wants", due, handle, one_room, one_room), Job("does not", due, finish)]
    heartbeat = Heartbeat(transactions, jobs, 5, Telemetry(), Inquiries(census, meet))
    await heartbeat.beat()
    found = [(workspaces[0], "C1")]
    assert happened == [found, ("people", found), *workspaces]
    await heartbeat.beat()  # nothing is due, so nobody is asked
    assert len(happened) == 2 + len(workspaces)


async def test_whoever_was_found_in_a_channel_is_asked_about_before_the_job_runs(
    transactions: Transactions, workspaces: list[int]
) -> None:
    done: list[str] = []

    async def call_roll(
        wanted: Sequence[tuple[int, str]], keep: Callable[[Tx, Roll], Awaitable[None]]
    ) -> None:
        for workspace_id, channel_id in wanted:
            async with transactions.begin(workspace_id) as tx:
                await keep(tx, Roll(channel_id, frozenset({"U1"})))

    async def keep(tx: Tx, roll: Roll) -> None:
        done.append("kept")
        (found,) = roll.user_ids
        await tx.session.execute(update(Workspace).where(Workspace.id == tx.workspace_id).values(name=found))

    def people(now: datetime) -> Select[int, str]:
        del now
        return select(Workspace.id, Workspace.name).where(Workspace.name == "U1")

    async def meet(wanted: Sequence[tuple[int, str]]) -> None:
        assert wanted == [(workspaces[0], "U1")]
        done.append("met")

    async def handle(tx: Tx) -> None:
        done.append("ran")
        await finish(tx)

    job = Job("ask", _first, handle, people=people, members=Members(one_room, keep), at_once=True)
    asks = Inquiries(NO_INQUIRIES.rooms, meet, call_roll)
    await Heartbeat(transactions, [job], 5, Telemetry(), asks).beat()
    assert done == ["kept", "met", "ran"]


async def test_trouble_with_the_census_keeps_no_job_from_running(
    transactions: Transactions, workspaces: list[int]
) -> None:
    async def census(rooms: Sequence[tuple[int, str]]) -> None:
        raise LookupError(rooms)

    heartbeat = Heartbeat(
        transactions, [Job("wants", due, finish, one_room)], 5, Telemetry(), Inquiries(census)
    )
    await heartbeat.beat()
    assert await names(transactions) == [DONE] * len(workspaces)
    assert heartbeat.recent


async def test_what_hurries_is_done_soon_after_the_commit_that_said_so_and_nothing_else_is(
    transactions: Transactions, workspaces: list[int]
) -> None:
    done: list[str] = []
    drawn = asyncio.Event()

    async def hurry(tx: Tx) -> None:
        done.append("hurries")
        await finish(tx)
        drawn.set()

    async def wait(tx: Tx) -> None:
        del tx
        done.append("waits")

    jobs = [Job("waits", _first, wait), Job("hurries", _first, hurry, hurries=True)]
    heartbeat = Heartbeat(transactions, jobs, 3600, Telemetry())
    heartbeat.start()
    await asyncio.wait_for(drawn.wait(), 60)
    drawn.clear()
    done.clear()
    async with transactions.begin(workspaces[0]) as tx:
        await tx.session.execute(update(Workspace).where(Workspace.id == tx.workspace_id).values(name="new"))
        tx.hurry()
        await asyncio.sleep(0)
        assert done == []
    await asyncio.wait_for(drawn.wait(), 60)
    await heartbeat.stop()
    assert done == ["hurries"]


async def test_what_fails_in_a_hurry_keeps_nobody_from_hurrying_later(
    transactions: Transactions, workspaces: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(heartbeat_module, "HURRY", 0.0)
    looks = 0
    beats, done = asyncio.Event(), asyncio.Event()

    def look(now: datetime) -> Select[int]:
        nonlocal looks
        looks += 1
        beats.set()
        if looks == 2:
            transactions.hurried.set()
            raise LookupError
        return _nothing(now) if looks == 1 else _first(now)

    async def hurry(tx: Tx) -> None:
        await finish(tx)
        done.set()

    heartbeat = Heartbeat(transactions, [Job("hurries", look, hurry, hurries=True)], 3600, Telemetry())
    heartbeat.start()
    await beats.wait()
    with capture_logs() as logged:
        async with transactions.begin(workspaces[0]) as tx:
            tx.hurry()
        await asyncio.wait_for(done.wait(), 60)
    await heartbeat.stop()
    assert [entry["event"] for entry in logged] == ["heartbeat.hurry_failed"]


async def test_who_hurries_and_fails_hurries_nobody(
    transactions: Transactions, workspaces: list[int]
) -> None:
    async def fail(tx: Tx) -> None:
        tx.hurry()
        raise LookupError

    with pytest.raises(LookupError):
        await transactions.run(workspaces[0], fail)
    assert not transactions.hurried.is_set()
    async with transactions.begin(workspaces[0]) as tx:
        tx.hurry()
    assert transactions.hurried.is_set()


def _first(now: datetime) -> Select[int]:
    return due(now).where(Workspace.team_id == "T0")


def _nothing(now: datetime) -> Select[int]:
    return due(now).where(Workspace.id < 0)
