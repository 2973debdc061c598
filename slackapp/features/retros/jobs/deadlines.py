"""Phases that end by themselves."""

from datetime import datetime

from sqlalchemy import Select, func, select

from slackapp.core.alone import each_alone
from slackapp.core.jobs import Job, Upcoming
from slackapp.core.transaction import Tx
from slackapp.features.retros.models import Retro
from slackapp.features.retros.rules import Phase
from slackapp.features.retros.service import phases

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
    ids = found.all()
    await each_alone(tx, ids, phases.time_is_up, key=Retro.id, moment=Retro.phase_ends_at)


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
