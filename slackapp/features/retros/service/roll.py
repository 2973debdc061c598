"""Who is in the channel of a retro that is for all of it: kept with that retro alone."""

from datetime import timedelta

from sqlalchemy import delete, or_, select

from slackapp.core.due import Due
from slackapp.core.jobs import Roll
from slackapp.core.slackbot import SLACKBOT
from slackapp.core.transaction import Tx
from slackapp.features.retros import queries
from slackapp.features.retros.blocks import beginnings as blocks
from slackapp.features.retros.models import Retro, RetroPerson
from slackapp.features.retros.rules import Part, may_reveal
from slackapp.features.retros.service import inviting
from slackapp.features.retros.service.status import redraw
from slackapp.features.workspaces.models import Person
from slackapp.outbox import service as outbox

#: In a channel of more, nobody is meant by name: who takes part is counted, and of how many is not said.
MOST_MEANT = 500
#: Where Slack said nothing, it is asked again after so long.
AGAIN = timedelta(minutes=5)

DUE = Due(Retro, Retro.calls_roll_at, Retro.id)


async def keep(tx: Tx, roll: Roll) -> None:
    """Invite everybody there to the retro that waits for it. Who of them are apps is looked at after."""
    found = await queries.open_in(tx, roll.channel_id)
    if found is None:
        return
    # Another process may have called it meanwhile, and left out who is not meant.
    retro = await queries.retro(tx, found.id, lock=True)
    if retro.calls_roll_at is None or retro.ended_at is not None:
        return
    if len(roll.user_ids) > MOST_MEANT:
        retro.calls_roll_at = None
        return
    await inviting.add(tx, retro, roll.user_ids, Part.INVITED)


async def settle(tx: Tx, limit: int) -> None:
    """Leave out apps, people of another organisation and whoever left; the status says how many remain."""
    await DUE.each_alone(tx, _settle, limit)


async def _settle(tx: Tx, retro_id: int) -> None:
    retro = await queries.retro(tx, retro_id, lock=True)
    if retro.calls_roll_at is None:
        return
    if retro.ended_at is not None:
        retro.calls_roll_at = None
    elif await queries.people(tx, retro.id, Part.INVITED):
        await _leave_out(tx, retro)
        retro.calls_roll_at = None
        await redraw(tx, retro)
        await _say_if_too_few(tx, retro)
    else:
        retro.calls_roll_at = tx.now + AGAIN
    await tx.session.flush()


async def _say_if_too_few(tx: Tx, retro: Retro) -> None:
    """Whoever started it could not be told: who is in a public channel was not known then."""
    meant = len(await queries.people(tx, retro.id, Part.INVITED))
    if may_reveal(meant, is_anonymous=retro.is_anonymous):
        return
    to, message = outbox.Direct(retro.facilitator_id), blocks.too_few(retro, meant)
    await outbox.say(tx, f"retros:{retro.id}:few", to, message)


async def _leave_out(tx: Tx, retro: Retro) -> None:
    not_meant = select(Person.user_id).where(
        Person.workspace_id == tx.workspace_id, or_(Person.is_bot, Person.is_stranger, Person.deleted)
    )
    await tx.session.execute(
        delete(RetroPerson).where(
            RetroPerson.workspace_id == tx.workspace_id,
            RetroPerson.retro_id == retro.id,
            RetroPerson.part == Part.INVITED,
            or_(RetroPerson.user_id.in_(not_meant), RetroPerson.user_id == SLACKBOT),
        )
    )
