"""Which message of ours is the one Slack speaks of."""

from sqlalchemy import select

from slackapp.core.transaction import Tx
from slackapp.outbox.models import OutboxMessage


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
