"""The transaction every use case runs in: opened and committed here and nowhere else."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import Dialect, inspect
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as NoConnection
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker
from sqlalchemy.orm.util import identity_key

from slackapp.core.clock import Clock
from slackapp.core.database import overwrite_log, read_only
from slackapp.core.fault_points import Point, reached

#: What follows from an event, in the transaction that made it true; an error undoes both.
Kind = type[Any]
Events = Mapping[Kind, Sequence[Callable[["Tx", Any], Awaitable[None]]]]

#: What higher features add to a surface of a lower one. `None` adds nothing.
Parts = Mapping[Kind, Sequence[Callable[["Tx", Any], Awaitable[Any]]]]


T = TypeVar("T")

_HURRY = "hurry"
_SCRUB = "scrub"


@dataclass(frozen=True)
class Failed:
    """What an attempt came to that came to nothing."""

    error: Exception


@dataclass(frozen=True)
class Tx:
    """One transaction in one workspace, at one moment of story time."""

    session: AsyncSession
    now: datetime
    workspace_id: int
    events: Events = field(repr=False)
    parts: Parts = field(repr=False)

    @property
    def dialect(self) -> Dialect:
        return self.session.get_bind().dialect

    def held(self, kind: type[T], *key: object) -> T | None:
        """The row of this primary key, if this transaction knows it as it is now.

        `session.get` would find it, too, and switch to another greenlet and back for it.
        """
        found = self.session.identity_map.get(identity_key(kind, key))
        return None if found is None or inspect(found).expired else found

    def hurry(self) -> None:
        """Once this is committed, let the jobs that are told to hurry have a look."""
        self.session.info[_HURRY] = True

    def scrub(self) -> None:
        """Once this is committed, let what it deleted and changed be gone from the database's log, too.

        As far as the database lets us: see `overwrite_log`.
        """
        self.session.info[_SCRUB] = True

    async def emit(self, event: object) -> None:
        """Let everything that follows from the event happen in this transaction."""
        for handler in self.events.get(type(event), ()):
            await handler(self, event)

    async def gather(self, surface: object) -> list[Any]:
        """What other features add to the surface, in the order the wiring lists them."""
        found = [await part(self, surface) for part in self.parts.get(type(surface), ())]
        return [part for part in found if part is not None]

    async def attempt(self, use: Callable[[], Awaitable[T]]) -> T | Failed:
        """Do it, or nothing of it: what it wrote is undone alone, and the transaction goes on.

        Objects that it changed have to be read anew then. Trouble that is the database's, and would befall
        whatever came next, is raised.
        """
        try:
            async with self.session.begin_nested():
                return await use()
        except Exception as error:
            if would_fail_the_next(error):
                raise
            return Failed(error)


class UnknownCommitError(SQLAlchemyError):
    """The commit was sent and its answer never came: what was written is there whole, or not at all."""


#: PostgreSQL's codes for a transaction it ended for another one's sake: deadlock, serialization failure.
SACRIFICED = frozenset({"40P01", "40001"})
MOST_TRIES = 3

#: PostgreSQL's codes after which a commit may have happened: the connection's end, the server's, and its own
#: word for it.
UNANSWERED = ("08", "57P", "40003")


#: No connection, or a database that takes nothing.
UNREACHABLE = (OperationalError, InterfaceError, NoConnection, OSError)

#: PostgreSQL's classes of such trouble: connection, transaction state, rollback, resources, locks, operator,
#: system.
_OF_THE_DATABASE = ("08", "25", "40", "53", "55", "57", "58")


class Transactions:
    """Opens transactions. What a use case wrote is either committed whole or not there."""

    def __init__(self, engine: AsyncEngine, clock: Clock, events: Events, parts: Parts) -> None:
        self.clock = clock
        #: Set after each commit that may have left something to deliver; the relay waits on it.
        self.committed = asyncio.Event()
        #: Set after each commit of what a job is to see to soon, and not at the next beat only.
        self.hurried = asyncio.Event()
        #: How many there were of what use cases wrote: whoever looked finds nothing new while it stands.
        self.commits = 0
        self._engine, self._events, self._parts = engine, events, parts
        self._write = async_sessionmaker(engine, expire_on_commit=False)
        self._read = async_sessionmaker(read_only(engine), expire_on_commit=False)

    @asynccontextmanager
    async def begin(self, workspace_id: int, *, wakes: bool = True) -> AsyncIterator[Tx]:
        """Commits when the block ends, rolls back when it raises.

        Then the relay looks for something to deliver, unless it never `wakes`: what the relay itself notes
        leaves nothing that it does not know of.

        Raises `UnknownCommitError` if the connection broke in between.
        """
        async with _ending(self._write()) as session:
            yield Tx(session, self.clock.now(), workspace_id, self._events, self._parts)
            await session.flush()
            await reached(Point.BEFORE_COMMIT)
            await _commit(session)
        self.commits += 1
        await reached(Point.COMMITTED)
        if _SCRUB in session.info:
            await overwrite_log(self._engine)
        if wakes:
            self.committed.set()
        if _HURRY in session.info:
            self.hurried.set()

    async def run(self, workspace_id: int, use: Callable[[Tx], Awaitable[T]]) -> T:
        """What the use case returns, once it is committed.

        If the database ended it for another transaction's sake, it is done again from the beginning: two
        that wait for each other are nobody's mistake, and nobody should read of them.
        """
        for _ in range(MOST_TRIES - 1):
            try:
                async with self.begin(workspace_id) as tx:
                    return await use(tx)
            except DBAPIError as error:
                if getattr(error.orig, "sqlstate", None) not in SACRIFICED:
                    raise
        async with self.begin(workspace_id) as tx:
            return await use(tx)

    @asynccontextmanager
    async def read(self, workspace_id: int) -> AsyncIterator[Tx]:
        """Begins deferred and cannot write: queries, exports, health."""
        async with self.everywhere() as session:
            yield Tx(session, self.clock.now(), workspace_id, self._events, self._parts)

    @asynccontextmanager
    async def everywhere(self) -> AsyncIterator[AsyncSession]:
        """A read over all workspaces, for what asks which of them have something due."""
        async with _ending(self._read()) as session:
            yield session
            await session.commit()

    @asynccontextmanager
    async def install(self) -> AsyncIterator[AsyncSession]:
        """A write in no one workspace: for making its row, and for taking on messages wherever they wait."""
        async with _ending(self._write()) as session:
            yield session
            await session.commit()


@asynccontextmanager
async def _ending(session: AsyncSession) -> AsyncIterator[AsyncSession]:
    """Rolls back what was not committed, and closes it.

    As the session's own `async with` does, which makes a task for it even where nothing is left to be done.
    """
    try:
        yield session
    finally:
        if session.in_transaction():
            # Whoever is cancelled meanwhile leaves no connection behind.
            await asyncio.shield(asyncio.create_task(session.close()))
        else:
            session.sync_session.close()


async def _commit(session: AsyncSession) -> None:
    try:
        await session.commit()
    except (DBAPIError, OSError) as error:
        if session.get_bind().dialect.name == "sqlite" or _was_answered(error):
            raise
        raise UnknownCommitError("The connection to the database broke during a commit.") from error


def _was_answered(error: Exception) -> bool:
    """Whether it is the server that says the commit failed, and not the connection, or the server's end."""
    state = getattr(getattr(error, "orig", None), "sqlstate", None)
    return state is not None and not state.startswith(UNANSWERED)


def would_fail_the_next(error: Exception) -> bool:
    """Whether it would befall whatever came next, too; not a statement's own fault, or a mistake of ours."""
    state = getattr(getattr(error, "orig", None), "sqlstate", None) or ""
    return (
        isinstance(error, (*UNREACHABLE, UnknownCommitError))
        or (isinstance(error, DBAPIError) and error.connection_invalidated)
        or state.startswith(_OF_THE_DATABASE)
    )
