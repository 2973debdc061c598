"""Calls the roll of public channels for whose people a round is."""

from datetime import datetime
from functools import partial

from sqlalchemy import Select, and_, select

from slackapp.core.due import each_workspace
from slackapp.core.jobs import Job, Members
from slackapp.features.polls.models import Poll, Round, RoundPerson
from slackapp.features.polls.service import roll

#: Rounds of one workspace in one transaction.
BATCH = 5


def channels(now: datetime) -> Select[int, str]:
    """Whose people these are for: workspace and id."""
    return (
        select(Poll.workspace_id, Poll.channel_id)
        .join(Round, and_(Round.workspace_id == Poll.workspace_id, Round.poll_id == Poll.id))
        .where(Round.calls_roll_at <= now, Round.closed_at.is_(None))
        .distinct()
    )


def people(now: datetime) -> Select[int, str]:
    """Who was found there, people or not: workspace and id."""
    return (
        select(each_workspace(RoundPerson.workspace_id), RoundPerson.user_id)
        .join(Round, and_(Round.workspace_id == RoundPerson.workspace_id, Round.id == RoundPerson.round_id))
        .where(Round.calls_roll_at <= now)
        .distinct()
    )


JOBS = (
    Job(
        "polls.call_roll",
        roll.DUE.workspaces,
        partial(roll.settle, limit=BATCH),
        members=Members(channels, roll.keep),
        people=people,
        next_at=roll.DUE.next_at,
        hurries=True,
    ),
)
