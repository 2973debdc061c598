"""Adding action items, and changing what they say, whose they are and when they are due."""

from datetime import date

from slackapp.core.errors import FieldError, UserError
from slackapp.core.transaction import Tx
from slackapp.core.words import clip, plain, written_day
from slackapp.features.action_items.models import ActionItem
from slackapp.features.action_items.rules import (
    DUE_KIND,
    LONGEST_ABOUT,
    ActionChanged,
    ActionDraft,
    ActionState,
    Doing,
    check_day,
)
from slackapp.features.action_items.service.asking import ask_as_it_is_now, ask_whether_done
from slackapp.features.action_items.service.permitting import allowed, check_owner
from slackapp.features.prompts import service as prompts
from slackapp.features.workspaces.queries import today
from slackapp.features.workspaces.service import next_number

_COUNTER = "action_items"


async def add(tx: Tx, draft: ActionDraft, *, channel_id: str, by: str, about: str = "") -> ActionItem:
    """Keep it, and ask its owner on the day it is due. `about`: what it came of, as people read it.

    Whether `by` may add one there is for the caller to say. Raises `FieldError` at `owner` for whom nobody
    could ask, or who may not read of it.
    """
    await check_owner(tx, draft.owner, channel_id)
    item = ActionItem(
        workspace_id=tx.workspace_id,
        number=await next_number(tx, _COUNTER),
        channel_id=channel_id,
        owner_id=draft.owner,
        created_by=by,
        created_at=tx.now,
        text=draft.text,
        if_then=draft.if_then,
        about=clip(plain(about), LONGEST_ABOUT),
        due_on=draft.due_on,
        state=ActionState.OPEN,
        reason="",
    )
    tx.session.add(item)
    await tx.session.flush()
    await ask_whether_done(tx, item)
    await tx.emit(ActionChanged(item.id))
    return item


async def open_one(
    tx: Tx, user_id: str, item_id: int, doing: Doing, *, here: str | None = None, lock: bool = False
) -> ActionItem:
    """The action item, if it is open and this person may do that with it; else `UserError` says why not."""
    item = await allowed(tx, user_id, item_id, doing, here=here, lock=lock)
    if item.state != ActionState.OPEN:
        raise UserError(f"{item.label} is {item.state} already. Open it again to change it.")
    return item


async def edit(
    tx: Tx, user_id: str, item_id: int, draft: ActionDraft, *, here: str | None = None
) -> ActionItem:
    """Raises as `open_one`, and `FieldError` at `owner` as `add`."""
    item = await open_one(tx, user_id, item_id, Doing.EDIT, here=here, lock=True)
    if draft.owner != item.owner_id:
        await check_owner(tx, draft.owner, item.channel_id)
    owner, due_on = item.owner_id, item.due_on
    item.text, item.if_then = draft.text, draft.if_then
    item.owner_id, item.due_on = draft.owner, draft.due_on
    await _changed(tx, item, owner, due_on)
    return item


async def move(tx: Tx, user_id: str, item_id: int, due_on: date, *, here: str | None = None) -> ActionItem:
    """It is due on another day, and asked about then. Raises as `open_one`, and `FieldError` at `due_on`."""
    item = await open_one(tx, user_id, item_id, Doing.CLOSE, here=here, lock=True)
    check_day(due_on, await today(tx, user_id))
    if due_on == item.due_on:
        raise FieldError({"due_on": f"It is due on {written_day(due_on)} already. Choose another day."})
    before, item.due_on = item.due_on, due_on
    await _changed(tx, item, item.owner_id, before)
    return item


async def _changed(tx: Tx, item: ActionItem, owner: str, due_on: date) -> None:
    await tx.session.flush()
    await ask_as_it_is_now(tx, item, owner=owner, due_on=due_on)
    await prompts.redraw(tx, DUE_KIND, item.id)
    await tx.emit(ActionChanged(item.id))
