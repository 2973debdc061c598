"""A retro's phases: begun, ended by a click or when their time has come, gone back from, and cancelled."""

from datetime import datetime, timedelta

from slackapp.core.errors import FieldError, UserError
from slackapp.core.transaction import Tx
from slackapp.features.retros import blocks, queries
from slackapp.features.retros.models import Retro
from slackapp.features.retros.rules import Doing, Phase, Stop, before, following, length
from slackapp.features.retros.service import (
    anonymity,
    discussing,
    erasing,
    listing,
    notes,
    reminders,
    stepping,
    topics,
)
from slackapp.features.retros.service.permitting import check
from slackapp.features.retros.service.status import redraw
from slackapp.features.retros.service.waiting import ask_to_go_on
from slackapp.outbox import service as outbox


async def begin(tx: Tx, about: Retro) -> None:
    """Collecting begins in a retro that was just made."""
    await stepping.begin(tx, about, Phase.COLLECT, by=about.opened_by)
    await redraw(tx, about)


async def advance(tx: Tx, retro_id: int, *, by: str | None, step: int, here: str | None = None) -> Retro:
    """End the phase that somebody saw at this step. `by` is None if its time has come.

    Raises `UserError` if it has moved on since, if the notes may not be revealed, and at the close, which
    needs to be told more. `here`: the channel they act in.
    """
    about = await seen(tx, retro_id, by=by, step=step, here=here)
    phase = Phase(about.phase)
    if phase is Phase.CLOSE:
        raise UserError(
            f"Say first what happened to users: press Close it below the status of {about.label}."
        )
    if phase is Phase.COLLECT:
        stop = await queries.stop(tx, about)
        if stop is not None:
            raise UserError(blocks.why_it_stops(about, stop))
        await anonymity.reveal(tx, about)
    await _go_on(tx, about, by=by)
    return about


async def go_on_without(tx: Tx, retro_id: int, *, by: str, step: int) -> Retro:
    """End collecting without what was handed in and may not be revealed: it is erased unread."""
    about = await seen(tx, retro_id, by=by, step=step)
    if about.phase != Phase.COLLECT:
        raise UserError(f"{about.label} is past collecting notes.")
    if await queries.stop(tx, about) is Stop.TOO_FEW:
        await notes.discard(tx, about)
    await anonymity.reveal(tx, about)
    await _go_on(tx, about, by=by)
    return about


async def go_back(tx: Tx, retro_id: int, *, by: str, step: int) -> Retro:
    """Return to the phase before the one somebody saw at this step. It has no deadline then.

    Notes that were revealed stay so; what is written when they are collected again is late, and a round of
    its own.
    """
    about = await seen(tx, retro_id, by=by, step=step)
    earlier = before(Phase(about.phase), await queries.count(tx, about.id))
    if earlier is None:
        raise UserError(f"{about.label} is at its first phase: there is none to go back to.")
    await _leave(tx, about)
    await stepping.step_to(tx, about, earlier, by=by, is_timed=False)
    await _enter(tx, about)
    await redraw(tx, about)
    return about


async def extend(
    tx: Tx, retro_id: int, *, by: str, step: int, ends_at: datetime | None, field: str = "ends_at"
) -> Retro:
    """Let the phase end at another moment; None: when a facilitator ends it.

    Raises `FieldError` at `field` for a moment that is past, and in a phase that never ends by itself.
    """
    about = await seen(tx, retro_id, by=by, step=step)
    if length(Phase(about.phase), collect_minutes=1, vote_minutes=1) is None:
        raise FieldError({field: "This phase has no deadline: a facilitator ends it."})
    if ends_at is not None and ends_at <= tx.now:
        raise FieldError({field: "This moment is past. Choose a later one, or go on right away."})
    about.phase_ends_at = ends_at
    stepping.remind_again(about)
    await ask_to_go_on(tx, about, is_known=True)
    await redraw(tx, about)
    return about


async def let_last(tx: Tx, retro_id: int, *, by: str, step: int, seconds: int) -> Retro:
    """Let the phase last so long in all. Raises as `extend` does."""
    about = await seen(tx, retro_id, by=by, step=step)
    return await extend(
        tx, retro_id, by=by, step=step, ends_at=about.phase_began_at + timedelta(seconds=seconds)
    )


async def cancel(tx: Tx, retro_id: int, *, by: str) -> Retro:
    """Stop it for good: nothing is revealed, and notes are erased."""
    about = await queries.retro(tx, retro_id, lock=True)
    await check(tx, by, about, Doing.RUN)
    queries.must_be_open(about)
    await _leave(tx, about)
    await erasing.everything(tx, about)
    await listing.erase(tx, about)
    await stepping.step_to(tx, about, Phase.CANCELLED, by=by)
    await redraw(tx, about)
    return about


async def time_is_up(tx: Tx, retro_id: int) -> None:
    """The phase's time has come: it ends, or waits for its facilitator if notes may not be revealed."""
    about = await queries.retro(tx, retro_id, lock=True)
    if about.ended_at is not None or about.phase_ends_at is None or about.phase_ends_at > tx.now:
        return
    stop = await queries.stop(tx, about) if about.phase == Phase.COLLECT else None
    if stop is None:
        await advance(tx, retro_id, by=None, step=about.step)
        return
    about.phase_ends_at = about.reminds_at = None
    about.late_since = about.late_since or tx.now
    await ask_to_go_on(tx, about, is_known=True)
    message = blocks.time_is_up(await queries.progress(tx, about.id), stop)
    await outbox.say(tx, _waits_key(about), outbox.Direct(about.facilitator_id), message)
    await redraw(tx, about)


async def seen(tx: Tx, retro_id: int, *, by: str | None, step: int, here: str | None = None) -> Retro:
    """The retro, locked, if it is still at this step and this person may move it."""
    about = await queries.retro(tx, retro_id, lock=True)
    if by is not None:
        await check(tx, by, about, Doing.FACILITATE, here=here)
    queries.must_be_open(about)
    await stepping.must_be_at(tx, about, step)
    return about


async def _go_on(tx: Tx, about: Retro, *, by: str | None) -> None:
    await _leave(tx, about)
    following_one = following(Phase(about.phase), await queries.count(tx, about.id))
    await stepping.step_to(tx, about, following_one, by=by)
    await _enter(tx, about)
    await redraw(tx, about)


async def _leave(tx: Tx, about: Retro) -> None:
    """What ends with a phase, whichever way it is left."""
    if about.phase == Phase.COLLECT:
        about.late_since = about.late_since or tx.now
    if about.phase == Phase.DISCUSS:
        await discussing.end(tx, about)
    await reminders.take_back(tx, about)
    await outbox.withdraw(tx, _waits_key(about), instead=blocks.over(about))


def _waits_key(about: Retro) -> str:
    return f"retros:{about.id}:waits:{about.step}"


async def _enter(tx: Tx, about: Retro) -> None:
    """What begins with a phase, whichever way it is entered."""
    if about.phase == Phase.GROUP:
        await topics.suggest(tx, about)
    if about.phase == Phase.VOTE:
        await topics.settle(tx, about)
    if about.phase == Phase.DISCUSS:
        await discussing.begin(tx, about)
