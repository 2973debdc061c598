"""A retro is moved on, back, late and without notes in any order: its log, deadlines and secrets hold."""

import os
from datetime import timedelta
from pathlib import Path

from hypothesis import strategies as st
from hypothesis.stateful import initialize, rule

from slackapp.core.transaction import Tx
from slackapp.features.prompts.models import PromptState
from slackapp.features.prompts.queries import find
from slackapp.features.retros import queries
from slackapp.features.retros.jobs import deadlines
from slackapp.features.retros.models import Retro
from slackapp.features.retros.rules import FEWEST_HANDS, WAITS_KIND, Phase
from slackapp.features.retros.service import notes, phases
from tests.support.retro_machine import RetroMachine, run_machine
from tests.support.retros import collecting, revealed_notes

FACILITATOR = "UFACILITATES"
PEOPLE = [f"UAUTHOR{n}" for n in range(4)]

_TIMED = {Phase.COLLECT, Phase.VOTE}


class Retros(RetroMachine):
    def __init__(self) -> None:
        super().__init__()
        #: Who wrote what is not revealed, and what was revealed.
        self.written: dict[str, str] = {}
        self.revealed: set[str] = set()
        self.number = 0

    @initialize(is_anonymous=st.booleans(), is_live=st.booleans())
    def begin(self, *, is_anonymous: bool, is_live: bool) -> None:
        self.open(
            lambda tx: collecting(tx, facilitator=FACILITATOR, is_anonymous=is_anonymous, is_live=is_live)
        )

    @rule(authors=st.sets(st.sampled_from(PEOPLE), min_size=1))
    def hand_in(self, authors: set[str]) -> None:
        for author in sorted(authors):
            self.number += 1
            said = f"Note number {self.number}."

            async def use(tx: Tx, retro: Retro, author: str = author, said: str = said) -> bool:
                await notes.hand_in(tx, author, retro.id, [(0, said)], {})
                return True

            if self.do(use):
                self.written[said] = author

    @rule(behind=st.sampled_from([0, 0, 0, 1]))
    def advance(self, behind: int) -> None:
        """`behind`: by a button that was drawn so many steps ago, which does nothing."""

        async def use(tx: Tx, retro: Retro) -> str:
            was = retro.phase
            await phases.advance(tx, retro.id, by=FACILITATOR, step=retro.step - behind)
            return was

        was = self.do(use)
        assert not (behind and was)
        if was == Phase.COLLECT:
            self.reveal()

    @rule()
    def go_on_without(self) -> None:
        async def use(tx: Tx, retro: Retro) -> bool:
            stop = await queries.stop(tx, retro)
            await phases.go_on_without(tx, retro.id, by=FACILITATOR, step=retro.step)
            return stop is not None

        was_stopped = self.do(use)
        if was_stopped:
            self.written = {}
        elif was_stopped is False:
            self.reveal()

    @rule()
    def go_back(self) -> None:
        self.do(lambda tx, retro: phases.go_back(tx, retro.id, by=FACILITATOR, step=retro.step))

    @rule(minutes=st.none() | st.sampled_from([-1, 0, 5, 600]))
    def extend(self, minutes: int | None) -> None:
        async def use(tx: Tx, retro: Retro) -> None:
            ends_at = None if minutes is None else tx.now + timedelta(minutes=minutes)
            await phases.extend(tx, retro.id, by=FACILITATOR, step=retro.step, ends_at=ends_at)
            assert ends_at is None or ends_at > tx.now

        self.do(use)

    @rule(minutes=st.sampled_from([1, 7, 5000]))
    def let_time_pass(self, minutes: int) -> None:
        self.clock.turn(self.clock.now() + timedelta(minutes=minutes))

        async def beat(tx: Tx, retro: Retro) -> bool:
            is_collecting = retro.phase == Phase.COLLECT
            await deadlines.end_phases(tx)
            found = await queries.retro(tx, retro.id)
            assert found.phase_ends_at is None or found.phase_ends_at > tx.now
            return is_collecting and found.phase not in {Phase.COLLECT, Phase.CANCELLED}

        if self.do(beat):
            self.reveal()

    @rule(really=st.sampled_from([False, False, False, True]))
    def cancel(self, *, really: bool) -> None:
        async def use(tx: Tx, retro: Retro) -> bool:
            await phases.cancel(tx, retro.id, by=FACILITATOR)
            return True

        if really and self.do(use):
            self.written, self.revealed = {}, set()

    def reveal(self) -> None:
        """What was written is revealed now: of an anonymous retro never what fewer than three wrote alone."""
        if self.run(self.is_anonymous()):
            assert not 0 < len(set(self.written.values())) < FEWEST_HANDS
        self.revealed |= set(self.written)
        self.written = {}

    async def is_anonymous(self) -> bool:
        async with self.transactions.read(self.workspace_id) as tx:
            return (await queries.retro(tx, self.retro_id)).is_anonymous

    async def check(self) -> None:
        async with self.transactions.read(self.workspace_id) as tx:
            retro = await queries.retro(tx, self.retro_id)
            phase = Phase(retro.phase)
            log = await queries.entries(tx, retro.id)
            assert [entry.step for entry in log] == list(range(retro.step + 1))
            assert (log[-1].phase, log[-1].began_at) == (phase, retro.phase_began_at)
            assert phase.is_open == (retro.ended_at is None)
            assert retro.phase_ends_at is None or phase in _TIMED
            assert retro.reminds_at is None or (retro.phase_ends_at is not None and not retro.is_live)
            assert (retro.reveal_key is not None) == (retro.is_anonymous and phase is Phase.COLLECT)
            assert {note.text for note in await revealed_notes(tx, retro.id)} == self.revealed
            assert await queries.count(tx, retro.id) == len(self.revealed) + len(self.written)
            prompt = await find(tx, WAITS_KIND, retro.id)
            waits = prompt is not None and prompt.state == PromptState.WAITING
            assert waits == (phase.is_open and retro.phase_ends_at is None)


def test_whatever_is_done_in_whatever_order(sqlite_template: Path) -> None:
    run_machine(Retros, sqlite_template, examples=int(os.environ.get("PHASES_EXAMPLES", "5")), steps=20)
