"""What is asked about an action item: whether it is done, and two weeks after that whether it helped."""

from datetime import date, datetime

from slackapp.core.transaction import Tx
from slackapp.core.working_time import local_date, morning_of
from slackapp.features.action_items.models import ActionItem
from slackapp.features.action_items.rules import DUE_KIND, HELPED_AFTER, HELPED_KIND
from slackapp.features.prompts import service as prompts
from slackapp.features.prompts.models import PromptState
from slackapp.features.prompts.queries import find
from slackapp.features.prompts.rules import Expired, Ladder, Question
from slackapp.features.workspaces.queries import calendar


async def ask_whether_done(tx: Tx, item: ActionItem) -> None:
    """Ask the owner on the morning of the day it is due, then weekly; from the beginning."""
    await prompts.ask(tx, _question(item, DUE_KIND, Ladder.WEEKLY), await _morning(tx, item, item.due_on))


async def ask_whether_it_helped(tx: Tx, item: ActionItem) -> None:
    """Ask the owner once, two weeks from now."""
    when = await calendar(tx, item.owner_id, item.channel_id)
    at = await _morning(tx, item, local_date(tx.now + HELPED_AFTER, when.zone))
    await prompts.ask(tx, _question(item, HELPED_KIND, Ladder.ONCE), at)


async def ask_as_it_is_now(tx: Tx, item: ActionItem, *, owner: str, due_on: date) -> None:
    """It had this owner and this day: whoever owns it now is asked, on the day it has now.

    Who stays the one asked, and what is asked anew, is as prompts have it.
    """
    prompt = await find(tx, DUE_KIND, item.id)
    is_over = prompt is not None and prompt.state == PromptState.EXPIRED
    if is_over and item.owner_id != owner:
        # Nobody would ask the new owner before the next retro.
        await ask_whether_done(tx, item)
        return
    if item.owner_id != owner:
        await prompts.reassign(tx, DUE_KIND, item.id, owner_id=item.owner_id, backup_id=None)
    if item.due_on != due_on:
        await prompts.postpone(tx, DUE_KIND, item.id, await _morning(tx, item, item.due_on))


async def expire(tx: Tx, event: Expired) -> None:
    """Nobody answered: the item stays open, and its question says that it waits for the next retro."""
    if event.kind in {DUE_KIND, HELPED_KIND}:
        await prompts.redraw(tx, event.kind, event.subject_id)


def _question(item: ActionItem, kind: str, ladder: Ladder) -> Question:
    return Question(
        kind,
        item.id,
        item.owner_id,
        channel_id=item.channel_id,
        owner_id=item.owner_id,
        ladder=ladder,
    )


async def _morning(tx: Tx, item: ActionItem, day: date) -> datetime:
    return morning_of(day, await calendar(tx, item.owner_id, item.channel_id))
