"""Notes are handed in, changed, revealed and collected again in any order: no author is ever reachable."""

from pathlib import Path

from hypothesis import strategies as st
from hypothesis.stateful import initialize, rule
from sqlalchemy import text

from slackapp.core.database import Base
from slackapp.core.secrecy import mac_of
from slackapp.core.transaction import Tx
from slackapp.features.retros import queries
from slackapp.features.retros.models import Retro
from slackapp.features.retros.queries import notes as notes_queries
from slackapp.features.retros.rules import FEWEST_HANDS
from slackapp.features.retros.service import anonymity, notes, phases
from tests.support.retro_machine import RetroMachine, run_machine
from tests.support.retros import collecting, revealed_notes

FACILITATOR = "UFACILITATES"
PEOPLE = [f"UAUTHOR{n}" for n in range(4)]
AUTHORS = st.sampled_from(PEOPLE)


class Retros(RetroMachine):
    def __init__(self) -> None:
        super().__init__()
        #: What each of them may still change; and what everybody may read.
        self.own: dict[str, set[str]] = {person: set() for person in PEOPLE}
        self.revealed: set[str] = set()
        self.handed_in: set[str] = set()
        #: Every key there was, with all that was made of it.
        self.keys: set[str] = set()
        self.number = 0

    def said(self) -> str:
        self.number += 1
        return f"Note number {self.number}."

    @initialize(is_anonymous=st.booleans())
    def begin(self, *, is_anonymous: bool) -> None:
        self.open(lambda tx: collecting(tx, facilitator=FACILITATOR, is_anonymous=is_anonymous))

    @rule(author=AUTHORS, many=st.integers(0, 3))
    def hand_in(self, author: str, many: int) -> None:
        said = [self.said() for _ in range(many)]

        async def use(tx: Tx, retro: Retro) -> bool:
            await notes.hand_in(tx, author, retro.id, [(n % 3, it) for n, it in enumerate(said)], {})
            return True

        if self.do(use):
            self.own[author] |= set(said)
            self.handed_in.add(author)

    @rule(author=AUTHORS, other=AUTHORS, anew=st.booleans())
    def change(self, author: str, other: str, *, anew: bool) -> None:
        """Somebody changes or withdraws a note: only what is theirs changes."""
        said = self.said() if anew else ""

        async def use(tx: Tx, retro: Retro) -> str | None:
            found = await notes_queries.own(tx, retro, other)
            if not found:
                return None
            before = found[0].text
            await notes.hand_in(tx, author, retro.id, [], {found[0].id: said})
            return before

        before = self.do(use)
        if before is not None:
            self.handed_in.add(author)
            if author == other:
                self.own[author] = self.own[author] - {before} | ({said} if said else set())

    @rule()
    def turn_anonymous(self) -> None:
        self.do(anonymity.make_anonymous)

    @rule(back=st.booleans())
    def move(self, *, back: bool) -> None:
        """On, or one phase back."""

        async def use(tx: Tx, retro: Retro) -> tuple[bool, str, str]:
            was = retro.phase
            go = phases.go_back if back else phases.advance
            moved = await go(tx, retro.id, by=FACILITATOR, step=retro.step)
            return retro.is_anonymous, was, moved.phase

        moved = self.do(use)
        if moved is not None and moved[1] == "collect":
            assert len(self.handed_in) >= FEWEST_HANDS or not moved[0]
            self.revealed |= set().union(*self.own.values())
            self.own = {person: set() for person in PEOPLE}

    async def check(self) -> None:
        async with self.transactions.read(self.workspace_id) as tx:
            retro = await queries.retro(tx, self.retro_id)
            assert {note.text for note in await revealed_notes(tx, retro.id)} == self.revealed
            for person in PEOPLE:
                mine = {note.text for note in await notes_queries.own(tx, retro, person)}
                assert mine == self.own[person]
            if not retro.is_anonymous:
                return
            over = self.keys - {retro.reveal_key}
            gone = [*over, *(mac_of(key, person) for key in over for person in PEOPLE)]
            self.keys |= {retro.reveal_key} if retro.reveal_key else set()
            for table in Base.metadata.tables:
                rows = await tx.session.execute(text(f'SELECT * FROM "{table}"'))  # noqa: S608 - ours
                held = "\n".join(repr(tuple(row)) for row in rows)
                assert table == "retro_hands" or not any(person in held for person in PEOPLE)
                assert not any(it in held for it in gone)


def test_no_author_is_reachable_whatever_happens(sqlite_template: Path) -> None:
    run_machine(Retros, sqlite_template, examples=8, steps=15)
