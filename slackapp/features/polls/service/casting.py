"""The statements of one answer. A thousand people answer at once: each is put together once, few are sent."""

from collections.abc import Sequence
from functools import cache
from typing import Any

from sqlalchemy import (
    Delete,
    Dialect,
    Integer,
    Select,
    String,
    and_,
    bindparam,
    delete,
    exists,
    or_,
    select,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.sql.dml import ReturningInsert

from slackapp.core.database import ExactDecimal, insert
from slackapp.core.errors import NotFoundError
from slackapp.core.transaction import Tx
from slackapp.features.polls.models import Choice, Poll, Question, Response, Round, RoundPerson
from slackapp.features.polls.rules import Answer
from slackapp.features.polls.rules.standing import Standing
from slackapp.features.workspaces.models import Channel, ChannelMember, Person

_WORKSPACE = bindparam("the_workspace", type_=Integer)
_ROUND = bindparam("the_round", type_=Integer)
_USER = bindparam("the_user", type_=String)
_RESPONDER = bindparam("the_responder", type_=String)

Shared = tuple[Round, Poll, Question, Standing, str | None]


async def shared(tx: Tx, round_id: int, user_id: str, here: str | None) -> Shared:
    """The round, which nobody closes until the end of the transaction. Others may share it meanwhile.

    With its poll, its question, what this person is to it, and their function. Raises `NotFoundError`.
    """
    given = {"the_workspace": tx.workspace_id, "the_round": round_id, "the_user": user_id}
    row = (await tx.session.execute(_shared(), given)).one_or_none()
    if row is None:
        raise NotFoundError("This poll is not here any more.")
    round_, poll, question, is_bot, deleted, is_guest, is_stranger, function, is_private, is_in, is_meant = (
        row
    )
    standing = Standing(
        is_bot=bool(is_bot),
        has_left=bool(deleted),
        is_guest=bool(is_guest),
        is_stranger=bool(is_stranger),
        is_outside=bool(is_private) and not is_in,
        is_meant=is_meant,
        is_here=here == poll.channel_id,
    )
    return round_, poll, question, standing, function


async def keep(tx: Tx, round_id: int, responder: str, answer: Answer, function: str | None) -> bool:
    """Let this be the one answer of `responder`. Whether they had not said the very same before.

    Nobody else changes theirs until the end of the transaction.
    """
    row = {
        "the_workspace": tx.workspace_id,
        "the_round": round_id,
        "the_responder": responder,
        "the_option": answer.option,
        "the_number": answer.number,
        "the_text": answer.text,
        "the_function": function,
    }
    kept = (await tx.session.execute(_kept(tx.dialect, always=bool(answer.choices)), row)).first()
    return kept is not None


async def choose(tx: Tx, round_id: int, responder: str, choices: Sequence[int]) -> None:
    """Let these be chosen in the answer of `responder`, and no others. It was kept in this transaction."""
    whose = {"the_workspace": tx.workspace_id, "the_round": round_id, "the_responder": responder}
    await tx.session.execute(_unchosen(), whose)
    await tx.session.execute(_chosen(tx.dialect), [{**whose, "the_option": each} for each in choices])


async def drop(tx: Tx, round_id: int, responder: str) -> bool:
    """Whether there was an answer of `responder`. It is gone."""
    whose = {"the_workspace": tx.workspace_id, "the_round": round_id, "the_responder": responder}
    # Nobody chooses in it meanwhile.
    if (await tx.session.execute(_held(), whose)).first() is None:
        return False
    await tx.session.execute(_unchosen(), whose)
    await tx.session.execute(_dropped(), whose)
    return True


@cache
def _shared() -> Select[*tuple[Any, ...]]:
    is_in = exists().where(
        ChannelMember.workspace_id == _WORKSPACE,
        ChannelMember.channel_id == Poll.channel_id,
        ChannelMember.user_id == _USER,
    )
    is_meant = exists().where(
        RoundPerson.workspace_id == _WORKSPACE,
        RoundPerson.round_id == _ROUND,
        RoundPerson.user_id == _USER,
    )
    return (
        select(
            Round,
            Poll,
            Question,
            *(Person.is_bot, Person.deleted, Person.is_guest, Person.is_stranger, Person.function),
            *(Channel.is_private, is_in, is_meant),
        )
        .join(Poll, and_(Poll.workspace_id == _WORKSPACE, Poll.id == Round.poll_id))
        .join(Question, and_(Question.workspace_id == _WORKSPACE, Question.id == Round.question_id))
        .outerjoin(Person, and_(Person.workspace_id == _WORKSPACE, Person.user_id == _USER))
        .outerjoin(Channel, and_(Channel.workspace_id == _WORKSPACE, Channel.channel_id == Poll.channel_id))
        .where(Round.workspace_id == _WORKSPACE, Round.id == _ROUND)
        .with_for_update(read=True, of=Round)
        .execution_options(populate_existing=True)
    )


@cache
def _kept(dialect: Dialect, *, always: bool) -> ReturningInsert[str]:
    """`always`: also where the row says the same, since what was chosen stands in others."""
    statement = insert(Response.__table__, dialect).values(
        {
            "workspace_id": _WORKSPACE,
            "round_id": _ROUND,
            "responder": _RESPONDER,
            "option": bindparam("the_option", type_=Integer),
            "number": bindparam("the_number", type_=ExactDecimal),
            "text": bindparam("the_text", type_=String),
            "function": bindparam("the_function", type_=String),
        }
    )
    said = statement.excluded
    changes = [
        Response.option.is_distinct_from(said.option),
        Response.number.is_distinct_from(said.number),
        Response.text.is_distinct_from(said.text),
        Response.function.is_distinct_from(said.function),
    ]
    return statement.on_conflict_do_update(
        index_elements=["workspace_id", "round_id", "responder"],
        set_={name: said[name] for name in ("option", "number", "text", "function")},
        where=None if always else or_(*changes),
    ).returning(Response.responder)


@cache
def _held() -> Select[str]:
    return (
        select(Response.responder)
        .where(
            Response.workspace_id == _WORKSPACE,
            Response.round_id == _ROUND,
            Response.responder == _RESPONDER,
        )
        .with_for_update()
    )


@cache
def _unchosen() -> Delete:
    return (
        delete(Choice)
        .where(Choice.workspace_id == _WORKSPACE, Choice.round_id == _ROUND, Choice.responder == _RESPONDER)
        .execution_options(synchronize_session=False)
    )


@cache
def _dropped() -> Delete:
    return (
        delete(Response)
        .where(
            Response.workspace_id == _WORKSPACE,
            Response.round_id == _ROUND,
            Response.responder == _RESPONDER,
        )
        .execution_options(synchronize_session=False)
    )


@cache
def _chosen(dialect: Dialect) -> sqlite.Insert | postgresql.Insert:
    return insert(Choice.__table__, dialect).values(
        {
            "workspace_id": _WORKSPACE,
            "round_id": _ROUND,
            "responder": _RESPONDER,
            "option": bindparam("the_option", type_=Integer),
        }
    )
