"""Reminders to those who have not handed in, or not voted."""

from datetime import datetime

from sqlalchemy import Select, and_, func, select

from slackapp.core.alone import each_alone
from slackapp.core.jobs import Job, Upcoming
from slackapp.core.transaction import Tx
from slackapp.features.retros.models import Retro, RetroPerson
from slackapp.features.retros.rules import Part
from slackapp.features.retros.service import reminders

#: Retros of one workspace in one transaction.
BATCH = 20


def due(now: datetime) -> Select[int]:
    """The workspaces in which somebody is to be reminded."""
    return select(Retro.workspace_id).where(Retro.reminds_at <= now).distinct()


def rooms(now: datetime) -> Select[int, str]:
    """The channels of these retros: workspace and id."""
    return select(Retro.workspace_id, Retro.channel_id).where(Retro.reminds_at <= now)


def people(now: datetime) -> Select[int, str]:
    """Who was invited to them: workspace and id. Where they are says whether it is night there."""
    return (
        select(RetroPerson.workspace_id, RetroPerson.user_id)
        .join(Retro, and_(Retro.workspace_id == RetroPerson.workspace_id, Retro.id == RetroPerson.retro_id))
        .where(Retro.reminds_at <= now, RetroPerson.part == Part.INVITED)
    )


async def remind(tx: Tx) -> None:
    """Those of each retro alone: one that fails keeps nobody else from being reminded."""
    found = await tx.session.scalars(
        select(Retro.id)
        .where(Retro.workspace_id == tx.workspace_id, Retro.reminds_at <= tx.now)
        .order_by(Retro.reminds_at, Retro.id)
        .limit(BATCH)
    )
    await each_alone(tx, found.all(), reminders.remind, key=Retro.id, moment=Retro.reminds_at)


def next_at(tx: Tx) -> Select[datetime | None]:
    return select(func.min(Retro.reminds_at)).where(
        Retro.workspace_id == tx.workspace_id, Retro.reminds_at > tx.now
    )


async def upcoming(tx: Tx) -> Upcoming | None:
    """Which retro reminds next; whom, nobody is told."""
    found = await tx.session.scalar(
        select(Retro)
        .where(Retro.workspace_id == tx.workspace_id, Retro.reminds_at > tx.now)
        .order_by(Retro.reminds_at, Retro.id)
        .limit(1)
    )
    if found is None or found.reminds_at is None:
        return None
    return Upcoming(found.reminds_at, f"Those who have not done their part in {found.label} are reminded")


JOBS = (Job("retros.reminders", due, remind, rooms=rooms, people=people, next_at=next_at, upcoming=upcoming),)
