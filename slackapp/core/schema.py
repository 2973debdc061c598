"""Bringing the database's schema up to date, and knowing whether it is."""

import functools
import sqlite3
from contextlib import closing

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import URL, Connection
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine

from slackapp.core.database import read_only, rebuilding
from slackapp.core.shipped import shipped


class SchemaError(Exception):
    """The database is not as this version needs it; the sentence says what to do."""


def _config(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(shipped("migrations")).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


@functools.cache
def _scripts() -> ScriptDirectory:
    """The migrations, which do not change while this process lives: to read them is to compile them all."""
    return ScriptDirectory.from_config(_config())


def newest() -> str:
    """The revision this version of the app needs."""
    head = _scripts().get_current_head()
    assert head is not None
    return head


async def check_reachable(engine: AsyncEngine) -> None:
    """Raises `SchemaError`, which says why, if the database cannot be opened."""
    try:
        if engine.dialect.name == "sqlite":
            _open_file(engine)
        else:
            async with read_only(engine).connect():
                pass
    except (OSError, SQLAlchemyError, sqlite3.Error, TypeError) as error:
        # The last is how the driver receives a parameter of the URL that it does not know.
        reason = error.orig if isinstance(error, DBAPIError) else error
        raise SchemaError(
            f"The database {_shown(engine.url)} cannot be reached: {reason}. Check AFTERLAUNCH_DATABASE_URL.",
        ) from None


def _shown(url: URL) -> str:
    """The database's address without its password, which may also be a parameter of it."""
    return url.difference_update_query(["password"]).render_as_string()


def _open_file(engine: AsyncEngine) -> None:
    # Not through the driver, which would have the file keep a log, whoever the file belongs to.
    [file], options = engine.dialect.create_connect_args(engine.url)
    with closing(sqlite3.connect(file, **options)) as connection:
        connection.execute("PRAGMA schema_version")


async def current(engine: AsyncEngine) -> str | None:
    """The revision the database is at; None if it is empty."""
    async with read_only(engine).connect() as connection:
        return await connection.run_sync(lambda c: MigrationContext.configure(c).get_current_revision())


async def upgrade(engine: AsyncEngine) -> None:
    """Bring the schema up to date, in one transaction. Of several at once one does it and the others wait.

    Raises `SchemaError` if a newer version was here before.
    """
    async with rebuilding(engine).begin() as connection:
        await connection.run_sync(_upgrade)


def _upgrade(connection: Connection) -> None:
    found = MigrationContext.configure(connection).get_current_revision()
    if found == newest():
        return
    _refuse_newer(found)
    command.upgrade(_config(connection), "head")


def _refuse_newer(found: str | None) -> None:
    if found is not None and found not in known():
        raise SchemaError(
            f"The database is at revision {found}, which this version does not know: "
            "a newer version has upgraded it. Start that one.",
        )


def known() -> set[str]:
    """Every revision this version has heard of."""
    return {script.revision for script in _scripts().walk_revisions()}


def serves(found: str | None) -> bool:
    """Whether this version, once started, works on that revision.

    It does on a newer version's, too: migrations only add, and what is added an older version does not miss.
    """
    return found == newest() or (found is not None and found not in known())


async def require_current(engine: AsyncEngine) -> None:
    """SQLite migrates itself; on PostgreSQL a schema that is not current stops the start."""
    await check_reachable(engine)
    if engine.dialect.name == "sqlite":
        await upgrade(engine)
        return
    found, needed = await current(engine), newest()
    _refuse_newer(found)
    if found != needed:
        raise SchemaError(
            f"The database is at revision {found or 'none'}, and this version needs {needed}. "
            "Run `afterlaunch db upgrade`, then start again.",
        )
