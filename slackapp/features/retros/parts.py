"""What retros add to the surfaces of lower features."""

from slackapp.core.transaction import Tx
from slackapp.features.follow_ups.rules import Outcome
from slackapp.features.prompts.rules import Ask
from slackapp.features.retros import blocks, queries
from slackapp.features.retros.blocks.offer import add_to_next
from slackapp.features.retros.rules import WAITS_KIND
from slackapp.slack.blocks import CardPart, Message


async def question(tx: Tx, ask: Ask) -> Message | None:
    """A retro that waits for its facilitator."""
    if ask.kind != WAITS_KIND:
        return None
    return blocks.waits(await queries.retro(tx, ask.subject_id))


async def outcome(tx: Tx, surface: Outcome) -> CardPart:
    """The button that has the next retro look back on the launch."""
    del tx
    return add_to_next(surface.launch_id)
