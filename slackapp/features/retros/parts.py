"""What retros add to the surfaces of lower features."""

from slackapp.core.transaction import Tx
from slackapp.features.prompts.rules import Ask
from slackapp.features.retros import blocks, queries
from slackapp.features.retros.rules import WAITS_KIND
from slackapp.slack.blocks import Message


async def question(tx: Tx, ask: Ask) -> Message | None:
    """A retro that waits for its facilitator."""
    if ask.kind != WAITS_KIND:
        return None
    return blocks.waits(await queries.retro(tx, ask.subject_id))
