"""What people say of the launches a retro looks back on, while it closes."""

from collections.abc import Mapping

from sqlalchemy import select

from slackapp.core.errors import UserError
from slackapp.core.transaction import Tx
from slackapp.features.retros.models import Retro, Score
from slackapp.features.retros.queries.looked_back import own_scores, scored_launches
from slackapp.features.retros.rules import Doing, Phase
from slackapp.features.retros.rules.scores import Said
from slackapp.features.retros.service.permitting import check


async def score(tx: Tx, user_id: str, retro_id: int, said: Mapping[int, Said]) -> Retro:
    """Let this be what the person says of these launches; of others it stays as it is.

    Raises `UserError` unless the retro is closing right now.
    """
    retro = await _closing(tx, retro_id)
    await check(tx, user_id, retro, Doing.SCORE)
    known = await own_scores(tx, retro, user_id)
    for launch in await scored_launches(tx, retro):
        if launch.id in said:
            await _keep(tx, retro, user_id, launch.id, known.get(launch.id), said[launch.id])
    await tx.session.flush()
    return retro


async def _keep(tx: Tx, retro: Retro, user_id: str, launch_id: int, known: Score | None, said: Said) -> None:
    if known is None:
        if said != Said():
            tx.session.add(
                Score(
                    workspace_id=tx.workspace_id,
                    retro_id=retro.id,
                    launch_id=launch_id,
                    voter=user_id,
                    works=said.works,
                    needed=said.needed,
                )
            )
    elif said == Said():
        await tx.session.delete(known)
    else:
        known.works, known.needed = said.works, said.needed


async def _closing(tx: Tx, retro_id: int) -> Retro:
    """The retro, which stays in this phase until the end of the transaction."""
    retro: Retro | None = await tx.session.scalar(
        select(Retro)
        .where(Retro.workspace_id == tx.workspace_id, Retro.id == retro_id)
        .with_for_update(read=True)
        .execution_options(populate_existing=True)
    )
    if retro is None or retro.phase != Phase.CLOSE:
        raise UserError("Launches are scored while a retro is being closed. This one is not, by now.")
    return retro
