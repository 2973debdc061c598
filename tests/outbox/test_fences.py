"""Several workers on one database: each message once, and nothing from a worker whose claim is lost."""

import asyncio
from collections import Counter

import pytest
from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncEngine

from slackapp.core.clock import TurnedClock
from slackapp.outbox import claims
from slackapp.outbox.claims import Claim
from slackapp.outbox.models import OutboxMessage, State
from slackapp.outbox.queue import Queue
from slackapp.outbox.relay import Relay
from slackapp.outbox.rules import UNPACED
from slackapp.playground.slack import Fault
from tests.support.post_office import PostOffice, opened


async def claim_one(office: PostOffice, lease: float = 60.0) -> Claim:
    async with office.transactions.install() as session:
        [claim] = await Queue(lease, 1, 1, UNPACED).claim(session, office.transactions.clock.now())
    return claim


async def test_two_relays_deliver_each_message_once(office: PostOffice) -> None:
    channels = [office.slack.add_channel(f"room-{number}", [office.mara]) for number in range(10)]
    async with office.transactions.begin(office.workspace_id) as tx:
        tx.session.add_all(
            OutboxMessage(
                workspace_id=office.workspace_id,
                key=f"k{number}",
                uid=f"u{number}",
                channel_id=channels[number % 10].id,
                text=f"m{number}",
                blocks=[],
                due_at=tx.now,
            )
            for number in range(200)
        )
    relays = [office.relay(lanes=5), office.relay(lanes=5)]
    running = [asyncio.create_task(relay.run()) for relay in relays]
    sent = Counter[str]()

    def all_sent() -> bool:
        sent.clear()
        sent.update(
            call.args["text"] for call in office.slack.calls if call.ok and call.method == "chat.postMessage"
        )
        return sent.total() >= 200

    await office.slack.until(all_sent)
    for relay in relays:
        relay.stop()
    await asyncio.gather(*running)
    assert all_sent()
    assert set(sent.values()) == {1}
    assert len(sent) == 200


async def test_what_one_worker_owns_no_other_takes(office: PostOffice) -> None:
    await office.say("a")
    await claim_one(office)
    await office.deliver(turns=1)
    assert office.shown == []


async def test_a_worker_whose_lease_ran_out_writes_nothing(office: PostOffice) -> None:
    await office.say("a")
    lost = await claim_one(office)
    await office.let_pass(61)
    await office.relay().drain()
    assert office.shown == ["Hello"]
    async with office.transactions.begin(office.workspace_id) as tx:
        assert not await claims.write(tx, lost.row, state=State.DEAD)
        assert await claims.about_to_send(tx, lost.row, office.channel.id) is None
    row = await office.row("a")
    assert (row.state, row.fence) == (State.SENT, lost.row.fence + 1)


async def test_an_answer_that_comes_after_the_claim_was_lost_changes_nothing(office: PostOffice) -> None:
    """The message is there, and whoever took it over finds it."""
    await office.say("a")
    office.slack.faults.next("chat.postMessage", Fault.HELD)
    slow = asyncio.create_task(office.relay().drain())
    await office.slack.until(lambda: office.slack.faults.held)
    await office.let_pass(61)
    thief = await claim_one(office)
    office.slack.faults.release()
    await slow
    row = await office.row("a")
    assert (row.state, row.ts, row.fence) == (State.WAITING, None, thief.row.fence)
    await office.let_pass(61)
    await office.deliver()
    assert office.posted("Hello") == 1
    assert (await office.row("a")).state == State.SENT


async def test_a_worker_paused_past_its_lease_does_not_send(office: PostOffice) -> None:
    await office.say("a")
    relay = office.relay(lease=30.0, margin=15.0)
    claim = await claim_one(office, lease=30.0)
    paused = Claim(claim.row, claim.at, claim.taken - 16)
    await relay._delivery.deliver(paused)
    assert office.calls("chat.postMessage") == 0
    await office.deliver(turns=1)
    assert office.posted("Hello") == 1


async def test_a_worker_paused_while_it_prepares_does_not_send(
    office: PostOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The last look at the watch is right before the wire."""
    await office.say("a")
    relay = office.relay(lease=30.0, margin=15.0)
    claim = await claim_one(office, lease=30.0)
    looks = iter([claim.taken, claim.taken + 16])
    monkeypatch.setattr("slackapp.outbox.delivery.monotonic", lambda: next(looks))
    await relay._delivery.deliver(claim)
    assert office.calls("chat.postMessage") == 0
    row = await office.row("a")
    assert row.last_send is not None  # it might have been sent, so it will be looked for


async def test_a_worker_that_died_in_a_send_doubles_nothing(office: PostOffice) -> None:
    await office.say("a")
    office.slack.faults.next("chat.postMessage", Fault.TIME_OUT)
    dying = asyncio.create_task(office.relay().run())
    await office.slack.until(lambda: office.posted("Hello"))
    dying.cancel()
    await asyncio.gather(dying, return_exceptions=True)
    await office.let_pass(61)
    await office.deliver()
    assert office.posted("Hello") == 1
    assert (await office.row("a")).state == State.SENT


async def test_a_database_that_goes_away_for_a_while_loses_nothing(
    engine: AsyncEngine, clock: TurnedClock
) -> None:
    async with opened(engine, clock) as office:
        await office.say("a")
        async with office.transactions.install() as session:
            connection = await session.connection()
            relay: Relay = office.relay()
            await connection.exec_driver_sql("ALTER TABLE outbox RENAME TO elsewhere")
        running = asyncio.create_task(relay.run())
        await asyncio.sleep(0.1)
        assert not running.done()
        async with office.transactions.install() as session:
            connection = await session.connection()
            await connection.exec_driver_sql("ALTER TABLE elsewhere RENAME TO outbox")
        await office.slack.until(lambda: office.shown == ["Hello"])
        relay.stop()
        await running


async def test_a_withdrawal_between_the_claim_and_the_send_is_heard(office: PostOffice) -> None:
    await office.say("a")
    claim = await claim_one(office)
    await office.withdraw("a")
    await office.relay()._delivery.deliver(claim)
    assert office.calls("chat.postMessage") == 0


async def test_a_withdrawal_while_it_is_looked_for_is_heard(office: PostOffice) -> None:
    await office.say("a")
    office.slack.faults.next("chat.postMessage", Fault.RESET_BEFORE)
    await office.deliver(turns=1)
    claim = await claim_one(office)
    await office.withdraw("a")
    await office.relay()._delivery.deliver(claim)
    assert office.posted("Hello") == 0
    assert (await office.row("a")).state == State.CANCELLED


async def test_a_stolen_claim_is_left_alone(office: PostOffice) -> None:
    await office.say("a")
    claim = await claim_one(office)
    async with office.transactions.begin(office.workspace_id) as tx:
        await tx.session.execute(update(OutboxMessage).values(fence=OutboxMessage.fence + 1))
    await office.relay()._delivery.deliver(claim)
    assert office.calls("chat.postMessage") == 0
