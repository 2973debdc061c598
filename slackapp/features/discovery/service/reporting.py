"""Sending somebody the charts of a report, and posting it to its channel."""

from slackapp.core.transaction import Tx
from slackapp.features.discovery.blocks import report as blocks
from slackapp.features.discovery.queries.report import report
from slackapp.features.discovery.rules.report import Report
from slackapp.features.workspaces.queries import check_place
from slackapp.outbox.service import Channel, Direct, say


async def send_chart(tx: Tx, user_id: str, channel_id: str, *, days: int, screen: int) -> Report:
    """`screen`: the minute of the screen it is asked for from; pressed twice there, it is sent once.

    Raises as `queries.report`.
    """
    made = await report(tx, user_id, channel_id, days)
    if blocks.has_chart(made):
        key = f"discovery:{channel_id}:chart:{user_id}:{screen}:{days}"
        await say(tx, key, Direct(user_id), blocks.chart(made))
    return made


async def post(tx: Tx, user_id: str, channel_id: str, *, days: int, screen: int) -> Report:
    """The same for the channel, with who asked for it. Raises `FieldError` where the app cannot post, too."""
    made = await report(tx, user_id, channel_id, days)
    if made.is_empty:
        return made
    await check_place(tx, user_id, channel_id)
    key = f"discovery:{channel_id}:report:{user_id}:{screen}:{days}"
    await say(tx, key, Channel(channel_id), blocks.posted(made, user_id), responsible=user_id)
    return made
