"""Begins the next rounds of polls that recur."""

from datetime import datetime
from functools import partial

from sqlalchemy import Select, and_, select

from slackapp.core.due import each_workspace
from slackapp.core.jobs import Job, Upcoming
from slackapp.core.transaction import Tx
from slackapp.features.polls.models import Poll, PollPerson
from slackapp.features.polls.service import recurring

#: Of one workspace in one transaction.
BATCH = 10


def rooms(now: datetime) -> Select[int, str]:
    """Their channels: workspace and id."""
    return select(Poll.workspace_id, Poll.channel_id).where(Poll.next_at <= now)


def people(now: datetime) -> Select[int, str]:
    """Whom they ask by name: workspace and id."""
    return (
        select(each_workspace(PollPerson.workspace_id), PollPerson.user_id)
        .join(Poll, and_(Poll.workspace_id == PollPerson.workspace_id, Poll.id == PollPerson.poll_id))
        .where(Poll.next_at <= now)
        .distinct()
    )


async def upcoming(tx: Tx) -> Upcoming | None:
    """Which poll asks again next."""
    found = await recurring.DUE.coming(tx)
    if found is None:
        return None
    begins_at, poll = found
    return Upcoming(begins_at, f"The next round of {poll.label} begins")


JOBS = (
    Job(
        "polls.rounds",
        recurring.DUE.workspaces,
        partial(recurring.open_due, limit=BATCH),
        rooms=rooms,
        people=people,
        next_at=recurring.DUE.next_at,
        upcoming=upcoming,
    ),
)
