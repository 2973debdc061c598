"""The end of a retro: what happened to users is said, or skipped by a word, and the channel is told."""

from slackapp.core.errors import UserError
from slackapp.core.transaction import Tx
from slackapp.features.retros import queries
from slackapp.features.retros.blocks.summary import summary
from slackapp.features.retros.models import Retro
from slackapp.features.retros.queries.record import record
from slackapp.features.retros.rules import Doing, Phase, status_key
from slackapp.features.retros.rules.record import summary_key
from slackapp.features.retros.service import anonymity, stepping
from slackapp.features.retros.service.permitting import check
from slackapp.features.retros.service.status import redraw
from slackapp.outbox.service import Channel, say


async def say_impact(tx: Tx, retro: Retro, *, by: str, impact: str) -> None:
    """Let this be what happened to users, until it is closed. The caller holds the retro's lock."""
    await check(tx, by, retro, Doing.SAY_IMPACT)
    if impact != retro.impact:
        retro.impact, retro.impact_by = impact, by if impact else None


async def at_close(tx: Tx, retro_id: int, *, by: str, step: int) -> Retro:
    """The retro, locked, if it can be closed by this person, who saw it at this step."""
    retro = await queries.retro(tx, retro_id, lock=True)
    await check(tx, by, retro, Doing.FACILITATE)
    queries.must_be_open(retro)
    await stepping.must_be_at(tx, retro, step)
    return retro


async def close(tx: Tx, retro: Retro, *, by: str, impact: str, skip: bool) -> None:
    """Close it and tell the channel what came of it. The caller holds the retro's lock.

    Raises `UserError` if nothing is said of users, and nobody says that this is skipped; and while there is
    still more to do in it than to close it.
    """
    if retro.phase != Phase.CLOSE:
        raise UserError(f"{retro.label} is not that far yet: discuss first, and then close it.")
    if not impact and not skip:
        raise UserError("Say what happened to users, or that you close it without an answer.")
    await say_impact(tx, retro, by=by, impact=impact)
    retro.impact_skipped = not impact
    await stepping.step_to(tx, retro, Phase.CLOSED, by=by)
    if retro.is_anonymous:
        await anonymity.forget_voters(tx, retro)
    await _tell(tx, retro)
    await redraw(tx, retro)


async def _tell(tx: Tx, retro: Retro) -> None:
    to = Channel(retro.channel_id, reply_to=status_key(retro.id), broadcast=True)
    message = summary(retro.id, await record(tx, retro))
    await say(tx, summary_key(retro.id), to, message, responsible=retro.facilitator_id)
