"""Messages that many change at once: nobody waits, one draws for all, and no change stays undrawn."""

import asyncio
from collections.abc import Awaitable, Callable

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


async def test_one_draws_for_all_that_asked(drawing: Transactions, workspace_id: int) -> None:
    for number in range(5):
        await drawing.run(workspace_id, arriving(f"U{number}"))
    await drawing.run(workspace_id, stale.draw)
    assert await looks(drawing, workspace_id) == ("5", 1, 0)
    await drawing.run(workspace_id, stale.draw)
    assert await looks(drawing, workspace_id) == ("5", 1, 0)


async def test_who_asks_waits_for_nobody_who_asks_or_draws(postgres_url: str, clock: TurnedClock) -> None:
    """On SQLite there is one writer at a time anyway."""
    engine = create_engine(postgres_url)
    transactions = Transactions(engine, clock, {stale.Stale: (draw,)}, {})
    async with transactions.install() as session:
        workspace_id = await install(session, team_id="T1", name="Ferrybridge", now=START)
    await transactions.run(workspace_id, arriving("U0"))
    async with transactions.begin(workspace_id) as drawer, transactions.begin(workspace_id) as first:
        await stale.draw(drawer)
        await arriving("U1")(first)
        # Neither is committed, and this comes through all the same.
        await asyncio.wait_for(transactions.run(workspace_id, arriving("U2")), 5)
    await transactions.run(workspace_id, stale.draw)
    assert (await looks(transactions, workspace_id))[::2] == ("3", 0)
    await engine.dispose()


async def test_two_processes_that_draw_leave_no_change_undrawn_and_nothing_older_on_top(
    engine: AsyncEngine, drawing: Transactions, workspace_id: int, clock: TurnedClock
) -> None:
    other_engine = create_engine(engine.url.render_as_string(hide_password=False))
    other = Transactions(other_engine, clock, {stale.Stale: (draw,)}, {})
    arrived = asyncio.Event()

    async def keep_drawing(transactions: Transactions) -> None:
        """As the heartbeat does: as long as somebody asked."""
        while True:
            is_over = arrived.is_set()
            async with transactions.everywhere() as session:
                asked = (await session.scalars(stale.stale(START))).all()
            for found in asked:
                await transactions.run(found, stale.draw)
            if is_over and not asked:
                return
            await asyncio.sleep(0)

    async def arrive() -> None:
        each = [(drawing, other)[n % 2].run(workspace_id, arriving(f"U{n}")) for n in range(24)]
        await asyncio.gather(*each)
        arrived.set()

    await asyncio.gather(arrive(), keep_drawing(drawing), keep_drawing(other))
    text, drawn, asked = await looks(drawing, workspace_id)
    assert (text, asked) == ("24", 0)
    assert drawn <= 24
    await other_engine.dispose()
