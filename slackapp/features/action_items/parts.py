"""What action items add to the messages that ask, and to App Home."""

from slackapp.core.transaction import Tx
from slackapp.features.action_items import blocks, queries
from slackapp.features.action_items.rules import DUE_KIND, HELPED_KIND
from slackapp.features.prompts.models import PromptState
from slackapp.features.prompts.queries import find
from slackapp.features.prompts.rules import Ask
from slackapp.features.workspaces.queries import today
from slackapp.features.workspaces.rules import AppHome
from slackapp.slack.blocks import Message


async def question(tx: Tx, ask: Ask) -> Message | None:
    """Whether it is done, or whether it helped."""
    if ask.kind == DUE_KIND:
        item, prompt = await queries.item(tx, ask.subject_id), await find(tx, ask.kind, ask.subject_id)
        over = prompt is not None and prompt.state == PromptState.EXPIRED
        return blocks.is_it_done(item, ask.user_id, await today(tx, ask.user_id), over=over)
    if ask.kind == HELPED_KIND:
        return blocks.did_it_help(await queries.item(tx, ask.subject_id), ask.user_id)
    return None


async def home_section(tx: Tx, surface: AppHome) -> blocks.Section:
    """What the person has to do, and what became of what they had."""
    return blocks.section(await queries.shown(tx, surface.user_id, None, limit=blocks.FEW))
