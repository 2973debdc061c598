"""What becomes of action items: done, dropped, open again; and whether they helped.

Each takes the item's row first, so that of two who press at once the second sees what the first did.
"""

from slackapp.core.errors import FieldError, UserError
from slackapp.core.transaction import Tx
from slackapp.core.words import tidy
from slackapp.features.action_items.models import ActionItem
from slackapp.features.action_items.rules import (
    DUE_KIND,
    HELPED_KIND,
    LONGEST_REASON,
    ActionChanged,
    ActionState,
    Doing,
    Helped,
)
from slackapp.features.action_items.service.asking import ask_whether_it_helped
from slackapp.features.action_items.service.permitting import allowed
from slackapp.features.prompts import service as prompts
from slackapp.features.workspaces.queries import person


async def done(tx: Tx, user_id: str, item_id: int, *, here: str | None = None) -> ActionItem:
    """It is done; a second time changes nothing. Raises `UserError` where it was dropped."""
    item = await allowed(tx, user_id, item_id, Doing.CLOSE, here=here, lock=True)
    if item.state == ActionState.DONE:
        return item
    if item.state == ActionState.DROPPED:
        raise UserError(f"{await _was_dropped(tx, item)} Open it again first.")
    await _close(tx, item, ActionState.DONE, user_id)
    await ask_whether_it_helped(tx, item)
    await tx.emit(ActionChanged(item.id))
    return item


async def drop(tx: Tx, user_id: str, item_id: int, reason: str, *, here: str | None = None) -> ActionItem:
    """Nobody is to do it any more, for this reason. Raises `FieldError` at `reason` without one."""
    item = await allowed(tx, user_id, item_id, Doing.CLOSE, here=here, lock=True)
    if item.state == ActionState.DROPPED:
        raise UserError(f"{await _was_dropped(tx, item)} The first reason stands.")
    if item.state == ActionState.DONE:
        raise UserError(f"{item.label} is done already. Open it again first.")
    item.reason = tidy(reason)
    if not item.reason or len(item.reason) > LONGEST_REASON:
        raise FieldError({"reason": f"Say why, in {LONGEST_REASON} characters at the most."})
    await _close(tx, item, ActionState.DROPPED, user_id)
    await tx.emit(ActionChanged(item.id))
    return item


async def reopen(tx: Tx, user_id: str, item_id: int, *, here: str | None = None) -> ActionItem:
    """It is neither done nor dropped after all; a second time changes nothing."""
    item = await allowed(tx, user_id, item_id, Doing.CLOSE, here=here, lock=True)
    if item.state == ActionState.OPEN:
        return item
    item.state, item.reason, item.helped = ActionState.OPEN, "", None
    item.closed_by = item.closed_at = None
    await tx.session.flush()
    await prompts.forget(tx, HELPED_KIND, item.id)
    await prompts.reopen(tx, DUE_KIND, item.id)
    await tx.emit(ActionChanged(item.id))
    return item


async def say_helped(
    tx: Tx, user_id: str, item_id: int, helped: Helped | None, *, here: str | None = None
) -> ActionItem:
    """Whether it helped; None takes an answer back. Raises `UserError` of what is not done."""
    item = await allowed(tx, user_id, item_id, Doing.SAY_HELPED, here=here, lock=True)
    if item.state != ActionState.DONE:
        raise UserError(f"{item.label} is not done, so nobody can tell yet whether it helped.")
    if item.helped == helped:
        return item
    item.helped = helped
    await tx.session.flush()
    if helped is None:
        await prompts.reopen(tx, HELPED_KIND, item.id)
    else:
        await prompts.answered(tx, HELPED_KIND, item.id, user_id)
    await tx.emit(ActionChanged(item.id))
    return item


async def _close(tx: Tx, item: ActionItem, state: ActionState, by: str) -> None:
    item.state, item.closed_by, item.closed_at = state, by, tx.now
    await tx.session.flush()
    await prompts.answered(tx, DUE_KIND, item.id, by)


async def _was_dropped(tx: Tx, item: ActionItem) -> str:
    return f"{item.label} was dropped by {(await person(tx, item.closed_by or '')).name}."
