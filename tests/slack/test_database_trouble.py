"""The database gone, silent, locked, full, read-only: people read what to do, and nothing is half done."""

import re
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import closing, contextmanager, suppress

import pytest
from sqlalchemy import event, func, select, text
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import IntegrityError, OperationalError
from structlog.testing import capture_logs

from slackapp.core import database
from slackapp.core.clock import TurnedClock
from slackapp.core.database import Base, insert
from slackapp.core.transaction import Tx
from slackapp.slack.inbound import InboundKey
from slackapp.slack.trouble import trouble
from tests.support.database_wire import DatabaseWire, Mood, stretched
from tests.support.world import LAUNCH, World, inhabited

UNUSABLE = re.compile(r"cannot use its database at the moment, so nothing was changed\..*: [0-9a-f]{8}\.")
LATE = "takes longer than usual"


@pytest.fixture
async def wire(postgres_url: str) -> AsyncIterator[DatabaseWire]:
    async with stretched(postgres_url) as wire:
        yield wire


@pytest.fixture
async def far(wire: DatabaseWire, clock: TurnedClock) -> AsyncIterator[World]:
    """The app on PostgreSQL, behind a wire that breaks on demand."""
    async with inhabited(wire.url, clock) as world:
        yield world
        world.check()


@contextmanager
def hurried(world: World) -> Iterator[None]:
    """While the block runs people are told sooner that something takes long."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(world.app.frame, "patience", 0.3)
        yield


async def fill_in(world: World, **values: object) -> None:
    await world.mara.command("/launch", "New onboarding", world.team)
    await world.mara.modal()
    for name, value in {**LAUNCH, **values}.items():
        world.mara.fill(name, value)


async def launches(world: World) -> int:
    async with world.app.engine.connect() as connection:
        found = select(func.count()).select_from(Base.metadata.tables["launches"])
        return (await connection.scalars(found)).one()


async def list_of(world: World) -> str:
    answer = await world.mara.command("/launch", "list", world.team)
    assert answer is not None
    return answer.shown


async def says_that_it_cannot(world: World) -> None:
    """What a command, a click and a submit are answered; the form with what was typed stays."""
    with capture_logs() as logged:
        assert UNUSABLE.search(await list_of(world))
        [told] = (await world.mara.submit()).values()
        assert UNUSABLE.search(told)
        await world.mara.press("More")
        await world.app.frame.finish()
    assert world.mara.top is not None
    assert UNUSABLE.search(world.mara.top.shown)
    await world.mara.close_modal()
    events = [entry["event"] for entry in logged if entry["event"].startswith("listener.")]
    assert events == ["listener.database_unusable"] * 3
    assert str(LAUNCH["problem"]) not in str(logged)


async def and_then_it_works(world: World) -> None:
    assert await world.mara.submit() == {}
    await world.settle()
    assert await launches(world) == 1
    assert "New onboarding" in await list_of(world)


# PostgreSQL


async def test_a_database_that_is_gone_and_comes_back(far: World, wire: DatabaseWire) -> None:
    await fill_in(far)
    await wire.cut()
    await says_that_it_cannot(far)
    await far.mara.say(far.mara.dm, "44 %")
    await far.slack.quiet()
    far.excuse("http_status_500")  # an event, which Slack brings again
    await wire.connect()
    assert await launches(far) == 0
    await and_then_it_works(far)


async def test_a_database_that_is_silent_for_a_while(far: World, wire: DatabaseWire) -> None:
    await fill_in(far)
    wire.mood = Mood.SILENT
    with hurried(far):
        assert LATE in await list_of(far)
        [told] = (await far.mara.submit()).values()
    assert LATE in told
    wire.mood = Mood.PASSES
    await far.app.frame.finish()
    # What took long went on: the list is told after all, and the form was taken once.
    assert "Nothing is recorded in this channel yet" in far.told(far.mara, far.team)
    assert await launches(far) == 1
    await and_then_it_works(far)


@pytest.mark.parametrize("mood", [Mood.DROPS_COMMITS, Mood.DROPS_ANSWERS])
async def test_a_commit_of_which_nobody_knows_is_called_that_and_done_once(
    far: World, wire: DatabaseWire, mood: Mood
) -> None:
    await fill_in(far)
    wire.mood = mood
    [told] = (await far.mara.submit()).values()
    assert "it may be done or not" in told
    wire.mood = Mood.PASSES
    assert await launches(far) == (1 if mood is Mood.DROPS_ANSWERS else 0)
    await and_then_it_works(far)


async def test_connections_that_are_all_in_use(far: World) -> None:
    await fill_in(far)
    held = [await far.app.engine.connect() for _ in range(20)]
    with hurried(far):
        assert LATE in await list_of(far)
        [told] = (await far.mara.submit()).values()
    assert LATE in told
    for connection in held:
        await connection.close()
    await far.app.frame.finish()
    await and_then_it_works(far)


# SQLite


@contextmanager
def locked(world: World) -> Iterator[None]:
    """Another process writes, and does not come to an end."""
    path = world.app.engine.url.database
    assert path is not None
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


async def test_a_file_another_process_has_locked(world: World) -> None:
    await fill_in(world)
    with locked(world), hurried(world):
        [told] = (await world.mara.submit()).values()
        assert LATE in told
    await world.app.frame.finish()
    await and_then_it_works(world)


async def test_a_file_that_is_locked_for_long(
    sqlite_url: str, clock: TurnedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "BUSY_TIMEOUT", 600)
    async with inhabited(sqlite_url, clock) as world:
        await fill_in(world)
        with locked(world), hurried(world):
            assert LATE in await list_of(world)
            await world.slack.until(lambda: UNUSABLE.search(world.told(world.mara, world.team)))
        await and_then_it_works(world)
        world.check()


@contextmanager
def each_connection(world: World, begins: str, ends: str) -> Iterator[None]:
    """While the block runs this pragma holds for every connection that is used; then the other one does."""
    pragma = begins

    def use(connection: DBAPIConnection, *_: object) -> None:
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    event.listen(world.app.engine.sync_engine, "checkout", use)
    yield
    pragma = ends


async def fill_up(world: World) -> None:
    """Take what room there still is in the pages there are."""
    with suppress(OperationalError):
        while True:
            async with world.app.engine.begin() as connection:
                await connection.execute(text("INSERT INTO filler VALUES (:words)"), {"words": "x" * 500})


async def test_a_disk_that_is_full(world: World) -> None:
    await fill_in(world, problem="🚀" * 900, outcomes="🚀" * 900)
    async with world.app.engine.begin() as connection:
        await connection.execute(text("CREATE TABLE filler (words TEXT)"))
    with each_connection(world, "max_page_count = 1", "max_page_count = 1000000"):
        await fill_up(world)
        # What is small may still find room; a launch with its messages does not.
        [told] = (await world.mara.submit()).values()
        assert UNUSABLE.search(told)
    assert await launches(world) == 0
    await and_then_it_works(world)


async def test_a_file_that_cannot_be_written(world: World) -> None:
    await fill_in(world)
    with each_connection(world, "query_only = ON", "query_only = OFF"):
        await says_that_it_cannot(world)
    assert await launches(world) == 0
    await and_then_it_works(world)


# A mistake of ours


async def test_what_a_rule_of_the_tables_forbids_is_no_trouble_of_the_database(tx: Tx) -> None:
    """Or nobody would learn where in our code it came from."""
    key = {"workspace_id": tx.workspace_id, "key": "twice", "seen_at": tx.now}
    noted = insert(InboundKey.__table__, tx.dialect)
    await tx.session.execute(noted, key)
    with pytest.raises(IntegrityError) as raised:
        await tx.session.execute(noted, key)
    with capture_logs() as logged:
        told = trouble(raised.value)
    assert told.sentence.startswith("Something went wrong on our side")
    assert [entry["event"] for entry in logged] == ["listener.failed"]
