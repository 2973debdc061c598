"""Two replicas at once: two facilitators, a deadline, a note at the last moment, two calls of the roll."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncEngine

from slackapp import wiring
from slackapp.core.clock import TurnedClock
from slackapp.core.database import create_engine
from slackapp.core.errors import UserError
from slackapp.core.jobs import Roll
from slackapp.core.transaction import Transactions, Tx
from slackapp.features.retros import queries
from slackapp.features.retros.jobs import deadlines
from slackapp.features.retros.models import Note
from slackapp.features.retros.rules import Part, Phase
from slackapp.features.retros.service import inviting, notes, phases, roll
from slackapp.features.workspaces.service import introduce
from slackapp.slack.people import Profile
from tests.support.held_up import somebody_is_held_up
from tests.support.retros import collecting, revealed_notes

EVERYBODY = Roll("C1", frozenset({"U1", "U2", "U3"}))


@pytest.fixture
async def replicas(
    transactions: Transactions, database_url: str, engine: AsyncEngine, clock: TurnedClock
) -> AsyncIterator[list[Transactions]]:
    """The same database as two processes have it."""
    del engine
    other = create_engine(database_url)
    yield [transactions, Transactions(other, clock, wiring.EVENTS, wiring.PARTS)]
    await other.dispose()


async def begun(transactions: Transactions, workspace_id: int) -> int:
    """A retro with two who may facilitate and three who handed in."""
    async with transactions.begin(workspace_id) as tx:
        about = await collecting(tx)
        await inviting.add(tx, about, ["U2"], Part.CO_FACILITATOR)
        for user_id in ("U1", "U2", "U3"):
            await notes.hand_in(tx, user_id, about.id, [(0, f"Of {user_id}")], {})
        return about.id


async def told(work: Awaitable[object]) -> str:
    """The sentence somebody reads; empty if nothing was refused."""
    try:
        await work
    except UserError as error:
        return error.sentence
    return ""


async def test_two_facilitators_and_the_deadline_make_one_step(
    replicas: list[Transactions], workspace_id: int, clock: TurnedClock
) -> None:
    retro_id = await begun(replicas[0], workspace_id)
    clock.turn(clock.now() + timedelta(minutes=7))

    def click(user_id: str) -> Callable[[Tx], Awaitable[object]]:
        return lambda tx: phases.advance(tx, retro_id, by=user_id, step=0)

    acts = [click("U1"), click("U2"), deadlines.end_phases, click("U1"), click("U2"), deadlines.end_phases]
    said = await asyncio.gather(
        *(told(replicas[i % 2].run(workspace_id, act)) for i, act in enumerate(acts)),
    )
    async with replicas[0].begin(workspace_id) as tx:
        about = await queries.retro(tx, retro_id)
        log = await queries.entries(tx, retro_id)
        assert (about.phase, about.step) == (Phase.VOTE, 1)
        assert [entry.step for entry in log] == [0, 1]
        assert (await queries.progress(tx, retro_id)).topics == 3
    clicks_refused = sum("has moved on already" in sentence for sentence in said)
    assert clicks_refused == (4 if log[-1].began_by is None else 3)


async def test_what_is_handed_in_at_the_last_moment_is_revealed_or_refused(
    replicas: list[Transactions], workspace_id: int
) -> None:
    retro_id = await begun(replicas[0], workspace_id)
    people = [f"U{n}" for n in range(4, 10)]

    def write(user_id: str) -> Callable[[Tx], Awaitable[object]]:
        return lambda tx: notes.hand_in(tx, user_id, retro_id, [(0, f"Of {user_id}")], {})

    def end(tx: Tx) -> Awaitable[object]:
        return phases.advance(tx, retro_id, by="U1", step=0)

    acts = [*map(write, people[:3]), end, *map(write, people[3:])]
    said = await asyncio.gather(
        *(told(replicas[i % 2].run(workspace_id, act)) for i, act in enumerate(acts)),
    )
    assert said.pop(3) == ""
    taken = {f"Of {user_id}" for user_id, sentence in zip(people, said, strict=True) if not sentence}
    assert all("past collecting notes" in sentence for sentence in said if sentence)
    async with replicas[0].begin(workspace_id) as tx:
        revealed = {note.text for note in await revealed_notes(tx, retro_id)}
        assert revealed == {"Of U1", "Of U2", "Of U3"} | taken
        assert await queries.count(tx, retro_id) == len(revealed)
        hidden = Note.position.is_(None) | Note.author_mac.is_not(None)
        assert await tx.session.scalar(select(func.count()).where(hidden)) == 0


async def test_of_two_who_call_the_roll_the_later_brings_nobody_back(
    replicas: list[Transactions], workspace_id: int
) -> None:
    async with replicas[0].begin(workspace_id) as tx:
        await introduce(tx, Profile(id="U3", is_bot=True))
        about = await collecting(tx)
        about.calls_roll_at = tx.now
        await roll.keep(tx, EVERYBODY)
        retro_id = about.id
    async with replicas[0].begin(workspace_id) as tx:
        await roll.settle(tx, 10)
        later = asyncio.create_task(replicas[1].run(workspace_id, lambda tx: roll.keep(tx, EVERYBODY)))
        if tx.dialect.name == "postgresql":
            while not (later.done() or await somebody_is_held_up(replicas[0])):  # noqa: ASYNC110 - the database calls nobody
                await asyncio.sleep(0.01)
    await later
    async with replicas[0].begin(workspace_id) as tx:
        assert await queries.people(tx, retro_id, Part.INVITED) == ["U1", "U2"]
