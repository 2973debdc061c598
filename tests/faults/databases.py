"""A fresh migrated database for each run, copied from one that was migrated once."""

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from slackapp.core import schema
from slackapp.core.database import create_engine
from tests.support.postgres import Server


@dataclass(frozen=True)
class Databases:
    """Templates; without a server there is SQLite alone."""

    sqlite: Path
    server: Server | None = None
    postgres: str | None = None

    @asynccontextmanager
    async def fresh(self, kind: Literal["sqlite", "postgres"], folder: Path) -> AsyncIterator[str]:
        """Its URL; a SQLite file lies in the folder, and stays there."""
        if kind == "sqlite":
            shutil.copy(self.sqlite, folder / "afterlaunch.db")
            yield f"sqlite+aiosqlite:///{folder / 'afterlaunch.db'}"
            return
        assert self.server is not None
        name = await self.server.create(template=self.postgres)
        yield self.server.url(name)
        await self.server.drop(name)


async def prepare(server: Server, folder: Path) -> Databases:
    """Migrate a template of each."""
    name = await server.create()
    for url in (server.url(name), f"sqlite+aiosqlite:///{folder / 'template.db'}"):
        engine = create_engine(url)
        await schema.upgrade(engine)
        await engine.dispose()
    return Databases(folder / "template.db", server, name)
