"""A word to the facilitator in private: nobody else reads it, and nothing says who sent it."""

from slackapp.core.errors import UserError
from slackapp.core.secrecy import new_id
from slackapp.core.transaction import Tx
from slackapp.features.retros import queries
from slackapp.features.retros.blocks.confide import confided
from slackapp.features.retros.models import PrivateWord, Retro
from slackapp.features.retros.rules import Doing
from slackapp.features.retros.rules.notes import checked_word, without_calls
from slackapp.features.retros.service.permitting import check
from slackapp.features.workspaces.queries import as_read, is_nobody
from slackapp.outbox import service as outbox


async def listens(tx: Tx, user_id: str, retro_id: int, *, here: str | None = None) -> Retro:
    """The retro, if this person may tell its facilitator something now. Raises `UserError`."""
    retro = await queries.retro(tx, retro_id)
    await check(tx, user_id, retro, Doing.CONFIDE, here=here)
    queries.must_be_open(retro)
    if user_id == retro.facilitator_id:
        raise UserError(f"You are {retro.label}'s facilitator: what people tell privately comes to you.")
    if await is_nobody(tx, retro.facilitator_id, retro.channel_id):
        raise UserError(
            f"{retro.label}'s facilitator is not here any more. Try again once somebody has taken over."
        )
    return retro


async def confide(tx: Tx, user_id: str, retro_id: int, text: str, *, here: str | None = None) -> None:
    """Tell the facilitator, and keep what was told, without who or when."""
    # Whoever ends the retro waits for this, and rewrites or erases it with the others.
    await queries.retro(tx, retro_id, share=True)
    retro = await listens(tx, user_id, retro_id, here=here)
    word = checked_word(without_calls(await as_read(tx, text)))
    row = PrivateWord(workspace_id=tx.workspace_id, id=new_id(), retro_id=retro.id, text=word)
    tx.session.add(row)
    await tx.session.flush()
    await outbox.say(
        tx, f"retros:{retro.id}:private:{row.id}", outbox.Direct(retro.facilitator_id), confided(retro, word)
    )
