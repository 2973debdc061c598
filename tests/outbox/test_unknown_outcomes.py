"""Sends whose outcome nobody knows: never lost, never doubled."""

import asyncio

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from slackapp.core.clock import TurnedClock
from slackapp.outbox.models import State
from slackapp.outbox.rules import ATTEMPTS
from slackapp.outbox.service import Direct
from slackapp.playground.slack import Fault
from tests.support.post_office import PostOffice, opened

ARRIVED = [
    *(Fault.RESET_AFTER, Fault.TRUNCATED, Fault.ERROR_AFTER, Fault.GARBAGE, Fault.NO_TS),
    Fault.says_after("internal_error"),
]
NOT_ARRIVED = [Fault.RESET_BEFORE, Fault.ERROR_BEFORE, Fault.says("fatal_error")]


@pytest.mark.parametrize("fault", ARRIVED + NOT_ARRIVED, ids=str)
async def test_a_post_is_neither_lost_nor_doubled(office: PostOffice, fault: Fault) -> None:
    await office.say("a")
    office.slack.faults.next("chat.postMessage", fault)
    relay = office.relay()
    await relay.drain()
    row = await office.row("a")
    assert (row.state, row.attempts, row.ts) == (State.WAITING, 1, None)
    assert row.last_send is not None
    await office.deliver(relay)
    assert office.posted("Hello") == 1
    assert (await office.row("a")).ts == office.slack.messages(office.channel)[0].ts


@pytest.mark.parametrize("fault", ARRIVED + NOT_ARRIVED, ids=str)
async def test_an_update_is_made_again(office: PostOffice, fault: Fault) -> None:
    await office.say("a")
    await office.deliver(turns=1)
    await office.say("a", "Changed")
    office.slack.faults.next("chat.update", fault)
    await office.deliver()
    assert office.shown == ["Changed"]
    assert (await office.row("a")).state == State.SENT


async def test_an_answer_that_never_comes_is_given_up_and_looked_for(
    engine: AsyncEngine, clock: TurnedClock
) -> None:
    async with opened(engine, clock, patience=0.2) as office:
        await office.say("a")
        office.slack.faults.next("chat.postMessage", Fault.TIME_OUT)
        await office.deliver()
        assert office.posted("Hello") == 1
        assert (await office.row("a")).state == State.SENT


async def test_every_answer_lost_leaves_one_message(office: PostOffice) -> None:
    keys = [f"k{number}" for number in range(12)]
    for number, key in enumerate(keys):
        await office.say(key, f"m{number}")
    faults = [*ARRIVED, *NOT_ARRIVED]
    office.slack.faults.next("chat.postMessage", *(faults * 3))
    await office.deliver(turns=6)
    assert sorted(office.shown) == sorted(f"m{number}" for number in range(12))


async def test_it_is_not_looked_for_before_it_has_settled(office: PostOffice) -> None:
    await office.say("a")
    office.slack.faults.next("chat.postMessage", Fault.RESET_AFTER)
    relay = office.relay(settle=300.0)
    await relay.drain()
    await office.let_pass(200)
    await relay.drain()
    assert office.calls("conversations.history") == 0
    await office.let_pass(101)
    await relay.drain()
    assert office.calls("conversations.history") == 1
    assert (await office.row("a")).state == State.SENT


async def test_settle_counts_from_the_last_send(office: PostOffice) -> None:
    await office.say("a")
    office.slack.faults.next("chat.postMessage", Fault.RESET_BEFORE, Fault.RESET_AFTER)
    relay = office.relay(settle=300.0)
    await relay.drain()
    await office.let_pass(301)
    await relay.drain()  # looked for, not there, sent again
    await office.let_pass(200)
    await office.hurry()
    await relay.drain()
    assert office.calls("conversations.history") == 1
    await office.let_pass(101)
    await office.hurry()
    await relay.drain()
    assert office.posted("Hello") == 1
    assert (await office.row("a")).state == State.SENT


async def test_history_that_lags_less_than_settle_doubles_nothing(
    engine: AsyncEngine, clock: TurnedClock
) -> None:
    async with opened(engine, clock, history_lag=0.3) as office:
        await office.say("a")
        office.slack.faults.next("chat.postMessage", Fault.RESET_AFTER)
        relay = office.relay(settle=0.6)
        await relay.drain()
        await office.hurry()
        running = asyncio.create_task(relay.run())
        await office.slack.until(lambda: office.calls("conversations.history"))
        relay.stop()
        await running
        assert office.posted("Hello") == 1
        assert (await office.row("a")).state == State.SENT


async def test_a_reply_is_found_in_its_thread(office: PostOffice) -> None:
    await office.say("card", "Card")
    await office.say("reply", "Reply", reply_to="card")
    relay = office.relay()
    office.slack.faults.next("chat.postMessage", None, Fault.RESET_AFTER)
    await office.deliver(relay)
    assert office.posted("Reply") == 1
    assert office.calls("conversations.replies") == 1
    assert (await office.row("reply")).state == State.SENT


async def test_a_reply_whose_thread_is_gone_is_found_in_the_channel(office: PostOffice) -> None:
    await office.say("card", "Card")
    await office.deliver(turns=1)
    office.slack._slack.workspace.drop_message(office.slack.messages(office.channel)[0])
    await office.say("reply", "Reply", reply_to="card")
    office.slack.faults.next("chat.postMessage", Fault.RESET_AFTER)
    await office.deliver()
    assert office.posted("Reply") == 1
    assert office.shown == ["Reply"]
    assert (await office.row("reply")).state == State.SENT


async def test_it_is_found_on_a_later_page_of_a_busy_channel(office: PostOffice) -> None:
    await office.say("a")
    office.slack.faults.next("chat.postMessage", Fault.RESET_AFTER)
    relay = office.relay()
    await relay.drain()
    for number in range(210):
        await office.mara.say(office.channel, f"chatter {number}")
    await office.deliver(relay, turns=2)
    assert office.calls("conversations.history") == 2
    assert office.posted("Hello") == 1


async def test_a_direct_message_is_looked_for_after_a_restart_even_if_it_cannot_be_opened_again(
    office: PostOffice,
) -> None:
    await office.say("a", to=Direct(office.mara.id))
    office.slack.faults.next("chat.postMessage", Fault.RESET_AFTER)
    await office.deliver(turns=1)
    office.slack.faults.next("conversations.open", Fault.ERROR_BEFORE)
    await office.deliver(office.relay())
    assert office.posted("Hello") == 1
    assert (await office.row("a")).state == State.SENT


async def test_what_is_said_while_the_outcome_is_unknown_is_shown_in_the_end(office: PostOffice) -> None:
    await office.say("a")
    office.slack.faults.next("chat.postMessage", Fault.RESET_AFTER)
    await office.deliver(turns=1)
    await office.say("a", "Changed")
    await office.deliver()
    assert office.shown == ["Changed"]
    assert office.calls("chat.postMessage") == 1


async def test_after_eight_unclear_sends_it_is_dead_and_trying_again_looks_for_it_first(
    office: PostOffice,
) -> None:
    await office.say("a", responsible=office.mara.id)
    office.slack.faults.next("chat.postMessage", *[Fault.ERROR_BEFORE] * (ATTEMPTS - 1), Fault.ERROR_AFTER)
    relay = office.relay()
    await office.deliver(relay, turns=ATTEMPTS)
    row = await office.row("a")
    assert (row.state, row.attempts) == (State.DEAD, ATTEMPTS)
    assert row.last_send is not None
    await office.deliver(relay, turns=1)
    notice = office.slack.messages(office.mara.dm)[-1].shown
    assert "Slack did not say whether it arrived" in notice
    assert await office.retry("a")
    await office.deliver(relay)
    assert office.posted("Hello") == 1
    assert (await office.row("a")).state == State.SENT


async def test_the_policy_retry_sends_again_without_looking(office: PostOffice) -> None:
    await office.say("a")
    office.slack.faults.next("chat.postMessage", Fault.RESET_AFTER)
    await office.deliver(office.relay(unknown_outcome="retry"))
    assert office.posted("Hello") == 2
    assert office.calls("conversations.history") == 0


async def test_the_policy_hold_leaves_it_to_a_person(office: PostOffice) -> None:
    await office.say("a", responsible=office.mara.id)
    office.slack.faults.next("chat.postMessage", Fault.RESET_AFTER)
    relay = office.relay(unknown_outcome="hold")
    await office.deliver(relay)
    assert office.posted("Hello") == 1
    assert (await office.row("a")).state == State.DEAD
    assert "did not say whether it arrived" in office.slack.messages(office.mara.dm)[-1].shown
    assert await office.retry("a")
    await office.deliver(relay)
    assert office.posted("Hello") == 2


async def test_history_that_cannot_be_read_for_good_is_told_and_doubles_nothing(office: PostOffice) -> None:
    await office.say("a", responsible=office.mara.id)
    office.slack.faults.next("chat.postMessage", Fault.RESET_AFTER)
    relay = office.relay()
    await office.deliver(relay, turns=1)
    office.slack.remove_bot(office.channel)
    await office.deliver(relay)
    row = await office.row("a")
    assert (row.state, row.reason) == (State.DEAD, "not_in_channel")
    assert "/invite" in office.slack.messages(office.mara.dm)[-1].shown
    office.slack.invite_bot(office.channel)
    assert await office.retry("a")
    await office.deliver(relay)
    assert office.posted("Hello") == 1
    assert (await office.row("a")).state == State.SENT


async def test_history_that_cannot_be_read_now_is_read_later(office: PostOffice) -> None:
    await office.say("a")
    office.slack.faults.next("chat.postMessage", Fault.RESET_AFTER)
    office.slack.faults.next("conversations.history", Fault.RESET_BEFORE, Fault.ERROR_BEFORE, Fault.TRUNCATED)
    await office.deliver(turns=6)
    assert office.posted("Hello") == 1
    assert (await office.row("a")).state == State.SENT


async def test_a_message_nobody_wants_any_more_is_not_posted_again(office: PostOffice) -> None:
    await office.say("lost")
    office.slack.faults.next("chat.postMessage", Fault.RESET_BEFORE)
    await office.deliver(turns=1)
    await office.withdraw("lost")
    await office.deliver()
    assert office.shown == []
    assert (await office.row("lost")).state == State.CANCELLED
