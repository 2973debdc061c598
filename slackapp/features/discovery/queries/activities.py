"""What was done to find out what to build."""

from sqlalchemy import select

from slackapp.core.errors import NotFoundError
from slackapp.core.transaction import Tx
from slackapp.features.discovery.models import Activity


async def activity(tx: Tx, activity_id: int) -> Activity:
    """Raises `NotFoundError`."""
    found = await tx.session.scalar(
        select(Activity).where(Activity.workspace_id == tx.workspace_id, Activity.id == activity_id)
    )
    if found is None:
        raise NotFoundError("This is not here any more.")
    return found
