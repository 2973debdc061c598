"""Forgets to whom the direct messages of anonymous rounds went, once they are closed."""

from slackapp.core.due import Due
from slackapp.core.jobs import Job
from slackapp.core.transaction import Tx
from slackapp.features.polls.models import Round
from slackapp.features.polls.service import forgetting

#: Rounds of one workspace in one transaction.
BATCH = 5


DUE = Due(Round, Round.forgets_at, Round.id)


async def forget(tx: Tx) -> None:
    await DUE.each_alone(tx, forgetting.whom_it_wrote_to, BATCH)


JOBS = (Job("polls.forget", DUE.workspaces, forget),)
