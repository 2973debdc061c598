"""What people change between a claim and its send: nothing doubled, nothing said of what nobody wants."""

import asyncio

import pytest

from slackapp.core import fault_points
from slackapp.core.fault_points import Point
from slackapp.outbox.claims import Claim
from slackapp.outbox.models import State
from slackapp.outbox.queue import Queue
from slackapp.outbox.rules import UNPACED
from slackapp.outbox.service import Direct
from slackapp.playground.slack import Fault
from slackapp.slack.blocks import Message, actions, button, paragraph
from tests.support.post_office import PostOffice


async def claim_one(office: PostOffice) -> Claim:
    async with office.transactions.install() as session:
        [claim] = await Queue(60.0, 1, 1, UNPACED).claim(session, office.transactions.clock.now())
    return claim


async def test_what_is_withdrawn_and_wanted_again_is_sent_by_one_worker(
    office: PostOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The one who had claimed it before is stopped right before the wire; nothing of its lease is left."""
    stopped, go_on = asyncio.Event(), asyncio.Event()

    async def stop(point: Point) -> None:
        if point == Point.ANNOUNCED and not stopped.is_set():
            stopped.set()
            await go_on.wait()

    monkeypatch.setattr(fault_points, "_hooks", [stop])
    await office.say("a")
    claim = await claim_one(office)
    await office.withdraw("a")
    await office.say("a")
    stopping = asyncio.create_task(office.relay()._delivery.deliver(claim))
    await stopped.wait()
    other = office.relay(settle=0.05)
    await other.drain()
    await asyncio.sleep(0.1)
    await other.drain()
    go_on.set()
    await stopping
    assert office.posted("Hello") == 1


async def test_what_is_withdrawn_is_not_found_dead(office: PostOffice) -> None:
    await office.say("a", to=Direct("U00000000"), responsible=office.mara.id)
    claim = await claim_one(office)
    await office.withdraw("a")
    office.slack.faults.next("conversations.open", Fault.says("user_not_found"))
    await office.relay()._delivery.deliver(claim)
    assert (await office.row("a")).state == State.CANCELLED


async def test_blocks_that_were_withdrawn_do_not_come_back_as_simpler_ones(office: PostOffice) -> None:
    plain = [paragraph("Plain"), actions(button("x.y", "Press", "1"))]
    await office.say("a", blocks=[paragraph("Rich"), *plain], fallback=plain)
    await office.deliver(turns=1)
    await office.withdraw("a", instead=Message("Over", [paragraph("Over")]))
    office.slack.faults.next("chat.update", Fault.says("invalid_blocks"))
    await office.deliver()
    row = await office.row("a")
    assert row.text == "Over"
    assert "Press" not in str(row.blocks)


async def test_what_was_on_the_wire_settles_from_when_it_was_taken_over(office: PostOffice) -> None:
    """Though whoever took it over could do nothing with it, and a clock may have jumped since the send."""
    await office.say("a")
    office.slack.faults.next("chat.postMessage", Fault.HELD)
    dying = asyncio.create_task(office.relay().run())
    await office.slack.until(lambda: office.slack.faults.held)
    dying.cancel()
    await asyncio.gather(dying, return_exceptions=True)
    await office.let_pass(3600)
    relay = office.relay()
    await relay._recorder.put_back(await claim_one(office), 0.0)
    await relay.drain()
    assert office.calls("conversations.history") == 0
    await office.let_pass(16)
    await relay.drain()
    assert office.posted("Hello") == 1
    assert (await office.row("a")).state == State.SENT
