"""The morning message, on both databases."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from slackapp.core.clock import TurnedClock
from slackapp.core.telemetry import Telemetry
from slackapp.core.transaction import Transactions
from slackapp.features.launches import service as launches
from slackapp.features.prompts import queries
from slackapp.features.prompts.jobs import ask_what_is_due, due
from slackapp.features.prompts.models import Prompt
from slackapp.features.workspaces.service import introduce
from slackapp.heartbeat import Heartbeat
from slackapp.outbox.models import OutboxMessage
from slackapp.slack.people import Profile
from slackapp.wiring import JOBS
from tests.conftest import START
from tests.support.recorded import LONG_OUT, another_workspace, knows, messages, recorded


@pytest.fixture
def heartbeat(transactions: Transactions) -> Heartbeat:
    return Heartbeat(transactions, JOBS, 10.0, Telemetry())


def asked(message: OutboxMessage) -> list[str]:
    """The titles a morning message asks about, as they stand in it."""
    said = [block["elements"][0]["elements"] for block in message.blocks if block["type"] == "rich_text"]
    return [parts[3]["text"] for parts in said if parts[0]["text"] == "What happened to "]


async def test_three_are_asked_a_day_the_oldest_first_and_the_rest_next_morning(
    transactions: Transactions, workspace_id: int, clock: TurnedClock, heartbeat: Heartbeat
) -> None:
    async with transactions.begin(workspace_id) as tx:
        # "Old" falls due a day after the others, and was recorded before them.
        await recorded(tx, title="Old", day="2026-09-03")
        for title in ("A", "B", "C", "D"):
            await recorded(tx, title=title, day="2026-09-02")
    mornings = []
    for day in range(9, 14):
        clock.turn(datetime(2026, 9, day, 9, 30, tzinfo=UTC))
        await heartbeat.beat()
        async with transactions.begin(workspace_id) as tx:
            mornings.append([asked(message) for message in await messages(tx, "U1")])
    assert mornings[0] == [["A", "B", "C"]]
    assert mornings[1] == [["A", "B", "C"], ["D", "Old"]]
    assert mornings[1:] == [mornings[1]] * 4


async def test_a_second_question_on_the_same_day_waits_for_the_next_working_morning(
    transactions: Transactions, workspace_id: int, clock: TurnedClock, heartbeat: Heartbeat
) -> None:
    friday = datetime(2026, 9, 11, 10, 0, tzinfo=UTC)
    clock.turn(friday)
    for title in ("A", "B"):
        async with transactions.begin(workspace_id) as tx:
            await recorded(tx, by="U9", owner="U1", title=title, day=LONG_OUT)
        await heartbeat.beat()
    counts = []
    for hours in (1, 24, 48, 71, 72):
        clock.turn(friday + timedelta(hours=hours))
        await heartbeat.beat()
        async with transactions.begin(workspace_id) as tx:
            counts.append(len(await messages(tx, "U1")))
    assert counts == [1, 1, 1, 1, 2]


async def test_everybody_is_asked_in_their_own_morning(
    transactions: Transactions, workspace_id: int, clock: TurnedClock, heartbeat: Heartbeat
) -> None:
    zones = {"U1": "Pacific/Auckland", "U2": "Europe/Stockholm", "U3": "America/New_York"}
    async with transactions.begin(workspace_id) as tx:
        for user, tz in zones.items():
            await knows(tx, user, tz=tz)
            await recorded(tx, by=user, day="2026-09-07")
    first: dict[str, datetime] = {}
    for halves in range(7 * 48 - 24, 8 * 48 + 24):
        clock.turn(datetime(2026, 9, 7, tzinfo=UTC) + timedelta(minutes=30 * halves))
        await heartbeat.beat()
        async with transactions.begin(workspace_id) as tx:
            for user in zones.keys() - first.keys():
                if await messages(tx, user):
                    first[user] = clock.now()
        if len(first) == 3:
            break
    assert {user: at.strftime("%d %H:%M") for user, at in first.items()} == {
        "U1": "13 21:30",
        "U2": "14 07:30",
        "U3": "14 13:30",
    }


async def test_several_heartbeats_at_once_ask_once(
    transactions: Transactions, workspace_id: int, clock: TurnedClock
) -> None:
    async with transactions.begin(workspace_id) as tx:
        for number in range(4):
            await recorded(tx, by="U9", owner=f"U{number % 2}", title=f"T{number}", day=LONG_OUT)
    clock.turn(START + timedelta(hours=2))
    beats = [Heartbeat(transactions, JOBS, 10.0, Telemetry()) for _ in range(4)]
    await asyncio.gather(*(heartbeat.beat() for heartbeat in beats))
    async with transactions.begin(workspace_id) as tx:
        for user in ("U0", "U1"):
            [message] = await messages(tx, user)
            assert (message.wanted, len(asked(message))) == (1, 2)


async def test_only_workspaces_with_something_due_are_visited(
    transactions: Transactions, workspace_id: int, clock: TurnedClock
) -> None:
    elsewhere = await another_workspace(transactions)
    async with transactions.begin(elsewhere) as tx:
        await recorded(tx)
    clock.turn(START + timedelta(days=8))
    async with transactions.everywhere() as session:
        assert (await session.scalars(due(clock.now()))).all() == [elsewhere]
        assert (await session.scalars(due(START))).all() == []
    assert workspace_id != elsewhere


async def test_another_workspaces_prompts_are_not_found(
    transactions: Transactions, workspace_id: int
) -> None:
    async with transactions.begin(workspace_id) as tx:
        await recorded(tx, day=LONG_OUT)
        [prompt] = (await tx.session.scalars(select(Prompt))).all()
        assert prompt.message is not None
        assert len(await queries.open_for(tx, "U1")) == 1
        assert len(await queries.in_message(tx, prompt.message)) == 1
    async with transactions.begin(await another_workspace(transactions)) as tx:
        assert list(await queries.open_for(tx, "U1")) == []
        assert list(await queries.in_message(tx, prompt.message)) == []
        assert (await tx.session.scalars(queries.open_subjects(tx, prompt.kind))).all() == []


async def test_what_is_cancelled_while_it_is_asked_is_not_left_open(
    transactions: Transactions, workspace_id: int, clock: TurnedClock
) -> None:
    async def cancels() -> None:
        async with transactions.begin(workspace_id) as tx:
            await launches.cancel(tx, "U1", launch.id)

    async with transactions.begin(workspace_id) as tx:
        launch = await recorded(tx)
    clock.turn(START + timedelta(days=7, hours=2))
    async with transactions.begin(workspace_id) as tx:
        await ask_what_is_due(tx)
        cancelling = asyncio.create_task(cancels())
        # Far enough to have seen the question unasked, and held up by this transaction.
        await asyncio.wait([cancelling], timeout=0.3)
    await cancelling
    async with transactions.begin(workspace_id) as tx:
        [message] = await messages(tx, "U1")
    assert "was cancelled" in message.text


async def test_whoever_left_is_passed_over_for_the_backup_in_the_backups_own_morning(
    transactions: Transactions, workspace_id: int, clock: TurnedClock, heartbeat: Heartbeat
) -> None:
    async with transactions.begin(workspace_id) as tx:
        await knows(tx, "U2", tz="America/Los_Angeles")
        await recorded(tx, backup="U2")
    async with transactions.begin(workspace_id) as tx:
        await introduce(tx, Profile(id="U1", deleted=True))
    # Half past nine where the owner was, and the middle of the night where the backup is.
    clock.turn(START + timedelta(days=7, hours=1, minutes=30))
    await heartbeat.beat()
    await heartbeat.beat()
    clock.turn(START + timedelta(days=7, hours=10))
    await heartbeat.beat()
    async with transactions.begin(workspace_id) as tx:
        assert await messages(tx, "U1") == []
        [message] = await messages(tx, "U2")
    assert asked(message) == ["New onboarding"]
