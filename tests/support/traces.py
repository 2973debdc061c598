"""What a database holds of somebody: in its tables, hidden columns included, and in SQLite's files."""

from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from slackapp.core.database import Base


async def dump(engine: AsyncEngine) -> dict[str, list[str]]:
    """Every row of every table, hidden columns included, as text."""
    hidden = "xmin, ctid, " if engine.dialect.name == "postgresql" else ""
    found: dict[str, list[str]] = {}
    async with engine.connect() as connection:
        for table in Base.metadata.tables:
            everything = f'SELECT {hidden}"{table}".* FROM "{table}"'  # noqa: S608 - the tables are ours
            rows = await connection.execute(text(everything))
            found[table] = [repr(tuple(row)) for row in rows]
    return found


def holding(tables: dict[str, list[str]], *words: str) -> set[str]:
    """The tables in which one of these words stands."""
    return {name for name, rows in tables.items() if any(word in row for row in rows for word in words)}


def files_of(engine: AsyncEngine) -> Iterator[bytes]:
    """What is in SQLite's files: the database and its log."""
    database = Path(str(engine.url.database))
    for path in database.parent.glob(f"{database.name}*"):
        yield path.read_bytes()
