"""Opens the next retros of those that recur."""

from datetime import datetime
from functools import partial
from typing import cast

from sqlalchemy import ColumnElement, Select, func, select

from slackapp.core.jobs import Job, Upcoming
from slackapp.core.transaction import Tx
from slackapp.features.retros.models import Series
from slackapp.features.retros.rules import Template
from slackapp.features.retros.service import recurring
from slackapp.features.workspaces.queries import channel

#: Of one workspace in one transaction.
BATCH = 10


def due(now: datetime) -> Select[int]:
    """The workspaces in which a retro is to open by itself."""
    return select(Series.workspace_id).where(Series.next_at <= now).distinct()


def rooms(now: datetime) -> Select[int, str]:
    """Where they are to open: workspace and id."""
    return select(Series.workspace_id, Series.channel_id).where(Series.next_at <= now)


def people(now: datetime) -> Select[int, str]:
    """Who is to facilitate them: workspace and id."""
    return select(Series.workspace_id, Series.facilitator_id).where(Series.next_at <= now)


def next_at(tx: Tx) -> Select[datetime | None]:
    return select(func.min(Series.next_at)).where(
        Series.workspace_id == tx.workspace_id, Series.next_at > tx.now
    )


async def upcoming(tx: Tx) -> Upcoming | None:
    """Where the next one opens."""
    moment = cast("ColumnElement[datetime]", Series.next_at)
    found = await tx.session.scalar(
        select(Series)
        .where(Series.workspace_id == tx.workspace_id, moment > tx.now)
        .order_by(moment, Series.id)
        .limit(1)
    )
    if found is None or found.next_at is None:
        return None
    there = await channel(tx, found.channel_id)
    where = "a private channel" if there is None or there.is_private else f"#{there.name}"
    return Upcoming(found.next_at, f"The next retro opens in {where}: {Template(found.template).label}")


JOBS = (
    Job(
        "retros.open_next",
        due,
        partial(recurring.open_due, limit=BATCH),
        rooms=rooms,
        people=people,
        next_at=next_at,
        upcoming=upcoming,
    ),
)
