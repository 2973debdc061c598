"""Looking after a poll: closing, rewording, stopping, files; and a round that waits for its creator."""

from slackapp.core.transaction import Tx
from slackapp.core.words import number
from slackapp.features.polls import queries
from slackapp.features.polls.blocks import managing as blocks
from slackapp.features.polls.blocks.looking_after import CALL_OFF, RELEASE
from slackapp.features.polls.blocks.round import MANAGE
from slackapp.features.polls.models import Poll
from slackapp.features.polls.queries.listed import listed
from slackapp.features.polls.rules.exports import FileKind
from slackapp.features.polls.rules.permissions import Doing
from slackapp.features.polls.rules.question_form import read_question, typed_in
from slackapp.features.polls.service import closing, editing, exporting, starting, stopping
from slackapp.features.polls.service.permitting import check
from slackapp.slack.replies import Nothing, OpenModal, Reply, UpdateModal, Whisper
from slackapp.slack.routes import Click, OnAction, OnSubmit, Routes, Submission


async def open_manage(tx: Tx, click: Click) -> Reply:
    poll = await queries.poll(tx, number(click.value))
    await check(tx, click.user, poll, Doing.MANAGE)
    return OpenModal(blocks.manage_sheet(await _managing(tx, poll)))


async def close(tx: Tx, click: Click) -> Reply:
    round_ = await queries.round_(tx, number(click.value))
    poll = await queries.poll(tx, round_.poll_id)
    await check(tx, click.user, poll, Doing.MANAGE)
    closed = await closing.close(tx, round_.id, by=click.user)
    return UpdateModal(blocks.manage_sheet(await _managing(tx, poll, blocks.closed_notice(closed))))


async def stop(tx: Tx, click: Click) -> Reply:
    poll = await stopping.stop(tx, click.user, number(click.value))
    return UpdateModal(blocks.manage_sheet(await _managing(tx, poll, "Stopped: no further round is held.")))


async def open_reword(tx: Tx, click: Click) -> Reply:
    poll = await queries.poll(tx, number(click.value))
    await check(tx, click.user, poll, Doing.MANAGE)
    question = await queries.latest_question(tx, poll.id)
    return OpenModal(blocks.reword_form(poll, question, typed_in(question)))


async def reword(tx: Tx, submission: Submission) -> Reply:
    poll_id = number(submission.metadata)
    kind = (await queries.latest_question(tx, poll_id)).kind
    draft = read_question({**submission.values, "kind": kind})
    await editing.reword(tx, submission.user, poll_id, draft)
    return Whisper("Kept. The next round asks with these words.")


async def export(tx: Tx, click: Click) -> Reply:
    kind = FileKind(click.action_id.removeprefix(f"{blocks.EXPORT}."))
    poll = await exporting.export(tx, click.user, number(click.value), kind)
    comes = f"{poll.label} comes as a {kind.label} file in our direct message."
    if click.channel is not None:
        return Whisper(comes)
    # The sheet stays, for another kind of file.
    return UpdateModal(blocks.manage_sheet(await _managing(tx, poll, comes)))


async def release(tx: Tx, click: Click) -> Reply:
    """The message that was pressed loses its buttons."""
    named = click.action_id == f"{RELEASE}.named"
    await starting.release(tx, number(click.value), by=click.user, named=named)
    return Nothing()


async def call_off(tx: Tx, click: Click) -> Reply:
    await starting.call_off(tx, number(click.value), by=click.user)
    return Nothing()


async def _managing(tx: Tx, poll: Poll, notice: str = "") -> blocks.Managing:
    it = await listed(tx, poll)
    return blocks.Managing(poll, it.question, it.last, notice)


ROUTES: Routes = (
    OnAction(MANAGE, open_manage),
    OnAction(blocks.CLOSE, close),
    OnAction(blocks.STOP, stop),
    OnAction(blocks.REWORD, open_reword),
    OnSubmit(blocks.REWORD, reword),
    *(OnAction(f"{blocks.EXPORT}.{kind}", export) for kind in FileKind),
    OnAction(f"{RELEASE}.named", release),
    OnAction(f"{RELEASE}.anyway", release),
    OnAction(CALL_OFF, call_off),
)
