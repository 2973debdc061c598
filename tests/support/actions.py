"""Action items added in a transaction, and the channel they are about, for tests of services and blocks."""

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import select

from slackapp.core.transaction import Tx
from slackapp.features.action_items import service
from slackapp.features.action_items.models import ActionItem
from slackapp.features.action_items.rules import ActionDraft, ActionState
from slackapp.features.workspaces.service import keep_room
from slackapp.slack.rooms import Room

#: A Monday, two weeks after the tests begin.
DUE = date(2026, 9, 21)


def draft(**fields: Any) -> ActionDraft:  # noqa: ANN401 - the draft's fields
    return ActionDraft(**{"text": "Write the runbook", "owner": "U2", "due_on": DUE, **fields})


async def added(
    tx: Tx,
    *,
    channel: str = "C1",
    by: str = "U1",
    about: str = "",
    **fields: Any,  # noqa: ANN401 - the draft's
) -> ActionItem:
    """Mara (U1) has it noted that Jonas (U2) will write the runbook, unless told otherwise."""
    return await service.add(tx, draft(**fields), channel_id=channel, by=by, about=about)


async def numbered(tx: Tx, number: int) -> ActionItem:
    found = select(ActionItem).where(ActionItem.workspace_id == tx.workspace_id, ActionItem.number == number)
    return (await tx.session.scalars(found)).one()


def an_action(**columns: Any) -> ActionItem:  # noqa: ANN401 - the row's columns
    """A row no database has seen."""
    row = {
        "id": 7,
        "workspace_id": 1,
        "number": 3,
        "channel_id": "C1",
        "owner_id": "U2",
        "created_by": "U1",
        "created_at": datetime(2026, 9, 7, 8, 0, tzinfo=UTC),
        "text": "Write the runbook",
        "if_then": "",
        "about": "",
        "due_on": DUE,
        "state": ActionState.OPEN,
        "reason": "",
    }
    return ActionItem(**row | columns)


async def public(tx: Tx, channel: str = "C1") -> None:
    await keep_room(tx, Room(channel, "team", is_private=False, is_archived=False, is_member=True))


async def private(tx: Tx, *members: str, channel: str = "C1") -> None:
    room = Room(
        channel, "secret", is_private=True, is_archived=False, is_member=True, members=frozenset(members)
    )
    await keep_room(tx, room)
