"""Messages that many change at once: nobody waits, one draws for all, and no change stays undrawn."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncEngine

from slackapp.core.clock import TurnedClock
from slackapp.core.database import create_engine
from slackapp.core.transaction import Transactions, Tx
from slackapp.features.workspaces.models import Person
from slackapp.features.workspaces.service import install
from slackapp.outbox import service, stale
from slackapp.outbox.models import OutboxMessage, OutboxStale
from slackapp.slack.blocks import Message
from tests.conftest import START
from tests.support.held_up import somebody_is_held_up

KEY = "people:1:count"


async def draw(tx: Tx, event: stale.Stale) -> None:
    """The message says how many people there are."""
    await service.hold(tx, event.key)
    people = await tx.session.scalar(select(func.count()).select_from(Person))
    await service.say(tx, event.key, service.Channel("C1"), Message(str(people)))


@pytest.fixture
def drawing(engine: AsyncEngine, clock: TurnedClock) -> Transactions:
    return Transactions(engine, clock, {stale.Stale: (draw,)}, {})


def arriving(user_id: str) -> Callable[[Tx], Awaitable[None]]:
    """One more of them."""

    async def use(tx: Tx) -> None:
        tx.session.add(Person(workspace_id=tx.workspace_id, user_id=user_id, name=user_id))
        await tx.session.flush()
        await stale.soon(tx, KEY)

    return use


async def looks(transactions: Transactions, workspace_id: int) -> tuple[str, int, int]:
    """What the message says, how often that changed, and how many ask for it to be drawn."""
    async with transactions.read(workspace_id) as tx:
        row = await tx.session.scalar(select(OutboxMessage).where(OutboxMessage.key == KEY))
        asked = await tx.session.scalar(select(func.count()).select_from(OutboxStale))
        assert row is not None
        return row.text, row.wanted, asked or 0


async def test_what_cannot_be_drawn_keeps_nothing_else_from_it(
    engine: AsyncEngine, clock: TurnedClock, workspace_id: int
) -> None:
    async def only(tx: Tx, event: stale.Stale) -> None:
        if event.key != KEY:
            raise ValueError(event.key)
        await draw(tx, event)

    drawing = Transactions(engine, clock, {stale.Stale: (only,)}, {})
    async with drawing.begin(workspace_id) as tx:
        for key in ("a broken one", KEY):
            await stale.soon(tx, key)
        await stale.draw(tx)
    assert await looks(drawing, workspace_id) == ("0", 1, 0)


async def test_one_draws_for_all_that_asked(drawing: Transactions, workspace_id: int) -> None:
    for number in range(5):
        await drawing.run(workspace_id, arriving(f"U{number}"))
    await drawing.run(workspace_id, stale.draw)
    assert await looks(drawing, workspace_id) == ("5", 1, 0)
    await drawing.run(workspace_id, stale.draw)
    assert await looks(drawing, workspace_id) == ("5", 1, 0)


class Gate:
    """Draws as `draw`, and stops before it says what it read, if it is closed."""

    def __init__(self) -> None:
        self.has_read, self.may_say = asyncio.Event(), asyncio.Event()
        self.may_say.set()

    async def draw(self, tx: Tx, event: stale.Stale) -> None:
        await service.hold(tx, event.key)
        people = await tx.session.scalar(select(func.count()).select_from(Person))
        if not self.may_say.is_set():
            self.has_read.set()
            await self.may_say.wait()
        await service.say(tx, event.key, service.Channel("C1"), Message(str(people)))


@pytest.fixture
async def postgres(postgres_url: str, clock: TurnedClock) -> AsyncIterator[tuple[Gate, Transactions, int]]:
    """Where several write at once: on SQLite one writer waits for the other anyway."""
    engine = create_engine(postgres_url)
    gate = Gate()
    transactions = Transactions(engine, clock, {stale.Stale: (gate.draw,)}, {})
    async with transactions.install() as session:
        workspace_id = await install(session, team_id="T1", name="Ferrybridge", now=START)
    await transactions.run(workspace_id, arriving("U0"))
    await transactions.run(workspace_id, stale.draw)
    yield gate, transactions, workspace_id
    await engine.dispose()


async def test_who_asks_waits_for_nobody_and_who_came_after_the_look_is_drawn_later(
    postgres: tuple[Gate, Transactions, int],
) -> None:
    gate, transactions, workspace_id = postgres
    await transactions.run(workspace_id, arriving("U1"))
    gate.may_say.clear()
    drawing = asyncio.create_task(transactions.run(workspace_id, stale.draw))
    await gate.has_read.wait()
    async with transactions.begin(workspace_id) as asking:
        await arriving("U2")(asking)
        # One draws, another has asked and is not through: this comes through all the same.
        await asyncio.wait_for(transactions.run(workspace_id, arriving("U3")), 60)
    gate.may_say.set()
    await drawing
    # They came after the look, and what they asked for is not taken as done.
    assert await looks(transactions, workspace_id) == ("2", 2, 2)
    await transactions.run(workspace_id, stale.draw)
    assert await looks(transactions, workspace_id) == ("4", 3, 0)


async def test_who_draws_at_once_waits_for_who_draws_for_others_and_nothing_older_comes_last(
    postgres: tuple[Gate, Transactions, int],
) -> None:
    gate, transactions, workspace_id = postgres
    await transactions.run(workspace_id, arriving("U1"))
    gate.may_say.clear()
    for_others = asyncio.create_task(transactions.run(workspace_id, stale.draw))
    await gate.has_read.wait()

    async def arrive_and_draw(tx: Tx) -> None:
        await arriving("U2")(tx)
        await draw(tx, stale.Stale(KEY))

    at_once = asyncio.create_task(transactions.run(workspace_id, arrive_and_draw))
    while not (at_once.done() or await somebody_is_held_up(transactions)):  # noqa: ASYNC110 - the database calls nobody
        await asyncio.sleep(0.01)
    gate.may_say.set()
    await asyncio.gather(for_others, at_once)
    assert (await looks(transactions, workspace_id))[0] == "3"
