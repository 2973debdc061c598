"""What happens when the app is invited to a channel."""

from slackapp.core.transaction import Tx
from slackapp.features.launches import blocks, queries
from slackapp.outbox import service as outbox


async def invited(tx: Tx, channel_id: str, inviter: str | None) -> None:
    """Ask the team, once, for its first launch; where launches wait for us to come back, go on with those."""
    await outbox.revive(tx, channel_id)
    if not await queries.any_in(tx, channel_id):
        key = f"launches:{channel_id}:invitation"
        await outbox.say(tx, key, outbox.Channel(channel_id), blocks.invitation(), responsible=inviter)
