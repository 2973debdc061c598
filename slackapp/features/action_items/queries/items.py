"""Finding action items, and what a person is to one.

An action item is read by its channel's members: of a public channel's by everybody in the workspace who is no
guest. Until Slack has told us what kind of channel it is, it is read there, and by its owner and its creator.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, and_, case, exists, func, or_, select

from slackapp.core.errors import NotFoundError
from slackapp.core.transaction import Tx
from slackapp.features.action_items.models import ActionItem
from slackapp.features.action_items.rules import LATELY, ActionState, Role
from slackapp.features.workspaces.models import Channel
from slackapp.features.workspaces.queries import channel, is_away, is_nobody, open_channels, person


async def item(tx: Tx, item_id: int, *, lock: bool = False) -> ActionItem:
    """The action item. `lock`: as it stands, and nobody else changes it until the end of the transaction."""
    statement = select(ActionItem).where(ActionItem.workspace_id == tx.workspace_id, ActionItem.id == item_id)
    if lock:
        statement = statement.with_for_update().execution_options(populate_existing=True)
    found: ActionItem | None = await tx.session.scalar(statement)
    if found is None:
        raise NotFoundError("This action item is not here any more.")
    return found


async def open_in(tx: Tx, channel_id: str) -> Sequence[ActionItem]:
    """The channel's open ones, those due first at the beginning. Who may read the channel may read them."""
    found = await tx.session.scalars(
        select(ActionItem)
        .where(
            ActionItem.workspace_id == tx.workspace_id,
            ActionItem.channel_id == channel_id,
            ActionItem.state == ActionState.OPEN,
        )
        .order_by(ActionItem.due_on, ActionItem.number)
    )
    return found.all()


async def closed_in(tx: Tx, channel_id: str, since: datetime) -> Sequence[ActionItem]:
    """What was done or dropped in the channel since that moment, the last at the beginning."""
    found = await tx.session.scalars(
        select(ActionItem)
        .where(
            ActionItem.workspace_id == tx.workspace_id,
            ActionItem.channel_id == channel_id,
            ActionItem.closed_at >= since,
        )
        .order_by(ActionItem.closed_at.desc(), ActionItem.number)
    )
    return found.all()


async def page(
    tx: Tx, user_id: str, here: str | None, *, offset: int, limit: int
) -> tuple[Sequence[ActionItem], int, int]:
    """So many of a channel's (`here`) or, without one, of the person's own; how many are open, and in all.

    The open ones first, by the day they are due; then what was done or dropped lately, the last first. Past
    the end there are none, and both counts are 0.
    """
    among = ActionItem.owner_id == user_id if here is None else ActionItem.channel_id == here
    is_open = ActionItem.state == ActionState.OPEN
    found = await tx.session.execute(
        select(ActionItem, func.sum(case((is_open, 1), else_=0)).over(), func.count().over())
        .where(
            ActionItem.workspace_id == tx.workspace_id,
            among,
            or_(is_open, ActionItem.closed_at >= tx.now - LATELY),
            visible(tx, user_id, here or ""),
        )
        .order_by(
            case((is_open, 0), else_=1),
            case((is_open, ActionItem.due_on)),
            ActionItem.closed_at.desc(),
            ActionItem.number,
        )
        .offset(offset)
        .limit(limit)
    )
    rows = found.all()
    return [row[0] for row in rows], int(rows[0][1]) if rows else 0, rows[0][2] if rows else 0


async def roles(
    tx: Tx, user_id: str, about: ActionItem, *, here: str | None = None, asked_id: str | None = None
) -> frozenset[Role]:
    """What this person is to the action item.

    `asked_id` is whom its question is asked of. `here` is the channel they act in: where Slack told nothing
    of it, that shows that they are in it. Somebody outside of a private channel is nothing to its action
    items, and guests are only what they are asked.
    """
    if await is_nobody(tx, user_id, about.channel_id):
        return frozenset()
    asked = {Role.ASKED} if user_id == asked_id else set[Role]()
    them = await person(tx, user_id)
    if them.is_guest or them.is_bot:
        return frozenset(asked)
    named = {
        role
        for role, who in ((Role.OWNER, about.owner_id), (Role.CREATOR, about.created_by))
        if who == user_id
    }
    is_known = await channel(tx, about.channel_id) is not None
    member = {Role.MEMBER} if is_known or here == about.channel_id else set[Role]()
    return frozenset(asked | named | member)


def visible(tx: Tx, user_id: str, here: str) -> ColumnElement[bool]:
    """Which action items this person may read. Where they look from counts only where nothing is known."""
    is_known = exists().where(
        Channel.workspace_id == tx.workspace_id, Channel.channel_id == ActionItem.channel_id
    )
    theirs = or_(
        ActionItem.channel_id == here, ActionItem.owner_id == user_id, ActionItem.created_by == user_id
    )
    return or_(
        ActionItem.channel_id.in_(open_channels(tx, user_id)),
        and_(theirs, ~is_known, ~is_away(tx, user_id)),
    )
