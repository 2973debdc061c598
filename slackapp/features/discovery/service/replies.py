"""Replies in words to what discovery asks: what came of it, and what has to be factored in."""

from slackapp.core.errors import UserError
from slackapp.core.transaction import Tx
from slackapp.features.discovery import queries
from slackapp.features.discovery.blocks import came as coming
from slackapp.features.discovery.blocks import considerations as saying
from slackapp.features.discovery.rules import CAME_KIND, CONSIDERATIONS_KIND
from slackapp.features.discovery.service import considerations
from slackapp.features.discovery.service.logged import note
from slackapp.features.launches import queries as launch_queries
from slackapp.features.prompts.rules import Edited, Replied
from slackapp.outbox import service as outbox

_FILE = "I cannot read a file. Please write it."


async def take_reply(tx: Tx, event: Replied) -> None:
    """What is written is the answer; what cannot be one is asked back."""
    if event.kind == CONSIDERATIONS_KIND:
        await _consider(tx, event)
    elif event.kind == CAME_KIND:
        await _note(tx, event)


async def _consider(tx: Tx, event: Replied) -> None:
    try:
        _check_words(event)
        await considerations.consider(tx, event.user_id, event.subject_id, event.text, echo=event.answer_key)
    except UserError as error:
        launch = await launch_queries.launch(tx, event.subject_id)
        answer = saying.not_taken(launch, error.sentence)
        await outbox.say(tx, event.answer_key, outbox.Direct(event.user_id), answer)


async def _note(tx: Tx, event: Replied) -> None:
    try:
        _check_words(event)
        activity = await note(tx, event.user_id, event.subject_id, event.text)
        answer = coming.noted(await queries.logged(tx, activity))
    except UserError as error:
        answer = coming.not_taken(error.sentence)
    await outbox.say(tx, event.answer_key, outbox.Direct(event.user_id), answer)


async def correct(tx: Tx, event: Edited) -> None:
    """The reply was put in other words: what was said is what it says now."""
    if event.kind == CONSIDERATIONS_KIND:
        await considerations.correct(tx, event.user_id, event.subject_id, event.text, event.answer_key)


def _check_words(event: Replied) -> None:
    if event.has_files and not event.text.strip():
        raise UserError(_FILE)
