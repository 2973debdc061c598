"""Reminders to those who have not answered."""

from datetime import datetime

from sqlalchemy import Select, and_, func, select

from slackapp.core.alone import each_alone
from slackapp.core.jobs import Job, Upcoming
from slackapp.core.transaction import Tx
from slackapp.features.polls.models import Poll, Round, RoundPerson
from slackapp.features.polls.service import reminding

#: Rounds of one workspace in one transaction.
BATCH = 5


def due(now: datetime) -> Select[int]:
    """The workspaces in which somebody is to be reminded."""
    return select(Round.workspace_id).where(Round.reminds_at <= now).distinct()


def rooms(now: datetime) -> Select[int, str]:
    """The channels of these rounds: workspace and id."""
    return (
        select(Poll.workspace_id, Poll.channel_id)
        .join(Round, and_(Round.workspace_id == Poll.workspace_id, Round.poll_id == Poll.id))
        .where(Round.reminds_at <= now)
        .distinct()
    )


def people(now: datetime) -> Select[int, str]:
    """Whom they mean: workspace and id. Where they are says whether it is night there."""
    return (
        select(RoundPerson.workspace_id, RoundPerson.user_id)
        .join(Round, and_(Round.workspace_id == RoundPerson.workspace_id, Round.id == RoundPerson.round_id))
        .where(Round.reminds_at <= now)
        .distinct()
    )


async def remind(tx: Tx) -> None:
    """Those of each round alone: one that fails keeps nobody else from being reminded."""
    found = await tx.session.scalars(
        select(Round.id)
        .where(Round.workspace_id == tx.workspace_id, Round.reminds_at <= tx.now)
        .order_by(Round.reminds_at, Round.id)
        .limit(BATCH)
    )
    await each_alone(tx, found.all(), reminding.remind, key=Round.id, moment=Round.reminds_at)


def next_at(tx: Tx) -> Select[datetime | None]:
    return select(func.min(Round.reminds_at)).where(
        Round.workspace_id == tx.workspace_id, Round.reminds_at > tx.now
    )


async def upcoming(tx: Tx) -> Upcoming | None:
    """Which round reminds next; whom, nobody is told."""
    found = await tx.session.execute(
        select(Round.reminds_at, Poll)
        .join(Poll, Poll.id == Round.poll_id)
        .where(
            Round.workspace_id == tx.workspace_id,
            Poll.workspace_id == tx.workspace_id,
            Round.reminds_at > tx.now,
        )
        .order_by(Round.reminds_at, Round.id)
        .limit(1)
    )
    row = found.one_or_none()
    if row is None:
        return None
    return Upcoming(row.reminds_at, f"Those who have not answered {row.Poll.label} are reminded")


JOBS = (Job("polls.reminders", due, remind, rooms=rooms, people=people, next_at=next_at, upcoming=upcoming),)
