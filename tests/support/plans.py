"""How the database finds what a statement asks for."""

import re
from collections.abc import Awaitable, Callable
from typing import Any

from sqlalchemy import Connection, Index, event
from sqlalchemy.ext.asyncio import AsyncSession

from slackapp.core.database import Base
from slackapp.core.transaction import Tx

#: How a line of SQLite's begins that goes through a table, or through all that an index has of it.
_SCAN = re.compile(r"SCAN (?P<table>\w+)( USING (COVERING )?INDEX (?P<index>\w+))?")


async def plans(tx: Tx, use: Callable[[Tx], Awaitable[object]]) -> list[str]:
    """On SQLite, a line for each table that the statements of this use case look into."""
    return await plans_of(tx.session, lambda: use(tx))


async def plans_of(session: AsyncSession, use: Callable[[], Awaitable[object]]) -> list[str]:
    """The lines of the plans of all statements that run in this session meanwhile."""
    ran: list[tuple[str, Any]] = []

    def note(*told: Any) -> None:  # noqa: ANN401 - SQLAlchemy's signature
        ran.append((told[2], told[3]))

    engine = session.get_bind()
    event.listen(engine, "before_cursor_execute", note)
    try:
        await use()
    finally:
        event.remove(engine, "before_cursor_execute", note)
    on_sqlite = engine.dialect.name == "sqlite"

    def explain(connection: Connection) -> list[str]:
        return [
            str(row[3] if on_sqlite else row[0])
            for statement, given in ran
            for row in connection.exec_driver_sql(
                f"EXPLAIN {'QUERY PLAN' if on_sqlite else ''} {statement}", given
            )
        ]

    return await (await session.connection()).run_sync(explain)


def read_whole(plan: list[str], *tables: str) -> list[str]:
    """The lines that read one of these tables from its first row to its last.

    On SQLite also those that do so by an index that has all rows; one with a condition has few of them.
    """
    # A table that is asked twice has another name the second time: outbox_1.
    name = re.compile(rf"({'|'.join(tables)})(_\d+)?")
    few = {
        index.name for table in Base.metadata.tables.values() for index in table.indexes if _has_few(index)
    }

    def is_whole(line: str) -> bool:
        if on_postgresql := re.search(r"Seq Scan on (?P<table>\w+)", line):
            return name.fullmatch(on_postgresql["table"]) is not None
        scan = _SCAN.match(line)
        return scan is not None and name.fullmatch(scan["table"]) is not None and scan["index"] not in few

    return [line for line in plan if is_whole(line)]


def _has_few(index: Index) -> bool:
    return index.dialect_options["sqlite"]["where"] is not None
