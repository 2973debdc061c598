"""Closes rounds whose time is up."""

from datetime import datetime

from sqlalchemy import Select, func, select

from slackapp.core.alone import each_alone
from slackapp.core.jobs import Job, Upcoming
from slackapp.core.transaction import Tx
from slackapp.features.polls.models import Poll, Round
from slackapp.features.polls.service import stopping

#: Rounds of one workspace in one transaction.
BATCH = 5


def due(now: datetime) -> Select[int]:
    """The workspaces with a round whose time is up."""
    return select(Round.workspace_id).where(Round.closes_at <= now, Round.closed_at.is_(None)).distinct()


async def close(tx: Tx) -> None:
    """Each of them alone: one that fails keeps no other open."""
    found = await tx.session.scalars(
        select(Round.id)
        .where(Round.workspace_id == tx.workspace_id, Round.closes_at <= tx.now, Round.closed_at.is_(None))
        .order_by(Round.closes_at, Round.id)
        .limit(BATCH)
    )
    await each_alone(tx, found.all(), stopping.time_is_up, key=Round.id, moment=Round.closes_at)


def next_at(tx: Tx) -> Select[datetime | None]:
    return select(func.min(Round.closes_at)).where(
        Round.workspace_id == tx.workspace_id, Round.closes_at > tx.now, Round.closed_at.is_(None)
    )


async def upcoming(tx: Tx) -> Upcoming | None:
    """Which round closes next."""
    found = await tx.session.execute(
        select(Round.closes_at, Poll)
        .join(Poll, Poll.id == Round.poll_id)
        .where(
            Round.workspace_id == tx.workspace_id,
            Poll.workspace_id == tx.workspace_id,
            Round.closes_at > tx.now,
            Round.closed_at.is_(None),
        )
        .order_by(Round.closes_at, Round.id)
        .limit(1)
    )
    row = found.one_or_none()
    return (
        None if row is None else Upcoming(row.closes_at, f"The round of {row.Poll.label} that is open closes")
    )


JOBS = (Job("polls.deadlines", due, close, next_at=next_at, upcoming=upcoming),)
