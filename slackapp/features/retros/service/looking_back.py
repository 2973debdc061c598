"""Having a retro look back on a launch: the open one, while notes are collected, or the next."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import delete

from slackapp.core.database import insert
from slackapp.core.transaction import Tx
from slackapp.features.launches import queries as launch_queries
from slackapp.features.launches import service as launches
from slackapp.features.launches.models import Launch
from slackapp.features.launches.rules import Action
from slackapp.features.retros import queries
from slackapp.features.retros.models import Retro, RetroLaunch, WaitingLaunch
from slackapp.features.retros.rules import Doing, Phase
from slackapp.features.retros.service import first_screen, offers
from slackapp.features.retros.service.permitting import is_allowed
from slackapp.features.retros.service.status import redraw


@dataclass(frozen=True)
class Added:
    """Which retro looks back on the launch; None: the next one."""

    launch: Launch
    retro: Retro | None
    #: It did not before.
    is_new: bool


async def add(tx: Tx, user_id: str, launch_id: int, *, here: str | None) -> Added:
    """Raises `UserError` if the launch is not theirs to read of."""
    launch = await launch_queries.launch(tx, launch_id)
    await launches.check(tx, user_id, launch, Action.SEE, here=here)
    found = await queries.open_in(tx, launch.channel_id)
    if found is not None:
        retro = await queries.retro(tx, found.id, lock=True)
        if launch.id in await queries.launches(tx, retro.id):
            return Added(launch, retro, is_new=False)
        if retro.phase == Phase.COLLECT and await is_allowed(tx, user_id, retro, Doing.WRITE, here=here):
            return await _add_now(tx, launch, retro)
    waiting = insert(WaitingLaunch, tx.dialect).values(
        workspace_id=tx.workspace_id, channel_id=launch.channel_id, launch_id=launch.id
    )
    new = await tx.session.execute(waiting.on_conflict_do_nothing().returning(WaitingLaunch.launch_id))
    return Added(launch, None, is_new=new.scalar_one_or_none() is not None)


async def _add_now(tx: Tx, launch: Launch, retro: Retro) -> Added:
    await link(tx, retro, [launch.id])
    # In the order in which they are drawn when they are stale.
    await first_screen.say(tx, retro)
    await redraw(tx, retro)
    await offers.taken_up(tx, retro, [launch.id])
    return Added(launch, retro, is_new=True)


async def link(tx: Tx, retro: Retro, launch_ids: Iterable[int]) -> None:
    """Let the retro look back on these; they wait for no other. Nobody is told of it here."""
    ids = list(launch_ids)
    rows = [{"workspace_id": tx.workspace_id, "retro_id": retro.id, "launch_id": each} for each in ids]
    if rows:
        await tx.session.execute(insert(RetroLaunch.__table__, tx.dialect).on_conflict_do_nothing(), rows)
    await tx.session.execute(
        delete(WaitingLaunch).where(
            WaitingLaunch.workspace_id == tx.workspace_id,
            WaitingLaunch.channel_id == retro.channel_id,
            WaitingLaunch.launch_id.in_(ids),
        )
    )
