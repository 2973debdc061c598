"""What a senior engineer says by form, and takes back."""

from slackapp.core.transaction import Tx
from slackapp.core.words import number
from slackapp.features.discovery.blocks import considerations as blocks
from slackapp.features.discovery.service import considerations as service
from slackapp.slack.replies import CloseModal, Nothing, OpenModal, Reply
from slackapp.slack.routes import Click, OnAction, OnSubmit, Routes, Submission


async def open_form(tx: Tx, click: Click) -> Reply:
    launch, stands = await service.sayable(tx, click.user, number(click.value), here=click.channel)
    return OpenModal(blocks.consider_form(launch, stands))


async def submit(tx: Tx, submission: Submission) -> Reply:
    text = submission.values.get("text")
    said = text if isinstance(text, str) else ""
    await service.consider(tx, submission.user, number(submission.metadata), said)
    return CloseModal()


async def take_back(tx: Tx, click: Click) -> Reply:
    """The message that was pressed shows it."""
    await service.take_back(tx, click.user, number(click.value), here=click.channel)
    return Nothing()


ROUTES: Routes = (
    OnAction(blocks.CONSIDER, open_form),
    OnSubmit(blocks.CONSIDER, submit),
    OnAction(blocks.TAKE_BACK, take_back),
)
