"""Who may deliver a message now. Every write here goes through only for the claim's own fence number."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from slackapp.core.clock import monotonic
from slackapp.core.database import wire_now
from slackapp.core.transaction import Tx
from slackapp.outbox.models import OutboxMessage, State


@dataclass(frozen=True)
class Claim:
    """One message, owned by this worker until the lease ends."""

    row: OutboxMessage
    #: Wire time on the database's clock when it was claimed, in seconds.
    at: float
    #: This process's monotonic clock when it was claimed: what a pause cannot fool.
    taken: float
    #: The `ts` of the message it answers, once that one is shown.
    thread_ts: str | None


async def claim(session: AsyncSession, *, now: datetime, lease: float, batch: int) -> list[Claim]:
    """Take up to `batch` messages that are due at `now` and that nobody owns, oldest first."""
    taken = monotonic()
    parent = aliased(OutboxMessage)
    parent_to_come = exists().where(
        parent.workspace_id == OutboxMessage.workspace_id,
        parent.key == OutboxMessage.reply_to,
        parent.state == State.WAITING,
        parent.ts.is_(None),
    )
    due = (
        select(OutboxMessage.id)
        .where(
            OutboxMessage.state == State.WAITING,
            OutboxMessage.due_at <= now,
            OutboxMessage.retry_at <= wire_now(),
            OutboxMessage.leased_until <= wire_now(),
            ~parent_to_come,
        )
        .order_by(OutboxMessage.due_at, OutboxMessage.id)
        .limit(batch)
        .with_for_update(skip_locked=True)
        .cte("due")
    )
    result = await session.execute(
        update(OutboxMessage)
        .where(OutboxMessage.id.in_(select(due.c.id)))
        .values(fence=OutboxMessage.fence + 1, leased_until=wire_now() + lease)
        .returning(OutboxMessage, wire_now())
        .execution_options(synchronize_session=False, populate_existing=True),
    )
    rows = sorted(((row, at) for row, at in result), key=lambda found: (found[0].due_at, found[0].id))
    threads = await _threads(session, [row for row, _ in rows])
    return [Claim(row, at, taken, threads.get((row.workspace_id, row.reply_to or ""))) for row, at in rows]


async def _threads(session: AsyncSession, rows: Sequence[OutboxMessage]) -> dict[tuple[int, str], str]:
    """The `ts` of what these answer. One deleted or refused has none: its replies go to the channel."""
    wanted = {(row.workspace_id, row.reply_to) for row in rows if row.reply_to is not None}
    if not wanted:
        return {}
    found = await session.execute(
        select(OutboxMessage.workspace_id, OutboxMessage.key, OutboxMessage.ts).where(
            or_(*(and_(OutboxMessage.workspace_id == w, OutboxMessage.key == k) for w, k in wanted)),
            OutboxMessage.ts.is_not(None),
            OutboxMessage.state != State.GONE,
        ),
    )
    return {(workspace_id, key): ts for workspace_id, key, ts in found if ts is not None}


async def write(tx: Tx, row: OutboxMessage, **values: Any) -> bool:  # noqa: ANN401 - column values
    """Change the message if the claim still holds. False: somebody else owns it now, so stop."""
    done = await tx.session.execute(
        update(OutboxMessage).where(_held(tx, row)).values(**values).returning(OutboxMessage.id),
    )
    return done.first() is not None


async def about_to_send(tx: Tx, row: OutboxMessage, thread_ts: str | None) -> OutboxMessage | None:
    """Note that a send follows, and return the message as it is wanted this moment.

    None if the claim is lost or nothing is wanted any more.
    """
    result = await tx.session.execute(
        update(OutboxMessage)
        .where(_held(tx, row), OutboxMessage.state == State.WAITING)
        .values(
            last_send=wire_now(),
            sent_from=tx.now,
            sending=OutboxMessage.wanted,
            thread_ts=thread_ts,
            first_attempt=func.coalesce(OutboxMessage.first_attempt, wire_now()),
        )
        .returning(OutboxMessage)
        .execution_options(synchronize_session=False, populate_existing=True),
    )
    return result.scalar_one_or_none()


def _held(tx: Tx, row: OutboxMessage) -> ColumnElement[bool]:
    return and_(
        OutboxMessage.workspace_id == tx.workspace_id,
        OutboxMessage.id == row.id,
        OutboxMessage.fence == row.fence,
    )
