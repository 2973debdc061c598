"""Begins the next rounds of polls that recur."""

from datetime import datetime
from functools import partial
from typing import cast

from sqlalchemy import ColumnElement, Select, and_, func, select

from slackapp.core.jobs import Job, Upcoming
from slackapp.core.transaction import Tx
from slackapp.features.polls.models import Poll, PollPerson
from slackapp.features.polls.service import recurring

#: Of one workspace in one transaction.
BATCH = 10


def due(now: datetime) -> Select[int]:
    """The workspaces in which a round is to begin by itself."""
    return select(Poll.workspace_id).where(Poll.next_at <= now).distinct()


def rooms(now: datetime) -> Select[int, str]:
    """Their channels: workspace and id."""
    return select(Poll.workspace_id, Poll.channel_id).where(Poll.next_at <= now)


def people(now: datetime) -> Select[int, str]:
    """Whom they ask by name: workspace and id."""
    return (
        select(PollPerson.workspace_id, PollPerson.user_id)
        .join(Poll, and_(Poll.workspace_id == PollPerson.workspace_id, Poll.id == PollPerson.poll_id))
        .where(Poll.next_at <= now)
        .distinct()
    )


def next_at(tx: Tx) -> Select[datetime | None]:
    return select(func.min(Poll.next_at)).where(Poll.workspace_id == tx.workspace_id, Poll.next_at > tx.now)


async def upcoming(tx: Tx) -> Upcoming | None:
    """Which poll asks again next."""
    moment = cast("ColumnElement[datetime]", Poll.next_at)
    found = await tx.session.scalar(
        select(Poll)
        .where(Poll.workspace_id == tx.workspace_id, moment > tx.now)
        .order_by(moment, Poll.id)
        .limit(1)
    )
    if found is None or found.next_at is None:
        return None
    return Upcoming(found.next_at, f"The next round of {found.label} begins")


JOBS = (
    Job(
        "polls.rounds",
        due,
        partial(recurring.open_due, limit=BATCH),
        rooms=rooms,
        people=people,
        next_at=next_at,
        upcoming=upcoming,
    ),
)
