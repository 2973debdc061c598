"""Putting notes into topics, in a form that stays open."""

from slackapp.core.errors import FieldError
from slackapp.core.transaction import Tx
from slackapp.core.words import number
from slackapp.features.retros import queries
from slackapp.features.retros.blocks import group as blocks
from slackapp.features.retros.models import Retro
from slackapp.features.retros.queries import topics as found
from slackapp.features.retros.rules import Doing
from slackapp.features.retros.rules.topics import read_placing
from slackapp.features.retros.service import topics
from slackapp.features.retros.service.permitting import check
from slackapp.slack.replies import OpenModal, Reply, UpdateModal
from slackapp.slack.routes import Click, OnAction, OnSubmit, Routes, Submission


async def open_group(tx: Tx, user_id: str, retro: Retro) -> Reply:
    await check(tx, user_id, retro, Doing.GROUP)
    return OpenModal(blocks.group(blocks.Grouping(await found.board(tx, retro))))


async def turn_page(tx: Tx, click: Click) -> Reply:
    """Another page, or the same as it is now. What was chosen stays chosen."""
    retro_id, _, turn = _opened(click.metadata)
    retro = await topics.may_group(tx, click.user, retro_id)
    return UpdateModal(blocks.group(blocks.Grouping(await found.board(tx, retro), number(click.value), turn)))


async def put(tx: Tx, submission: Submission) -> Reply:
    retro_id, page, turn = _opened(submission.metadata)
    values = {name.rpartition("_")[0]: value for name, value in submission.values.items()}
    try:
        done = await topics.put(tx, submission.user, retro_id, read_placing(values))
    except FieldError as error:
        fields = {blocks.field(name, turn): sentence for name, sentence in error.fields.items()}
        raise FieldError(fields) from None
    return await _again(tx, retro_id, page, turn, done)


async def start_over(tx: Tx, click: Click) -> Reply:
    retro_id, _, turn = _opened(click.metadata)
    await topics.start_over(tx, click.user, retro_id)
    return await _again(tx, retro_id, 0, turn, "Every note stands alone again.")


async def _again(tx: Tx, retro_id: int, page: int, turn: int, done: str) -> Reply:
    board = await found.board(tx, await queries.retro(tx, retro_id))
    return UpdateModal(blocks.group(blocks.Grouping(board, page, turn + 1, done)))


def _opened(metadata: str) -> tuple[int, int, int]:
    """Of the form: the retro's id, the page, and how often it was handed in."""
    retro_id, _, rest = metadata.partition(":")
    page, _, turn = rest.partition(":")
    return number(retro_id), number(page), number(turn)


ROUTES: Routes = (
    OnSubmit(blocks.GROUP, put),
    OnAction(f"{blocks.GROUP_PAGE}.back", turn_page),
    OnAction(f"{blocks.GROUP_PAGE}.on", turn_page),
    OnAction(f"{blocks.GROUP_PAGE}.here", turn_page),
    OnAction(blocks.START_OVER, start_over),
)
