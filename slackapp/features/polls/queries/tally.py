"""What rounds came to, counted by the database. Of an anonymous round nothing before it is closed."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, null, select

from slackapp.core.transaction import Tx
from slackapp.features.polls.models import Choice, Poll, Question, Response, Round
from slackapp.features.polls.queries.responses import answered, known_meant
from slackapp.features.polls.rules import FEWEST_SHOWN, Kind, Results, Stage
from slackapp.features.polls.rules.tally import Tally, in_some_order, results_of, withheld

#: What is counted, by round and function. None: of those whose function is not known, or not asked for.
_Tallies = Mapping[int, Mapping[str | None, Tally]]


async def results(tx: Tx, round_: Round) -> Results:
    """What the round came to so far; withheld while it is anonymous and open, and where too few answered."""
    about = await tx.session.execute(
        select(Poll, Question)
        .join(Question, and_(Question.workspace_id == tx.workspace_id, Question.poll_id == Poll.id))
        .where(
            Poll.workspace_id == tx.workspace_id,
            Poll.id == round_.poll_id,
            Question.id == round_.question_id,
        )
    )
    [found] = await _results(tx, *about.one(), [round_])
    return found


async def trend(tx: Tx, about: Poll) -> Sequence[tuple[Round, Question, Results]]:
    """All closed rounds from the first on, each with its wording: only the same wording can be compared."""
    found = await tx.session.execute(
        select(Round, Question)
        .join(Question, and_(Question.workspace_id == tx.workspace_id, Question.id == Round.question_id))
        .where(Round.workspace_id == tx.workspace_id, Round.poll_id == about.id, Round.stage == Stage.CLOSED)
        .order_by(Round.number)
    )
    rounds = [(round_, asked) for round_, asked in found]
    came_to: dict[int, Results] = {}
    for asked in {asked.id: asked for _, asked in rounds}.values():
        same = [round_ for round_, its in rounds if its.id == asked.id]
        came_to |= zip([round_.id for round_ in same], await _results(tx, about, asked, same), strict=True)
    return [(round_, asked, came_to[round_.id]) for round_, asked in rounds]


async def _results(tx: Tx, about: Poll, asked: Question, rounds: Sequence[Round]) -> list[Results]:
    """Of each of these rounds, in which the same was asked."""
    kind = Kind(asked.kind)
    by_function = about.by_function and not about.is_anonymous
    shown = [round_.id for round_ in rounds if not _is_withheld(about, round_)]
    tallies = await _tallies(tx, kind, shown, by_function=by_function) if shown else {}
    texts = await _texts(tx, shown) if shown and kind is Kind.TEXT else {}
    found = []
    for round_ in rounds:
        meant = await known_meant(tx, round_)
        if round_.id in shown:
            each = tallies.get(round_.id, {})
            said = in_some_order(texts.get(round_.id, ()), round_.id)
            found.append(
                results_of(kind, len(asked.options), meant, each, texts=said, by_function=by_function)
            )
        else:
            found.append(withheld(kind, await answered(tx, round_), meant))
    return found


def _is_withheld(about: Poll, round_: Round) -> bool:
    """Also of a poll that has names by now: what an earlier round did not show is gone."""
    if round_.is_withheld or not about.is_anonymous:
        return round_.is_withheld
    return round_.stage != Stage.CLOSED or (round_.answered or 0) < FEWEST_SHOWN


async def _tallies(tx: Tx, kind: Kind, round_ids: Sequence[int], *, by_function: bool) -> _Tallies:
    found: dict[int, dict[str | None, Tally]] = defaultdict(lambda: defaultdict(Tally))
    counted = await tx.session.execute(_counts(tx, kind, round_ids, by_function=by_function))
    for round_id, function, option, value, count in counted:
        tally = found[round_id][function]
        tally.answered += count
        if option is not None:
            tally.options[option] += count
        if value is not None:
            tally.numbers[value] += count
    if kind is Kind.MULTIPLE:
        chosen = await tx.session.execute(_choices(tx, round_ids, by_function=by_function))
        for round_id, function, option, count in chosen:
            found[round_id][function].options[option] += count
    return found


def _counts(
    tx: Tx, kind: Kind, round_ids: Sequence[int], *, by_function: bool
) -> Select[int, str | None, int | None, Decimal | None, int]:
    groups: list[ColumnElement[Any]] = [Response.round_id.expression, Response.option.expression]
    function: ColumnElement[Any] = null()
    given: ColumnElement[Any] = null()
    if by_function:
        groups.append(function := Response.function.expression)
    if kind is Kind.NUMBER:
        groups.append(given := Response.number.expression)
    return (
        select(Response.round_id, function, Response.option, given, func.count())
        .where(Response.workspace_id == tx.workspace_id, Response.round_id.in_(round_ids))
        .group_by(*groups)
    )


def _choices(tx: Tx, round_ids: Sequence[int], *, by_function: bool) -> Select[int, str | None, int, int]:
    function: ColumnElement[Any] = Response.function.expression if by_function else null()
    statement = select(Choice.round_id, function, Choice.option, func.count()).where(
        Choice.workspace_id == tx.workspace_id, Choice.round_id.in_(round_ids)
    )
    if not by_function:
        return statement.group_by(Choice.round_id, Choice.option)
    whose = and_(
        Response.workspace_id == Choice.workspace_id,
        Response.round_id == Choice.round_id,
        Response.responder == Choice.responder,
    )
    return statement.join(Response, whose).group_by(Choice.round_id, Response.function, Choice.option)


async def _texts(tx: Tx, round_ids: Sequence[int]) -> Mapping[int, Sequence[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    said = await tx.session.execute(
        select(Response.round_id, Response.text).where(
            Response.workspace_id == tx.workspace_id, Response.round_id.in_(round_ids)
        )
    )
    for round_id, text in said:
        found[round_id].append(text or "")
    return found
