"""Who may deliver a message now. Every write here goes through only for the claim's own fence number."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, or_, select, true, update
from sqlalchemy.ext.asyncio import AsyncSession

from slackapp.core.database import insert, wire_now
from slackapp.core.transaction import Tx
from slackapp.outbox import pace
from slackapp.outbox.models import OutboxDirect, OutboxMessage, State


@dataclass(frozen=True)
class Claim:
    """One message, owned by this worker until the lease ends."""

    row: OutboxMessage
    #: Wire time on the database's clock when it was claimed, in seconds.
    at: float
    #: This process's monotonic clock when it was claimed: what a pause cannot fool.
    taken: float
    #: The channel of a direct message that was opened before.
    direct: str | None = None
    #: Whether it goes first after trouble with the workspace's token.
    probing: bool = False
    #: Slack's id of the file that is to be shared, whose content it has.
    file_id: str | None = None


async def write(
    tx: Tx,
    row: OutboxMessage,
    *,
    only_if: ColumnElement[bool] | None = None,
    **values: Any,  # noqa: ANN401 - column values
) -> bool:
    """Change the message if the claim still holds, and `only_if` this holds too.

    False: nothing was changed.
    """
    holds = true() if only_if is None else only_if
    done = await tx.session.execute(
        update(OutboxMessage).where(_held(tx, row), holds).values(**values).returning(OutboxMessage.id),
    )
    return done.first() is not None


async def release(session: AsyncSession, claims: Iterable[Claim]) -> None:
    """Nobody owns these any more, but those of which a send was announced: it may have arrived."""
    for claim in claims:
        row, workspace_id = claim.row, claim.row.workspace_id
        await session.execute(
            update(OutboxMessage)
            .where(
                OutboxMessage.workspace_id == workspace_id,
                OutboxMessage.id == row.id,
                OutboxMessage.fence == row.fence,
                or_(OutboxMessage.last_send.is_(None), OutboxMessage.last_send < claim.at),
            )
            .values(leased_until=0.0)
        )


async def about_to_send(
    tx: Tx, row: OutboxMessage, channel: str, file_id: str | None = None
) -> OutboxMessage | None:
    """Note that a send to this channel follows, and return the message as it is wanted this moment.

    None if the claim is lost, nothing is wanted any more, another file is, or Slack wants no calls now. What
    was withdrawn and never shown is cancelled.
    """
    same_file = true() if file_id is None else OutboxMessage.wanted == row.wanted
    of_file = {} if file_id is None else {"file_id": file_id, "shown": 0}
    unwanted = and_(OutboxMessage.withdrawn, OutboxMessage.ts.is_(None))
    result = await tx.session.execute(
        update(OutboxMessage)
        .where(_held(tx, row), OutboxMessage.state == State.WAITING, same_file, ~pace.closed())
        .values(
            state=case((unwanted, State.CANCELLED), else_=State.WAITING),
            last_send=case((unwanted, None), else_=wire_now()),
            first_attempt=func.coalesce(OutboxMessage.first_attempt, wire_now()),
            sent_from=tx.now,
            sending=OutboxMessage.wanted,
            # A direct message is opened once: whoever has to look for this one knows where.
            posted_channel=channel,
            thread_ts=await _thread_of(tx, row) if row.ts is None else row.thread_ts,
            **of_file,
        )
        .returning(OutboxMessage)
        .execution_options(synchronize_session=False, populate_existing=True),
    )
    fresh = result.scalar_one_or_none()
    return fresh if fresh is not None and fresh.state == State.WAITING else None


async def direct_of(tx: Tx, user_id: str) -> str | None:
    """The channel of this person's direct message, if it was opened before."""
    found: str | None = await tx.session.scalar(
        select(OutboxDirect.channel_id).where(
            OutboxDirect.workspace_id == tx.workspace_id, OutboxDirect.user_id == user_id
        ),
    )
    return found


async def keep_direct(tx: Tx, user_id: str, channel: str) -> None:
    """Note where this person's direct message is."""
    await tx.session.execute(
        insert(OutboxDirect, tx.dialect)
        .values(workspace_id=tx.workspace_id, user_id=user_id, channel_id=channel)
        .on_conflict_do_nothing(),
    )


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
