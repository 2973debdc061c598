"""Retros in some phase, made as starting one makes them, without its messages; and what stands in them."""

from collections.abc import Sequence

from sqlalchemy import select

from slackapp.core.transaction import Tx
from slackapp.features.launches.models import Launch
from slackapp.features.retros.models import Note, Retro, WaitingLaunch
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


async def revealed_notes(tx: Tx, retro_id: int) -> Sequence[Note]:
    """The notes that everybody may read, in the order drawn by lot."""
    found = await tx.session.scalars(
        select(Note)
        .where(Note.workspace_id == tx.workspace_id, Note.retro_id == retro_id, Note.position.is_not(None))
        .order_by(Note.position)
    )
    return found.all()


async def waits(tx: Tx, launch: Launch) -> bool:
    """Whether it waits for its channel's next retro."""
    return await tx.session.get(WaitingLaunch, (tx.workspace_id, launch.channel_id, launch.id)) is not None
