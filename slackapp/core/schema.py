"""Bringing the database's schema up to date, and knowing whether it is."""

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection
from sqlalchemy.ext.asyncio import AsyncEngine

from slackapp.core.database import read_only
from slackapp.core.shipped import shipped


class SchemaError(Exception):
    """The database is not as this version needs it; the sentence says what to do."""


def _config(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(shipped("migrations")).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def newest() -> str:
    """The revision this version of the app needs."""
    head = ScriptDirectory.from_config(_config()).get_current_head()
    assert head is not None
    return head


async def current(engine: AsyncEngine) -> str | None:
    """The revision the database is at; None if it is empty."""
    async with read_only(engine).connect() as connection:
        return await connection.run_sync(lambda c: MigrationContext.configure(c).get_current_revision())


async def upgrade(engine: AsyncEngine) -> None:
    """Bring the schema up to date, in one transaction. Of several at once one does it and the others wait."""
    async with engine.begin() as connection:
        await connection.run_sync(lambda c: command.upgrade(_config(c), "head"))


async def require_current(engine: AsyncEngine) -> None:
    """SQLite migrates itself; on PostgreSQL a schema that is not current stops the start."""
    if engine.dialect.name == "sqlite":
        await upgrade(engine)
        return
    found, needed = await current(engine), newest()
    if found != needed:
        raise SchemaError(
            f"The database is at revision {found or 'none'}, and this version needs {needed}. "
            "Run `afterlaunch db upgrade`, then start again.",
        )
