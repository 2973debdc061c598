"""Whether somebody may do something with an action item, and the sentence for those who may not."""

from slackapp.core.errors import FieldError, UserError
from slackapp.core.transaction import Tx
from slackapp.features.action_items import queries
from slackapp.features.action_items.models import ActionItem
from slackapp.features.action_items.rules import DUE_KIND, HELPED_KIND, Doing, may
from slackapp.features.prompts.queries import asked_of
from slackapp.features.workspaces.queries import is_outside, person


async def check(tx: Tx, user_id: str, item: ActionItem, doing: Doing, *, here: str | None = None) -> None:
    """Raises `UserError` where the table of permissions does not allow it. `here`: where they act."""
    kind = HELPED_KIND if doing is Doing.SAY_HELPED else DUE_KIND
    asked_id = await asked_of(tx, kind, item.id)
    if not may(doing, await queries.roles(tx, user_id, item, here=here, asked_id=asked_id)):
        raise UserError(f"{item.label} is for the members of its channel.")


async def allowed(
    tx: Tx, user_id: str, item_id: int, doing: Doing, *, here: str | None = None, lock: bool = False
) -> ActionItem:
    """The action item, if this person may do that with it. Raises as `check`, and `NotFoundError`."""
    item = await queries.item(tx, item_id, lock=lock)
    await check(tx, user_id, item, doing, here=here)
    return item


async def check_owner(tx: Tx, owner_id: str, channel_id: str) -> None:
    """Raises `FieldError` at `owner` for whom nobody could ask, or who may not read of it."""
    owner = await person(tx, owner_id)
    if not owner.can_be_asked:
        raise FieldError({"owner": "Choose a colleague: bots, guests and people who left cannot be asked."})
    if await is_outside(tx, owner_id, channel_id):
        raise FieldError(
            {
                "owner": f"{owner.name} is not in this private channel. Invite them there first, or choose a "
                "member."
            }
        )
