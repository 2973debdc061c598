"""`/discovery poll list` and `show`: here, so that the listener of the command above may call it."""

from slackapp.core.transaction import Tx
from slackapp.features.polls.blocks import listing as blocks
from slackapp.features.polls.queries.listed import numbered, over_time, page
from slackapp.slack.replies import Reply


async def listed(tx: Tx, user_id: str, channel_id: str, *, offset: int = 0) -> Reply:
    """Raises `UserError` for whoever may not look up what happens there."""
    return blocks.listing(await page(tx, user_id, channel_id, offset))


async def shown(tx: Tx, user_id: str, channel_id: str, number: int) -> Reply:
    """Raises `NotFoundError` where there is no such poll that they may see."""
    poll = await numbered(tx, number, user_id, channel_id)
    return blocks.over_time(await over_time(tx, poll.id))
