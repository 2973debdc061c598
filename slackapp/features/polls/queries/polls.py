"""A poll, its rounds, and the wordings of its question."""

from sqlalchemy import select

from slackapp.core.errors import NotFoundError
from slackapp.core.transaction import Tx
from slackapp.features.polls.models import Poll, Question, Round
from slackapp.features.workspaces.queries import channel


async def poll(tx: Tx, poll_id: int, *, lock: bool = False) -> Poll:
    """Raises `NotFoundError`. `lock`: until the end of the transaction nobody else changes it."""
    statement = select(Poll).where(Poll.workspace_id == tx.workspace_id, Poll.id == poll_id)
    if lock:
        statement = statement.with_for_update().execution_options(populate_existing=True)
    if (found := await tx.session.scalar(statement)) is None:
        raise NotFoundError("This poll is not here any more.")
    return found


async def round_(tx: Tx, round_id: int, *, lock: bool = False, anew: bool = False) -> Round:
    """Raises `NotFoundError`. `lock`: until the end of the transaction nobody answers in it or closes it.

    `anew`: as the database has it now, whatever was read of it before.
    """
    statement = select(Round).where(Round.workspace_id == tx.workspace_id, Round.id == round_id)
    if lock:
        statement = statement.with_for_update()
    if lock or anew:
        statement = statement.execution_options(populate_existing=True)
    if (found := await tx.session.scalar(statement)) is None:
        raise NotFoundError("This poll is not here any more.")
    return found


async def is_posted(tx: Tx, poll: Poll) -> bool:
    """Whether its channel can show what it comes to: an archived one cannot."""
    there = await channel(tx, poll.channel_id)
    return there is None or not there.is_archived


async def question(tx: Tx, question_id: int) -> Question:
    """The wording of this id. Raises `NotFoundError`."""
    found = await tx.session.scalar(
        select(Question).where(Question.workspace_id == tx.workspace_id, Question.id == question_id)
    )
    if found is None:
        raise NotFoundError("This question is not here any more.")
    return found
