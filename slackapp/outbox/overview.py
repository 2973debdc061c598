"""What stands in the outbox, over all workspaces: for whoever looks after the app."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, select, true
from sqlalchemy.ext.asyncio import AsyncSession

from slackapp.core.database import wire_now
from slackapp.outbox.models import OutboxMessage, OutboxPace, State
from slackapp.outbox.pace import EVERYTHING


@dataclass(frozen=True)
class Counts:
    """What waits, and what is dead."""

    due: int
    #: Since when the oldest of them is due; None if nothing is.
    oldest: datetime | None
    dead: int
    #: Workspaces that wait until their token works again.
    paused: int


async def counts(session: AsyncSession, now: datetime) -> Counts:
    """Each from an index that is as small as what it counts."""
    due = and_(OutboxMessage.state == State.WAITING, OutboxMessage.due_at <= now)
    waiting = (await session.execute(select(func.count(), func.min(OutboxMessage.due_at)).where(due))).one()
    dead = select(func.count()).select_from(OutboxMessage).where(OutboxMessage.state == State.DEAD)
    paused = select(func.count()).select_from(OutboxPace).where(OutboxPace.scope == EVERYTHING)
    return Counts(
        waiting[0], waiting[1], (await session.scalar(dead)) or 0, (await session.scalar(paused)) or 0
    )


async def waiting(
    session: AsyncSession, limit: int, *, workspace_id: int | None = None
) -> Sequence[OutboxMessage]:
    """What is not as it should look yet, in the order in which it is due."""
    found = await session.scalars(
        select(OutboxMessage)
        .where(OutboxMessage.state == State.WAITING, _of(workspace_id))
        .order_by(OutboxMessage.due_at, OutboxMessage.id)
        .limit(limit)
    )
    return found.all()


async def dead(
    session: AsyncSession,
    limit: int | None = None,
    *,
    workspace_id: int | None = None,
    reason: str | None = None,
) -> Sequence[OutboxMessage]:
    """What Slack will not take, the newest first; of this reason if there is one."""
    found = await session.scalars(
        select(OutboxMessage)
        .where(
            OutboxMessage.state == State.DEAD,
            _of(workspace_id),
            true() if reason is None else OutboxMessage.reason == reason,
        )
        # Not by the key itself: in its order SQLite would read the whole table for the few that are dead.
        .order_by(func.coalesce(OutboxMessage.id, 0).desc())
        .limit(limit)
    )
    return found.all()


async def messages(session: AsyncSession, ids: Sequence[int]) -> dict[int, OutboxMessage]:
    """Those of them that there are, by their ids."""
    found = await session.scalars(select(OutboxMessage).where(OutboxMessage.id.in_(ids)))
    return {row.id: row for row in found}


async def wire_clock(session: AsyncSession) -> float:
    """The database's clock, in seconds, to which what a row says of wire time is compared."""
    return (await session.execute(select(wire_now()))).scalar_one()


async def paused_until(session: AsyncSession, workspace_id: int) -> float | None:
    """When the workspace's token is tried again, in seconds; None where there was no trouble with it."""
    found: float | None = await session.scalar(
        select(OutboxPace.next_at).where(
            OutboxPace.workspace_id == workspace_id, OutboxPace.scope == EVERYTHING
        )
    )
    return found


def _of(workspace_id: int | None) -> ColumnElement[bool]:
    return true() if workspace_id is None else OutboxMessage.workspace_id == workspace_id
