"""The Facilitate form, and taking over a retro whose facilitator is gone."""

from slackapp.core.transaction import Tx
from slackapp.core.words import number
from slackapp.features.retros import blocks, queries
from slackapp.features.retros.listeners.phases import after, in_modal, read_step
from slackapp.features.retros.queries.facilitating import facilitating
from slackapp.features.retros.rules import Doing
from slackapp.features.retros.rules.facilitating import Facilitated
from slackapp.features.retros.service import facilitating as service
from slackapp.features.retros.service import series
from slackapp.features.retros.service.permitting import check
from slackapp.slack.replies import CloseModal, OpenModal, Reply, UpdateModal
from slackapp.slack.routes import Click, OnAction, OnSubmit, Routes, Submission


async def open_form(tx: Tx, click: Click) -> Reply:
    about = await queries.retro(tx, number(click.value))
    await check(tx, click.user, about, Doing.FACILITATE, here=click.channel)
    view = blocks.facilitate(await facilitating(tx, click.user, about))
    return UpdateModal(view) if in_modal(click) else OpenModal(view)


async def submit(tx: Tx, submission: Submission) -> Reply:
    retro_id, step = read_step(submission.metadata)
    said = Facilitated.read(submission.values, submission.shown)
    await service.settle(tx, submission.user, retro_id, step, said)
    return CloseModal()


async def end_series(tx: Tx, click: Click) -> Reply:
    about = await queries.retro(tx, number(click.value))
    await check(tx, click.user, about, Doing.FACILITATE)
    if about.series_id is not None:
        await series.end(tx, about.series_id, click.user)
    return await after(tx, click, about.id)


async def take_over(tx: Tx, click: Click) -> Reply:
    about = await service.take_over(tx, click.user, number(click.value), here=click.channel)
    return await after(tx, click, about.id)


ROUTES: Routes = (
    OnAction(blocks.FACILITATE, open_form),
    OnSubmit(blocks.FACILITATE, submit),
    OnAction(blocks.END_SERIES, end_series),
    OnAction(blocks.TAKE_OVER, take_over),
)
