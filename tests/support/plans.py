"""How SQLite finds what a statement asks for."""

from collections.abc import Awaitable, Callable
from typing import Any

from sqlalchemy import Connection, event

from slackapp.core.transaction import Tx


async def plans(tx: Tx, use: Callable[[Tx], Awaitable[object]]) -> list[str]:
    """A line for each table that the statements of this use case look into."""
    ran: list[tuple[str, Any]] = []

    def note(*told: Any) -> None:  # noqa: ANN401 - SQLAlchemy's signature
        ran.append((told[2], told[3]))

    engine = tx.session.get_bind()
    event.listen(engine, "before_cursor_execute", note)
    try:
        await use(tx)
    finally:
        event.remove(engine, "before_cursor_execute", note)

    def explain(connection: Connection) -> list[str]:
        return [
            str(row[3])
            for statement, given in ran
            for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", given)
        ]

    return await (await tx.session.connection()).run_sync(explain)
