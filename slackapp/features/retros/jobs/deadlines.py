"""Phases that end by themselves."""

from slackapp.core.due import Due
from slackapp.core.jobs import Job, Upcoming
from slackapp.core.transaction import Tx
from slackapp.features.retros.models import Retro
from slackapp.features.retros.rules import Phase
from slackapp.features.retros.service import phases

#: Retros whose time has come, of one workspace in one transaction.
BATCH = 20

_ENDS = {Phase.COLLECT: "Collecting notes for {} ends", Phase.VOTE: "Voting in {} ends"}


DUE = Due(Retro, Retro.phase_ends_at, Retro.id)


async def end_phases(tx: Tx) -> None:
    await DUE.each_alone(tx, phases.time_is_up, BATCH)


async def upcoming(tx: Tx) -> Upcoming | None:
    """Which retro's phase ends next."""
    found = await DUE.coming(tx)
    if found is None:
        return None
    ends_at, retro = found
    return Upcoming(ends_at, _ENDS[Phase(retro.phase)].format(retro.label))


JOBS = (Job("retros.deadlines", DUE.workspaces, end_phases, next_at=DUE.next_at, upcoming=upcoming),)
