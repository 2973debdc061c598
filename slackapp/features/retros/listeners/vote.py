"""Voting, in a modal that shows one's own votes and nobody else's; and merging topics."""

from slackapp.core.errors import UserError
from slackapp.core.transaction import Tx
from slackapp.core.words import number
from slackapp.features.retros import queries
from slackapp.features.retros.blocks import discuss as discuss_blocks
from slackapp.features.retros.blocks import vote as blocks
from slackapp.features.retros.listeners.discuss import discussion
from slackapp.features.retros.models import Retro
from slackapp.features.retros.queries import topics as found
from slackapp.features.retros.rules import Doing, Phase
from slackapp.features.retros.rules.topics import read_merge
from slackapp.features.retros.service import topics, votes
from slackapp.features.retros.service.permitting import check, is_allowed
from slackapp.slack.replies import OpenModal, Reply, UpdateModal
from slackapp.slack.routes import Click, OnAction, OnSubmit, Routes, Submission


async def open_vote(tx: Tx, user_id: str, retro: Retro) -> Reply:
    await check(tx, user_id, retro, Doing.VOTE)
    return OpenModal(blocks.vote(await _voting(tx, user_id, retro)))


async def turn_page(tx: Tx, click: Click) -> Reply:
    retro_id, _ = _opened(click.metadata)
    retro = await votes.may_vote(tx, click.user, retro_id)
    return UpdateModal(blocks.vote(await _voting(tx, click.user, retro, number(click.value))))


async def cast(tx: Tx, click: Click) -> Reply:
    """The button carries how many votes are wanted, so that to press it twice is to press it once."""
    retro_id, page = _opened(click.metadata)
    topic_id, _, wanted = (click.value or "").partition(":")
    retro = await votes.may_vote(tx, click.user, retro_id)
    notice = ""
    try:
        await votes.cast(tx, click.user, retro_id, number(topic_id), number(wanted))
    except UserError as error:
        # The screen was older than what it was pressed for: show how it is, and why.
        notice = error.sentence
    return UpdateModal(blocks.vote(await _voting(tx, click.user, retro, page, notice)))


async def open_merge(tx: Tx, click: Click) -> Reply:
    """In place of the modal, which comes back once it is done."""
    retro_id = _opened(click.metadata)[0]
    retro = await topics.may_merge(tx, click.user, retro_id)
    return UpdateModal(blocks.merge(await found.board(tx, retro), page=number(click.value)))


async def merge(tx: Tx, submission: Submission) -> Reply:
    retro_id, page = _opened(submission.metadata)
    chosen, name = read_merge(submission.values)
    await topics.merge(tx, submission.user, retro_id, chosen, name)
    retro = await queries.retro(tx, retro_id)
    if retro.phase == Phase.DISCUSS:
        return UpdateModal(discuss_blocks.discuss(await discussion(tx, submission.user, retro)))
    return UpdateModal(blocks.vote(await _voting(tx, submission.user, retro, page)))


async def _voting(tx: Tx, user_id: str, retro: Retro, page: int = 0, notice: str = "") -> blocks.Voting:
    may_merge = await is_allowed(tx, user_id, retro, Doing.FACILITATE)
    return blocks.Voting(await found.ballot(tx, retro, user_id), may_merge, page, notice)


def _opened(metadata: str) -> tuple[int, int]:
    """Of the modal: the retro's id, and the page. Where topics are discussed, the page means nothing."""
    retro_id, _, page = metadata.partition(":")
    return number(retro_id), number(page)


ROUTES: Routes = (
    OnAction(f"{blocks.VOTE}.more", cast),
    OnAction(f"{blocks.VOTE}.less", cast),
    OnAction(f"{blocks.VOTE_PAGE}.back", turn_page),
    OnAction(f"{blocks.VOTE_PAGE}.on", turn_page),
    OnAction(f"{blocks.VOTE_PAGE}.here", turn_page),
    OnAction(blocks.MERGE, open_merge),
    OnSubmit(blocks.MERGE, merge),
)
