"""Notes handed in while they are being revealed: each is revealed or refused, and none is left behind."""

import asyncio

from sqlalchemy import func, select

from slackapp.core.errors import UserError
from slackapp.core.transaction import Transactions, Tx
from slackapp.features.retros.models import Note
from slackapp.features.retros.queries import notes as queries
from slackapp.features.retros.service import notes, phases
from tests.support.retros import collecting

PEOPLE = [f"U{n}" for n in range(2, 14)]


async def test_what_comes_while_notes_are_revealed_is_revealed_or_refused(
    transactions: Transactions, workspace_id: int
) -> None:
    async with transactions.begin(workspace_id) as tx:
        retro = await collecting(tx)
        for person in PEOPLE[:3]:
            await notes.hand_in(tx, person, retro.id, [(0, f"First of {person}")], {})

    async def hand_in(person: str) -> str | None:
        said = f"Then of {person}"

        async def use(tx: Tx) -> str:
            await notes.hand_in(tx, person, retro.id, [(1, said)], {})
            return said

        try:
            return await transactions.run(workspace_id, use)
        except UserError:
            return None

    async def reveal(tx: Tx) -> None:
        await phases.advance(tx, retro.id, by="U1", step=0)

    *taken, _ = await asyncio.gather(
        *(hand_in(person) for person in PEOPLE), transactions.run(workspace_id, reveal)
    )
    async with transactions.read(workspace_id) as tx:
        revealed = {note.text for note in await queries.revealed(tx, retro.id)}
        hidden = await tx.session.scalar(
            select(func.count()).where(Note.position.is_(None) | Note.author_mac.is_not(None))
        )
    assert revealed == {f"First of {person}" for person in PEOPLE[:3]} | {said for said in taken if said}
    assert hidden == 0
