"""Follow-ups of this workspace."""

from collections.abc import Sequence

from sqlalchemy import select

from slackapp.core.errors import NotFoundError
from slackapp.core.transaction import Tx
from slackapp.features.follow_ups.models import FollowUp
from slackapp.features.follow_ups.rules import KIND
from slackapp.features.prompts.queries import open_subjects


async def follow_up(tx: Tx, follow_up_id: int) -> FollowUp:
    found: FollowUp | None = await tx.session.scalar(
        select(FollowUp)
        .where(FollowUp.workspace_id == tx.workspace_id, FollowUp.id == follow_up_id)
        .execution_options(populate_existing=True),
    )
    if found is None:
        raise NotFoundError("This question is not here any more.")
    return found


async def of_launch(tx: Tx, launch_id: int) -> Sequence[FollowUp]:
    """In the order of their days."""
    found = await tx.session.scalars(
        select(FollowUp)
        .where(FollowUp.workspace_id == tx.workspace_id, FollowUp.launch_id == launch_id)
        .order_by(FollowUp.days),
    )
    return found.all()


async def in_channel_message(tx: Tx, message: str) -> Sequence[FollowUp]:
    """What the message of this outbox key asks a channel, the oldest first."""
    found = await tx.session.scalars(
        select(FollowUp)
        .where(FollowUp.workspace_id == tx.workspace_id, FollowUp.channel_message == message)
        .order_by(FollowUp.due_on, FollowUp.id),
    )
    return found.all()


async def launches_waiting(tx: Tx) -> set[int]:
    """The launches somebody was asked about, and nobody has answered."""
    asked = await open_subjects(tx, KIND)
    found = await tx.session.scalars(
        select(FollowUp.launch_id).where(FollowUp.workspace_id == tx.workspace_id, FollowUp.id.in_(asked)),
    )
    return set(found)
