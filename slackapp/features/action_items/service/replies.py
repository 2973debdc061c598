"""Replies in words to what is asked about action items."""

from slackapp.core.errors import UserError
from slackapp.core.transaction import Tx
from slackapp.features.action_items import blocks, queries
from slackapp.features.action_items.models import ActionItem
from slackapp.features.action_items.rules import (
    DUE_KIND,
    HELPED_KIND,
    says_done,
    says_drop,
    says_helped,
)
from slackapp.features.action_items.service.closing import done, say_helped
from slackapp.features.prompts.rules import Replied
from slackapp.outbox import service as outbox


async def take_reply(tx: Tx, event: Replied) -> None:
    """A plain yes means that it is done, or helped; what is not plain is asked back."""
    if event.kind not in {DUE_KIND, HELPED_KIND}:
        return
    to = outbox.Direct(event.user_id)
    try:
        taken = await (_done if event.kind == DUE_KIND else _helped)(tx, event)
        answer = blocks.taken(taken)
    except UserError as error:
        answer = blocks.not_understood(await queries.item(tx, event.subject_id), error.sentence)
    await outbox.say(tx, event.answer_key, to, answer)


async def _done(tx: Tx, event: Replied) -> ActionItem:
    if says_drop(event.text):
        raise UserError("To drop it, press Drop under the question: it asks for the reason.")
    if not says_done(event.text):
        raise UserError("Press Done, Drop or New date under the question, or reply “done”.")
    return await done(tx, event.user_id, event.subject_id)


async def _helped(tx: Tx, event: Replied) -> ActionItem:
    helped = says_helped(event.text)
    if helped is None:
        raise UserError("Press Yes, No or Cannot tell under the question, or reply with one of them.")
    return await say_helped(tx, event.user_id, event.subject_id, helped)
