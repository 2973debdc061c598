"""Readings as they were kept."""

from sqlalchemy import select

from slackapp.core.transaction import Tx
from slackapp.features.metrics.models import Reading


async def reading(tx: Tx, reading_id: int) -> Reading:
    found = await tx.session.scalars(
        select(Reading).where(Reading.workspace_id == tx.workspace_id, Reading.id == reading_id),
    )
    return found.one()
