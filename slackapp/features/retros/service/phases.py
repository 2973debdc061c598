"""A retro's phases: begun, ended by a click or when their time has come, gone back from, and cancelled."""

from datetime import datetime

from slackapp.core.errors import FieldError, UserError
from slackapp.core.transaction import Tx
from slackapp.features.retros import queries
from slackapp.features.retros.models import Retro
from slackapp.features.retros.rules import Doing, Phase, before, following, length
from slackapp.features.retros.service import stepping
from slackapp.features.retros.service.permitting import check
from slackapp.features.retros.service.status import redraw


async def begin(tx: Tx, about: Retro) -> None:
    """Collecting begins in a retro that was just made."""
    await stepping.begin(tx, about, Phase.COLLECT, by=about.opened_by)
    await redraw(tx, about)


async def advance(tx: Tx, retro_id: int, *, by: str | None, step: int, here: str | None = None) -> Retro:
    """End the phase that somebody saw at this step. `by` is None if its time has come.

    Raises `UserError` if it has moved on since, and at the close, which needs to be told more.
    """
    about = await _seen(tx, retro_id, by=by, step=step, here=here)
    phase = Phase(about.phase)
    if phase is Phase.CLOSE:
        raise UserError(f"Say first what happened to users: press Close below {about.label}'s status.")
    await stepping.step_to(tx, about, following(phase, await queries.count(tx, about.id)), by=by)
    await redraw(tx, about)
    return about


async def go_back(tx: Tx, retro_id: int, *, by: str, step: int, here: str | None = None) -> Retro:
    """Return to the phase before the one somebody saw at this step. It has no deadline then."""
    about = await _seen(tx, retro_id, by=by, step=step, here=here)
    earlier = before(Phase(about.phase), await queries.count(tx, about.id))
    if earlier is None:
        raise UserError(f"{about.label} is at its first phase: there is none to go back to.")
    await stepping.step_to(tx, about, earlier, by=by, is_timed=False)
    await redraw(tx, about)
    return about


async def extend(tx: Tx, retro_id: int, *, by: str, step: int, ends_at: datetime | None) -> Retro:
    """Let the phase end at another moment; None: when a facilitator ends it.

    Raises `FieldError` at `ends_at` for a moment that is past, and in a phase that never ends by itself.
    """
    about = await _seen(tx, retro_id, by=by, step=step, here=None)
    if length(Phase(about.phase), collect_minutes=1, vote_minutes=1) is None:
        raise FieldError({"ends_at": "This phase has no deadline: a facilitator ends it."})
    if ends_at is not None and ends_at <= tx.now:
        raise FieldError({"ends_at": "This moment is past. Choose a later one, or go on right away."})
    about.phase_ends_at = ends_at
    stepping.remind_again(about)
    await redraw(tx, about)
    return about


async def cancel(tx: Tx, retro_id: int, *, by: str, here: str | None = None) -> Retro:
    """Stop it for good: nothing is revealed, and notes are erased."""
    about = await queries.retro(tx, retro_id, lock=True)
    await check(tx, by, about, Doing.RUN, here=here)
    queries.must_be_open(about)
    await stepping.step_to(tx, about, Phase.CANCELLED, by=by)
    await redraw(tx, about)
    return about


async def _seen(tx: Tx, retro_id: int, *, by: str | None, step: int, here: str | None) -> Retro:
    """The retro, locked, if it is still at this step and this person may move it."""
    about = await queries.retro(tx, retro_id, lock=True)
    if by is not None:
        await check(tx, by, about, Doing.FACILITATE, here=here)
    queries.must_be_open(about)
    await stepping.must_be_at(tx, about, step)
    return about
