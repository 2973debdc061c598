"""A burst of changes of one message is few calls, and ends with the last of them."""

import asyncio
from dataclasses import replace

from slackapp.core.clock import monotonic
from slackapp.outbox.rules import UNPACED
from tests.support.post_office import PostOffice

#: Seconds between two looks of one message.
REDRAW = 0.3


async def test_a_burst_of_changes_is_few_calls(office: PostOffice) -> None:
    relay = office.relay(pacing=replace(UNPACED, redraw=REDRAW))
    running, began = asyncio.create_task(relay.run()), monotonic()
    for number in range(100):
        await office.say("poll", f"{number} votes")
        await asyncio.sleep(0.005)
    while office.shown != ["99 votes"]:  # noqa: ASYNC110 - Slack tells nobody
        await asyncio.sleep(0.01)
    lasted = monotonic() - began
    relay.stop()
    await running
    calls = office.calls("chat.postMessage") + office.calls("chat.update")
    # The first look, one an interval, and what is left at the end.
    assert 2 <= calls <= 2 + lasted / REDRAW
    assert office.calls("chat.postMessage") == 1
