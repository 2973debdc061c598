"""A fresh migrated database for each run, copied from one that was migrated once."""

import shutil
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

    async def fresh(self, kind: Literal["sqlite", "postgres"], folder: Path) -> str:
        """Its URL; a SQLite file lies in the folder."""
        if kind == "postgres":
            assert self.server is not None
            return self.server.url(await self.server.create(template=self.postgres))
        shutil.copy(self.sqlite, folder / "afterlaunch.db")
        return f"sqlite+aiosqlite:///{folder / 'afterlaunch.db'}"


async def prepare(server: Server, folder: Path) -> Databases:
    """Migrate a template of each."""
    name = await server.create()
    for url in (server.url(name), f"sqlite+aiosqlite:///{folder / 'template.db'}"):
        engine = create_engine(url)
        await schema.upgrade(engine)
        await engine.dispose()
    return Databases(folder / "template.db", server, name)
