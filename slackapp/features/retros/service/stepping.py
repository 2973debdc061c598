"""One step of a retro's phases: which one somebody saw, and what begins."""

from slackapp.core.errors import UserError
from slackapp.core.transaction import Tx
from slackapp.features.retros import queries
from slackapp.features.retros.models import PhaseEntry, Retro
from slackapp.features.retros.rules import NAMES, Phase, length, reminded_at
from slackapp.features.retros.service.notes import prepare
from slackapp.features.retros.service.waiting import ask_to_go_on
from slackapp.features.workspaces.queries import person


async def must_be_at(tx: Tx, about: Retro, step: int) -> None:
    """Raises `UserError` if it has moved on since somebody saw it at that step; says how it stands now."""
    if about.step == step:
        return
    now = Phase(about.phase)
    last = (await queries.entries(tx, about.id))[-1]
    how = f"{(await person(tx, last.began_by)).name} did that" if last.began_by else "its time had come"
    raise UserError(f"{about.label} has moved on already: {how}. It is at “{NAMES[now]}” now.")


async def begin(tx: Tx, about: Retro, phase: Phase, *, by: str | None, is_timed: bool = True) -> None:
    """Let this phase begin, as the retro's current step. `is_timed`: it ends by itself if such a phase does.

    The caller holds the retro's lock.
    """
    lasts = length(phase, collect_minutes=about.collect_minutes, vote_minutes=about.vote_minutes)
    about.phase, about.phase_began_at = phase, tx.now
    about.phase_ends_at = tx.now + lasts if is_timed and lasts is not None else None
    remind_again(about)
    if not phase.is_open:
        about.ended_at = tx.now
    tx.session.add(
        PhaseEntry(
            workspace_id=tx.workspace_id,
            retro_id=about.id,
            step=about.step,
            phase=phase,
            began_at=tx.now,
            began_by=by,
        )
    )
    await tx.session.flush()
    if phase is Phase.COLLECT:
        await prepare(tx, about)
    await ask_to_go_on(tx, about, is_known=by is not None)


async def step_to(tx: Tx, about: Retro, phase: Phase, *, by: str | None, is_timed: bool = True) -> None:
    """The next step, whichever way it leads. The caller holds the retro's lock."""
    about.step += 1
    await begin(tx, about, phase, by=by, is_timed=is_timed)


def remind_again(about: Retro) -> None:
    """Whoever has not done their part is reminded before the phase ends. Live retros remind nobody."""
    about.reminds_at = None
    if about.phase_ends_at is not None and not about.is_live:
        about.reminds_at = reminded_at(about.phase_began_at, about.phase_ends_at)
