"""Asks people by direct messages, and tells whoever made the poll how far that is."""

from datetime import datetime
from functools import partial

import structlog
from sqlalchemy import Select, select, update

from slackapp.core.due import each_workspace
from slackapp.core.jobs import Job, Upcoming
from slackapp.core.transaction import Failed, Tx
from slackapp.features.polls.models import Poll, Round, RoundPerson
from slackapp.features.polls.service import asking, progress

log = structlog.get_logger()

#: Rounds of one workspace of which is told in one transaction.
BATCH = 20


def people(now: datetime) -> Select[int, str]:
    """Whom: workspace and id. Some of them may have left since."""
    return (
        select(each_workspace(RoundPerson.workspace_id), RoundPerson.user_id)
        .where(~RoundPerson.is_asked, RoundPerson.asks_at <= now)
        .distinct()
    )


async def upcoming(tx: Tx) -> Upcoming | None:
    """Which round asks somebody next; whom, nobody is told."""
    found = await tx.session.execute(
        select(RoundPerson.asks_at, Poll)
        .join(Round, Round.id == RoundPerson.round_id)
        .join(Poll, Poll.id == Round.poll_id)
        .where(
            RoundPerson.workspace_id == tx.workspace_id,
            Round.workspace_id == tx.workspace_id,
            Poll.workspace_id == tx.workspace_id,
            ~RoundPerson.is_asked,
            RoundPerson.asks_at > tx.now,
        )
        .order_by(RoundPerson.asks_at, RoundPerson.round_id)
        .limit(1)
    )
    row = found.one_or_none()
    return None if row is None else Upcoming(row.asks_at, f"{row.Poll.label} asks those whose time has come")


def under_way(now: datetime) -> Select[int]:
    """The workspaces with a round whose direct messages are on their way."""
    del now
    return select(Round.workspace_id).where(Round.is_asking).distinct()


async def tell(tx: Tx) -> None:
    found = await tx.session.scalars(
        select(Round.id)
        .where(Round.workspace_id == tx.workspace_id, Round.is_asking)
        .order_by(Round.id)
        .limit(BATCH)
    )
    for each in found.all():
        done = await tx.attempt(partial(progress.keep_up, tx, each))
        if isinstance(done, Failed):
            # The others are told all the same. Whoever made this poll is told again when it closes.
            log.error("polls.progress_failed", round=each, exc_info=done.error)
            await tx.session.execute(
                update(Round)
                .where(Round.workspace_id == tx.workspace_id, Round.id == each)
                .values(is_asking=False)
            )


JOBS = (
    Job(
        "polls.ask",
        asking.DUE.workspaces,
        asking.ask_due,
        people=people,
        next_at=asking.DUE.next_at,
        upcoming=upcoming,
        hurries=True,
    ),
    Job("polls.progress", under_way, tell, at_once=True),
)
