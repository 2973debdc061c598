"""How the database finds what a statement asks for."""

import re
from collections.abc import Awaitable, Callable
from typing import Any

from sqlalchemy import Connection, event
from sqlalchemy.ext.asyncio import AsyncSession

from slackapp.core.transaction import Tx


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

    On SQLite also those that do so by the index of a key, which has all rows; ours may have few of them.
    """
    name = rf"({'|'.join(tables)})\b"
    of_some = r"USING (COVERING )?INDEX ix_"
    return [line for line in plan if re.search(rf"Seq Scan on {name}|SCAN {name}(?! {of_some})", line)]
