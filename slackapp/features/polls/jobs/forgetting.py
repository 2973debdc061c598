"""Forgets to whom the direct messages of anonymous rounds went, once they are closed."""

from datetime import datetime

from sqlalchemy import Select, func, select

from slackapp.core.alone import each_alone
from slackapp.core.jobs import Job
from slackapp.core.transaction import Tx
from slackapp.features.polls.models import Round
from slackapp.features.polls.service import forgetting

#: Rounds of one workspace in one transaction.
BATCH = 5


def due(now: datetime) -> Select[int]:
    """The workspaces with something to forget."""
    return select(Round.workspace_id).where(Round.forgets_at <= now).distinct()


async def forget(tx: Tx) -> None:
    found = await tx.session.scalars(
        select(Round.id)
        .where(Round.workspace_id == tx.workspace_id, Round.forgets_at <= tx.now)
        .order_by(Round.forgets_at, Round.id)
        .limit(BATCH)
    )
    await each_alone(tx, found.all(), forgetting.whom_it_wrote_to, key=Round.id, moment=Round.forgets_at)


def next_at(tx: Tx) -> Select[datetime | None]:
    return select(func.min(Round.forgets_at)).where(
        Round.workspace_id == tx.workspace_id, Round.forgets_at > tx.now
    )


JOBS = (Job("polls.forget", due, forget, next_at=next_at),)
