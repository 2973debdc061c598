"""A SQLite database that is full or read-only for as long as a file of that name lies beside it."""

from pathlib import Path

from sqlalchemy import event
from sqlalchemy.engine import Connection
from sqlalchemy.ext.asyncio import AsyncEngine

FULL = "full"
READ_ONLY = "read_only"

_UNLIMITED = 1_073_741_823


def trouble_by_files(engine: AsyncEngine, folder: Path) -> None:
    """Both are SQLite's own doing and last for a connection, so every process has to ask for them."""
    if engine.dialect.name != "sqlite":
        return

    def begin(connection: Connection) -> None:
        full, read_only = (folder / FULL).exists(), (folder / READ_ONLY).exists()
        if full != connection.info.get(FULL, False):
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one() if full else _UNLIMITED
            connection.exec_driver_sql(f"PRAGMA max_page_count={pages}")
            connection.info[FULL] = full
        if read_only != connection.info.get(READ_ONLY, False):
            reading = connection.info.get("query_only", False)
            connection.exec_driver_sql(f"PRAGMA query_only={'ON' if read_only or reading else 'OFF'}")
            connection.info[READ_ONLY] = read_only

    # Before the product's own, which takes the lock.
    event.listen(engine.sync_engine, "begin", begin, insert=True)
