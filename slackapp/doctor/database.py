"""Whether the database can be reached, has the schema this version needs, and agrees on the time.

Nothing is made or changed.
"""

import asyncio
import os
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import select
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from slackapp.core import schema
from slackapp.core.clock import SystemClock
from slackapp.core.database import create_engine, read_only, wire_now
from slackapp.core.schema import SchemaError
from slackapp.core.transaction import Transactions
from slackapp.doctor.findings import Finding, fine, refused, wrong
from slackapp.doctor.identity import compared

#: Seconds a database may take to answer.
PATIENCE = 10.0
#: Seconds the database's clock may be off from this machine's.
TOLERANCE = 5.0


@dataclass(frozen=True)
class Database:
    findings: Sequence[Finding]
    #: For reading what is recorded; None if it cannot be read, or if there is nothing yet.
    transactions: Transactions | None = None
    #: Nothing was ever recorded.
    new: bool = False


@asynccontextmanager
async def opened(url: str) -> AsyncIterator[Database]:
    parsed = make_url(url)
    file = Path(parsed.database or "") if parsed.get_backend_name() == "sqlite" else None
    if file is not None and not file.exists():
        yield Database([_to_be_made(file)], new=True)
        return
    engine = create_engine(url)
    reading = engine if file is None else create_async_engine(_unchanging(parsed, file))
    try:
        yield await _examined(engine, reading, str(file or _shown(parsed)))
    finally:
        await engine.dispose()
        await reading.dispose()


async def _examined(engine: AsyncEngine, reading: AsyncEngine, place: str) -> Database:
    try:
        async with asyncio.timeout(PATIENCE):
            # Before the driver opens a file: where it cannot, it leaves a thread behind.
            await schema.check_reachable(engine)
            return await _look(reading, place)
    except SchemaError as error:
        return Database([refused("database", error)])
    except (OSError, SQLAlchemyError) as error:
        return Database([unreadable("database", error)])


def unreadable(name: str, error: Exception) -> Finding:
    reason = getattr(error, "orig", None) or error
    words = str(reason) or f"no answer within {PATIENCE:g} seconds"
    return wrong(name, f"The database cannot be read: {words}.", "Check AFTERLAUNCH_DATABASE_URL.")


async def _look(engine: AsyncEngine, place: str) -> Database:
    found, migrates_itself = await schema.current(engine), engine.dialect.name == "sqlite"
    findings = [fine("database", f"{place} can be reached."), _schema(found, migrates_itself=migrates_itself)]
    if not migrates_itself:
        findings.append(await _clock(engine))
    readable = found == schema.newest()
    return Database(findings, Transactions(engine, SystemClock(), {}, {}) if readable else None)


def _to_be_made(file: Path) -> Finding:
    folder = next(parent for parent in file.absolute().parents if parent.exists())
    if folder.is_dir() and os.access(folder, os.W_OK | os.X_OK):
        return fine("database", f"{file} will be made at the first start.")
    return wrong(
        "database",
        f"{file} cannot be made: {folder} cannot be written to.",
        "Choose another place with AFTERLAUNCH_DATABASE_URL.",
    )


def _unchanging(url: URL, file: Path) -> URL:
    """Opens the file without making it, and without what the app sets in it when it connects."""
    address = f"file:{quote(str(file.absolute()))}"
    return url.set(database=address).update_query_dict({"mode": "rw", "uri": "true"})


def _shown(url: URL) -> str:
    """Without what a URL may hold that opens a door."""
    return url.set(query={}).render_as_string()


def _schema(found: str | None, *, migrates_itself: bool) -> Finding:
    needed = schema.newest()
    if found == needed:
        return fine("schema", f"At revision {found}, as this version needs it.")
    words = f"At revision {found or 'none'}, and this version needs {needed}."
    if found is not None and found not in schema.known():
        return wrong("schema", words, "A newer version has upgraded it: start that one.")
    start = "Start the app, which upgrades it, or run" if migrates_itself else "Run"
    return wrong("schema", words, f"{start} `afterlaunch db upgrade`.")


async def _clock(engine: AsyncEngine) -> Finding:
    async with read_only(engine).connect() as connection:
        before = SystemClock().now().timestamp()
        there = (await connection.execute(select(wire_now()))).scalar_one()
        after = SystemClock().now().timestamp()
    return compared("database clock", (before + after) / 2 - there, "the database's", TOLERANCE)
