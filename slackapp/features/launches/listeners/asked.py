"""Answers to what launches ask: whether one is out, and how anybody will know whether it worked."""

from datetime import date
from typing import Annotated

from pydantic import BaseModel, BeforeValidator

from slackapp.core.forms import clear, read_form
from slackapp.core.transaction import Tx
from slackapp.core.words import number
from slackapp.features.launches import blocks, service
from slackapp.features.metrics.rules import Quantity, parse_change
from slackapp.features.workspaces.queries import today
from slackapp.slack.replies import CloseModal, Nothing, OpenModal, Reply
from slackapp.slack.routes import Click, OnAction, OnSubmit, Routes, Submission


class Moved(BaseModel):
    """The modal's input; the field name is its block id."""

    day: date


class Named(BaseModel, arbitrary_types_allowed=True):
    """The inputs of the modal that names a metric; the field names are its block ids."""

    metric: str
    from_to: Annotated[tuple[Quantity, Quantity] | None, BeforeValidator(clear(parse_change))] = None


async def open_new_date(tx: Tx, click: Click) -> Reply:
    launch = await service.is_planned(tx, click.user, number(click.value), here=click.channel)
    return OpenModal(blocks.new_date_modal(launch, await today(tx, click.user)))


async def submit_new_date(tx: Tx, submission: Submission) -> Reply:
    form = read_form(Moved, submission.values)
    await service.slip(tx, submission.user, number(submission.metadata), form.day)
    return CloseModal()


async def drop(tx: Tx, click: Click) -> Reply:
    """The question itself shows that it was cancelled; below what a command showed it is said."""
    launch = await service.drop(tx, click.user, number(click.value), here=click.channel)
    return blocks.cancelled(launch) if click.in_whisper else Nothing()


async def open_metric(tx: Tx, click: Click) -> Reply:
    return OpenModal(blocks.metric_modal(await service.wants_metric(tx, click.user, number(click.value))))


async def submit_metric(tx: Tx, submission: Submission) -> Reply:
    form = read_form(Named, submission.values)
    await service.name_metric(tx, submission.user, number(submission.metadata), form.metric, form.from_to)
    return CloseModal()


async def no_metric(tx: Tx, click: Click) -> Reply:
    await service.give_up_metric(tx, click.user, number(click.value))
    return Nothing()


async def maybe_metric(tx: Tx, click: Click) -> Reply:
    await service.give_up_metric(tx, click.user, number(click.value), undo=True)
    return Nothing()


ROUTES: Routes = (
    OnAction(blocks.NEW_DATE, open_new_date),
    OnSubmit(blocks.NEW_DATE, submit_new_date),
    OnAction(blocks.DROP, drop),
    OnAction(blocks.NAME_METRIC, open_metric),
    OnSubmit(blocks.NAME_METRIC, submit_metric),
    OnAction(blocks.NO_METRIC, no_metric),
    OnAction(blocks.MAYBE_METRIC, maybe_metric),
)
