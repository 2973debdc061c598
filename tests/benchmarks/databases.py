"""Fresh migrated databases for benchmarks, and the versions they are of."""

import secrets
import shutil
import sqlite3
from dataclasses import dataclass
from pathlib import Path

import asyncpg

from slackapp.core import schema
from slackapp.core.database import create_engine
from tests.support.postgres import Server


@dataclass
class Databases:
    server: Server
    folder: Path
    _template: str | None = None

    async def empty(self) -> str:
        """The URL of a new PostgreSQL database with nothing in it, for a peer's own tables."""
        return self.server.url(await self.server.create())

    async def postgresql(self) -> str:
        """The URL of a new migrated PostgreSQL database."""
        if self._template is None:
            self._template = await self.server.create()
            await _migrate(self.server.url(self._template))
        return self.server.url(await self.server.create(template=self._template))

    async def sqlite(self) -> str:
        """The URL of a new migrated SQLite database on disk."""
        template = self.folder / "template.db"
        if not template.exists():
            await _migrate(f"sqlite+aiosqlite:///{template}")
        fresh = self.folder / f"{secrets.token_hex(4)}.db"
        shutil.copy(template, fresh)
        return f"sqlite+aiosqlite:///{fresh}"

    async def versions(self) -> dict[str, str]:
        connection = await asyncpg.connect(dsn(self.server.url("postgres")))
        try:
            version = await connection.fetchval("SHOW server_version")
        finally:
            await connection.close()
        return {"postgresql": str(version), "sqlite": sqlite3.sqlite_version}


def dsn(url: str) -> str:
    """The URL as drivers other than SQLAlchemy want it."""
    return url.replace("postgresql+asyncpg", "postgresql", 1)


async def _migrate(url: str) -> None:
    engine = create_engine(url)
    await schema.upgrade(engine)
    await engine.dispose()
