"""The fault script: what befalls a call, as the client sees it and as the record tells it."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from typing import Any

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from slackapp.playground.slack import Channel, Fault, StandIn
from slackapp.slack.outcomes import Done, NotSent, Outcome, Refused, TokenTrouble, Unknown, outcome_of

#: How long the client waits, in seconds.
PATIENCE = 0.3


@pytest.fixture
async def client(slack: StandIn) -> AsyncIterator[AsyncWebClient]:
    """As the app has it: one session that keeps its connections, and no retries."""
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=PATIENCE)) as session:
        yield AsyncWebClient(slack.bot_token, base_url=slack.api_url, session=session, retry_handlers=[])


@pytest.fixture
def post(client: AsyncWebClient, team: Channel) -> Callable[..., Any]:
    async def post(text: str = "Hello", channel: Channel = team) -> Outcome:
        return await outcome_of(client.chat_postMessage(channel=channel.id, text=text))

    return post


Post = Any

#: What befalls, how the client understands it, and whether the message is there.
BEFALLS = [
    (Fault.RATE_LIMITED, NotSent("ratelimited", 1.0), False),
    (Fault.rate_limited(3600), NotSent("ratelimited", 3600.0), False),
    (Fault.rate_limited("abc"), NotSent("ratelimited", None), False),
    (Fault.rate_limited(None), NotSent("ratelimited", None), False),
    (Fault.ERROR_BEFORE, Unknown("http_500"), False),
    (Fault.ERROR_AFTER, Unknown("http_500"), True),
    (Fault.RESET_BEFORE, Unknown("ClientOSError"), False),
    (Fault.RESET_AFTER, Unknown("ClientOSError"), True),
    (Fault.TRUNCATED, Unknown("ClientPayloadError"), True),
    (Fault.TIME_OUT, Unknown("TimeoutError"), True),
    (Fault.slow(30), Unknown("TimeoutError"), True),
    (Fault.GARBAGE, Unknown("http_200"), True),
    (Fault.says("internal_error"), Unknown("internal_error"), False),
    (Fault.says_after("fatal_error"), Unknown("fatal_error"), True),
    (Fault.says_after("service_unavailable"), Unknown("service_unavailable"), True),
    (Fault.says("token_revoked"), TokenTrouble("token_revoked"), False),
    (Fault.says("is_archived"), Refused("is_archived"), False),
]


@pytest.mark.parametrize(("fault", "outcome", "there"), BEFALLS, ids=str)
async def test_a_fault_befalls_the_next_call_and_no_other(
    slack: StandIn, post: Post, team: Channel, fault: Fault, outcome: Outcome, there: bool
) -> None:
    assert isinstance(await post("Before"), Done)  # the connection is one that was used before
    slack.faults.next("chat.postMessage", fault)
    assert await post() == outcome
    assert [message.text for message in slack.messages(team)] == ["Before", "Hello"][: 1 + there]
    call = slack.calls[-1]
    assert (call.method, call.args["text"], call.ok, call.fault) == (
        "chat.postMessage",
        "Hello",
        there,
        str(fault),
    )
    assert slack.faults.befallen == {str(fault): 1}
    assert isinstance(await post("After"), Done)
    assert slack.calls[-1].fault is None
