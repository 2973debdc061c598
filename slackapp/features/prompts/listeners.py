"""What people do with what they are asked: reply, put it off, pass it on, ask for fewer."""

from dataclasses import replace

from pydantic import BaseModel

from slackapp.core.forms import read_form
from slackapp.core.transaction import Tx
from slackapp.core.words import number
from slackapp.features.prompts import blocks, service
from slackapp.features.workspaces.queries import as_read
from slackapp.slack.replies import CloseModal, Nothing, OpenModal, Reply, Whisper
from slackapp.slack.routes import (
    Click,
    DirectMessage,
    OnAction,
    OnDirectMessage,
    OnSubmit,
    Routes,
    Submission,
)


class PassedOn(BaseModel):
    """The modal's input; the field name is its block id."""

    person: str


async def replied(tx: Tx, message: DirectMessage) -> Reply:
    await service.reply(tx, replace(message, text=await as_read(tx, message.text)))
    return Nothing()


async def snooze(tx: Tx, click: Click) -> Reply:
    prompt_id, _, days = (click.value or "").partition(":")
    await service.snooze(tx, click.user, number(prompt_id), number(days))
    # The message that asks shows it; below what a command showed it is said.
    return Whisper("Put off. The message that asks says until when.") if click.in_whisper else Nothing()


async def open_pass_on(tx: Tx, click: Click) -> Reply:
    return OpenModal(blocks.pass_on_modal(await service.open_prompt(tx, click.user, number(click.value))))


async def pass_on(tx: Tx, submission: Submission) -> Reply:
    form = read_form(PassedOn, submission.values)
    await service.pass_on(tx, submission.user, number(submission.metadata), form.person)
    return CloseModal()


async def fewer(tx: Tx, click: Click) -> Reply:
    await service.set_weekly(tx, click.user, click.value or "", weekly=True)
    return Nothing()


async def daily(tx: Tx, click: Click) -> Reply:
    await service.set_weekly(tx, click.user, click.value or "", weekly=False)
    return Nothing()


ROUTES: Routes = (
    OnDirectMessage(replied),
    OnAction(blocks.SNOOZE, snooze),
    OnAction(blocks.PASS_ON, open_pass_on),
    OnSubmit(blocks.PASS_ON, pass_on),
    OnAction(blocks.FEWER, fewer),
    OnAction(blocks.DAILY, daily),
)
