"""What may be done to messages: say them, withdraw them, and try again or drop what Slack would not take."""

import structlog
from sqlalchemy import ColumnElement, and_, func, select, update
from sqlalchemy.orm import aliased

from slackapp.core.database import wire_now
from slackapp.core.transaction import Tx
from slackapp.outbox.models import OutboxMessage, State
from slackapp.outbox.notices import say_dropped, say_trying_again
from slackapp.outbox.rules import LONGEST_WAIT, NOT_LET_IN
from slackapp.outbox.saying import Channel, Direct, hold, say, wake
from slackapp.outbox.sharing import share
from slackapp.outbox.withdrawing import forget_each, withdraw, withdraw_each, without_buttons

log = structlog.get_logger()

__all__ = [
    "Channel",
    "Direct",
    "drop",
    "forget_each",
    "hold",
    "recheck",
    "retry",
    "revive",
    "say",
    "share",
    "withdraw",
    "withdraw_each",
    "without_buttons",
]


async def retry(tx: Tx, message_id: int) -> OutboxMessage | None:
    """Try a dead message again from the beginning. None if it is not dead, or not of this workspace."""
    return next(iter(await _again(tx, OutboxMessage.id == message_id)), None)


async def drop(tx: Tx, message_id: int) -> OutboxMessage | None:
    """Give a dead message up. None if it is not dead, or not of this workspace.

    What it tells of stays as it is. If that changes later, the message is said anew, and tried anew.
    """
    done = await tx.session.scalars(
        update(OutboxMessage)
        .where(_dead(tx), OutboxMessage.id == message_id)
        .values(state=State.CANCELLED)
        .returning(OutboxMessage)
        .execution_options(synchronize_session=False, populate_existing=True),
    )
    row = done.one_or_none()
    if row is not None:
        log.info("outbox.dropped", delivery=row.id, key=row.key, workspace=row.workspace_id)
        await say_dropped(tx, row)
    return row


async def recheck(tx: Tx) -> int:
    """Have each message that is due and not known to be posted looked for in Slack before it is posted.

    For a database that was set back to what it was before. Returns how many messages that are.
    """
    parent = aliased(OutboxMessage)
    parents_thread = (
        select(func.coalesce(parent.thread_ts, parent.ts))
        .where(parent.workspace_id == tx.workspace_id, parent.key == OutboxMessage.reply_to)
        .scalar_subquery()
    )
    done = await tx.session.execute(
        update(OutboxMessage)
        .where(
            OutboxMessage.workspace_id == tx.workspace_id,
            OutboxMessage.state == State.WAITING,
            OutboxMessage.ts.is_(None),
            OutboxMessage.due_at <= tx.now,
        )
        .values(
            # As if it had been sent when it was due, and had settled since.
            last_send=wire_now() - LONGEST_WAIT,
            retry_at=wire_now(),
            sent_from=func.coalesce(OutboxMessage.sent_from, OutboxMessage.due_at),
            thread_ts=func.coalesce(OutboxMessage.in_thread, parents_thread),
        )
        .returning(OutboxMessage.id)
        .execution_options(synchronize_session=False),
    )
    return len(done.all())


async def revive(tx: Tx, channel_id: str) -> int:
    """Try again what this channel could not be told while the app was not in it, or while it was archived.

    Returns how many messages that are.
    """
    rows = await _again(
        tx, and_(OutboxMessage.channel_id == channel_id, OutboxMessage.reason.in_(NOT_LET_IN))
    )
    return len(rows)


async def _again(tx: Tx, which: ColumnElement[bool]) -> list[OutboxMessage]:
    """Those of them that are dead wait to be sent again, and whoever was told of it is told so."""
    done = await tx.session.scalars(
        update(OutboxMessage)
        .where(_dead(tx), which)
        .values(wake())
        .returning(OutboxMessage)
        .execution_options(synchronize_session=False, populate_existing=True),
    )
    rows = sorted(done, key=lambda row: row.id)
    for row in rows:
        log.info("outbox.tried_anew", delivery=row.id, key=row.key, workspace=row.workspace_id)
        await say_trying_again(tx, row)
    return rows


def _dead(tx: Tx) -> ColumnElement[bool]:
    return and_(OutboxMessage.workspace_id == tx.workspace_id, OutboxMessage.state == State.DEAD)
