"""Reminders to those who have not answered."""

from datetime import datetime

from sqlalchemy import Select, and_, select

from slackapp.core.due import Due, each_workspace
from slackapp.core.jobs import Job, Upcoming
from slackapp.core.transaction import Tx
from slackapp.features.polls import queries
from slackapp.features.polls.models import Poll, Round, RoundPerson
from slackapp.features.polls.service import reminding

#: Rounds of one workspace in one transaction.
BATCH = 5


DUE = Due(Round, Round.reminds_at, Round.id)


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
        select(each_workspace(RoundPerson.workspace_id), RoundPerson.user_id)
        .join(Round, and_(Round.workspace_id == RoundPerson.workspace_id, Round.id == RoundPerson.round_id))
        .where(Round.reminds_at <= now)
        .distinct()
    )


async def remind(tx: Tx) -> None:
    await DUE.each_alone(tx, reminding.remind, BATCH)


async def upcoming(tx: Tx) -> Upcoming | None:
    """Which round reminds next; whom, nobody is told."""
    found = await DUE.coming(tx)
    if found is None:
        return None
    reminds_at, round_ = found
    poll = await queries.poll(tx, round_.poll_id)
    return Upcoming(reminds_at, f"Those who have not answered {poll.label} are reminded")


JOBS = (
    Job(
        "polls.reminders",
        DUE.workspaces,
        remind,
        rooms=rooms,
        people=people,
        next_at=DUE.next_at,
        upcoming=upcoming,
    ),
)
