"""Offering the retro of a significant launch: at its first number, or on its tenth day."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import update

from slackapp.core.errors import UserError
from slackapp.core.transaction import Tx
from slackapp.core.working_time import morning_of, next_morning
from slackapp.features.follow_ups.rules import Answered
from slackapp.features.launches import queries as launch_queries
from slackapp.features.launches import service as launches
from slackapp.features.launches.models import Launch
from slackapp.features.launches.rules import Action, LaunchDropped, LaunchEdited, LaunchOut, LaunchState
from slackapp.features.retros.blocks import offer as blocks
from slackapp.features.retros.models import Offer, Retro
from slackapp.features.retros.queries import offers as queries
from slackapp.features.workspaces.queries import calendar, person
from slackapp.outbox import service as outbox

#: So long after its day at the latest.
LATEST = timedelta(days=10)


def offer_key(launch_id: int) -> str:
    return f"retros:{launch_id}:offer"


async def plan(tx: Tx, event: LaunchOut) -> None:
    """It is out: if it is significant, its retro is offered."""
    launch = await launch_queries.launch(tx, event.launch_id)
    # Nothing can have been planned before: while somebody waits, the database is not asked for it.
    if launch.significant:
        await _plan(tx, launch)


async def edited(tx: Tx, event: LaunchEdited) -> None:
    """It may be significant now, or not any more, or have another day. What was offered stays offered."""
    launch = await launch_queries.launch(tx, event.launch_id)
    if launch.state not in {LaunchState.PLANNED, LaunchState.DROPPED}:
        await _plan(tx, launch)


async def forget(tx: Tx, event: LaunchDropped) -> None:
    """It is not to be offered any more."""
    if await _settle(tx, event.launch_id):
        return
    await outbox.withdraw(tx, offer_key(event.launch_id))


async def answered(tx: Tx, event: Answered) -> None:
    """Its first number has come: the retro is offered now."""
    if event.is_reading and await _settle(tx, event.launch_id):
        await _offer(tx, await launch_queries.launch(tx, event.launch_id), has_reading=True)


async def offer_due(tx: Tx, launch_id: int) -> None:
    """Nobody has said a number, and its day has come."""
    if await _settle(tx, launch_id):
        await _offer(tx, await launch_queries.launch(tx, launch_id), has_reading=False)


async def about(tx: Tx, user_id: str, launch_id: int, *, here: str | None) -> Launch:
    """The launch, if this person may read of it; otherwise `UserError` says why not."""
    launch = await launch_queries.launch(tx, launch_id)
    await launches.check(tx, user_id, launch, Action.SEE, here=here)
    return launch


async def decline(tx: Tx, user_id: str, launch_id: int, *, here: str | None) -> None:
    """Not now: the offer loses its buttons. Raises `UserError` if it is not theirs to say."""
    launch = await launch_queries.launch(tx, launch_id, lock=True)
    await launches.check(tx, user_id, launch, Action.SEE, here=here)
    if await queries.is_looked_back_on(tx, launch.id):
        raise UserError(f"A retro looks back on {launch.label} already. /retro status shows it.")
    name = (await person(tx, user_id)).name
    await outbox.withdraw(tx, offer_key(launch.id), instead=blocks.declined(launch, name))


async def taken_up(tx: Tx, retro: Retro, launch_ids: Sequence[int]) -> None:
    """A retro looks back on these: where it was offered, that is said; where it was to be, it is not."""
    for launch_id in launch_ids:
        if not await _settle(tx, launch_id) and await queries.was_offered(tx, launch_id):
            launch = await launch_queries.launch(tx, launch_id)
            message = blocks.taken_up(launch, retro.label)
            await outbox.withdraw(tx, offer_key(launch_id), instead=message)


async def _plan(tx: Tx, launch: Launch) -> None:
    known = await queries.offer_of(tx, launch.id, lock=True)
    if known is not None and known.due_at is None:
        return
    if not launch.significant or await queries.is_looked_back_on(tx, launch.id):
        if known is not None:
            await tx.session.delete(known)
            await tx.session.flush()
        return
    known = known or Offer(workspace_id=tx.workspace_id, launch_id=launch.id)
    known.due_at = await _moment(tx, launch)
    tx.session.add(known)
    await tx.session.flush()


async def _moment(tx: Tx, launch: Launch) -> datetime:
    """The tenth day's morning of its owner; of a launch from longer ago their next."""
    when = await calendar(tx, launch.owner_id, launch.channel_id)
    at = morning_of(launch.day + LATEST, when)
    return at if at > tx.now else next_morning(tx.now, when)


async def _settle(tx: Tx, launch_id: int) -> bool:
    """Whether its offer was still to come. Of several who ask at once, one is told so."""
    found = await tx.session.scalar(
        update(Offer)
        .where(Offer.workspace_id == tx.workspace_id, Offer.launch_id == launch_id, Offer.due_at.is_not(None))
        .values(due_at=None)
        .returning(Offer.launch_id)
        .execution_options(synchronize_session="fetch")
    )
    return found is not None


async def _offer(tx: Tx, launch: Launch, *, has_reading: bool) -> None:
    if launch.state == LaunchState.DROPPED or await queries.is_looked_back_on(tx, launch.id):
        return
    if launch.thread_ts is not None:
        to = outbox.Channel(launch.channel_id, in_thread=launch.thread_ts)
    else:
        to = outbox.Channel(launch.channel_id, reply_to=launches.card_key(launch.id))
    responsible = await launch_queries.responsible(tx, launch)
    message = blocks.offer(launch, has_reading=has_reading)
    await outbox.say(tx, offer_key(launch.id), to, message, responsible=responsible)
