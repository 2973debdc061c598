"""The relay makes Slack look as the outbox says: order, threads, refusals, limits, tokens."""

import asyncio

import pytest
from slack_sdk.models.blocks import Block, SectionBlock
from sqlalchemy.ext.asyncio import AsyncEngine

from slackapp.core.clock import TurnedClock
from slackapp.outbox.models import State
from slackapp.outbox.service import Channel, Direct
from slackapp.playground.slack import Fault
from slackapp.slack.blocks import markdown
from tests.support.post_office import LONG, PostOffice, opened

#: Two blocks of one name, which only Slack minds.
REFUSED: list[Block] = [SectionBlock(text=text, block_id="same") for text in ("one", "two")]


async def test_messages_come_in_the_order_they_were_said(office: PostOffice) -> None:
    for number in range(45):
        await office.say(f"k{number}", f"m{number}")
    relay = office.relay()
    assert await relay.drain() == 45
    assert office.shown == [f"m{number}" for number in range(45)]
    assert await relay.drain() == 0


async def test_two_who_have_one_worker_deliver_take_turns(office: PostOffice) -> None:
    for number in range(45):
        await office.say(f"k{number}", f"m{number}")
    relay = office.relay()
    assert sum(await asyncio.gather(relay.drain(), relay.drain())) == 45
    assert office.shown == [f"m{number}" for number in range(45)]


async def test_nothing_is_sent_before_it_is_due(office: PostOffice, clock: TurnedClock) -> None:
    await office.say("a")
    clock.turn(clock.now().replace(hour=7))
    await office.deliver()
    assert office.shown == []


async def test_a_reply_waits_for_what_it_answers_and_lands_in_its_thread(office: PostOffice) -> None:
    await office.say("reply", "Reply", reply_to="card", broadcast=True)
    await office.say("card", "Card")
    await office.deliver(turns=1)
    card, reply = office.slack.messages(office.channel)
    assert (card.text, reply.text) == ("Card", "Reply")
    assert (reply.thread_ts, reply.broadcast) == (card.ts, True)


async def test_a_reply_to_what_slack_refused_goes_to_the_channel(office: PostOffice) -> None:
    await office.say("card", "Card", to=Channel("C00000000"))
    await office.say("reply", "Reply", reply_to="card", broadcast=True)
    await office.deliver()
    assert [(m.text, m.thread_ts) for m in office.slack.messages(office.channel)] == [("Reply", None)]


async def test_a_reply_to_what_was_deleted_goes_to_the_channel(office: PostOffice) -> None:
    await office.say("card", "Card")
    await office.deliver(turns=1)
    office.slack._slack.workspace.drop_message(office.slack.messages(office.channel)[0])
    await office.say("card", "Changed")
    await office.say("reply", "Reply", reply_to="card", broadcast=True)
    await office.deliver()
    assert [(m.text, m.thread_ts) for m in office.slack.messages(office.channel)] == [("Reply", None)]
    assert (await office.row("card")).state == State.GONE
    [sent] = [call.args for call in office.slack.calls if call.args.get("text") == "Reply"]
    assert "thread_ts" not in sent


async def test_a_direct_message_is_opened_once_and_keeps_its_channel(office: PostOffice) -> None:
    await office.say("a", "First", to=Direct(office.mara.id))
    await office.say("b", "Second", to=Direct(office.mara.id))
    await office.deliver(turns=1)
    await office.say("a", "Changed", to=Direct(office.mara.id))
    await office.deliver(office.relay())
    assert [message.text for message in office.slack.messages(office.mara.dm)] == ["Changed", "Second"]
    assert (await office.row("a")).posted_channel == office.mara.dm.id
    assert office.calls("conversations.open") == 1


async def test_what_is_wanted_during_a_send_is_sent_afterwards(office: PostOffice) -> None:
    await office.say("a", "Old")
    office.slack.faults.next("chat.postMessage", Fault.HELD)
    sending = asyncio.create_task(office.relay().drain())
    await office.slack.until(lambda: office.slack.faults.held)
    await office.say("a", "New")
    office.slack.faults.release()
    await sending
    assert office.shown == ["New"]
    row = await office.row("a")
    assert (row.shown, row.wanted, row.state) == (2, 2, State.SENT)


async def test_a_refusal_of_an_older_look_does_not_stop_the_newer_one(office: PostOffice) -> None:
    await office.say("a", "Old", blocks=REFUSED, responsible=office.mara.id)
    office.slack.faults.next("chat.postMessage", Fault.HELD)
    sending = asyncio.create_task(office.relay().drain())
    await office.slack.until(lambda: office.slack.faults.held)
    await office.say("a", "New", blocks=[markdown("fine")])
    office.slack.faults.release()
    await sending
    assert office.shown == ["New"]
    assert (await office.row("a")).state == State.SENT


async def test_plainer_blocks_are_sent_where_the_others_are_refused(office: PostOffice) -> None:
    await office.say("a", blocks=REFUSED, fallback=[markdown("plain")])
    await office.deliver()
    [message] = office.slack.messages(office.channel)
    assert message.shown == "plain"
    assert (await office.row("a")).state == State.SENT


async def test_refused_plainer_blocks_are_the_end(office: PostOffice) -> None:
    await office.say("a", blocks=REFUSED, fallback=REFUSED)
    await office.deliver()
    row = await office.row("a")
    assert (row.state, row.reason) == (State.DEAD, "invalid_blocks")
    assert office.calls("chat.postMessage") == 2


@pytest.mark.parametrize("archived", [False, True])
async def test_who_is_responsible_is_told_once_what_to_do(office: PostOffice, archived: bool) -> None:  # noqa: FBT001 - a parameter
    if archived:
        office.slack.archive(office.channel)
    else:
        office.slack.remove_bot(office.channel)
    await office.say("a", "The card", responsible=office.mara.id)
    await office.deliver()
    row = await office.row("a")
    assert (row.state, row.reason) == (State.DEAD, "is_archived" if archived else "not_in_channel")
    [notice] = office.slack.messages(office.mara.dm)
    assert "The card" in notice.shown
    assert ("is archived" if archived else "/invite @Afterlaunch") in notice.shown
    assert "[Try again]" in notice.shown


async def test_whose_it_is_by_now_is_told_and_not_whose_it_was(office: PostOffice) -> None:
    other = office.slack.add_person("Jonas Bell")
    await office.say("a", "The card", responsible=office.mara.id)
    await office.say("a", "The card, now of Jonas", responsible=other.id)
    office.slack.remove_bot(office.channel)
    await office.deliver()
    assert "now of Jonas" in office.slack.messages(other.dm)[-1].shown
    assert office.slack.messages(office.mara.dm) == []


async def test_a_newer_look_wakes_what_is_dead(office: PostOffice) -> None:
    office.slack.remove_bot(office.channel)
    await office.say("a", "Old")
    await office.deliver()
    office.slack.invite_bot(office.channel)
    await office.say("a", "Old")
    assert (await office.row("a")).state == State.DEAD
    await office.say("a", "New")
    await office.deliver()
    assert [text for text in office.shown if text] == ["New"]


async def test_a_lost_token_loses_nothing_and_tells_nobody(office: PostOffice) -> None:
    await office.say("a", responsible=office.mara.id)
    await office.say("d", to=Direct(office.mara.id))
    office.slack._slack.revoked = "token_revoked"
    await office.deliver(turns=12)
    for key in ("a", "d"):
        row = await office.row(key)
        assert (row.state, row.attempts, row.reason) == (State.WAITING, 0, "token_revoked")
    office.slack._slack.revoked = None
    await office.deliver()
    assert office.posted("Hello") == 2


async def test_slack_out_of_reach_loses_nothing(office: PostOffice) -> None:
    await office.say("a")
    await office.say("d", to=Direct(office.mara.id))
    office.slack.faults.outage(LONG, refused=True)
    await office.deliver()
    assert [(await office.row(key)).attempts for key in ("a", "d")] == [0, 0]
    office.slack.faults.clear()
    await office.deliver()
    assert office.posted("Hello") == 2


@pytest.mark.parametrize("direct", [False, True])
async def test_after_a_day_out_of_reach_it_waits_for_a_person(office: PostOffice, direct: bool) -> None:  # noqa: FBT001 - a parameter
    to = Direct(office.mara.id) if direct else None
    await office.say("a", to=to, responsible=office.mara.id)
    office.slack.faults.outage(LONG, refused=True)
    relay = office.relay()
    await office.deliver(relay, turns=13)
    row = await office.row("a")
    assert (row.state, row.reason) == (State.DEAD, "out_of_reach")
    office.slack.faults.clear()
    assert await office.retry("a")
    await office.deliver(relay)
    assert office.posted("Hello") == 1


async def test_a_rate_limit_is_waited_out_and_is_no_attempt(engine: AsyncEngine, clock: TurnedClock) -> None:
    async with opened(engine, clock, paced=True) as office:
        for number in range(5):
            await office.say(f"k{number}", f"m{number}")
        relay = office.relay()
        await relay.drain()
        limited = [call for call in office.slack.calls if call.response.get("error") == "ratelimited"]
        assert len(limited) == 1  # what comes after it into the same channel waits as well
        waiting = await office.row("k4")
        assert (waiting.state, waiting.attempts, waiting.first_attempt) == (State.WAITING, 0, None)
        sent = len(office.shown)
        await relay.drain()
        assert len(office.shown) == sent
        running = asyncio.create_task(relay.run())
        await office.slack.until(lambda: len(office.shown) == 5, wait=8)
        relay.stop()
        await running
        assert office.shown == [f"m{number}" for number in range(5)]


async def test_a_slow_channel_delays_no_other(office: PostOffice) -> None:
    slow = office.slack.add_channel("slow", [office.mara])
    await office.say("slow", "Slow", to=Channel(slow.id))
    office.slack.faults.next("chat.postMessage", Fault.HELD)
    relay = office.relay()
    running = asyncio.create_task(relay.run())
    await office.slack.until(lambda: office.slack.faults.held)
    await office.say("b", "Fast")
    await office.slack.until(lambda: office.shown == ["Fast"])
    assert office.slack.messages(slow) == []
    office.slack.faults.release()
    relay.stop()
    await running
    assert [message.text for message in office.slack.messages(slow)] == ["Slow"]


async def test_stopping_finishes_what_is_on_the_wire_and_puts_the_rest_back(office: PostOffice) -> None:
    for number in range(5):
        await office.say(f"k{number}", f"m{number}")
    office.slack.faults.next("chat.postMessage", Fault.HELD)
    relay = office.relay()
    running = asyncio.create_task(relay.run())
    await office.slack.until(lambda: office.slack.faults.held)
    relay.stop()
    office.slack.faults.release()
    await running
    assert office.shown == ["m0"]
    assert (await office.row("k0")).state == State.SENT
    assert await office.relay().drain() == 4  # nobody has to wait for a lease
    assert office.shown == [f"m{number}" for number in range(5)]


async def test_the_relay_outlives_a_clock_that_cannot_be_read(office: PostOffice, clock: TurnedClock) -> None:
    class Broken:
        def now(self) -> object:
            raise ValueError("no time")

    office.transactions.clock = Broken()  # type: ignore[assignment]  # a clock file somebody is just writing
    relay = office.relay()
    running = asyncio.create_task(relay.run())
    await asyncio.sleep(0.05)
    office.transactions.clock = clock
    await office.say("a")
    await office.slack.until(lambda: office.shown == ["Hello"])
    relay.stop()
    await running
