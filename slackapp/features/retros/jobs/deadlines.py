"""Phases that end by themselves."""

from datetime import datetime
from functools import partial

import structlog
from sqlalchemy import Select, func, select, update

from slackapp.core.jobs import Job, Upcoming
from slackapp.core.transaction import Failed, Tx
from slackapp.features.retros.models import Retro
from slackapp.features.retros.rules import Phase
from slackapp.features.retros.rules.phases import TRY_AGAIN
from slackapp.features.retros.service import phases

log = structlog.get_logger()

#: Retros whose time has come, of one workspace in one transaction.
BATCH = 20

_ENDS = {Phase.COLLECT: "Collecting notes for {} ends", Phase.VOTE: "Voting in {} ends"}


def due(now: datetime) -> Select[int]:
    """The workspaces in which a phase's time has come."""
    return select(Retro.workspace_id).where(Retro.phase_ends_at <= now).distinct()


async def end_phases(tx: Tx) -> None:
    """End each of them alone: one that fails keeps no other from its end."""
    found = await tx.session.scalars(
        select(Retro.id)
        .where(Retro.workspace_id == tx.workspace_id, Retro.phase_ends_at <= tx.now)
        .order_by(Retro.phase_ends_at, Retro.id)
        .limit(BATCH)
    )
    for retro_id in found.all():
        ended = await tx.attempt(partial(phases.time_is_up, tx, retro_id))
        if isinstance(ended, Failed):
            log.error("retros.deadline_failed", retro=retro_id, exc_info=ended.error)
            await tx.session.execute(
                update(Retro)
                .where(Retro.workspace_id == tx.workspace_id, Retro.id == retro_id)
                .values(phase_ends_at=tx.now + TRY_AGAIN)
            )


def next_at(tx: Tx) -> Select[datetime | None]:
    return select(func.min(Retro.phase_ends_at)).where(
        Retro.workspace_id == tx.workspace_id, Retro.phase_ends_at > tx.now
    )


async def upcoming(tx: Tx) -> Upcoming | None:
    """Which retro's phase ends next."""
    found = await tx.session.scalar(
        select(Retro)
        .where(Retro.workspace_id == tx.workspace_id, Retro.phase_ends_at > tx.now)
        .order_by(Retro.phase_ends_at, Retro.id)
        .limit(1)
    )
    if found is None or found.phase_ends_at is None:
        return None
    return Upcoming(found.phase_ends_at, _ENDS[Phase(found.phase)].format(found.label))


JOBS = (Job("retros.deadlines", due, end_phases, next_at=next_at, upcoming=upcoming),)
