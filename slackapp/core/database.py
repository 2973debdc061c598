"""The database: one base for all tables, types that keep their meaning on both databases, and the engine."""

import asyncio
import sqlite3
from contextlib import suppress
from datetime import UTC, datetime
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any, ClassVar, cast

from sqlalchemy import JSON, DateTime, Dialect, Float, MetaData, Numeric, Table, Text, event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import InvalidatePoolError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.pool import ConnectionPoolEntry, PoolProxiedConnection
from sqlalchemy.sql import FromClause, TableClause
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import TypeDecorator, TypeEngine

from slackapp.core import sqlite_driver

#: How long a writer waits for another on SQLite before it gives up, in milliseconds.
BUSY_TIMEOUT = 15_000

#: The same for who only wants to tidy up.
_BRIEF_TIMEOUT = 100

#: `secure_delete`: what is deleted is overwritten, since the file is kept where people's words were.
_PRAGMAS = ("synchronous=FULL", "foreign_keys=ON", "secure_delete=ON")

#: Seconds a connection to PostgreSQL may take to be made, or to come free.
CONNECT_TIMEOUT = 5.0

#: Seconds after which a statement without an answer, on a server that may be gone for good, is given up.
STATEMENT_TIMEOUT = 20.0


class UtcDateTime(TypeDecorator[datetime]):
    """An aware datetime, kept in UTC. A naive one is a bug and is refused on its way in."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value.isoformat()} names no time zone.")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        del dialect
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class ExactDecimal(TypeDecorator[Decimal]):
    """A finite decimal that comes back equal. SQLite has no such type, so there it is text."""

    impl = Numeric
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        # Without a precision PostgreSQL keeps every digit.
        return dialect.type_descriptor(Text() if dialect.name == "sqlite" else Numeric())

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> Decimal | str | None:
        if value is None:
            return None
        if not value.is_finite():
            raise ValueError(f"{value} is no number.")
        return str(value) if dialect.name == "sqlite" else value

    def process_result_value(self, value: Decimal | str | None, dialect: Dialect) -> Decimal | None:
        del dialect
        return None if value is None else Decimal(value)


#: A JSON document that can be compared for equality on both databases.
Document = JSON().with_variant(postgresql.JSONB(), "postgresql")


class Base(DeclarativeBase):
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        },
    )
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        datetime: UtcDateTime(),
        Decimal: ExactDecimal(),
        dict[str, Any]: Document,
        list[dict[str, Any]]: Document,
        list[int]: Document,
        list[str]: Document,
    }


class wire_now(FunctionElement[float]):  # noqa: N801 - an SQL function is spelled as SQL spells it
    """Wire time on the database's clock, as seconds since the epoch: all replicas agree on it."""

    type = Float()
    inherit_cache = True


@compiles(wire_now, "postgresql")
def _wire_now_postgresql(element: wire_now, compiler: SQLCompiler, **kw: Any) -> str:  # noqa: ANN401 - SQLAlchemy's signature
    del element, compiler, kw
    return "extract(epoch from clock_timestamp())::double precision"


@compiles(wire_now, "sqlite")
def _wire_now_sqlite(element: wire_now, compiler: SQLCompiler, **kw: Any) -> str:  # noqa: ANN401 - SQLAlchemy's signature
    del element, compiler, kw
    return "((julianday('now') - 2440587.5) * 86400.0)"


def table_of(kind: type[Base]) -> Table:
    """What changes it is put together once, where SQLAlchemy takes a change to the class apart each time."""
    return cast("Table", kind.__table__)


def insert(into: type[Base] | FromClause, dialect: Dialect) -> sqlite.Insert | postgresql.Insert:
    """An INSERT that knows ON CONFLICT, which both databases spell alike.

    Into a class's `__table__` it goes past the session, which neither flushes before nor rewrites it.
    """
    table = cast("TableClause | type[Base]", into)
    return sqlite.insert(table) if dialect.name == "sqlite" else postgresql.insert(table)


def create_engine(url: str, *, statement_timeout: float | None = STATEMENT_TIMEOUT) -> AsyncEngine:
    """The engine for a database URL. A SQLite file's folder is made if it is not there.

    `statement_timeout`, in seconds, is for PostgreSQL; migrations may take as long as they need.
    """
    parsed = make_url(url)
    # `hide_parameters`: an error would show what people wrote, in the statement that failed.
    if parsed.get_backend_name() != "sqlite":
        engine = create_async_engine(
            parsed,
            pool_size=10,
            max_overflow=10,
            pool_timeout=CONNECT_TIMEOUT,
            hide_parameters=True,
            connect_args={"timeout": CONNECT_TIMEOUT, "command_timeout": statement_timeout},
        )
        event.listen(engine.sync_engine, "checkout", _still_there)
        return engine
    # Whoever writes a URI sees to its folder.
    if parsed.database and not parsed.database.startswith("file:"):
        # Where no folder can be made no file can be opened, and that says more.
        with suppress(OSError):
            Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
    connect = partial(sqlite_driver.connect, asyncio.Lock(), BUSY_TIMEOUT, _PRAGMAS)
    engine = create_async_engine(
        parsed,
        hide_parameters=True,
        connect_args={"async_creator_fn": connect},
    )
    event.listen(engine.sync_engine, "begin", _begin_sqlite)
    return engine


def read_only(engine: AsyncEngine) -> AsyncEngine:
    """The same pool, for transactions that begin deferred and cannot write."""
    return engine.execution_options(read_only=True, postgresql_readonly=True)


def rebuilding(engine: AsyncEngine) -> AsyncEngine:
    """The same pool, for migrations: SQLite alters a table by building it anew under the same name.

    Foreign keys are not watched meanwhile; whoever migrates checks them before the commit.
    """
    return engine.execution_options(rebuilding=True)


def _still_there(
    connection: DBAPIConnection, record: ConnectionPoolEntry, proxy: PoolProxiedConnection
) -> None:
    """Take another connection, and none that is as old, where the server closed this one.

    That it did is known without asking. `pool_pre_ping` would ask, in three statements, each time.
    """
    del record, proxy
    if connection.driver_connection.is_closed():
        raise InvalidatePoolError("The server closed the connection.")


async def hurry(engine: AsyncEngine) -> None:
    """Let SQLite no longer wait until what is committed is on the disk.

    Where the power fails, the last commits may be gone then, and no more than these: for what nobody would
    miss. It is to be said before anything else uses the engine.
    """
    if engine.dialect.name == "sqlite":
        event.listen(engine.sync_engine, "connect", _hurry_sqlite)
        await engine.dispose()


def _hurry_sqlite(connection: DBAPIConnection, record: ConnectionPoolEntry) -> None:
    del record
    cursor = connection.cursor()
    cursor.execute("PRAGMA synchronous=NORMAL")
    cursor.close()
    connection.driver_connection.waits_for_disk = False


async def overwrite_log(engine: AsyncEngine) -> None:
    """Let nothing stand in SQLite's log that was deleted or changed since; where somebody reads, it stays.

    In the tables it is overwritten at once. PostgreSQL has no such thing to ask for.
    """
    if engine.dialect.name != "sqlite":
        return
    # It comes after a commit, which nothing that happens here undoes.
    with suppress(SQLAlchemyError, sqlite3.Error):
        async with engine.connect() as connection:
            driver = (await connection.get_raw_connection()).driver_connection
            assert driver is not None
            try:
                await _tell(driver, f"busy_timeout={_BRIEF_TIMEOUT}")
                await _tell(driver, "wal_checkpoint(TRUNCATE)")
            finally:
                await _tell(driver, f"busy_timeout={BUSY_TIMEOUT}")


async def _tell(driver: Any, pragma: str) -> None:  # noqa: ANN401 - the driver's own connection
    await (await driver.execute(f"PRAGMA {pragma}")).close()


def _begin_sqlite(connection: Connection) -> None:
    reading = bool(connection.get_execution_options().get("read_only"))
    driver = connection.connection.driver_connection
    assert isinstance(driver, sqlite_driver.Connection)
    driver.reads_only = reading
    rebuilding = bool(connection.get_execution_options().get("rebuilding"))
    if connection.info.get("rebuilding", False) != rebuilding:
        # Inside a transaction SQLite ignores this.
        connection.exec_driver_sql(f"PRAGMA foreign_keys={'OFF' if rebuilding else 'ON'}")
        connection.info["rebuilding"] = rebuilding
    # A writer that begins deferred can find, half-way, that it may not write: it takes the lock first.
    connection.exec_driver_sql("BEGIN DEFERRED" if reading else "BEGIN IMMEDIATE")
