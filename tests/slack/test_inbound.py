"""What comes in takes effect once, however often and wherever it comes."""

import asyncio
from datetime import timedelta

import pytest

from slackapp.core.clock import TurnedClock
from slackapp.core.telemetry import Telemetry
from slackapp.core.transaction import Transactions, Tx
from slackapp.features.workspaces.service import install
from slackapp.heartbeat import Heartbeat
from slackapp.slack import inbound


async def note(transactions: Transactions, workspace_id: int, key: str = "Ev1") -> bool:
    async with transactions.begin(workspace_id) as tx:
        return await inbound.first_time(tx, key)


async def test_a_key_is_new_once(tx: Tx) -> None:
    assert [await inbound.first_time(tx, "Ev1") for _ in range(3)] == [True, False, False]
    assert await inbound.first_time(tx, "Ev2")


async def test_the_same_key_in_another_workspace_is_another(
    transactions: Transactions, workspace_id: int, clock: TurnedClock
) -> None:
    async with transactions.install() as session:
        other = await install(session, team_id="T2", name="Elsewhere", now=clock.now())
    assert await note(transactions, workspace_id)
    assert await note(transactions, other)


async def test_of_several_at_once_one_is_the_first(transactions: Transactions, workspace_id: int) -> None:
    answers = await asyncio.gather(*(note(transactions, workspace_id) for _ in range(6)))
    assert sorted(answers) == [False] * 5 + [True]


async def test_what_failed_may_come_again(transactions: Transactions, workspace_id: int) -> None:
    async def fail() -> None:
        async with transactions.begin(workspace_id) as tx:
            assert await inbound.first_time(tx, "Ev1")
            raise LookupError

    with pytest.raises(LookupError):
        await fail()
    assert await note(transactions, workspace_id)


async def test_while_the_first_is_not_committed_the_second_waits(
    transactions: Transactions, workspace_id: int
) -> None:
    async with transactions.begin(workspace_id) as tx:
        assert await inbound.first_time(tx, "Ev1")
        second = asyncio.create_task(note(transactions, workspace_id))
        await asyncio.sleep(0.05)
        assert not second.done()
    assert not await second


async def test_a_key_is_forgotten_after_a_day_and_not_before(
    transactions: Transactions, workspace_id: int, clock: TurnedClock
) -> None:
    heartbeat = Heartbeat(transactions, inbound.JOBS, 5, Telemetry())
    start = clock.now()
    assert await note(transactions, workspace_id)
    clock.turn(start + timedelta(hours=24))
    await heartbeat.beat()
    assert not await note(transactions, workspace_id)
    clock.turn(start + timedelta(hours=24, seconds=1))
    await heartbeat.beat()
    assert await note(transactions, workspace_id)
