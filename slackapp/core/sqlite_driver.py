"""SQLite's driver: what waits for nothing is done at once, and the rest in one visit to its thread."""

import asyncio
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Any

import aiosqlite

#: Rows that come with the statement. Whoever streams more of them goes there again.
_AHEAD = 256

#: What neither waits for somebody's lock nor for the disk to have written: a visit would cost more than it.
_AT_ONCE = ("SELECT", "BEGIN DEFERRED", "SAVEPOINT", "RELEASE")

#: The same, for whoever holds the lock already: only the commit writes to the disk. What deletes may find
#: very many, and stays in the thread.
_AT_ONCE_WITH_THE_LOCK = ("INSERT", "UPDATE")

#: What takes the lock, and waits only where somebody else has it.
_TAKES_THE_LOCK = "BEGIN IMMEDIATE"

#: Steps of SQLite's machine, some two milliseconds, after which a read goes to the thread after all: the
#: event loop has others to see to.
_BRIEF = 100_000

#: What `sqlite3.threadsafety` says where a connection may be used in two threads. Not all are built so.
_SHARES_CONNECTIONS = 3

#: How often somebody may get in between before a file that is new to all is left to them.
_TRIES = 5


class _Cursor(aiosqlite.Cursor):
    """What is asked for, and its first rows, in one visit at most. Closing is none, unless rows are left."""

    def __init__(self, connection: "Connection") -> None:
        # A cursor by itself touches nothing: `connect` allows it to be made in any thread.
        super().__init__(connection, connection.new_cursor())
        self._of = connection
        self._rows: list[Any] = []
        self._is_over = True

    async def execute(self, sql: str, parameters: Iterable[Any] | None = None) -> "_Cursor":
        ask = partial(self._ask, self._cursor.execute, sql, () if parameters is None else parameters)
        if sql.startswith(_TAKES_THE_LOCK):
            await self._of.wait_for_turn()
        # Until it is known how this ended, something may be under way in there.
        self._of.is_clean, self._is_over = False, False
        if not self._of.has_done(sql, ask):
            await self._execute(ask)  # type: ignore[no-untyped-call]
        return self

    async def executemany(self, sql: str, parameters: Iterable[Iterable[Any]]) -> "_Cursor":
        self._of.is_clean, self._is_over = False, False
        await self._execute(partial(self._ask, self._cursor.executemany, sql, parameters))  # type: ignore[no-untyped-call]
        return self

    def _ask(self, what: Any, sql: str, parameters: Any) -> None:  # noqa: ANN401 - sqlite3's cursor has them
        self._of.settle_who_writes()
        what(sql, parameters)
        self._rows = self._cursor.fetchmany(_AHEAD)
        self._is_over = len(self._rows) < _AHEAD

    async def fetchmany(self, size: int | None = None) -> list[Any]:
        size = self.arraysize if size is None else size
        rows, self._rows = self._rows[:size], self._rows[size:]
        if len(rows) < size and not self._is_over:
            rows += await super().fetchmany(size - len(rows))
        return rows

    async def fetchone(self) -> Any:  # noqa: ANN401 - a row
        return next(iter(await self.fetchmany(1)), None)

    async def fetchall(self) -> list[Any]:
        rows, self._rows = self._rows, []
        return rows if self._is_over else [*rows, *await super().fetchall()]

    async def close(self) -> None:
        if not self._is_over:
            await super().close()


class Connection(aiosqlite.Connection):
    """A connection to SQLite.

    It begins, reads, inserts and updates where it is asked to, and visits its thread to wait: for the lock
    that somebody else has, and for the disk when it commits.
    """

    #: A commit was the last thing that happened: there is nothing to roll back.
    is_clean = False
    #: Whether SQLite is to refuse whatever writes, from the next statement on, which is to be a BEGIN.
    reads_only = False
    _refuses_writes = False
    #: Whether whoever reads waits for nobody who writes, as it is with a log written ahead. Otherwise the
    #: event loop could wait for somebody who waits for it. And whether SQLite may be used in both threads.
    reads_at_once = False
    #: Whose turn it is to write, among all who have this; each holds it while they write.
    turns: asyncio.Lock
    _has_turn = False
    #: How long to wait for whoever holds the lock, in milliseconds.
    patience = 0
    #: Whether a commit waits until the disk has it.
    waits_for_disk = True
    #: The event loop waits for what is asked.
    _in_a_hurry = False

    def new_cursor(self) -> sqlite3.Cursor:
        return self._conn.cursor()

    def cursor(self) -> _Cursor:  # type: ignore[override]  # SQLAlchemy enters it, which is no visit either
        return _Cursor(self)

    async def wait_for_turn(self) -> None:
        """Until all of this engine who came before have written: first come, first served.

        SQLite itself has those who wait look ever more seldom, and lets in who comes just then: under load
        some would find it locked for as long as their patience lasts.
        """
        if self._has_turn:
            return
        try:
            async with asyncio.timeout(self.patience / 1000):
                await self.turns.acquire()
        except TimeoutError as error:
            raise sqlite3.OperationalError("database is locked") from error
        self._has_turn = True

    def _end_turn(self) -> None:
        if self._has_turn:
            self._has_turn = False
            self.turns.release()

    def has_done(self, sql: str, ask: Callable[[], None]) -> bool:
        """Whether it was done here and now. If not, nothing was, and it is for the thread to do."""
        if not self.reads_at_once:
            return False
        if sql.startswith(_AT_ONCE):
            return self._has_read(ask)
        if sql.startswith(_AT_ONCE_WITH_THE_LOCK) and self._conn.in_transaction:
            # Nothing interrupts it: that would undo all that was written before it.
            ask()
            return True
        return sql.startswith(_TAKES_THE_LOCK) and self._has_lock(ask)

    def _has_read(self, ask: Callable[[], None]) -> bool:
        self._in_a_hurry = True
        try:
            ask()
        except sqlite3.OperationalError as error:
            if getattr(error, "sqlite_errorcode", None) != sqlite3.SQLITE_INTERRUPT:
                raise
            return False
        finally:
            self._in_a_hurry = False
        return True

    def _has_lock(self, ask: Callable[[], None]) -> bool:
        self._conn.execute("PRAGMA busy_timeout=0")
        try:
            ask()
        except sqlite3.OperationalError as error:
            if not _is_busy(error):
                raise
            return False
        finally:
            self._conn.execute(f"PRAGMA busy_timeout={self.patience}")
        return True

    def interrupts(self) -> bool:
        """What SQLite asks after so many steps."""
        return self._in_a_hurry

    def settle_who_writes(self) -> None:
        """Right before a statement, so that it takes no visit of its own."""
        if self._refuses_writes != self.reads_only:
            self._conn.execute(f"PRAGMA query_only={'ON' if self.reads_only else 'OFF'}")
            self._refuses_writes = self.reads_only

    async def commit(self) -> None:
        if self.reads_at_once and (self._refuses_writes or not self.waits_for_disk):
            self._conn.commit()
        else:
            await super().commit()
        self.is_clean = True
        self._end_turn()

    async def rollback(self) -> None:
        if self.reads_at_once and self._refuses_writes:
            self._conn.rollback()
        elif not self.is_clean:
            await super().rollback()
        self._end_turn()

    def stop(self) -> asyncio.Future[Any] | None:
        """What closing comes to, also for whoever was cut off."""
        self._end_turn()
        return super().stop()


async def connect(
    turns: asyncio.Lock,
    patience: int,
    pragmas: Sequence[str],
    database: str,
    **given: Any,  # noqa: ANN401 - as sqlite3 has them
) -> Connection:
    """A connection with these pragmas, and a log written ahead where the file system has such a thing.

    What SQLAlchemy is given to connect with, once it is known with whom one takes turns, and how many
    milliseconds somebody's lock is waited for.
    """
    connection = Connection(partial(_open, patience, pragmas, database, **given), iter_chunk_size=_AHEAD)
    connection.turns, connection.patience = turns, patience
    # Whoever leaves in a hurry is not kept by a thread that waits for statements.
    connection._thread.daemon = True  # noqa: SLF001 - as SQLAlchemy does with those it makes itself
    try:
        await connection
    except (sqlite3.Error, TypeError):
        # Its thread is told to end, and answers to that, which is to be before the loop is gone.
        await asyncio.to_thread(connection._thread.join)  # noqa: SLF001 - aiosqlite waits for it nowhere
        raise
    await connection.set_progress_handler(connection.interrupts, _BRIEF)
    [[log]] = await connection.execute_fetchall("PRAGMA journal_mode")
    connection.reads_at_once = log == "wal" and sqlite3.threadsafety == _SHARES_CONNECTIONS
    return connection


def _open(patience: int, pragmas: Sequence[str], database: str, **given: Any) -> sqlite3.Connection:  # noqa: ANN401 - as sqlite3 has them
    ours: dict[str, Any] = {"timeout": patience / 1000, "check_same_thread": False}
    # sqlite3's own transaction handling begins late and deferred, and loses updates between processes.
    ours["isolation_level"] = None
    connection: sqlite3.Connection = sqlite3.connect(database, **{**given, **ours})
    try:
        _write_ahead(connection)
        for pragma in pragmas:
            connection.execute(f"PRAGMA {pragma}")
    except BaseException:
        connection.close()
        raise
    return connection


def _write_ahead(connection: sqlite3.Connection) -> None:
    """Of several that open a new file at once SQLite lets one change how it is kept, and sends others off."""
    for _ in range(_TRIES):
        try:
            connection.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError as error:
            if not _is_busy(error):
                raise
            # For this it waits.
            connection.execute("BEGIN IMMEDIATE")
            connection.rollback()
        else:
            return
    connection.execute("PRAGMA journal_mode=WAL")


def _is_busy(error: sqlite3.OperationalError) -> bool:
    """The code may say why besides, in its higher bytes."""
    return error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY
