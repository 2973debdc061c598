"""SQLite's driver, which visits its connection's thread once for a statement, not for each step of it."""

import sqlite3
from collections.abc import Iterable
from functools import partial
from typing import Any

import aiosqlite

#: Rows that come with the statement. Whoever streams more of them goes there again.
_AHEAD = 256


class _Cursor(aiosqlite.Cursor):
    """What is asked for, and its first rows, in one visit. Closing it is none, unless rows are left."""

    def __init__(self, connection: "OneVisit") -> None:
        # A cursor by itself touches nothing: `connect` allows it to be made in any thread.
        super().__init__(connection, connection.new_cursor())
        self._of = connection
        self._rows: list[Any] = []
        self._is_over = True

    async def execute(self, sql: str, parameters: Iterable[Any] | None = None) -> "_Cursor":
        await self._visit(self._cursor.execute, sql, () if parameters is None else parameters)
        return self

    async def executemany(self, sql: str, parameters: Iterable[Iterable[Any]]) -> "_Cursor":
        await self._visit(self._cursor.executemany, sql, parameters)
        return self

    async def _visit(self, what: Any, *given: Any) -> None:  # noqa: ANN401 - a method of sqlite3's cursor
        def there() -> list[Any]:
            self._of.settle_who_writes()
            what(*given)
            return self._cursor.fetchmany(_AHEAD)

        # Until it is known how this ended, something may be under way in there.
        self._of.is_clean, self._is_over = False, False
        self._rows = await self._execute(there)  # type: ignore[no-untyped-call]
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

    def new_cursor(self) -> sqlite3.Cursor:
        return self._conn.cursor()

    def cursor(self) -> _Cursor:  # type: ignore[override]  # SQLAlchemy enters it, which is no visit either
        return _Cursor(self)

    def settle_who_writes(self) -> None:
        """In the connection's thread, so that it takes no visit of its own."""
        if self._refuses_writes != self.reads_only:
            self._conn.execute(f"PRAGMA query_only={'ON' if self.reads_only else 'OFF'}")
            self._refuses_writes = self.reads_only

    async def commit(self) -> None:
        await super().commit()
        self.is_clean = True

    async def rollback(self) -> None:
        if not self.is_clean:
            await super().rollback()


async def connect(database: str, **given: Any) -> aiosqlite.Connection:  # noqa: ANN401 - as sqlite3 has them
    """What SQLAlchemy is given to connect with: `connect_args={"async_creator_fn": connect}`."""
    connector = partial(sqlite3.connect, database, **{**given, "check_same_thread": False})
    connection = OneVisit(connector, iter_chunk_size=_AHEAD)
    # Whoever leaves in a hurry is not kept by a thread that waits for statements.
    connection._thread.daemon = True  # noqa: SLF001 - as SQLAlchemy does with those it makes itself
    return await connection
