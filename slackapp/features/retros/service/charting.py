"""Sending somebody the chart of a channel's retros: Slack shows charts in messages alone."""

from slackapp.core.transaction import Tx
from slackapp.features.retros.blocks.trends import chart
from slackapp.features.retros.queries.trends import history
from slackapp.outbox.service import Direct, say

_A_MINUTE = 60


async def send_chart(tx: Tx, user_id: str, channel_id: str) -> bool:
    """False if there is not enough to draw. Pressed twice it is sent once."""
    found = await history(tx, channel_id)
    if not found.is_enough:
        return False
    minute = int(tx.now.timestamp()) // _A_MINUTE
    await say(tx, f"retros:{channel_id}:chart:{user_id}:{minute}", Direct(user_id), chart(found))
    return True
