"""Rate limits: 429 with Retry-After when paced, nothing of it otherwise."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Sequence
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from slackapp.playground.slack import StandIn
from slackapp.playground.slack.pacing import Pacing


@pytest.fixture
async def paced(manifest: dict[str, Any]) -> AsyncIterator[StandIn]:
    async with StandIn.serve(manifest, paced=True) as served:
        yield served


async def refused(calls: Sequence[Awaitable[Any]]) -> Any:  # noqa: ANN401 - the SDK's answers are untyped
    """The answer to the one call in many that was refused, or to one of those."""
    answers = await asyncio.gather(*calls, return_exceptions=True)
    return next(answer.response for answer in answers if isinstance(answer, SlackApiError))


async def test_one_message_a_second_into_a_channel(paced: StandIn) -> None:
    client = AsyncWebClient(paced.bot_token, base_url=paced.api_url, retry_handlers=[])
    room, other = paced.add_channel("room"), paced.add_channel("other")
    response = await refused([client.chat_postMessage(channel=room.id, text="x") for _ in range(5)])
    assert (response.status_code, response["error"]) == (429, "ratelimited")
    assert int(response.headers["Retry-After"]) == 1
    assert 1 <= len(paced.messages(room)) < 5
    assert (await client.chat_postMessage(channel=other.id, text="x"))["ok"]
    assert [call.ok for call in paced.calls].count(False) == 5 - len(paced.messages(room))


async def test_methods_have_tiers(paced: StandIn) -> None:
    client = AsyncWebClient(paced.bot_token, base_url=paced.api_url, retry_handlers=[])
    response = await refused([client.users_list() for _ in range(21)])
    assert int(response.headers["Retry-After"]) in (2, 3)


def test_unpaced_lets_everything_through() -> None:
    pacing = Pacing(on=False)
    assert {pacing.message("C1") for _ in range(100)} == {0}
    assert {pacing.method("users.list", 1) for _ in range(100)} == {0}


def test_the_workspace_as_a_whole_is_paced() -> None:
    pacing = Pacing(on=True)
    waits = [pacing.message(f"C{number}") for number in range(20)]
    assert waits[:16] == [0] * 16
    assert waits[17] > 0
