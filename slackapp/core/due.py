"""Rows that fall due, each when a column of its own says: finding them, and doing each alone."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Generic, TypeVar, cast

import structlog
from sqlalchemy import ColumnElement, Select, func, select, update
from sqlalchemy.orm import InstrumentedAttribute

from slackapp.core.transaction import Failed, Tx

log = structlog.get_logger()

T = TypeVar("T")

#: What failed is tried again so much later.
TRY_AGAIN = timedelta(minutes=15)


def each_workspace(workspace_id: ColumnElement[int] | InstrumentedAttribute[int]) -> ColumnElement[int]:
    """The workspace of rows of which each is to be found once, with `distinct`.

    Of the column itself SQLite would look through all rows there are, by an index that begins with it, and
    not through the few that are due, by theirs.
    """
    return (workspace_id + 0).label("workspace_id")


@dataclass(frozen=True)
class Due(Generic[T]):
    """Rows of this kind whose moment comes; those that have none wait for nothing."""

    kind: type[T]
    moment: InstrumentedAttribute[datetime] | InstrumentedAttribute[datetime | None]
    #: What is done for each: the row, or what it belongs to.
    key: InstrumentedAttribute[int]
    #: What else has to hold of a row.
    which: tuple[ColumnElement[bool], ...] = ()

    def workspaces(self, now: datetime) -> Select[int]:
        """Those with something due, over all of them."""
        return select(each_workspace(self._workspace)).where(self._moment <= now, *self.which).distinct()

    def next_at(self, tx: Tx) -> Select[datetime | None]:
        """When something is due next, later than now."""
        return select(func.min(self._moment)).where(
            self._workspace == tx.workspace_id, *self.which, self._moment > tx.now
        )

    async def ids(self, tx: Tx, limit: int) -> Sequence[int]:
        """The keys of so many that are due, those that wait longest first."""
        found = await tx.session.scalars(
            select(self.key)
            .where(self._workspace == tx.workspace_id, *self.which, self._moment <= tx.now)
            .order_by(self._moment, self.key)
            .limit(limit)
        )
        return found.all()

    async def coming(self, tx: Tx) -> tuple[datetime, T] | None:
        """The row that is due next, later than now, and when."""
        found = await tx.session.execute(
            select(self._moment, self.kind)
            .where(self._workspace == tx.workspace_id, *self.which, self._moment > tx.now)
            .order_by(self._moment, self.key)
            .limit(1)
        )
        row = found.one_or_none()
        return None if row is None else (row[0], row[1])

    async def each_alone(self, tx: Tx, use: Callable[[Tx, int], Awaitable[object]], limit: int) -> None:
        """Do it for so many that are due. What fails keeps no other waiting: it is due again in a while."""
        for key in await self.ids(tx, limit):
            done = await tx.attempt(partial(use, tx, key))
            if isinstance(done, Failed):
                of = cast("Any", self.kind).__tablename__
                log.error("jobs.one_failed", of=of, about=key, exc_info=done.error)
                await tx.session.execute(
                    update(self.kind)
                    .where(self._workspace == tx.workspace_id, self.key == key)
                    .values({self.moment: tx.now + TRY_AGAIN})
                )

    @property
    def _workspace(self) -> ColumnElement[int]:
        return cast("ColumnElement[int]", cast("Any", self.kind).workspace_id)

    @property
    def _moment(self) -> ColumnElement[datetime]:
        return cast("ColumnElement[datetime]", self.moment)
