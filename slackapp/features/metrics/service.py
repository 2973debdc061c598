"""Keeping readings, and taking them back."""

from datetime import date

from sqlalchemy import update

from slackapp.core.transaction import Tx
from slackapp.features.metrics.models import Reading
from slackapp.features.metrics.rules import Quantity


async def note_reading(
    tx: Tx,
    metric: str,
    quantity: Quantity,
    *,
    observed_on: date,
    note: str,
    entered_by: str,
) -> Reading:
    reading = Reading(
        workspace_id=tx.workspace_id,
        metric=metric,
        value=quantity.value,
        unit=quantity.unit,
        observed_on=observed_on,
        note=note,
        entered_by=entered_by,
        entered_at=tx.now,
    )
    tx.session.add(reading)
    await tx.session.flush()
    return reading


async def take_back(tx: Tx, reading_id: int) -> None:
    await tx.session.execute(
        update(Reading)
        .where(Reading.workspace_id == tx.workspace_id, Reading.id == reading_id)
        .values(taken_back_at=tx.now),
    )
