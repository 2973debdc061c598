"""Calls the roll of channels whose retro is for everybody there."""

from datetime import datetime
from functools import partial

from sqlalchemy import Select, and_, select

from slackapp.core.due import each_workspace
from slackapp.core.jobs import Job, Members
from slackapp.features.retros.models import Retro, RetroPerson
from slackapp.features.retros.rules import Part
from slackapp.features.retros.service import roll

#: Retros of one workspace in one transaction.
BATCH = 20


def channels(now: datetime) -> Select[int, str]:
    """Where these are held: workspace and id."""
    return select(Retro.workspace_id, Retro.channel_id).where(
        Retro.calls_roll_at <= now, Retro.ended_at.is_(None)
    )


def people(now: datetime) -> Select[int, str]:
    """Who was found there, people or not: workspace and id."""
    return (
        select(each_workspace(RetroPerson.workspace_id), RetroPerson.user_id)
        .join(Retro, and_(Retro.workspace_id == RetroPerson.workspace_id, Retro.id == RetroPerson.retro_id))
        .where(Retro.calls_roll_at <= now, RetroPerson.part == Part.INVITED)
        .distinct()
    )


JOBS = (
    Job(
        "retros.call_roll",
        roll.DUE.workspaces,
        partial(roll.settle, limit=BATCH),
        members=Members(channels, roll.keep),
        people=people,
        hurries=True,
    ),
)
