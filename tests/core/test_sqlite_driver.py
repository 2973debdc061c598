"""SQLite's driver: it visits its thread for what waits, and gives all the rows that the usual one gives."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import column, func, select, text
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from slackapp.core import database, sqlite_driver
from slackapp.core.database import BUSY_TIMEOUT, create_engine, hurry, read_only

NUMBERS = text("WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n LIMIT :most) SELECT x FROM n")
COUNTED = select(func.count()).select_from(NUMBERS.columns(column("x")).subquery())


@pytest.fixture
async def sqlite(tmp_path: Any) -> AsyncIterator[AsyncEngine]:  # noqa: ANN401 - pytest's path
    engine = create_engine(f"sqlite+aiosqlite:///{tmp_path}/driver.db")
    async with engine.begin() as connection:
        await connection.execute(text("CREATE TABLE kept (id INTEGER PRIMARY KEY, said TEXT)"))
    yield engine
    await engine.dispose()


@pytest.fixture
async def visits(monkeypatch: pytest.MonkeyPatch) -> list[None]:
    """One for each answer that a connection's thread has given."""
    loop, seen = asyncio.get_running_loop(), list[None]()
    bring = loop.call_soon_threadsafe

    def counted(*given: Any, **named: Any) -> asyncio.Handle:  # noqa: ANN401 - the loop's own signature
        seen.append(None)
        return bring(*given, **named)

    monkeypatch.setattr(loop, "call_soon_threadsafe", counted)
    return seen


async def test_a_transaction_visits_the_thread_for_its_commit_alone(
    sqlite: AsyncEngine, visits: list[None]
) -> None:
    visits.clear()
    async with sqlite.begin() as connection:
        await connection.execute(text("INSERT INTO kept (said) VALUES ('one')"))
        await connection.execute(text("UPDATE kept SET said = 'two'"))
        assert (await connection.scalars(text("SELECT said FROM kept"))).all() == ["two"]
    assert len(visits) == len(["the commit"])


async def test_what_deletes_may_take_long_and_keeps_nobody_waiting(
    sqlite: AsyncEngine, visits: list[None]
) -> None:
    async with sqlite.begin() as connection:
        await connection.execute(text("INSERT INTO kept (said) VALUES ('one')"))
        visits.clear()
        await connection.execute(text("DELETE FROM kept"))
        assert len(visits) == len(["what deletes"])


async def test_where_a_commit_waits_for_no_disk_nothing_visits_the_thread(
    sqlite: AsyncEngine, visits: list[None]
) -> None:
    await hurry(sqlite)
    async with sqlite.connect():
        pass
    visits.clear()
    async with sqlite.begin() as connection:
        await connection.execute(text("INSERT INTO kept (said) VALUES ('one')"))
    assert visits == []
    async with read_only(sqlite).begin() as connection:
        assert await kept(connection) == 1


async def test_whoever_waits_for_the_lock_keeps_nobody_else_waiting(
    sqlite: AsyncEngine, visits: list[None]
) -> None:
    await open_connections(sqlite, 2)
    async with sqlite.begin() as connection:
        waiting = asyncio.create_task(write(sqlite))
        await asyncio.sleep(0.05)
        assert not waiting.done()
        assert await kept(connection) == 0
        visits.clear()
    await waiting
    assert len(visits) == len(["the first commit", "the second commit"])
    async with read_only(sqlite).begin() as connection:
        assert await kept(connection) == 1


async def test_whoever_waits_for_another_process_keeps_nobody_else_waiting(
    sqlite: AsyncEngine, visits: list[None]
) -> None:
    with closing(sqlite3.connect(str(sqlite.url.database), isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        waiting = asyncio.create_task(write(sqlite))
        await asyncio.sleep(0.05)
        assert not waiting.done()
        visits.clear()
        other.execute("COMMIT")
        await waiting
    assert len(visits) == len(["the lock at last", "the commit"])


async def test_whoever_came_first_writes_first(sqlite: AsyncEngine) -> None:
    """SQLite itself has those who wait look ever more seldom, and whoever comes just then goes first."""
    wrote, several = list[int](), range(4)

    async def write_as(number: int) -> None:
        async with sqlite.begin():
            wrote.append(number)
            await asyncio.sleep(0.002)

    await open_connections(sqlite, len([*several, "the first"]))
    async with sqlite.begin():
        waiting = [asyncio.create_task(write_as(number)) for number in several]
        await asyncio.sleep(0.05)
    await asyncio.gather(*waiting)
    assert wrote == [*several]


async def test_who_is_in_line_for_too_long_is_told_that_it_is_locked(
    sqlite: AsyncEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "BUSY_TIMEOUT", 50)
    engine = create_engine(str(sqlite.url))
    async with engine.begin():
        with pytest.raises(OperationalError, match="locked"):
            await write(engine)
    await write(engine)
    await engine.dispose()


async def test_whoever_is_cut_off_while_writing_lets_the_next_in(sqlite: AsyncEngine) -> None:
    async with sqlite.connect() as connection:
        await connection.begin()
        await connection.invalidate()
        await asyncio.wait_for(write(sqlite), 60)


async def test_where_sqlite_shares_no_connection_between_threads_one_alone_uses_it(
    sqlite: AsyncEngine, visits: list[None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """`sqlite3.threadsafety` says how SQLite was built: 1 in some builds."""
    monkeypatch.setattr(sqlite3, "threadsafety", 1)
    await hurry(sqlite)
    async with sqlite.begin() as connection:
        visits.clear()
        await connection.execute(text("INSERT INTO kept (said) VALUES ('one')"))
        await connection.commit()
    assert len(visits) == len(["what is inserted", "the commit"])


async def test_without_a_log_a_commit_that_waits_for_a_reader_keeps_nobody_else_waiting(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a file system that has none whoever commits waits for all who read, who may be in the same loop."""
    monkeypatch.setattr(sqlite_driver, "_write_ahead", lambda _: None)
    engine = create_engine(f"sqlite+aiosqlite:///{tmp_path}/driver.db")
    await hurry(engine)
    async with engine.begin() as connection:
        await connection.execute(text("CREATE TABLE kept (id INTEGER PRIMARY KEY, said TEXT)"))
    async with read_only(engine).begin() as reading:
        assert await kept(reading) == 0
        writing = asyncio.create_task(write(engine))
        await asyncio.sleep(0.05)
        assert not writing.done()
    await writing
    await engine.dispose()


async def test_the_lock_is_waited_for_again_after_it_was_free(sqlite: AsyncEngine) -> None:
    """For a moment whoever takes it waits for nobody, and that is taken back."""
    async with sqlite.begin() as connection:
        assert await connection.scalar(text("PRAGMA busy_timeout")) == BUSY_TIMEOUT


async def test_to_read_after_writing_and_to_write_after_reading_takes_no_visit_more(
    sqlite: AsyncEngine, visits: list[None]
) -> None:
    async with read_only(sqlite).begin() as connection:
        assert await kept(connection) == 0
        with pytest.raises(DBAPIError, match="readonly"):
            await connection.execute(text("INSERT INTO kept (said) VALUES ('one')"))
    visits.clear()
    async with sqlite.begin() as connection:
        await connection.execute(text("INSERT INTO kept (said) VALUES ('one')"))
    async with read_only(sqlite).begin() as connection:
        assert await kept(connection) == 1
    assert len(visits) == len(["the commit"])


async def test_a_read_that_takes_long_keeps_nobody_waiting(sqlite: AsyncEngine, visits: list[None]) -> None:
    many = 300_000
    async with read_only(sqlite).begin() as connection:
        visits.clear()
        counting = asyncio.create_task(connection.scalar(COUNTED, {"most": many}))
        await asyncio.sleep(0)
        assert not counting.done()
        assert await counting == many
        assert len(visits) == len(["the long one"])
        assert await kept(connection) == 0
        assert len(visits) == len(["the long one"])


async def test_a_read_that_takes_long_undoes_nothing_of_what_was_written_before_it(
    sqlite: AsyncEngine,
) -> None:
    async with sqlite.begin() as connection:
        await connection.execute(text("INSERT INTO kept (said) VALUES ('one')"))
        await connection.scalar(COUNTED, {"most": 300_000})
    async with sqlite.begin() as connection:
        assert await kept(connection) == 1


async def test_in_memory_there_is_no_log_and_the_thread_reads() -> None:
    engine = create_engine("sqlite+aiosqlite:///:memory:")
    async with engine.connect() as connection:
        assert await connection.scalar(COUNTED, {"most": 3}) == len([1, 2, 3])
        driver = (await connection.get_raw_connection()).driver_connection
        assert driver is not None
        assert not driver.reads_at_once
    await engine.dispose()


@pytest.mark.parametrize("most", [1, 255, 256, 257, 1000])
async def test_all_rows_come_however_they_are_fetched(sqlite: AsyncEngine, most: int) -> None:
    everything = list(range(1, most + 1))
    async with sqlite.connect() as connection:
        assert list((await connection.scalars(NUMBERS, {"most": most})).all()) == everything
        assert await connection.scalar(NUMBERS, {"most": most}) == 1
        streamed = await connection.stream_scalars(NUMBERS, {"most": most})
        assert [number async for number in streamed] == everything
        parts = (await connection.stream_scalars(NUMBERS, {"most": most})).partitions(100)
        assert [number async for part in parts for number in part] == everything


async def test_whoever_stops_in_the_middle_of_a_stream_leaves_nothing_open(sqlite: AsyncEngine) -> None:
    async with sqlite.begin() as connection:
        streamed = await connection.stream_scalars(NUMBERS, {"most": 1000})
        assert await anext(streamed) == 1
        await streamed.close()
        # While a statement reads, SQLite drops no table.
        await connection.execute(text("DROP TABLE kept"))


async def test_what_a_statement_says_of_itself_is_kept(sqlite: AsyncEngine) -> None:
    async with sqlite.begin() as connection:
        several = [{"said": "one"}, {"said": "two"}, {"said": "three"}]
        await connection.execute(text("INSERT INTO kept (said) VALUES (:said)"), several)
        changed = await connection.execute(text("UPDATE kept SET said = 'all' WHERE id > 1"))
        assert changed.rowcount == len(several) - 1
        added = await connection.execute(text("INSERT INTO kept (said) VALUES ('four') RETURNING id, said"))
        assert [tuple(row) for row in added] == [(4, "four")]
        nothing = await connection.execute(text("SELECT id FROM kept WHERE said = 'nowhere'"))
        assert list(nothing.keys()) == ["id"]
        assert nothing.all() == []


async def open_connections(engine: AsyncEngine, many: int) -> None:
    """Whoever has to open one first comes later, and visits its thread for that."""
    async with AsyncExitStack() as opened:
        for _ in range(many):
            await opened.enter_async_context(engine.connect())


async def write(engine: AsyncEngine) -> None:
    async with engine.begin() as connection:
        await connection.execute(text("INSERT INTO kept (said) VALUES ('one')"))


async def kept(connection: AsyncConnection) -> Any:  # noqa: ANN401 - a number
    return await connection.scalar(text("SELECT count(*) FROM kept"))


async def test_what_raises_is_rolled_back(sqlite: AsyncEngine) -> None:
    async def write_and_fail() -> None:
        async with sqlite.begin() as connection:
            await connection.execute(text("INSERT INTO kept (said) VALUES ('one')"))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await write_and_fail()
    async with sqlite.begin() as connection:
        assert await kept(connection) == 0


async def test_whoever_is_cancelled_while_waiting_for_the_lock_does_not_keep_it(sqlite: AsyncEngine) -> None:
    async with sqlite.begin():
        waiting = asyncio.create_task(write(sqlite))
        await asyncio.sleep(0.05)
        waiting.cancel()
    await asyncio.gather(waiting, return_exceptions=True)
    assert waiting.cancelled()
    with closing(sqlite3.connect(str(sqlite.url.database), isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        waiting = asyncio.create_task(write(sqlite))
        # Its BEGIN has reached the thread by then, and stands there.
        await asyncio.sleep(0.05)
        waiting.cancel()
        other.execute("COMMIT")
    await asyncio.gather(waiting, return_exceptions=True)
    assert waiting.cancelled()
    await asyncio.wait_for(write(sqlite), 60)
    async with sqlite.begin() as connection:
        assert await kept(connection) == 1
