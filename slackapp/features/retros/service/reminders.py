"""Reminding those who were invited and have not done their part, once, before a phase ends.

Who they are is told to nobody, and forgotten once the phase is over.
"""

from datetime import timedelta

from slackapp.core.transaction import Tx
from slackapp.core.working_time import working_moment
from slackapp.features.retros import blocks, queries
from slackapp.features.retros.models import Retro
from slackapp.features.retros.queries.notes import handed_in
from slackapp.features.retros.rules import Part, Phase, reminded_at
from slackapp.features.workspaces.queries import calendar, is_nobody, person
from slackapp.outbox import service as outbox

#: After a phase, Slack is told that its reminders ask for nothing any more.
LATER = timedelta(hours=1)


def _key(about: Retro, user_id: str, step: int | None = None) -> str:
    """`step`: of which phase it is. None: of the one that runs."""
    return f"retros:{about.id}:reminder:{about.step if step is None else step}:{user_id}"


async def remind(tx: Tx, retro_id: int) -> None:
    """Remind whoever is at work now; note when the next of the others is."""
    about = await queries.retro(tx, retro_id, lock=True)
    if about.reminds_at is None or about.reminds_at > tx.now or about.phase_ends_at is None:
        return
    planned = reminded_at(about.phase_began_at, about.phase_ends_at)
    about.reminds_at = None
    # After an outage the time may be over: then there is nothing left to remind of.
    for user_id in await _missing(tx, about) if about.phase_ends_at > tx.now else ():
        when = await calendar(tx, user_id, about.channel_id)
        moment = working_moment(planned, about.phase_ends_at, when)
        if moment is None:
            continue
        if moment > tx.now:
            about.reminds_at = min(moment, about.reminds_at or moment)
        else:
            # Said again at the next look it is the same message, and nobody is told twice.
            await outbox.say(tx, _key(about, user_id), outbox.Direct(user_id), blocks.reminder(about))
    await tx.session.flush()


async def take_back(tx: Tx, about: Retro) -> None:
    """The phase is left: the reminders of it ask for nothing any more."""
    if about.is_live:
        return
    for user_id in await queries.people(tx, about.id, Part.INVITED):
        await outbox.withdraw(tx, _key(about, user_id), instead=blocks.over(about))
    about.forgets_at = about.forgets_at or tx.now + LATER


async def forget(tx: Tx, retro_id: int) -> None:
    """Forget who had not done their part in the phases that are over.

    Looked at again later: what Slack is still to be told.
    """
    about = await queries.retro(tx, retro_id, lock=True)
    if about.forgets_at is None or about.forgets_at > tx.now:
        return
    people = await queries.people(tx, about.id, Part.INVITED)
    keys = [_key(about, user_id, step) for step in range(about.step) for user_id in people]
    about.forgets_at = None if await outbox.forget_each(tx, keys) else tx.now + LATER
    await tx.session.flush()
    tx.scrub()


async def _missing(tx: Tx, about: Retro) -> list[str]:
    of_notes = about.phase == Phase.COLLECT
    done = await (handed_in if of_notes else queries.voters_of)(tx, about.id)
    invited = await queries.people(tx, about.id, Part.INVITED)
    return [user_id for user_id in invited if user_id not in done and await _reaches(tx, user_id, about)]


async def _reaches(tx: Tx, user_id: str, about: Retro) -> bool:
    """Whether they may read of it, and Slack lets us write to them."""
    them = await person(tx, user_id)
    return not (them.is_bot or them.is_stranger or await is_nobody(tx, user_id, about.channel_id))
