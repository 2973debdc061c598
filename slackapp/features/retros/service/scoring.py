"""What people say of the launches a retro looks back on, while it closes."""

from collections.abc import Mapping

from sqlalchemy import Executable, delete

from slackapp.core.database import insert
from slackapp.core.errors import UserError
from slackapp.core.transaction import Tx
from slackapp.features.retros import queries
from slackapp.features.retros.models import Retro, Score
from slackapp.features.retros.queries.looked_back import scored_launches
from slackapp.features.retros.rules import Doing, Phase
from slackapp.features.retros.rules.scores import Said
from slackapp.features.retros.service.permitting import check


async def score(tx: Tx, user_id: str, retro_id: int, said: Mapping[int, Said]) -> Retro:
    """Let this be what the person says of these launches; of others it stays as it is.

    Raises `UserError` unless the retro is closing right now.
    """
    retro = await queries.retro(tx, retro_id, share=True)
    if retro.phase != Phase.CLOSE:
        raise UserError("Launches are scored while a retro is being closed. This one is not, by now.")
    await check(tx, user_id, retro, Doing.SCORE)
    for launch in await scored_launches(tx, retro):
        if launch.id in said:
            await _keep(tx, retro, user_id, launch.id, said[launch.id])
    return retro


async def _keep(tx: Tx, retro: Retro, user_id: str, launch_id: int, said: Said) -> None:
    """To say it twice at once is to say it once."""
    mine = {
        "workspace_id": tx.workspace_id,
        "retro_id": retro.id,
        "launch_id": launch_id,
        "voter": user_id,
    }
    if said == Said():
        statement: Executable = delete(Score).filter_by(**mine).execution_options(synchronize_session=False)
    else:
        scores = {"works": said.works, "needed": said.needed}
        statement = (
            insert(Score.__table__, tx.dialect)
            .values({**mine, **scores})
            .on_conflict_do_update(index_elements=list(mine), set_=scores)
        )
    await tx.session.execute(statement)
