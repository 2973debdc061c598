"""Who answered in a round, as far as that is known, and one's own answer."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, func, select

from slackapp.core.secrecy import mac_of
from slackapp.core.transaction import Tx
from slackapp.features.polls.models import Choice, Response, Round, RoundPerson
from slackapp.features.polls.rules import Answer, Stage


async def answered(tx: Tx, round_: Round) -> int:
    """How many have answered."""
    if round_.answered is not None:
        return round_.answered
    return await tx.session.scalar(_of(tx, round_, func.count())) or 0


async def own_answer(tx: Tx, round_: Round, user_id: str) -> Answer | None:
    """None also in an anonymous round that is closed: nobody knows any more whose is whose."""
    responder = responder_of(round_, user_id)
    found = await tx.session.execute(
        _of(tx, round_, Response.option, Response.number, Response.text).where(
            Response.responder == responder
        )
    )
    row = found.one_or_none()
    if row is None:
        return None
    chosen = await tx.session.scalars(
        select(Choice.option)
        .where(
            Choice.workspace_id == tx.workspace_id,
            Choice.round_id == round_.id,
            Choice.responder == responder,
        )
        .order_by(Choice.option)
    )
    return Answer(row.option, tuple(chosen), row.number, row.text)


async def meant(tx: Tx, round_: Round) -> Sequence[str]:
    """Whom the round means, as far as that is known."""
    found = await tx.session.scalars(
        select(RoundPerson.user_id)
        .where(RoundPerson.workspace_id == tx.workspace_id, RoundPerson.round_id == round_.id)
        .order_by(RoundPerson.user_id)
    )
    return found.all()


async def known_meant(tx: Tx, round_: Round) -> int | None:
    """How many the round means; None: nobody knows."""
    if round_.meant is not None or round_.closed_at is not None:
        return round_.meant
    found = await tx.session.scalar(
        select(func.count())
        .select_from(RoundPerson)
        .where(RoundPerson.workspace_id == tx.workspace_id, RoundPerson.round_id == round_.id)
    )
    return found or None


async def silent(tx: Tx, round_: Round) -> Sequence[str]:
    """Those meant who have not answered a round that is open: to remind them, and for nothing else."""
    if round_.stage != Stage.OPEN:
        return ()
    have = await responders(tx, round_)
    return [user_id for user_id in await meant(tx, round_) if responder_of(round_, user_id) not in have]


async def responders(tx: Tx, round_: Round) -> frozenset[str]:
    """By what their answers are kept."""
    return frozenset(await tx.session.scalars(_of(tx, round_, Response.responder)))


def responder_of(round_: Round, user_id: str) -> str:
    """By what the answer of this person is kept."""
    return user_id if round_.answer_key is None else mac_of(round_.answer_key, user_id)


def _of(tx: Tx, round_: Round, *columns: Any) -> Select[Any]:  # noqa: ANN401 - whatever is read of them
    return select(*columns).where(Response.workspace_id == tx.workspace_id, Response.round_id == round_.id)
