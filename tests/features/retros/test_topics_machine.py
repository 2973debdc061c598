"""Notes are grouped, voted for, merged and discussed in any order: no note is lost, no vote made up."""

import asyncio
import shutil
import tempfile
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import select

from slackapp import wiring
from slackapp.core.clock import TurnedClock
from slackapp.core.database import create_engine
from slackapp.core.errors import UserError
from slackapp.core.transaction import Transactions, Tx
from slackapp.features.retros import queries
from slackapp.features.retros.models import Note, Retro, Vote
from slackapp.features.retros.queries import topics as found
from slackapp.features.retros.rules import Phase as RetroPhase
from slackapp.features.retros.rules.topics import Into, Placing
from slackapp.features.retros.service import phases, topics, votes
from slackapp.features.workspaces.service import install
from tests.support.topics import NOTES, with_notes, worth

START = datetime(2026, 9, 7, 8, 0, tzinfo=UTC)
FACILITATOR = "U1"
PEOPLE = st.sampled_from(["U2", "U3"])
#: Which of those there are, from the beginning over and over.
SOME = st.lists(st.integers(0, 30), max_size=3)
ONE = st.integers(0, 30)
T = TypeVar("T")


class Grouping(RuleBasedStateMachine):
    #: A migrated database, copied for each example.
    template: Path

    def __init__(self) -> None:
        super().__init__()
        self._runner = asyncio.Runner()
        self._folder = tempfile.TemporaryDirectory()
        path = Path(self._folder.name) / "retro.db"
        shutil.copy(self.template, path)
        self.engine = create_engine(f"sqlite+aiosqlite:///{path}")
        self.transactions = Transactions(self.engine, TurnedClock(START), wiring.EVENTS, wiring.PARTS)
        self.phase = RetroPhase.GROUP

    def run(self, work: Awaitable[T]) -> T:
        async def wait() -> T:
            return await work

        return self._runner.run(wait())

    def do(self, use: Callable[[Tx, Retro], Awaitable[T]]) -> T | None:
        """What the use case returns; None if it refuses."""

        async def used() -> T:
            async with self.transactions.begin(self.workspace_id) as tx:
                return await use(tx, await queries.retro(tx, self.retro_id, lock=True))

        try:
            return self.run(used())
        except UserError:
            return None

    @initialize()
    def begin(self) -> None:
        async def made() -> tuple[int, int]:
            async with self.transactions.install() as session:
                workspace_id = await install(session, team_id="T1", name="Ferrybridge", now=START)
            async with self.transactions.begin(workspace_id) as tx:
                return workspace_id, (await with_notes(tx, to=RetroPhase.GROUP)).id

        self.workspace_id, self.retro_id = self.run(made())

    @rule(chosen=SOME, whole=SOME, into=ONE | st.sampled_from(Into), name=st.sampled_from(["", "Ours"]))
    @precondition(lambda self: self.phase == RetroPhase.GROUP)
    def put(self, chosen: list[int], whole: list[int], into: int | Into, name: str) -> None:
        async def use(tx: Tx, retro: Retro) -> None:
            notes = await self.notes(tx)
            there = [view.topic.id for view in await found.topics(tx, retro.id)] or [0]
            placing = Placing(
                [notes[n % len(notes)] for n in chosen],
                [there[n % len(there)] for n in whole],
                into if isinstance(into, Into) else there[into % len(there)],
                name,
            )
            await topics.put(tx, "U2", retro.id, placing)

        self.do(use)

    @rule()
    @precondition(lambda self: self.phase == RetroPhase.GROUP)
    def start_over(self) -> None:
        self.do(lambda tx, retro: topics.start_over(tx, "U2", retro.id))

    @rule(whole=SOME)
    @precondition(lambda self: self.phase in {RetroPhase.VOTE, RetroPhase.DISCUSS})
    def merge(self, whole: list[int]) -> None:
        async def use(tx: Tx, retro: Retro) -> None:
            there = [view.topic.id for view in await found.topics(tx, retro.id)]
            was = sum((await worth(tx, retro)).values())
            await topics.merge(tx, FACILITATOR, retro.id, [there[n % len(there)] for n in whole])
            assert sum((await worth(tx, retro)).values()) == was

        self.do(use)

    @rule(person=PEOPLE, which=ONE, wanted=st.integers(0, 4), twice=st.booleans())
    @precondition(lambda self: self.phase == RetroPhase.VOTE)
    def cast(self, person: str, which: int, wanted: int, *, twice: bool) -> None:
        async def use(tx: Tx, retro: Retro) -> None:
            there = [view.topic.id for view in await found.topics(tx, retro.id)]
            topic = there[which % len(there)]
            for _ in range(1 + twice):
                before = await found.ballot(tx, retro, person)
                await votes.cast(tx, person, retro.id, topic, wanted)
                after = await found.ballot(tx, retro, person)
                has = before.votes.get(topic, 0)
                assert after.votes.get(topic, 0) == wanted
                assert after.remaining == before.remaining + has - wanted

        self.do(use)

    @rule(each=st.none() | st.integers(1, 9), cap=st.integers(1, 4))
    def set_budget(self, each: int | None, cap: int) -> None:
        self.do(lambda tx, retro: votes.set_budget(tx, retro, each, cap))

    @rule(back=st.booleans())
    def move(self, *, back: bool) -> None:
        """On, or one phase back; never before notes were revealed, and never to the end."""
        edge = RetroPhase.GROUP if back else RetroPhase.DISCUSS
        if self.phase == edge:
            return

        async def use(tx: Tx, retro: Retro) -> str:
            go = phases.go_back if back else phases.advance
            return (await go(tx, retro.id, by=FACILITATOR, step=retro.step)).phase

        moved = self.do(use)
        assert moved is not None
        self.phase = RetroPhase(moved)

    def teardown(self) -> None:
        self.run(self.engine.dispose())
        self._runner.close()
        self._folder.cleanup()

    async def notes(self, tx: Tx) -> list[str]:
        rows = await tx.session.scalars(select(Note.id).order_by(Note.position))
        return list(rows)

    @invariant()
    def holds(self) -> None:
        self.run(self.check())

    async def check(self) -> None:
        async with self.transactions.read(self.workspace_id) as tx:
            retro = await queries.retro(tx, self.retro_id)
            views, loose = await found.topics(tx, retro.id), await found.loose(tx, retro.id)
            there = [note.text for view in views for note in view.notes]
            assert sorted([*there, *(note.text for note in loose)]) == sorted(NOTES)
            assert all(view.notes and view.topic.name for view in views)
            assert not loose or self.phase == RetroPhase.GROUP
            come_to = await worth(tx, retro)
            assert set(come_to.values()) <= {retro.votes_each}
            for person in come_to:
                ballot = await found.ballot(tx, retro, person)
                assert ballot.remaining >= 0
                assert max(ballot.votes.values(), default=0) <= retro.votes_cap
                assert set(ballot.votes) <= {view.topic.id for view in views}
            slots = await tx.session.execute(select(Vote.user_id, Vote.topic_id, Vote.slot))
            by_topic: dict[tuple[str, int], list[int]] = {}
            for person, topic, slot in slots:
                by_topic.setdefault((person, topic), []).append(slot)
            assert all(sorted(each) == list(range(1, len(each) + 1)) for each in by_topic.values())
            is_told = self.phase == RetroPhase.DISCUSS
            assert bool(await found.tally(tx, retro.id)) == (is_told and bool(by_topic))
            places = [view.topic.place for view in views]
            assert not is_told or len(set(places)) == len(places)


def test_no_note_is_lost_and_no_vote_made_up_whatever_happens(sqlite_template: Path) -> None:
    class Here(Grouping):
        template = sqlite_template

    run_state_machine_as_test(
        Here,
        settings=settings(
            max_examples=4,
            stateful_step_count=14,
            deadline=None,
            phases=[Phase.reuse, Phase.generate],
            suppress_health_check=[
                HealthCheck.too_slow,
                HealthCheck.data_too_large,
                HealthCheck.filter_too_much,
            ],
        ),
    )
