"""SQLite's driver: reads at once, and visits its connection's thread once for any other statement."""

import sqlite3
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

import aiosqlite

#: Rows that come with the statement. Whoever streams more of them goes there again.
_AHEAD = 256

#: What neither waits for somebody's lock nor for the disk to have written: a visit would cost more than it.
_AT_ONCE = ("SELECT", "BEGIN DEFERRED", "SAVEPOINT", "RELEASE")

#: Steps of SQLite's machine, some two milliseconds, after which a read goes to the thread after all: the
#: event loop has others to see to.
_BRIEF = 100_000


class _Cursor(aiosqlite.Cursor):
    """What is asked for, and its first rows, in one visit at most. Closing is none, unless rows are left."""

    def __init__(self, connection: "OneVisit") -> None:
        # A cursor by itself touches nothing: `connect` allows it to be made in any thread.
        super().__init__(connection, connection.new_cursor())
        self._of = connection
        self._rows: list[Any] = []
        self._is_over = True

    async def execute(self, sql: str, parameters: Iterable[Any] | None = None) -> "_Cursor":
        ask = partial(self._ask, self._cursor.execute, sql, () if parameters is None else parameters)
        # Until it is known how this ended, something may be under way in there.
        self._of.is_clean, self._is_over = False, False
        if not (sql.startswith(_AT_ONCE) and self._of.has_done(ask)):
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


class OneVisit(aiosqlite.Connection):
    """A connection to SQLite."""

    #: A commit was the last thing that happened: there is nothing to roll back.
    is_clean = False
    #: Whether SQLite is to refuse whatever writes, from the next statement on, which is to be a BEGIN.
    reads_only = False
    _refuses_writes = False
    #: Whether whoever reads waits for nobody who writes, as it is with a log written ahead. Otherwise the
    #: event loop could wait for somebody who waits for it.
    reads_at_once = False
    #: The event loop waits for what is asked.
    _in_a_hurry = False

    def new_cursor(self) -> sqlite3.Cursor:
        return self._conn.cursor()

    def cursor(self) -> _Cursor:  # type: ignore[override]  # SQLAlchemy enters it, which is no visit either
        return _Cursor(self)

    def has_done(self, ask: Callable[[], None]) -> bool:
        """Whether it was done here and now. If not, nothing was, and it is for the thread to do."""
        if not self.reads_at_once:
            return False
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

    def interrupts(self) -> bool:
        """What SQLite asks after so many steps."""
        return self._in_a_hurry

    def settle_who_writes(self) -> None:
        """Right before a statement, so that it takes no visit of its own."""
        if self._refuses_writes != self.reads_only:
            self._conn.execute(f"PRAGMA query_only={'ON' if self.reads_only else 'OFF'}")
            self._refuses_writes = self.reads_only

    async def commit(self) -> None:
        if self._refuses_writes:
            self._conn.commit()
        else:
            await super().commit()
        self.is_clean = True

    async def rollback(self) -> None:
        if self._refuses_writes:
            self._conn.rollback()
        elif not self.is_clean:
            await super().rollback()


async def connect(opens: Callable[..., sqlite3.Connection], database: str, **given: Any) -> OneVisit:  # noqa: ANN401 - as sqlite3 has them
    """What SQLAlchemy is given to connect with, once it is known what `opens` a file, in its own thread."""
    opener = partial(opens, database, **{**given, "check_same_thread": False})
    connection = OneVisit(opener, iter_chunk_size=_AHEAD)
    # Whoever leaves in a hurry is not kept by a thread that waits for statements.
    connection._thread.daemon = True  # noqa: SLF001 - as SQLAlchemy does with those it makes itself
    await connection
    await connection.set_progress_handler(connection.interrupts, _BRIEF)
    # Some file systems have no such log.
    [[log]] = await connection.execute_fetchall("PRAGMA journal_mode")
    connection.reads_at_once = log == "wal"
    return connection
