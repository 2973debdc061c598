"""Lists of action items, as they are shown: a channel's, and a person's own."""

from collections.abc import Sequence

from slackapp.core.transaction import Tx
from slackapp.features.action_items import blocks
from slackapp.features.action_items.blocks import PAGE, Page, Row
from slackapp.features.action_items.models import ActionItem
from slackapp.features.action_items.queries.items import page
from slackapp.features.workspaces.models import Person
from slackapp.features.workspaces.queries import meet, person, today
from slackapp.slack.replies import Reply


async def listed(tx: Tx, user_id: str, channel_id: str, offset: int = 0) -> Reply:
    """`/retro actions`: those of the channel; in a direct message, which has none, the person's own."""
    here = None if channel_id.startswith("D") else channel_id
    return blocks.listing(await shown(tx, user_id, here, offset=offset))


async def shown(tx: Tx, user_id: str, here: str | None, *, offset: int = 0, limit: int = PAGE) -> Page:
    """A page of them; the first where there are fewer by now. `here`: of this channel, else their own."""
    items, is_open, total = await page(tx, user_id, here, offset=offset, limit=limit)
    if offset and not items:
        return await shown(tx, user_id, here, limit=limit)
    day = await today(tx, user_id)
    return Page(await rows(tx, items), here, day, offset=offset, open=is_open, total=total)


async def rows(tx: Tx, items: Sequence[ActionItem]) -> list[Row]:
    """Each with the name of its owner."""
    owners = {item.owner_id for item in items}
    if any(tx.held(Person, tx.workspace_id, user_id) is None for user_id in owners):
        await meet(tx, owners, "")
    names = {user_id: _name(await person(tx, user_id)) for user_id in owners}
    return [Row(item, names[item.owner_id]) for item in items]


def _name(owner: Person) -> str:
    return f"{owner.name} (left)" if owner.deleted else owner.name
