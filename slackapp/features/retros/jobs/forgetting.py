"""Forgets whom retros reminded, once the phase is over."""

from slackapp.core.due import Due
from slackapp.core.jobs import Job
from slackapp.core.transaction import Tx
from slackapp.features.retros.models import Retro
from slackapp.features.retros.service import reminders

#: Retros of one workspace in one transaction.
BATCH = 5


DUE = Due(Retro, Retro.forgets_at, Retro.id)


async def forget(tx: Tx) -> None:
    await DUE.each_alone(tx, reminders.forget, BATCH)


JOBS = (Job("retros.forget", DUE.workspaces, forget),)
