"""What people answer in Slack: the buttons of the question, and its modals."""

from datetime import date
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, Field

from slackapp.core.forms import clear, read_form
from slackapp.core.transaction import Tx
from slackapp.core.words import tidy
from slackapp.features.follow_ups import blocks, service
from slackapp.features.follow_ups.rules import NoNumber
from slackapp.features.launches.queries import launch
from slackapp.features.launches.rules import Decision
from slackapp.features.metrics.rules import Quantity, parse_quantity
from slackapp.features.workspaces.queries import today
from slackapp.slack.replies import CloseModal, Nothing, OpenModal, Reply
from slackapp.slack.routes import Click, OnAction, OnSubmit, Routes, Submission


class Recorded(BaseModel, arbitrary_types_allowed=True):
    """The modal's inputs; the field names are its block ids."""

    value: Annotated[Quantity, BeforeValidator(clear(parse_quantity))]
    observed_on: date
    note: str = Field("", max_length=1000)


class Unmeasurable(BaseModel):
    reason: NoNumber


async def open_record(tx: Tx, click: Click) -> Reply:
    follow_up = await service.open_question(tx, click.user, int(click.value or 0))
    about = await launch(tx, follow_up.launch_id)
    return OpenModal(blocks.record_modal(about, follow_up, await today(tx, click.user)))


async def record(tx: Tx, submission: Submission) -> Reply:
    form = read_form(Recorded, submission.values)
    await service.record(
        tx,
        submission.user,
        int(submission.metadata),
        form.value,
        observed_on=form.observed_on,
        note=tidy(form.note),
    )
    return CloseModal()


async def open_no_number(tx: Tx, click: Click) -> Reply:
    follow_up = await service.open_question(tx, click.user, int(click.value or 0))
    return OpenModal(blocks.no_number_modal(await launch(tx, follow_up.launch_id), follow_up))


async def record_no_number(tx: Tx, submission: Submission) -> Reply:
    form = read_form(Unmeasurable, submission.values)
    await service.record_no_number(tx, submission.user, int(submission.metadata), form.reason)
    return CloseModal()


async def nobody_knows(tx: Tx, click: Click) -> Reply:
    await service.record_no_number(tx, click.user, int(click.value or 0), NoNumber.NOBODY_KNOWS)
    return Nothing()


async def undo(tx: Tx, click: Click) -> Reply:
    await service.undo(tx, click.user, int(click.value or 0))
    return Nothing()


async def decide(tx: Tx, click: Click) -> Reply:
    decision = Decision(click.action_id.rpartition(".")[2])
    await service.decide(tx, click.user, int(click.value or 0), decision)
    return Nothing()


async def follow_link(tx: Tx, click: Click) -> Reply:
    """The browser opens the link; Slack only wants to hear that we know."""
    del tx, click
    return Nothing()


ROUTES: Routes = (
    OnAction(blocks.RECORD, open_record),
    OnSubmit(blocks.RECORD, record),
    OnAction(blocks.NO_NUMBER, open_no_number),
    OnSubmit(blocks.NO_NUMBER, record_no_number),
    OnAction(blocks.NOBODY, nobody_knows),
    OnAction(blocks.UNDO, undo),
    *(OnAction(f"{blocks.DECIDE}.{decision}", decide) for decision in Decision),
    OnAction(blocks.DASHBOARD, follow_link),
)
