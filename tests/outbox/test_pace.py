"""Slots are shared by all workers; what one workspace or place has waiting delays no other."""

import asyncio
from collections import Counter
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slackapp.core.clock import monotonic
from slackapp.features.workspaces.service import install
from slackapp.outbox import pace, service
from slackapp.outbox.claims import Claim
from slackapp.outbox.models import OutboxMessage, OutboxPace, State
from slackapp.outbox.queue import IN_LANE, WINDOW, Queue
from slackapp.outbox.rules import UNPACED, Budget, Pacing
from slackapp.outbox.service import Channel, Direct
from slackapp.slack.blocks import Message
from tests.support.post_office import PostOffice

FREE = Budget(0.0)


@given(
    interval=st.floats(0.01, 10),
    burst=st.integers(1, 20),
    asked=st.lists(st.tuples(st.floats(0, 30), st.integers(1, 30)), max_size=20),
)
def test_a_budget_gives_no_more_than_its_burst_and_one_an_interval(
    interval: float, burst: int, asked: list[tuple[float, int]]
) -> None:
    budget, now, next_at, granted = Budget(interval, burst), 1000.0, 0.0, 0
    for passed, wanted in asked:
        now += passed
        given_now, next_at = budget.take(next_at, now, wanted)
        granted += given_now
        assert given_now <= min(wanted, burst)
        assert granted <= burst + (now - 1000.0) / interval + 1e-6
        # Whoever comes when the next slot is there is given it.
        assert budget.take(next_at, max(now, next_at), 1)[0] == 1


def test_without_an_interval_there_is_no_limit() -> None:
    assert FREE.take(0.0, 5.0, 100) == (100, 5.0)
    assert FREE.take(9.0, 5.0, 100) == (0, 9.0)


async def claim(office: PostOffice, queue: Queue) -> list[Claim]:
    async with office.transactions.install() as session:
        return await queue.claim(session, office.transactions.clock.now())


async def other_workspaces(office: PostOffice, count: int) -> list[int]:
    now = office.transactions.clock.now()
    async with office.transactions.install() as session:
        return [await install(session, team_id=f"T{n:05}", name="Other", now=now) for n in range(count)]


async def fill(office: PostOffice, workspace_id: int, count: int, *, channels: int = 1, age: int = 0) -> None:
    """So many due messages, `age` minutes old, spread over so many channels."""
    async with office.transactions.begin(workspace_id) as tx:
        for number in range(count):
            await service.say(
                tx,
                f"k{number}",
                Channel(f"C{number % channels}"),
                Message(f"m{number}"),
                due=tx.now - timedelta(minutes=age),
            )


async def test_two_workers_together_keep_to_one_channels_pace(office: PostOffice) -> None:
    for number in range(12):
        await office.say(f"k{number}")
    pacing = Pacing(Budget(0.1, 2), FREE, FREE, FREE, FREE, redraw=0.0)
    relays = [office.relay(pacing=pacing), office.relay(pacing=pacing)]
    began = monotonic()
    running = [asyncio.create_task(relay.run()) for relay in relays]
    while (posted := office.posted("Hello")) < 12:
        assert posted <= 2 + (monotonic() - began) / 0.1 + 1
        await asyncio.sleep(0.02)
    for relay in relays:
        relay.stop()
    await asyncio.gather(*running)
    assert office.posted("Hello") == 12


async def test_messages_to_many_places_keep_to_the_workspaces_budget(office: PostOffice) -> None:
    await fill(office, office.workspace_id, 30, channels=30)
    pacing = Pacing(FREE, Budget(60.0, 7), FREE, FREE, FREE)
    queues = [Queue(60.0, 40, 40, pacing) for _ in range(2)]
    taken = [await claim(office, queue) for queue in (*queues, *queues)]
    assert [len(each) for each in taken] == [7, 0, 0, 0]


async def test_a_direct_message_is_paced_by_opening_only_until_it_is_open(office: PostOffice) -> None:
    for number in range(3):
        await office.say(f"k{number}", to=Direct(office.mara.id))
    pacing = Pacing(FREE, FREE, FREE, Budget(60.0, 1), FREE, redraw=0.0)
    relay = office.relay(pacing=pacing)
    await relay.drain()
    assert office.posted("Hello") == 3
    assert office.calls("conversations.open") == 1


@pytest.mark.parametrize("scope", [pace.POST, pace.EVERYTHING])
async def test_slack_s_own_wait_holds_back_that_workspace_alone(office: PostOffice, scope: str) -> None:
    [other] = await other_workspaces(office, 1)
    for workspace_id in (office.workspace_id, other):
        await fill(office, workspace_id, 2, channels=2)
    async with office.transactions.begin(office.workspace_id) as tx:
        await pace.close(tx.session, office.workspace_id, scope, 60.0)
    queue = Queue(60.0, 40, 20, UNPACED)
    assert {each.row.workspace_id for each in await claim(office, queue)} == {other}
    await office.let_pass()
    assert office.workspace_id in {each.row.workspace_id for each in await claim(office, queue)}


async def test_a_shorter_wait_does_not_end_a_longer_one(office: PostOffice) -> None:
    async with office.transactions.begin(office.workspace_id) as tx:
        await pace.close(tx.session, office.workspace_id, pace.POST, 600.0)
        await pace.close(tx.session, office.workspace_id, pace.POST, 1.0)
    await office.say("a")
    await office.let_pass(300)
    assert await claim(office, Queue(60.0, 40, 20, UNPACED)) == []


async def test_what_one_workspace_has_waiting_takes_no_other_s_turn(office: PostOffice) -> None:
    """One has more than a claim looks at, all of it older; hundreds of others have one message each."""
    others = await other_workspaces(office, 100)
    await fill(office, office.workspace_id, 2 * WINDOW, channels=2 * WINDOW, age=60)
    for workspace_id in others:
        await fill(office, workspace_id, 1)
    queue = Queue(60.0, 40, 20, UNPACED)
    served = Counter[int]()
    for _ in range(1 + len(others) // 20):
        served.update(each.row.workspace_id for each in await claim(office, queue))
    assert set(others) <= set(served)
    assert served[office.workspace_id] >= 40


async def test_one_workspace_has_only_its_share_of_the_lanes(office: PostOffice) -> None:
    await fill(office, office.workspace_id, 30, channels=30)
    queue = Queue(60.0, 40, 20, UNPACED)
    assert len(await claim(office, queue)) == 20
    async with office.transactions.install() as session:
        busy = frozenset((office.workspace_id, f"D{number}") for number in range(20))
        assert await queue.claim(session, office.transactions.clock.now(), busy=busy) == []


async def test_one_channel_s_queue_takes_no_other_channel_s_turn(office: PostOffice) -> None:
    await fill(office, office.workspace_id, WINDOW + 50, age=60)
    await office.say("late", to=Channel("C9"))
    queue = Queue(60.0, 40, 20, UNPACED)
    first = await claim(office, queue)
    assert [each.row.channel_id for each in first] == ["C0"] * IN_LANE
    async with office.transactions.install() as session:
        busy = frozenset({(office.workspace_id, "C0")})
        [other] = await queue.claim(session, office.transactions.clock.now(), busy=busy)
    assert other.row.key == "late"


async def test_a_worker_leaves_alone_what_it_has_no_token_for(office: PostOffice) -> None:
    [other] = await other_workspaces(office, 1)
    await fill(office, other, 3, age=60)
    await office.say("a")
    await office.relay().drain()
    assert office.posted("Hello") == 1
    # Whoever has it need not wait.
    assert len(await claim(office, Queue(60.0, 40, 20, UNPACED))) == 3


async def test_after_trouble_with_the_token_one_message_goes_first(office: PostOffice) -> None:
    rooms = [office.slack.add_channel(f"room-{number}", [office.mara]) for number in range(5)]
    for room in rooms:
        await office.say(room.id, to=Channel(room.id))
    office.slack._slack.revoked = "token_revoked"
    relay = office.relay()
    await relay.drain()
    await relay.drain()
    asked = office.calls("chat.postMessage")
    assert asked <= 5
    await office.let_pass()
    await relay.drain()
    assert office.calls("chat.postMessage") == asked + 1
    await office.let_pass()
    office.slack._slack.revoked = None
    await relay.drain()
    await relay.drain()
    assert office.posted("Hello") == 5
    async with office.transactions.everywhere() as session:
        assert await session.get(OutboxPace, (office.workspace_id, pace.EVERYTHING)) is None


async def test_a_burst_of_changes_is_one_update_a_moment(office: PostOffice) -> None:
    await office.say("a", "0")
    relay = office.relay(pacing=Pacing(FREE, FREE, FREE, FREE, FREE, redraw=0.2))
    running = asyncio.create_task(relay.run())
    began = monotonic()
    for number in range(1, 100):
        await office.say("a", str(number))
    await office.slack.until(lambda: office.shown == ["99"])
    spent = monotonic() - began
    relay.stop()
    await running
    assert office.calls("chat.update") <= spent / 0.2 + 2
    row: OutboxMessage = await office.row("a")
    assert (row.shown, row.state) == (100, State.SENT)
