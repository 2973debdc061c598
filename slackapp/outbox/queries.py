"""Which message of ours is the one Slack speaks of, and which ones it will not take."""

from collections.abc import Collection, Mapping

from sqlalchemy import ColumnElement, Select, func, or_, select

from slackapp.core.transaction import Tx
from slackapp.outbox.models import OutboxMessage, State


async def key_of(tx: Tx, channel: str, ts: str) -> str | None:
    """The key of the message shown there, or None if it is not one of ours."""
    found: str | None = await tx.session.scalar(
        select(OutboxMessage.key).where(
            OutboxMessage.workspace_id == tx.workspace_id,
            OutboxMessage.posted_channel == channel,
            OutboxMessage.ts == ts,
        ),
    )
    return found


async def is_said(tx: Tx, key: str) -> bool:
    """Whether anything was ever said under this key."""
    found = await tx.session.scalar(
        select(OutboxMessage.id).where(
            OutboxMessage.workspace_id == tx.workspace_id, OutboxMessage.key == key
        )
    )
    return found is not None


async def is_posted(tx: Tx, key: str) -> bool:
    """Whether the message of this key was ever sent to Slack."""
    found = await tx.session.scalar(
        select(OutboxMessage.id).where(
            OutboxMessage.workspace_id == tx.workspace_id,
            OutboxMessage.key == key,
            OutboxMessage.sent_from.is_not(None),
        )
    )
    return found is not None


async def said_of(tx: Tx, keys: Collection[str]) -> frozenset[str]:
    """Those of these keys under which anything was ever said."""
    found = await tx.session.scalars(
        select(OutboxMessage.key).where(
            OutboxMessage.workspace_id == tx.workspace_id, OutboxMessage.key.in_(keys)
        )
    )
    return frozenset(found)


async def count_posted(tx: Tx, keys: Select[str]) -> int:
    """How many messages of these keys Slack shows, or showed until somebody deleted them."""
    return await _count(tx, keys, OutboxMessage.ts.is_not(None))


async def count_ended(tx: Tx, keys: Select[str]) -> int:
    """How many messages of these keys were posted, or never will be."""
    return await _count(
        tx, keys, or_(OutboxMessage.ts.is_not(None), OutboxMessage.state.in_((State.DEAD, State.CANCELLED)))
    )


async def _count(tx: Tx, keys: Select[str], which: ColumnElement[bool]) -> int:
    # The keys one by one, and not what they begin with: no index of PostgreSQL's finds that everywhere.
    found = await tx.session.scalar(
        select(func.count()).where(
            OutboxMessage.workspace_id == tx.workspace_id, OutboxMessage.key.in_(keys), which
        )
    )
    return found or 0


async def dead(tx: Tx) -> Mapping[str, int]:
    """How many messages Slack will not take, by its reason."""
    found = await tx.session.execute(
        select(OutboxMessage.reason, func.count())
        .where(OutboxMessage.workspace_id == tx.workspace_id, OutboxMessage.state == State.DEAD)
        .group_by(OutboxMessage.reason),
    )
    return {reason or "unknown": count for reason, count in found}
