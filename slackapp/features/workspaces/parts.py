"""What workspaces add to what the outbox says of messages that could not be posted."""

from slackapp.core.transaction import Tx
from slackapp.features.workspaces import queries
from slackapp.outbox.rules import MayRead


async def may_read(tx: Tx, asked: MayRead) -> bool:
    """Not if they left the private channel it is meant for."""
    return not await queries.is_nobody(tx, asked.user_id, asked.channel_id)
