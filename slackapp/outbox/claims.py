"""Who may deliver a message now. Every write here goes through only for the claim's own fence number."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, case, exists, func, select, true, update
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

    @property
    def lane(self) -> str:
        """Where it goes. What goes to one place goes there one after the other."""
        return self.row.channel_id or self.row.user_id or ""


async def claim(
    session: AsyncSession,
    *,
    now: datetime,
    lease: float,
    batch: int,
    busy: frozenset[str] = frozenset(),
) -> list[Claim]:
    """Take up to `batch` messages that are due at `now` and that nobody owns, oldest first.

    None of them goes to a lane that is `busy`.
    """
    taken = monotonic()
    parent = aliased(OutboxMessage)
    parent_to_come = exists().where(
        parent.workspace_id == OutboxMessage.workspace_id,
        parent.key == OutboxMessage.reply_to,
        parent.state == State.WAITING,
        parent.ts.is_(None),
    )
    lane = func.coalesce(OutboxMessage.channel_id, OutboxMessage.user_id)
    due = (
        select(OutboxMessage.id)
        .where(
            OutboxMessage.state == State.WAITING,
            OutboxMessage.due_at <= now,
            OutboxMessage.retry_at <= wire_now(),
            OutboxMessage.leased_until <= wire_now(),
            ~parent_to_come,
            lane.not_in(busy) if busy else true(),
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
    claims = [Claim(row, at, taken) for row, at in result]
    return sorted(claims, key=lambda found: (found.row.due_at, found.row.id))


async def write(
    tx: Tx,
    row: OutboxMessage,
    *,
    if_still_wanted: bool = False,
    **values: Any,  # noqa: ANN401 - column values
) -> bool:
    """Change the message if the claim still holds, and `if_still_wanted` if nobody wants a newer look.

    False: nothing was changed.
    """
    wanted = OutboxMessage.wanted == row.sending if if_still_wanted else true()
    done = await tx.session.execute(
        update(OutboxMessage).where(_held(tx, row), wanted).values(**values).returning(OutboxMessage.id),
    )
    return done.first() is not None


async def about_to_send(tx: Tx, row: OutboxMessage, channel: str) -> OutboxMessage | None:
    """Note that a send to this channel follows, and return the message as it is wanted this moment.

    None if the claim is lost or nothing is wanted any more; what was withdrawn and never shown is cancelled.
    """
    unwanted = and_(OutboxMessage.withdrawn, OutboxMessage.ts.is_(None))
    result = await tx.session.execute(
        update(OutboxMessage)
        .where(_held(tx, row), OutboxMessage.state == State.WAITING)
        .values(
            state=case((unwanted, State.CANCELLED), else_=State.WAITING),
            last_send=case((unwanted, None), else_=wire_now()),
            first_attempt=func.coalesce(OutboxMessage.first_attempt, wire_now()),
            sent_from=tx.now,
            sending=OutboxMessage.wanted,
            # A direct message is opened once: whoever has to look for this one knows where.
            posted_channel=channel,
            thread_ts=await _thread_of(tx, row) if row.ts is None else row.thread_ts,
        )
        .returning(OutboxMessage)
        .execution_options(synchronize_session=False, populate_existing=True),
    )
    fresh = result.scalar_one_or_none()
    return fresh if fresh is not None and fresh.state == State.WAITING else None


async def _thread_of(tx: Tx, row: OutboxMessage) -> str | None:
    """The thread it goes to. What is deleted or refused has none: its replies go to the channel."""
    if row.in_thread is not None or row.reply_to is None:
        return row.in_thread
    found: str | None = await tx.session.scalar(
        # Threads do not branch: what answers a reply stands beside it.
        select(func.coalesce(OutboxMessage.thread_ts, OutboxMessage.ts)).where(
            OutboxMessage.workspace_id == tx.workspace_id,
            OutboxMessage.key == row.reply_to,
            OutboxMessage.ts.is_not(None),
            OutboxMessage.state != State.GONE,
        ),
    )
    return found


def _held(tx: Tx, row: OutboxMessage) -> ColumnElement[bool]:
    return and_(
        OutboxMessage.workspace_id == tx.workspace_id,
        OutboxMessage.id == row.id,
        OutboxMessage.fence == row.fence,
    )
