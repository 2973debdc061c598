"""Closes rounds whose time is up."""

from slackapp.core.due import Due
from slackapp.core.jobs import Job, Upcoming
from slackapp.core.transaction import Tx
from slackapp.features.polls import queries
from slackapp.features.polls.models import Round
from slackapp.features.polls.service import stopping

#: Rounds of one workspace in one transaction.
BATCH = 5


DUE = Due(Round, Round.closes_at, Round.id, (Round.closed_at.is_(None),))


async def close(tx: Tx) -> None:
    await DUE.each_alone(tx, stopping.time_is_up, BATCH)


async def upcoming(tx: Tx) -> Upcoming | None:
    """Which round closes next."""
    found = await DUE.coming(tx)
    if found is None:
        return None
    closes_at, round_ = found
    poll = await queries.poll(tx, round_.poll_id)
    return Upcoming(closes_at, f"The round of {poll.label} that is open closes")


JOBS = (Job("polls.deadlines", DUE.workspaces, close, next_at=DUE.next_at, upcoming=upcoming),)
