"""Sending somebody the charts of a poll: Slack shows charts in messages alone."""

from slackapp.core.transaction import Tx
from slackapp.features.polls.blocks.charts import chart
from slackapp.features.polls.blocks.listing import has_chart
from slackapp.features.polls.queries.listed import over_time
from slackapp.features.polls.rules.permissions import Doing
from slackapp.features.polls.service.permitting import check
from slackapp.outbox.service import Direct, say

_A_MINUTE = 60


async def send_chart(tx: Tx, user_id: str, poll_id: int, *, here: str | None) -> bool:
    """False if there is nothing to draw. Pressed twice it is sent once."""
    found = await over_time(tx, poll_id)
    await check(tx, user_id, found.poll, Doing.LOOK_UP, here=here)
    if not has_chart(found):
        return False
    minute = int(tx.now.timestamp()) // _A_MINUTE
    await say(tx, f"polls:{poll_id}:chart:{user_id}:{minute}", Direct(user_id), chart(found))
    return True
