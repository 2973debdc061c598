"""Answering a poll: by one click, or in a form; changing it and taking it back; reading what it came to."""

from slackapp.core.transaction import Tx
from slackapp.core.words import number
from slackapp.features.polls import queries
from slackapp.features.polls.blocks import answering as blocks
from slackapp.features.polls.blocks import pages
from slackapp.features.polls.blocks.round import ANSWER, FORM, RESULTS
from slackapp.features.polls.blocks.words import MOST_BUTTONS
from slackapp.features.polls.models import Question
from slackapp.features.polls.queries.seen import Seen, seen
from slackapp.features.polls.rules import read_answer
from slackapp.features.polls.rules.answers import FIELD
from slackapp.features.polls.rules.permissions import Doing
from slackapp.features.polls.service import answering as service
from slackapp.features.polls.service import counting
from slackapp.features.polls.service.permitting import check
from slackapp.features.workspaces.queries import wants_function
from slackapp.slack.replies import CloseModal, OpenModal, Reply, UpdateModal
from slackapp.slack.routes import Click, OnAction, OnSubmit, Routes, Submission


async def click(tx: Tx, click: Click) -> Reply:
    """The button carries what is answered, so that to press it twice is to press it once."""
    written, _, place = (click.value or "").partition(":")
    round_id = number(written)
    question = await _question(tx, round_id)
    said = read_answer(question, {FIELD: place})
    done = await service.answer(tx, click.user, round_id, said, here=click.channel)
    found = await seen(tx, click.user, round_id)
    if done.poll.by_function and await wants_function(tx, click.user):
        return OpenModal(blocks.function_form(found.view, said))
    return blocks.answered(found.view, said, found.beside)


async def open_form(tx: Tx, click: Click) -> Reply:
    round_id, here = number(click.value), click.channel or ""
    await service.must_be_asked(tx, click.user, round_id, here=here)
    found = await seen(tx, click.user, round_id)
    wants = found.view.poll.by_function and await wants_function(tx, click.user)
    return OpenModal(blocks.answer_form(blocks.Answering(found.view, found.own, wants, here)))


async def submit(tx: Tx, submission: Submission) -> Reply:
    written, _, here = submission.metadata.partition(":")
    round_id = number(written)
    said = read_answer(await _question(tx, round_id), submission.values)
    await counting.take(tx, submission.user, submission.values)
    await service.answer(tx, submission.user, round_id, said, here=here)
    found = await seen(tx, submission.user, round_id)
    return UpdateModal(blocks.answered_sheet(found.view, said, found.beside))


async def submit_function(tx: Tx, submission: Submission) -> Reply:
    """The answer is kept already, and is counted by the function from now on."""
    if await counting.take(tx, submission.user, submission.values):
        await counting.recount(tx, submission.user, number(submission.metadata))
    return CloseModal()


async def withdraw(tx: Tx, click: Click) -> Reply:
    was_there = await service.withdraw(tx, click.user, number(click.value))
    if click.channel is None:
        return UpdateModal(blocks.withdrawn_sheet(was_there=was_there))
    return blocks.withdrawn(was_there=was_there)


async def open_results(tx: Tx, click: Click) -> Reply:
    found = await _readable(tx, click.user, number(click.value), click.channel)
    return OpenModal(pages.results_sheet(found.view, found.results, found.why, here=click.channel or ""))


async def turn_page(tx: Tx, click: Click) -> Reply:
    written, _, here = click.metadata.partition(":")
    found = await _readable(tx, click.user, number(written), here)
    return UpdateModal(
        pages.results_sheet(found.view, found.results, found.why, page=number(click.value), here=here)
    )


async def _question(tx: Tx, round_id: int) -> Question:
    return await queries.question(tx, (await queries.round_(tx, round_id)).question_id)


async def _readable(tx: Tx, user_id: str, round_id: int, here: str | None) -> Seen:
    found = await seen(tx, user_id, round_id)
    await check(tx, user_id, found.view.poll, Doing.READ, here=here)
    return found


ROUTES: Routes = (
    *(OnAction(f"{ANSWER}.{place}", click) for place in range(MOST_BUTTONS + 1)),
    OnAction(FORM, open_form),
    OnSubmit(blocks.SUBMIT, submit),
    OnSubmit(blocks.FUNCTION, submit_function),
    OnAction(blocks.WITHDRAW, withdraw),
    OnAction(RESULTS, open_results),
    OnAction(f"{pages.PAGE}.back", turn_page),
    OnAction(f"{pages.PAGE}.on", turn_page),
)
