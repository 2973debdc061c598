"""Rounds are answered, changed, withdrawn and closed in any order: both databases come to one model."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import TypeVar

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from slackapp import wiring
from slackapp.core.clock import TurnedClock
from slackapp.core.database import create_engine
from slackapp.core.errors import UserError
from slackapp.core.transaction import Transactions, Tx
from slackapp.features.polls import queries
from slackapp.features.polls.models import Round
from slackapp.features.polls.queries import poll as poll_of
from slackapp.features.polls.queries import trend
from slackapp.features.polls.rules import FEWEST_SHOWN, Answer, Kind, QuestionDraft, Results
from slackapp.features.polls.service.answering import answer, withdraw
from slackapp.features.polls.service.closing import close
from slackapp.features.workspaces.service import install
from tests.support.open_rounds import another_round, asking

START = datetime(2026, 9, 7, 8, 0, tzinfo=UTC)
PEOPLE = [f"U{number}" for number in range(2, 10)]
OPTIONS = ["Cake", "Pricing", "Handover"]
T = TypeVar("T")
Said = dict[str, tuple[int, ...]]

answers = st.tuples(st.sampled_from(PEOPLE), st.sets(st.integers(0, 2), min_size=1))


def question(version: int) -> QuestionDraft:
    return QuestionDraft(Kind.MULTIPLE, f"Which ones, in round {version}?", options=OPTIONS)


def counted(said: Said) -> list[int]:
    return [sum(place in choices for choices in said.values()) for place in range(len(OPTIONS))]


class Rounds(RuleBasedStateMachine):
    #: Migrated databases, in which each example has a workspace of its own.
    urls: tuple[str, ...]
    workspaces = 0

    def __init__(self) -> None:
        super().__init__()
        self._runner = asyncio.Runner()
        self.engines = [create_engine(url) for url in self.urls]
        self.each = [
            Transactions(engine, TurnedClock(START), wiring.EVENTS, wiring.PARTS) for engine in self.engines
        ]
        self.workspace_ids: list[int] = []
        self.is_anonymous = False
        #: What everybody said in each round, from the first on.
        self.said: list[Said] = [{}]
        self.is_open = True
        #: What was shown of a round, by its number.
        self.shown: dict[int, Results] = {}

    def do(self, use: Callable[[Tx, Round], Awaitable[T]]) -> T | None:
        """What the use case returns of the latest round, on both databases alike; None if it refuses."""

        async def latest(tx: Tx) -> T:
            round_ = await queries.round_(tx, self.round_ids[tx.dialect.name])
            return await use(tx, round_)

        async def everywhere() -> list[T | None]:
            found: list[T | None] = []
            for transactions, workspace_id in zip(self.each, self.workspace_ids, strict=True):
                try:
                    found.append(await transactions.run(workspace_id, latest))
                except UserError:
                    found.append(None)
            return found

        one, other = self._runner.run(everywhere())
        assert one == other
        return one

    @initialize(is_anonymous=st.booleans())
    def begin(self, *, is_anonymous: bool) -> None:
        self.is_anonymous = is_anonymous
        self.round_ids: dict[str, int] = {}
        Rounds.workspaces += 1

        async def made() -> None:
            for transactions in self.each:
                async with transactions.install() as session:
                    team = f"T{Rounds.workspaces}"
                    id_ = await install(session, team_id=team, name="Ferrybridge", now=START)
                    self.workspace_ids.append(id_)
                async with transactions.begin(id_) as tx:
                    round_ = await asking(tx, question(1), is_anonymous=is_anonymous, people=PEOPLE)
                    self.round_ids[tx.dialect.name] = round_.id

        self._runner.run(made())

    @rule(said=st.lists(answers, min_size=1, max_size=9))
    def answer(self, said: list[tuple[str, set[int]]]) -> None:
        latest = {person: tuple(sorted(places)) for person, places in said}

        async def use(tx: Tx, round_: Round) -> Said:
            for person, places in said:
                await answer(tx, person, round_.id, Answer(choices=tuple(sorted(places))))
            return latest

        assert self.do(use) == (latest if self.is_open else None)
        self.said[-1] |= latest if self.is_open else {}

    @rule(person=st.sampled_from(PEOPLE))
    def withdraw(self, person: str) -> None:
        was_there = self.do(lambda tx, round_: withdraw(tx, person, round_.id))
        assert was_there is (person in self.said[-1] if self.is_open else None)
        if was_there:
            del self.said[-1][person]

    @rule()
    def close(self) -> None:
        async def use(tx: Tx, round_: Round) -> int | None:
            return (await close(tx, round_.id, by=None)).answered

        assert self.do(use) == len(self.said[-1])
        self.is_open = False

    @rule()
    def next_round(self) -> None:
        if self.is_open:
            return
        number = len(self.said) + 1

        async def use(tx: Tx, round_: Round) -> int:
            poll = await poll_of(tx, round_.poll_id)
            anew = await another_round(tx, poll, question(number), number=number, people=PEOPLE)
            self.round_ids[tx.dialect.name] = anew.id
            return anew.number

        assert self.do(use) == number
        self.said.append({})
        self.is_open = True

    @invariant()
    def comes_to_the_model(self) -> None:
        async def use(tx: Tx, round_: Round) -> tuple[Results, list[tuple[int, int, Results]], list[object]]:
            poll = await poll_of(tx, round_.poll_id)
            closed = [(each.number, asked.version, found) for each, asked, found in await trend(tx, poll)]
            own = [await queries.own_answer(tx, round_, person) for person in PEOPLE]
            return await queries.results(tx, round_), closed, [it and it.choices for it in own]

        seen = self.do(use)
        assert seen is not None
        now, closed, own = seen
        self.check(len(self.said), now)
        assert [version for _, version, _ in closed] == [number for number, _, _ in closed]
        assert len(closed) == len(self.said) - self.is_open
        for number, _, found in closed:
            self.check(number, found)
        is_known = self.is_open or not self.is_anonymous
        assert own == [self.said[-1].get(person) if is_known else None for person in PEOPLE]

    def check(self, number: int, found: Results) -> None:
        """Against the model, and against what was shown of it before."""
        said = self.said[number - 1]
        is_closed = number < len(self.said) or not self.is_open
        assert (found.answered, found.meant) == (len(said), len(PEOPLE))
        is_shown = not self.is_anonymous or (is_closed and len(said) >= FEWEST_SHOWN)
        assert found.is_withheld is not is_shown
        assert list(found.counts) == (counted(said) if is_shown else [])
        if is_shown and (is_closed or self.is_anonymous):
            assert self.shown.setdefault(number, found) == found

    def teardown(self) -> None:
        async def disposed() -> None:
            for engine in self.engines:
                await engine.dispose()

        self._runner.run(disposed())
        self._runner.close()


def test_whatever_is_answered_changed_and_withdrawn_the_tally_is_that_of_the_model(
    sqlite_url: str, postgres_url: str
) -> None:
    class Here(Rounds):
        urls = (sqlite_url, postgres_url)

    run_state_machine_as_test(
        Here,
        settings=settings(
            max_examples=3,
            stateful_step_count=9,
            deadline=None,
            phases=[Phase.reuse, Phase.generate],
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
        ),
    )
