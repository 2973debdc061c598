"""Types that keep their meaning, and transactions that hold what they promise, on both databases."""

import asyncio
import sqlite3
import time
from contextlib import closing
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Column, Integer, MetaData, Table, delete, insert, select, text
from sqlalchemy.exc import DBAPIError, OperationalError, StatementError
from sqlalchemy.ext.asyncio import AsyncEngine

from slackapp.core import database
from slackapp.core.database import ExactDecimal, UtcDateTime, create_engine, hurry, read_only, wire_now
from slackapp.core.transaction import Transactions
from slackapp.features.workspaces.models import Workspace

TABLE = Table(
    "kept",
    MetaData(),
    Column("id", Integer, primary_key=True),
    Column("moment", UtcDateTime()),
    Column("number", ExactDecimal()),
)

MOMENTS = st.datetimes(
    min_value=datetime(1970, 1, 1),  # noqa: DTZ001 - Hypothesis adds the zone
    max_value=datetime(2500, 1, 1),  # noqa: DTZ001 - Hypothesis adds the zone
    timezones=st.integers(-14, 14).map(lambda hours: timezone(timedelta(hours=hours))),
)
NUMBERS = st.decimals(
    allow_nan=False, allow_infinity=False, min_value=Decimal(-(10**15)), max_value=Decimal(10**15)
) | st.sampled_from(
    [Decimal("1E+3"), Decimal("1E-9"), Decimal("0.10"), Decimal("-0"), Decimal("12.3456789012")]
)

on_one_engine = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.fixture
async def table(engine: AsyncEngine) -> AsyncEngine:
    async with engine.begin() as connection:
        await connection.run_sync(TABLE.metadata.create_all)
    return engine


async def test_moments_and_numbers_come_back_as_they_were(table: AsyncEngine) -> None:
    loop = asyncio.get_running_loop()

    async def through(moment: datetime, number: Decimal) -> tuple[datetime, Decimal]:
        async with table.begin() as connection:
            await connection.execute(delete(TABLE))
            await connection.execute(insert(TABLE).values(id=1, moment=moment, number=number))
            row = (await connection.execute(select(TABLE.c.moment, TABLE.c.number))).one()
            return row.moment, row.number

    @on_one_engine
    @given(moment=MOMENTS, number=NUMBERS)
    def check(moment: datetime, number: Decimal) -> None:
        found = asyncio.run_coroutine_threadsafe(through(moment, number), loop).result()
        assert found == (moment, number)
        assert found[0].utcoffset() == timedelta(0)

    await asyncio.to_thread(check)


async def test_a_naive_moment_is_refused(table: AsyncEngine) -> None:
    naive = datetime(2026, 9, 7, 8, 0)  # noqa: DTZ001 - what has to be refused
    with pytest.raises(StatementError, match="names no time zone"):
        async with table.begin() as connection:
            await connection.execute(insert(TABLE).values(id=1, moment=naive))


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity"])
async def test_what_is_no_number_is_refused(table: AsyncEngine, number: str) -> None:
    with pytest.raises(StatementError, match="is no number"):
        async with table.begin() as connection:
            await connection.execute(insert(TABLE).values(id=1, number=Decimal(number)))


async def test_moments_are_in_order_in_the_database_too(table: AsyncEngine) -> None:
    moments = [
        datetime(2026, 9, 7, 8, 0, tzinfo=UTC),
        datetime(2026, 9, 7, 8, 0, 0, 1, tzinfo=UTC),
        datetime(2026, 9, 7, 8, 0, 1, tzinfo=timezone(timedelta(hours=-3))),
    ]
    async with table.begin() as connection:
        for number, moment in enumerate(moments):
            await connection.execute(insert(TABLE).values(id=number, moment=moment))
        later = select(TABLE.c.id).where(TABLE.c.moment > moments[0]).order_by(TABLE.c.moment)
        assert (await connection.scalars(later)).all() == [1, 2]


async def test_wire_time_is_the_real_time(engine: AsyncEngine) -> None:
    async with engine.connect() as connection:
        first = await connection.scalar(select(wire_now()))
        second = await connection.scalar(select(wire_now()))
    assert first is not None
    assert second is not None
    assert abs(first - time.time()) < 5
    assert first <= second < first + 5


async def test_sqlite_is_set_up_on_every_connection(sqlite_url: str) -> None:
    engine = create_engine(sqlite_url)
    async with engine.connect() as one, engine.connect() as other:
        del one
        answers = {
            name: await other.scalar(text(f"PRAGMA {name}"))
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
    await engine.dispose()
    assert answers == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 15_000}


async def test_a_new_file_another_writes_into_is_waited_for(tmp_path: Path) -> None:
    """SQLite itself waits for nobody when it is asked to write ahead from now on."""
    engine = create_engine(f"sqlite+aiosqlite:///{tmp_path}/new.db")
    with closing(sqlite3.connect(tmp_path / "new.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        waits = asyncio.ensure_future(engine.connect())
        await asyncio.sleep(0.3)
        assert not waits.done()
        other.execute("COMMIT")
    connection = await waits
    assert await connection.scalar(text("PRAGMA journal_mode")) == "wal"
    await connection.close()
    await engine.dispose()


async def test_a_new_file_another_never_leaves_is_given_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "BUSY_TIMEOUT", 200)
    with closing(sqlite3.connect(tmp_path / "new.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(OperationalError, match="locked"):
            await create_engine(f"sqlite+aiosqlite:///{tmp_path}/new.db").connect()


async def test_for_what_nobody_would_miss_sqlite_does_not_wait_for_the_disk(sqlite_url: str) -> None:
    engine = create_engine(sqlite_url)
    async with engine.connect():
        pass
    await hurry(engine)
    reading = read_only(engine)
    async with reading.connect() as one, reading.connect() as other:
        for connection in (one, other):
            assert await connection.scalar(text("PRAGMA synchronous")) == 1
    await engine.dispose()


async def test_the_folder_of_a_sqlite_file_is_made(tmp_path: Path) -> None:
    engine = create_engine(f"sqlite+aiosqlite:///{tmp_path}/not/there/yet.db")
    async with engine.connect() as connection:
        assert await connection.scalar(text("SELECT 1")) == 1
    await engine.dispose()


def test_a_uri_is_no_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    create_engine(f"sqlite+aiosqlite:///file:{tmp_path}/there/a.db?uri=true")
    assert list(tmp_path.iterdir()) == []


async def test_a_read_cannot_write(transactions: Transactions, workspace_id: int) -> None:
    with pytest.raises(DBAPIError, match=r"readonly|read-only"):
        async with transactions.read(workspace_id) as tx:
            tx.session.add(Workspace(team_id="T9", name="Elsewhere", installed_at=tx.now))
    async with transactions.install() as session:  # on the same pool, what comes after it can
        session.add(Workspace(team_id="T9", name="Elsewhere", installed_at=transactions.clock.now()))


async def test_a_read_does_not_wait_for_a_writer(transactions: Transactions, workspace_id: int) -> None:
    async with transactions.begin(workspace_id) as writing:
        await writing.session.execute(text("UPDATE workspaces SET name = 'New'"))
        async with asyncio.timeout(60), transactions.read(workspace_id) as reading:
            assert await reading.session.scalar(select(Workspace.name)) == "Ferrybridge"


async def test_a_sqlite_writer_takes_the_lock_before_it_reads(sqlite_url: str) -> None:
    engine = create_engine(sqlite_url)
    await _increments(engine, 0)
    async with engine.begin() as first:
        second = asyncio.create_task(_increments(engine, 1))
        value = await first.scalar(text("SELECT value FROM counted"))
        await asyncio.sleep(0.05)
        assert not second.done()
        await first.execute(text(f"UPDATE counted SET value = {value + 1}"))  # noqa: S608 - a number
    await second
    async with read_only(engine).connect() as connection:
        assert await connection.scalar(text("SELECT value FROM counted")) == 2
    await engine.dispose()


async def _increments(engine: AsyncEngine, times: int) -> None:
    """Read, add one, write: what loses updates wherever two may read before either writes."""
    async with engine.begin() as connection:
        await connection.execute(text("CREATE TABLE IF NOT EXISTS counted (value INTEGER)"))
        await connection.execute(
            text("INSERT INTO counted SELECT 0 WHERE NOT EXISTS (SELECT 1 FROM counted)")
        )
    for _ in range(times):
        async with engine.begin() as connection:
            value = await connection.scalar(text("SELECT value FROM counted"))
            await connection.execute(text("UPDATE counted SET value = :value"), {"value": value + 1})


async def test_a_connection_the_server_closed_is_not_used_again(postgres_url: str) -> None:
    engine, other = create_engine(postgres_url), create_engine(postgres_url)
    async with engine.connect() as one, engine.connect() as two:
        closed = [await each.scalar(text("SELECT pg_backend_pid()")) for each in (one, two)]
    async with other.connect() as connection:
        for pid in closed:
            assert await connection.scalar(text("SELECT pg_terminate_backend(:pid, 5000)"), {"pid": pid})
    await other.dispose()
    for _ in closed:
        async with engine.connect() as connection:
            assert await connection.scalar(text("SELECT pg_backend_pid()")) not in closed
    await engine.dispose()
