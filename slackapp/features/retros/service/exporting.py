"""Taking a closed retro away as a file."""

from slackapp.core.errors import UserError
from slackapp.core.transaction import Tx
from slackapp.features.retros import queries
from slackapp.features.retros.models import Retro
from slackapp.features.retros.queries.record import record
from slackapp.features.retros.rules import Doing, Phase
from slackapp.features.retros.rules.exports import FileKind, file_name, written
from slackapp.features.retros.service.permitting import check
from slackapp.outbox.service import Direct, share

_A_MINUTE = 60


async def export(tx: Tx, user_id: str, retro_id: int, kind: FileKind, *, here: str | None) -> Retro:
    """Send the retro, as it stands now, to this person's direct message."""
    retro = await queries.retro(tx, retro_id)
    await check(tx, user_id, retro, Doing.LOOK_UP, here=here)
    if retro.phase != Phase.CLOSED:
        raise UserError(f"{retro.label} is not closed. A file of it is made once it is.")
    # Pressed twice it is sent once; asked for again later it holds what became of its actions.
    minute = int(tx.now.timestamp()) // _A_MINUTE
    what = await record(tx, retro)
    await share(
        tx,
        f"retros:{retro.id}:export:{user_id}:{kind}:{minute}",
        Direct(user_id),
        file_name(what, kind),
        written(what, kind),
        text=f"{retro.label}, as it stands now.",
    )
    return retro
