"""Going on to the next phase and back, and `/retro status`."""

from slackapp.core.errors import UserError
from slackapp.core.transaction import Tx
from slackapp.core.words import number
from slackapp.features.retros import blocks, queries
from slackapp.features.retros.listeners.close import open_close
from slackapp.features.retros.queries.facilitating import doings, facilitating
from slackapp.features.retros.rules import Doing, Phase
from slackapp.features.retros.service import phases
from slackapp.features.retros.service.permitting import check
from slackapp.slack.replies import Nothing, OpenModal, Reply, UpdateModal
from slackapp.slack.routes import Click, Command, OnAction, Routes


def read_step(value: str | None) -> tuple[int, int]:
    """Which retro a button is about, and the step at which it was drawn."""
    retro_id, _, step = (value or "").partition(":")
    return number(retro_id), number(step)


def read_wanted(value: str | None) -> tuple[int, int, int]:
    """The same, and how many seconds the phase is to last in all."""
    drawn, _, seconds = (value or "").rpartition(":")
    return *read_step(drawn), number(seconds)


async def go_on(tx: Tx, click: Click) -> Reply:
    """Begin the next phase; at the close, and where notes may not be revealed yet, what has to come first."""
    retro_id, step = read_step(click.value)
    about = await phases.seen(tx, retro_id, by=click.user, step=step, here=click.channel)
    if about.phase == Phase.CLOSE:
        form = await open_close(tx, click.user, about)
        return UpdateModal(form.view) if in_modal(click) and isinstance(form, OpenModal) else form
    stop = await queries.stop(tx, about) if about.phase == Phase.COLLECT else None
    if stop is not None:
        known = await facilitating(tx, click.user, about)
        view = blocks.stopped(known.progress, stop, may_cancel=Doing.RUN in known.doings)
        return UpdateModal(view) if in_modal(click) else OpenModal(view)
    await phases.advance(tx, retro_id, by=click.user, step=step, here=click.channel)
    return await after(tx, click, retro_id)


async def more_time(tx: Tx, click: Click) -> Reply:
    """Let the phase last as long as the button says."""
    retro_id, step, seconds = read_wanted(click.value)
    await phases.let_last(tx, retro_id, by=click.user, step=step, seconds=seconds)
    return await after(tx, click, retro_id)


async def go_on_without(tx: Tx, click: Click) -> Reply:
    retro_id, step = read_step(click.value)
    await phases.go_on_without(tx, retro_id, by=click.user, step=step)
    return await after(tx, click, retro_id)


async def go_back(tx: Tx, click: Click) -> Reply:
    retro_id, step = read_step(click.value)
    await phases.go_back(tx, retro_id, by=click.user, step=step)
    return await after(tx, click, retro_id)


async def cancel(tx: Tx, click: Click) -> Reply:
    about = await phases.cancel(tx, number(click.value), by=click.user)
    return await after(tx, click, about.id)


async def status(tx: Tx, command: Command) -> Reply:
    """`/retro status`: the status of the channel's open retro, with what the reader may do."""
    if command.in_direct_message:
        raise UserError("Use /retro status in the channel where the retro is held.")
    about = await queries.open_in(tx, command.channel)
    if about is None:
        raise UserError("No retro is open in this channel. /retro start begins one.")
    await check(tx, command.user, about, Doing.READ, here=command.channel)
    allowed = await doings(tx, command.user, about, here=command.channel)
    return blocks.status_for(await queries.progress(tx, about.id), allowed)


async def after(tx: Tx, click: Click, retro_id: int) -> Reply:
    """How it stands now, where nobody draws that otherwise."""
    about = await queries.retro(tx, retro_id)
    if in_modal(click):
        return UpdateModal(blocks.facilitate(await facilitating(tx, click.user, about)))
    if click.in_whisper:
        allowed = await doings(tx, click.user, about, here=click.channel)
        return blocks.status_for(await queries.progress(tx, retro_id), allowed)
    return Nothing()


def in_modal(click: Click) -> bool:
    """Whether it was pressed in a form of ours and not in a message."""
    return click.message_ts is None


ROUTES: Routes = (
    OnAction(blocks.NEXT, go_on),
    OnAction(blocks.MORE_TIME, more_time),
    OnAction(blocks.GO_ON, go_on_without),
    OnAction(blocks.BACK, go_back),
    OnAction(blocks.CANCEL, cancel),
)
