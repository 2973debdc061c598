"""Retros in some phase, for tests of services: made as starting one makes them, without its messages."""

from slackapp.core.transaction import Tx
from slackapp.features.retros.models import Retro
from slackapp.features.retros.rules import COLUMNS, Phase, Template
from slackapp.features.retros.service import phases
from slackapp.features.workspaces.service import next_number


async def collecting(
    tx: Tx, *, channel: str = "C1", facilitator: str = "U1", is_anonymous: bool = True, is_live: bool = True
) -> Retro:
    """A retro of the whole channel that has just begun."""
    retro = Retro(
        workspace_id=tx.workspace_id,
        number=await next_number(tx, "retro"),
        channel_id=channel,
        facilitator_id=facilitator,
        opened_by=facilitator,
        opened_at=tx.now,
        template=Template.POST_LAUNCH,
        columns=list(COLUMNS[Template.POST_LAUNCH]),
        is_anonymous=is_anonymous,
        is_live=is_live,
        whole_channel=True,
        phase=Phase.COLLECT,
        step=0,
        phase_began_at=tx.now,
        collect_minutes=7,
        vote_minutes=3,
        topic_minutes=None,
        votes_each=None,
        votes_cap=3,
        impact="",
    )
    tx.session.add(retro)
    await tx.session.flush()
    await phases.begin(tx, retro)
    return retro
