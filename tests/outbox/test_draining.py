"""What becomes of a relay's claims when there is no time left to finish."""

import asyncio

from slackapp.outbox import service
from slackapp.outbox.models import OutboxMessage
from slackapp.outbox.relay import Relay
from slackapp.playground.slack import Fault
from tests.support.post_office import PostOffice

TEXTS = ["first", "second", "third"]


async def cut_off(office: PostOffice, relay: Relay) -> list[OutboxMessage]:
    """Let it run until a call of its is held, and end it as the app does when time is up."""
    running = asyncio.create_task(relay.run())
    await office.slack.until(lambda: office.slack.faults.held)
    relay.stop()
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    return [await office.row(text) for text in TEXTS]


async def test_what_was_not_begun_is_free_at_once_and_what_was_on_the_wire_is_not(office: PostOffice) -> None:
    office.slack.faults.next("chat.postMessage", Fault.HELD)
    for text in TEXTS:
        await office.say(text, text)
    first, *others = await cut_off(office, office.relay())
    assert first.last_send is not None
    assert first.leased_until > 0
    assert [row.leased_until for row in others] == [0, 0]
    await office.relay().drain()
    assert office.shown == ["second", "third"]
    office.slack.faults.release()
    await office.deliver()
    assert [office.posted(text) for text in TEXTS] == [1, 1, 1]


async def test_what_only_its_direct_message_was_opened_for_is_free_at_once(office: PostOffice) -> None:
    office.slack.faults.next("conversations.open", Fault.HELD)
    for text in TEXTS:
        await office.say(text, text, to=service.Direct(office.mara.id))
    rows = await cut_off(office, office.relay())
    assert [(row.last_send, row.leased_until) for row in rows] == [(None, 0)] * 3
    office.slack.faults.release()
    await office.relay().drain()
    assert [office.posted(text) for text in TEXTS] == [1, 1, 1]


async def test_what_is_searched_for_is_free_at_once_and_settled_no_sooner(office: PostOffice) -> None:
    office.slack.faults.next("chat.postMessage", Fault.RESET_AFTER)
    await office.say("first", "first")
    await office.relay().drain()
    await office.let_pass()
    office.slack.faults.next("conversations.history", Fault.HELD)
    for text in TEXTS[1:]:
        await office.say(text, text)
    before = await office.row("first")
    row, *_ = await cut_off(office, office.relay())
    assert (row.last_send, row.retry_at, row.leased_until) == (before.last_send, before.retry_at, 0)
    office.slack.faults.release()
    await office.deliver()
    assert [office.posted(text) for text in TEXTS] == [1, 1, 1]
