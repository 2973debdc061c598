"""What befalls a call under each fault, as the client sees it and as the record tells it."""

import asyncio
import logging
import time
from collections.abc import Callable, Coroutine, Iterator
from typing import Any, TypeAlias

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from slackapp.playground.slack import Channel, Fault, Person, StandIn
from slackapp.slack.outcomes import (
    Done,
    NotSent,
    Outcome,
    Refused,
    TokenTrouble,
    Unknown,
    outcome_of,
    seconds,
)

Post: TypeAlias = Callable[..., Coroutine[None, None, Outcome]]

#: What befalls, how the client understands it, and whether the message is there.
BEFALLS = [
    (Fault.RATE_LIMITED, NotSent("ratelimited", 1.0), False),
    (Fault.rate_limited(3600), NotSent("ratelimited", 3600.0), False),
    (Fault.rate_limited("abc"), NotSent("ratelimited", seconds("abc")), False),
    (Fault.rate_limited(None), NotSent("ratelimited", seconds("")), False),
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


@pytest.fixture(autouse=True)
def nothing_is_logged(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """A fault is no trouble of the server's own."""
    yield
    assert [record for record in caplog.records if record.levelno >= logging.WARNING] == []


@pytest.fixture
def post(hasty: AsyncWebClient, team: Channel) -> Post:
    async def post(text: str = "Hello", channel: Channel = team) -> Outcome:
        return await outcome_of(hasty.chat_postMessage(channel=channel.id, text=text))

    return post


@pytest.mark.parametrize(("fault", "outcome", "there"), BEFALLS, ids=str)
async def test_a_fault_befalls_the_next_call_and_no_other(
    slack: StandIn, post: Post, team: Channel, fault: Fault, outcome: Outcome, *, there: bool
) -> None:
    assert isinstance(await post("Before"), Done)  # so that the connection is one that was used before
    slack.faults.next("chat.postMessage", fault)
    assert await post() == outcome
    assert [message.text for message in slack.messages(team)] == ["Before", "Hello"][: 1 + there]
    call = slack.calls[-1]
    assert (call.method, call.args["text"]) == ("chat.postMessage", "Hello")
    assert (call.ok, call.fault) == (there, str(fault))
    assert slack.faults.befallen == {str(fault): 1}
    assert isinstance(await post("After"), Done)
    assert slack.calls[-1].fault is None


async def test_an_answer_without_ts(slack: StandIn, post: Post, team: Channel) -> None:
    slack.faults.next("chat.postMessage", Fault.NO_TS)
    assert await post() == Done({"ok": True})
    assert slack.calls[-1].response["ts"] == slack.messages(team)[0].ts


async def test_a_slow_answer_is_whole(slack: StandIn, post: Post) -> None:
    slack.faults.next("chat.postMessage", Fault.slow(0.05))
    started = time.monotonic()
    assert isinstance(await post(), Done)
    assert time.monotonic() - started >= 0.05


async def test_a_late_call_is_done_when_nobody_waits_for_it_any_more(
    slack: StandIn, post: Post, team: Channel
) -> None:
    slack.faults.next("chat.postMessage", Fault.late(0.7))
    assert await post() == Unknown("TimeoutError")
    assert slack.messages(team) == []
    await slack.until(lambda: slack.messages(team))
    assert (slack.calls[-1].ok, slack.calls[-1].fault) == (True, "late:0.7")


async def test_a_held_call_waits_until_it_is_released(slack: StandIn, post: Post, team: Channel) -> None:
    slack.faults.next("chat.postMessage", Fault.HELD)
    calling = asyncio.create_task(post())
    await slack.until(lambda: slack.faults.held)
    assert slack.faults.held == ["chat.postMessage"]
    assert isinstance(await post("Another"), Done)
    slack.faults.release("conversations.*")
    assert slack.faults.held
    slack.faults.release("chat.*")
    assert isinstance(await calling, Done)
    assert slack.faults.held == []
    assert [message.text for message in slack.messages(team)] == ["Another", "Hello"]


async def test_what_slack_refuses_anyway_is_refused_under_a_fault(slack: StandIn, post: Post) -> None:
    elsewhere = slack.add_channel("elsewhere", with_bot=False)
    slack.faults.next("chat.postMessage", Fault.RESET_AFTER, Fault.NO_TS)
    assert await post(channel=elsewhere) == Unknown("ClientOSError")
    assert await post(channel=elsewhere) == Refused("not_in_channel")
    assert [(call.ok, call.response["error"]) for call in slack.calls] == [(False, "not_in_channel")] * 2


async def test_retry_after_is_on_record_whoever_says_it(slack: StandIn, post: Post) -> None:
    slack.faults.next("chat.postMessage", Fault.rate_limited("abc"), Fault.rate_limited(None), None)
    slack.faults.paced(on=True)
    outcomes = [await post() for _ in range(7)]
    assert any(isinstance(outcome, Done) for outcome in outcomes)
    assert isinstance(outcomes[-1], NotSent)
    said = [(call.retry_after, call.fault) for call in slack.calls]
    assert said[:3] == [("abc", "429:abc"), (None, "429:absent"), (None, None)]
    assert said[-1] == ("1", None)
    slack.faults.paced(on=False)
    assert isinstance(await post(), Done)


async def test_the_http_client_asks_again_by_itself_where_asking_is_reading(
    slack: StandIn, hasty: AsyncWebClient, team: Channel, post: Post
) -> None:
    """What it does for GET it must never do for POST; so a GET has to be reset twice to be seen as such."""
    reset = Fault.RESET_BEFORE
    slack.faults.next("conversations.history", reset, None, reset, reset)
    assert isinstance(await outcome_of(hasty.conversations_history(channel=team.id)), Done)
    assert await outcome_of(hasty.conversations_history(channel=team.id)) == Unknown("ClientOSError")
    assert [call.fault for call in slack.calls] == ["reset_before", None, "reset_before", "reset_before"]
    slack.faults.next("*", reset)
    assert await post() == Unknown("ClientOSError")
    assert [call.method for call in slack.calls[4:]] == ["chat.postMessage"]


@pytest.mark.parametrize(
    ("fault", "seen", "there"),
    [
        (Fault.RATE_LIMITED, 429, False),
        (Fault.ERROR_BEFORE, 500, False),
        (Fault.ERROR_AFTER, 500, True),
        (Fault.RESET_BEFORE, aiohttp.ClientOSError, False),
        (Fault.RESET_AFTER, aiohttp.ClientOSError, True),
        (Fault.TRUNCATED, aiohttp.ClientPayloadError, True),
        (Fault.GARBAGE, 200, True),
        (Fault.NO_TS, 200, True),
        (Fault.says("expired_url"), 404, False),
    ],
    ids=str,
)
async def test_a_use_of_a_response_url_meets_faults_too(
    slack: StandIn, mara: Person, team: Channel, fault: Fault, seen: int | type[Exception], *, there: bool
) -> None:
    url = f"{slack.url}/response/{slack._slack.response_urls.mint(mara.id, team.id, None)}"
    slack.faults.next("response_url", fault)
    body = {"text": "Hello", "response_type": "in_channel"}
    async with aiohttp.ClientSession() as session:
        if isinstance(seen, int):
            async with session.post(url, json=body) as response:
                assert response.status == seen
        else:
            with pytest.raises(seen):
                async with session.post(url, json=body) as response:
                    await response.read()
    assert [message.text for message in slack.messages(team)] == ["Hello"] * there
    [call] = slack.calls
    assert (call.method, call.ok, call.fault) == ("response_url", there, str(fault))


@pytest.mark.parametrize("fault", [Fault.TIME_OUT, Fault.HELD, Fault.slow(60), Fault.late(60)], ids=str)
async def test_nobody_keeps_a_server_from_stopping(manifest: dict[str, Any], fault: Fault) -> None:
    async with aiohttp.ClientSession() as session, StandIn.serve(manifest) as slack:
        client = AsyncWebClient(slack.bot_token, base_url=slack.api_url, session=session, retry_handlers=[])
        slack.faults.next("auth.test", fault)
        calling = asyncio.create_task(outcome_of(client.auth_test()))
        await slack.until(lambda: slack.faults.befallen)
        stopping = time.monotonic()
    assert time.monotonic() - stopping < 0.9  # a second is when requests are cut off
    assert isinstance(await calling, Done if fault != Fault.TIME_OUT else Unknown)
