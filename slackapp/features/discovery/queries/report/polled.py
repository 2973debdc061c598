"""What the closed rounds of a channel's polls came to. Of what polls withhold nothing is read.

First which rounds there are, then what was answered in those. SQLite keeps no statistics of its tables: asked
for both at once, it begins with all answers of the workspace.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import and_, func, select

from slackapp.core.proportions import Proportion
from slackapp.core.transaction import Tx
from slackapp.features.discovery.rules.opinions import OPINIONS, Level, Opinion, Voiced, compared
from slackapp.features.discovery.rules.periods import Period
from slackapp.features.discovery.rules.report import Asked, LeftOut
from slackapp.features.polls.models import Poll, Question, Response, Round
from slackapp.features.polls.rules import Audience, Kind, Stage, may_see
from slackapp.features.polls.rules.answers import YES
from slackapp.features.polls.rules.functions import OTHERS, grouped
from slackapp.features.polls.rules.tally import Tally, results_of
from slackapp.features.polls.rules.templates import Template
from slackapp.features.workspaces.rules import Function

#: The newest closed ones. Nobody compares with what was longer ago.
_MOST_ROUNDS = 500


@dataclass(frozen=True)
class Held:
    """A closed round."""

    poll: Poll
    round: Round
    question: Question

    @property
    def is_shown(self) -> bool:
        return may_see(self.poll, self.round, has_answered=False)

    @property
    def asks_who_took_part(self) -> bool:
        return self.poll.template == Template.PARTICIPATION

    @property
    def counts_by_function(self) -> bool:
        named = self.poll.by_function and not self.poll.is_anonymous
        return self.asks_who_took_part and named and self.question.kind == Kind.YES_NO

    @property
    def is_opinion(self) -> bool:
        return self.poll.template in OPINIONS and self.question.kind in {Kind.SCALE, Kind.YES_NO}

    @property
    def alike(self) -> tuple[object, ...]:
        """What was asked, and of whom; certain people are the same in one poll alone."""
        poll, question = self.poll, self.question
        whom = poll.id if poll.audience == Audience.PEOPLE else tuple(sorted(poll.functions))
        return question.kind, question.text, tuple(question.options), poll.audience, whom


async def held(tx: Tx, channel_id: str, until: Period) -> Sequence[Held]:
    """The rounds that may be in a report, from the oldest to the newest."""
    found = await tx.session.scalars(
        select(Poll).where(
            Poll.workspace_id == tx.workspace_id,
            Poll.channel_id == channel_id,
            Poll.template.in_([Template.PARTICIPATION, *OPINIONS]),
        )
    )
    polls = {poll.id: poll for poll in found}
    if not polls:
        return ()
    rounds = await tx.session.execute(
        select(Round, Question)
        .join(Question, and_(Question.workspace_id == Round.workspace_id, Question.id == Round.question_id))
        .where(
            Round.workspace_id == tx.workspace_id,
            Round.poll_id.in_(list(polls)),
            Round.stage == Stage.CLOSED,
            Round.occurs_on <= until.last,
        )
        .order_by(Round.closed_at.desc(), Round.id.desc())
        .limit(_MOST_ROUNDS)
    )
    return [Held(polls[round_.poll_id], round_, question) for round_, question in rounds][::-1]


async def asked(tx: Tx, rounds: Iterable[Held], period: Period) -> Sequence[Asked]:
    """The rounds of that time in which people said whether they took part, with their function."""
    days = {
        each.round.id: each.round.occurs_on
        for each in rounds
        if each.counts_by_function and each.is_shown and each.round.occurs_on in period
    }
    if not days:
        return ()
    columns = (Response.round_id, Response.function, Response.option)
    found = await tx.session.execute(
        select(*columns, func.count())
        .where(Response.workspace_id == tx.workspace_id, Response.round_id.in_(list(days)))
        .group_by(*columns)
    )
    tallies: dict[int, dict[str | None, Tally]] = defaultdict(lambda: defaultdict(Tally))
    for round_id, function, option, count in found:
        tallies[round_id][function] += Tally(count, Counter({option or 0: count}))
    return [Asked(days[round_id], _said(each)) for round_id, each in tallies.items()]


def _said(tallies: Mapping[str | None, Tally]) -> Mapping[Function | None, Proportion]:
    """By function as far as the round itself shows it; None: all others."""
    whole = results_of(Kind.YES_NO, 0, None, tallies, by_function=True)
    groups = grouped(whole) or {OTHERS: whole}
    functions = {function.label: function for function in Function}
    return {functions.get(name): Proportion(of.counts[YES], of.answered) for name, of in groups.items()}


async def opinions(tx: Tx, rounds: Iterable[Held], period: Period) -> Sequence[Opinion]:
    shown = {each.round.id: each for each in rounds if each.is_opinion and each.is_shown}
    voiced = [
        Voiced(round_id, each.poll.template, each.round.occurs_on, each.alike)
        for round_id, each in shown.items()
        if each.round.answered
    ]
    pairs = compared(voiced, period)
    levels = await _levels(tx, [shown[each.round_id] for pair in pairs for each in pair if each])
    return [
        Opinion(lately.template, levels[lately.round_id], levels[before.round_id] if before else None)
        for lately, before in pairs
    ]


async def _levels(tx: Tx, rounds: Sequence[Held]) -> Mapping[int, Level]:
    """What these rounds came to, each of which somebody answered."""
    if not rounds:
        return {}
    found = await tx.session.execute(
        select(Response.round_id, func.count(), func.sum(func.coalesce(Response.option, 0)))
        .where(
            Response.workspace_id == tx.workspace_id,
            Response.round_id.in_([each.round.id for each in rounds]),
        )
        .group_by(Response.round_id)
    )
    sums = {round_id: (answered, total) for round_id, answered, total in found}
    return {each.round.id: _level(each, *sums[each.round.id]) for each in rounds}


def _level(of: Held, answered: int, total: int) -> Level:
    if of.question.kind == Kind.YES_NO:
        return Level(of.round.occurs_on, answered, yes=Proportion(total, answered))
    return Level(of.round.occurs_on, answered, mean=Decimal(total) / answered)


def left_out(rounds: Iterable[Held], period: Period) -> LeftOut:
    """Rounds of that time that are in none of these numbers."""
    those = [each for each in rounds if each.round.occurs_on in period]
    uncounted = [each for each in those if each.asks_who_took_part and not each.counts_by_function]
    return LeftOut(
        withheld=sum(not each.is_shown for each in those),
        without_function=sum(each.is_shown for each in uncounted),
    )
