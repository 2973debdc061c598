"""A SQLite database that is full or read-only for as long as a file of that name lies beside it."""

from pathlib import Path

from sqlalchemy import event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlalchemy.pool import ConnectionPoolEntry, PoolProxiedConnection

FULL = "full"
READ_ONLY = "read_only"

_UNLIMITED = 1_073_741_823


def trouble_by_files(engine: AsyncEngine, folder: Path) -> None:
    """Both are SQLite's own doing and last for a connection, so every process has to ask for them."""
    if engine.dialect.name != "sqlite":
        return

    def check_out(
        connection: DBAPIConnection, record: ConnectionPoolEntry, proxy: PoolProxiedConnection
    ) -> None:
        del proxy
        cursor = connection.cursor()
        full, read_only = (folder / FULL).exists(), (folder / READ_ONLY).exists()
        if full != record.info.get(FULL, False):
            pages = _UNLIMITED
            if full:
                cursor.execute("PRAGMA page_count")
                (pages,) = cursor.fetchone() or (0,)
            cursor.execute(f"PRAGMA max_page_count={pages}")
            record.info[FULL] = full
        if read_only != record.info.get(READ_ONLY, False):
            # What the product last asked for itself is in force again afterwards.
            asked = record.info.get("query_only", False)
            cursor.execute(f"PRAGMA query_only={'ON' if read_only or asked else 'OFF'}")
            record.info[READ_ONLY] = read_only
        cursor.close()

    event.listen(engine.sync_engine, "checkout", check_out)
