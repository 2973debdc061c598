"""One transaction: what follows from an event happens in it, in order, or none of it does."""

import asyncio
from dataclasses import dataclass, replace

import pytest
from sqlalchemy import select

from slackapp.core.clock import TurnedClock
from slackapp.core.transaction import Transactions, Tx
from slackapp.features.workspaces.models import Workspace
from slackapp.features.workspaces.service import next_number


@dataclass(frozen=True)
class Out:
    number: int


@dataclass(frozen=True)
class Other:
    pass


@dataclass(frozen=True)
class Card:
    pass


async def test_what_follows_from_an_event_happens_in_the_order_of_the_wiring(tx: Tx) -> None:
    heard: list[str] = []

    async def first(tx: Tx, event: Out) -> None:
        heard.append(f"first {event.number}")
        await tx.emit(Other())

    async def second(tx: Tx, event: Out) -> None:
        del tx
        heard.append(f"second {event.number}")

    async def other(tx: Tx, event: Other) -> None:
        del tx, event
        heard.append("other")

    wired = replace(tx, events={Out: (first, second), Other: (other,)})
    await wired.emit(Out(7))
    assert heard == ["first 7", "other", "second 7"]


async def test_an_event_nobody_listens_to_is_none(tx: Tx) -> None:
    await replace(tx, events={}).emit(Out(1))


async def test_an_error_in_what_follows_undoes_its_cause(transactions: Transactions) -> None:
    async def fail(tx: Tx, event: Out) -> None:
        del tx, event
        raise LookupError("no")

    wired = Transactions(transactions._write.kw["bind"], transactions.clock, {Out: (fail,)}, {})

    async def cause() -> None:
        async with wired.begin(1) as tx:
            tx.session.add(Workspace(team_id="T5", name="Half", installed_at=tx.now))
            await tx.session.flush()
            await tx.emit(Out(1))

    with pytest.raises(LookupError):
        await cause()
    async with transactions.everywhere() as session:
        assert (await session.scalars(select(Workspace))).all() == []
    assert not wired.committed.is_set()


async def test_parts_are_gathered_in_order_without_those_that_add_nothing(tx: Tx) -> None:
    async def nothing(tx: Tx, surface: Card) -> None:
        del tx, surface

    async def something(tx: Tx, surface: Card) -> str:
        del tx, surface
        return "line"

    wired = replace(tx, parts={Card: (something, nothing, something)})
    assert await wired.gather(Card()) == ["line", "line"]
    assert await wired.gather(Other()) == []


async def test_story_time_stands_still_within_a_transaction(
    transactions: Transactions, workspace_id: int, clock: TurnedClock
) -> None:
    async with transactions.begin(workspace_id) as tx:
        before = tx.now
        clock.turn(before.replace(year=2030))
        assert tx.now == before
    async with transactions.read(workspace_id) as tx:
        assert tx.now.year == 2030


async def test_a_commit_wakes_the_relay_and_a_read_does_not(
    transactions: Transactions, workspace_id: int
) -> None:
    transactions.committed.clear()
    async with transactions.read(workspace_id):
        pass
    assert not transactions.committed.is_set()
    async with transactions.begin(workspace_id):
        assert not transactions.committed.is_set()
    await asyncio.wait_for(transactions.committed.wait(), 30)


async def test_two_that_wait_for_each_other_both_get_done(
    transactions: Transactions, workspace_id: int
) -> None:
    async def first_one_then_the_other(names: tuple[str, str], met: asyncio.Barrier) -> int:
        tries = 0

        async def use(tx: Tx) -> None:
            nonlocal tries
            tries += 1
            await next_number(tx, names[0])
            if tries == 1 and tx.dialect.name == "postgresql":
                await met.wait()
            await next_number(tx, names[1])

        await transactions.run(workspace_id, use)
        return tries

    met = asyncio.Barrier(2)
    tries = await asyncio.gather(
        first_one_then_the_other(("a", "b"), met), first_one_then_the_other(("b", "a"), met)
    )
    async with transactions.begin(workspace_id) as tx:
        assert [await next_number(tx, name) for name in ("a", "b")] == [3, 3]
        # Whoever was ended for the other's sake does it again, and may be ended again.
        assert sum(tries) > 2 if tx.dialect.name == "postgresql" else sum(tries) == 2
