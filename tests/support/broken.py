"""Bugs on purpose: a database in which something is missing for a while."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine


@asynccontextmanager
async def without(engine: AsyncEngine, table: str) -> AsyncIterator[None]:
    """While the block runs the table is missing: a bug in whatever needs it."""
    async with engine.begin() as connection:
        await connection.execute(text(f"ALTER TABLE {table} RENAME TO missing"))
    yield
    async with engine.begin() as connection:
        await connection.execute(text(f"ALTER TABLE missing RENAME TO {table}"))
