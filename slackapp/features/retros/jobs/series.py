"""Opens the next retros of those that recur."""

from datetime import datetime
from functools import partial

from sqlalchemy import Select, select

from slackapp.core.due import Due
from slackapp.core.jobs import Job, Upcoming
from slackapp.core.transaction import Tx
from slackapp.features.retros.models import Series
from slackapp.features.retros.rules import Template
from slackapp.features.retros.service import recurring
from slackapp.features.workspaces.queries import channel

#: Of one workspace in one transaction.
BATCH = 10


DUE = Due(Series, Series.next_at, Series.id)


def rooms(now: datetime) -> Select[int, str]:
    """Where they are to open: workspace and id."""
    return select(Series.workspace_id, Series.channel_id).where(Series.next_at <= now)


def people(now: datetime) -> Select[int, str]:
    """Who is to facilitate them: workspace and id."""
    return select(Series.workspace_id, Series.facilitator_id).where(Series.next_at <= now)


async def upcoming(tx: Tx) -> Upcoming | None:
    """Where the next one opens."""
    found = await DUE.coming(tx)
    if found is None:
        return None
    opens_at, series = found
    there = await channel(tx, series.channel_id)
    where = "a private channel" if there is None or there.is_private else f"#{there.name}"
    return Upcoming(opens_at, f"The next retro opens in {where}: {Template(series.template).label}")


JOBS = (
    Job(
        "retros.open_next",
        DUE.workspaces,
        partial(recurring.open_due, limit=BATCH),
        rooms=rooms,
        people=people,
        next_at=DUE.next_at,
        upcoming=upcoming,
    ),
)
