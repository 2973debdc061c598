"""Notes are grouped, voted for, merged and discussed in any order: no note is lost, no vote made up."""

from pathlib import Path

from hypothesis import strategies as st
from hypothesis.stateful import initialize, precondition, rule
from sqlalchemy import select

from slackapp.core.transaction import Tx
from slackapp.features.retros import queries
from slackapp.features.retros.models import Note, Retro, Vote
from slackapp.features.retros.queries import topics as found
from slackapp.features.retros.rules import Phase as RetroPhase
from slackapp.features.retros.rules.topics import Into, Placing
from slackapp.features.retros.service import phases, topics, votes
from tests.support.retro_machine import RetroMachine, run_machine
from tests.support.topics import NOTES, with_notes, worth

FACILITATOR = "U1"
PEOPLE = st.sampled_from(["U2", "U3"])
#: Which of those there are, from the beginning over and over.
SOME = st.lists(st.integers(0, 30), max_size=3)
ONE = st.integers(0, 30)


class Grouping(RetroMachine):
    def __init__(self) -> None:
        super().__init__()
        self.phase = RetroPhase.GROUP

    @initialize()
    def begin(self) -> None:
        self.open(lambda tx: with_notes(tx, to=RetroPhase.GROUP))

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

    async def notes(self, tx: Tx) -> list[str]:
        rows = await tx.session.scalars(select(Note.id).order_by(Note.position))
        return list(rows)

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
    run_machine(Grouping, sqlite_template, examples=4, steps=14)
