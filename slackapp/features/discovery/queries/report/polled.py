"""What the closed rounds of a channel's polls came to. Of what polls withhold nothing is read."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, select

from slackapp.core.proportions import Proportion
from slackapp.core.transaction import Tx
from slackapp.features.discovery.rules.opinions import OPINIONS, Level, Opinion, Voiced, compared
from slackapp.features.discovery.rules.periods import Period
from slackapp.features.discovery.rules.report import Asked, LeftOut
from slackapp.features.polls.models import Poll, Question, Response, Round
from slackapp.features.polls.queries.closed import shows
from slackapp.features.polls.rules import Audience, Kind, Stage
from slackapp.features.polls.rules.answers import YES
from slackapp.features.polls.rules.templates import Template
from slackapp.features.workspaces.rules import Function

#: Nobody compares with what was longer ago.
_MOST_ROUNDS = 200

_COUNTS_BY_FUNCTION = and_(Poll.by_function, Poll.is_anonymous.is_(False), Question.kind == Kind.YES_NO)


async def asked(tx: Tx, channel_id: str, period: Period) -> Sequence[Asked]:
    """The rounds of that time in which people said whether they took part, with their function."""
    columns = (Round.id, Round.occurs_on, Response.function, Response.option)
    found = await tx.session.execute(
        _rounds(tx, channel_id, [Template.PARTICIPATION], *columns, func.count())
        .join(Response, and_(Response.workspace_id == tx.workspace_id, Response.round_id == Round.id))
        .where(_COUNTS_BY_FUNCTION, shows(tx), _is_of(period))
        .group_by(*columns)
    )
    days: dict[int, date] = {}
    said: dict[int, dict[Function | None, Proportion]] = defaultdict(dict)
    for round_id, day, written, option, count in found:
        days[round_id] = day
        function = None if written is None else Function(written)
        so_far = said[round_id].get(function, Proportion(0, 0))
        said[round_id][function] = Proportion(so_far.count + count * (option == YES), so_far.of + count)
    return [Asked(day, said[round_id]) for round_id, day in days.items()]


async def opinions(tx: Tx, channel_id: str, period: Period) -> Sequence[Opinion]:
    found = await tx.session.execute(
        _rounds(tx, channel_id, OPINIONS, Round, Poll, Question)
        .where(shows(tx), Round.occurs_on <= period.last, Question.kind.in_([Kind.SCALE, Kind.YES_NO]))
        .order_by(Round.closed_at.desc(), Round.id.desc())
        .limit(_MOST_ROUNDS)
    )
    newest = [
        Voiced(round_.id, poll.template, round_.occurs_on, _alike(poll, question))
        for round_, poll, question in found
    ]
    pairs = compared(newest[::-1], period)
    levels = await _levels(tx, [each.round_id for pair in pairs for each in pair if each])
    return [
        Opinion(lately.template, levels[lately.round_id], levels.get(before.round_id) if before else None)
        for lately, before in pairs
        if lately.round_id in levels
    ]


def _alike(poll: Poll, question: Question) -> tuple[object, ...]:
    """Certain people are the same in one poll alone."""
    whom = poll.id if poll.audience == Audience.PEOPLE else tuple(sorted(poll.functions))
    return question.kind, question.text, tuple(question.options), poll.audience, whom


async def _levels(tx: Tx, round_ids: Collection[int]) -> Mapping[int, Level]:
    """What these rounds came to, of those that anybody answered."""
    if not round_ids:
        return {}
    columns = (Round.id, Round.occurs_on, Question.kind)
    found = await tx.session.execute(
        select(*columns, func.count(), func.sum(func.coalesce(Response.option, 0)))
        .join(Question, and_(Question.workspace_id == tx.workspace_id, Question.id == Round.question_id))
        .join(Response, and_(Response.workspace_id == tx.workspace_id, Response.round_id == Round.id))
        .where(Round.workspace_id == tx.workspace_id, Round.id.in_(round_ids))
        .group_by(*columns)
    )
    return {
        round_id: Level(day, answered, yes=Proportion(total, answered))
        if kind == Kind.YES_NO
        else Level(day, answered, mean=Decimal(total) / answered)
        for round_id, day, kind, answered, total in found
    }


async def left_out(tx: Tx, channel_id: str, period: Period) -> LeftOut:
    """Rounds of that time that are in none of these numbers."""
    without_function = and_(Poll.template == Template.PARTICIPATION, shows(tx), ~_COUNTS_BY_FUNCTION)
    found = await tx.session.execute(
        _rounds(
            tx,
            channel_id,
            [Template.PARTICIPATION, *OPINIONS],
            _count(Round.is_withheld.is_(True)),
            _count(without_function),
        ).where(Round.stage == Stage.CLOSED, _is_of(period))
    )
    return LeftOut(*found.one())


def _count(those: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((those, 1), else_=0)), 0)


def _is_of(period: Period) -> ColumnElement[bool]:
    return Round.occurs_on.between(period.first, period.last)


def _rounds(tx: Tx, channel_id: str, templates: Collection[str], *columns: Any) -> Select[Any]:  # noqa: ANN401 - whatever is read of them
    """What is read of the rounds of the channel's polls that were made from one of these templates."""
    return (
        select(*columns)
        .select_from(Poll)
        .join(Round, and_(Round.workspace_id == tx.workspace_id, Round.poll_id == Poll.id))
        .join(Question, and_(Question.workspace_id == tx.workspace_id, Question.id == Round.question_id))
        .where(
            Poll.workspace_id == tx.workspace_id,
            Poll.channel_id == channel_id,
            Poll.template.in_(list(templates)),
        )
    )
