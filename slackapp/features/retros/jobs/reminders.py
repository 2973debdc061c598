"""Reminders to those who have not handed in, or not voted."""

from datetime import datetime

from sqlalchemy import Select, and_, select

from slackapp.core.due import Due
from slackapp.core.jobs import Job, Upcoming
from slackapp.core.transaction import Tx
from slackapp.features.retros.models import Retro, RetroPerson
from slackapp.features.retros.rules import Part
from slackapp.features.retros.service import reminders

#: Retros of one workspace in one transaction.
BATCH = 20


DUE = Due(Retro, Retro.reminds_at, Retro.id)


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
    await DUE.each_alone(tx, reminders.remind, BATCH)


async def upcoming(tx: Tx) -> Upcoming | None:
    """Which retro reminds next; whom, nobody is told."""
    found = await DUE.coming(tx)
    if found is None:
        return None
    reminds_at, retro = found
    return Upcoming(reminds_at, f"Those who have not done their part in {retro.label} are reminded")


JOBS = (
    Job(
        "retros.reminders",
        DUE.workspaces,
        remind,
        rooms=rooms,
        people=people,
        next_at=DUE.next_at,
        upcoming=upcoming,
    ),
)
