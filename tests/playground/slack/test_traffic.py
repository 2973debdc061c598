"""What the stand-in keeps of requests to the app and of its calls."""

from typing import Any

import pytest
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from slackapp.playground.slack import Channel, Fault, Person, StandIn
from slackapp.playground.slack.traffic import KEPT, Traffic


async def test_requests_and_calls_stand_in_the_order_in_which_they_began(
    slack: StandIn, app: AsyncApp, mara: Person, team: Channel
) -> None:
    @app.command("/light")
    async def light(ack: Any, client: AsyncWebClient) -> None:  # noqa: ANN401 - Bolt's own
        await client.chat_postMessage(channel=team.id, text="Light")
        await ack("lit")

    await mara.command("/light", "a lamp", team)
    [asked] = [each for each in slack.traffic if each.to_app and each.kind == "slash_commands"]
    [posted] = [each for each in slack.traffic if each.kind == "chat.postMessage"]
    assert (asked.what, asked.again) == ("/light", 0)
    assert asked.ok
    assert "lit" in str(asked.answer)
    assert asked.sent["text"] == "a lamp"
    assert (posted.to_app, posted.ok) == (False, True)
    assert posted.sent["text"] == "Light"
    assert isinstance(posted.answer, dict)
    assert posted.answer["message"]["text"] == "Light"
    assert asked.number < posted.number
    assert asked.took is not None
    assert posted.took is not None
    assert asked.took >= posted.took > 0


async def test_what_went_wrong_stands_with_it(
    slack: StandIn, client: AsyncWebClient, mara: Person, team: Channel
) -> None:
    with pytest.raises(SlackApiError):
        await client.chat_postMessage(channel="C0", text="Light")
    slack.faults.next("chat.postMessage", Fault.rate_limited("7"))
    with pytest.raises(SlackApiError):
        await client.chat_postMessage(channel=team.id, text="Light")
    # Nobody is connected.
    await mara.command("/light", "", team)
    refused, limited, asked = list(slack.traffic)[-3:]
    assert (refused.ok, refused.error, refused.fault) == (False, "channel_not_found", None)
    assert (limited.ok, limited.error, limited.fault) == (False, "ratelimited", "429:7")
    assert (asked.ok, asked.error) == (False, "dispatch_failed")


async def test_only_the_latest_are_kept(manifest: dict[str, Any]) -> None:
    traffic = Traffic(lambda: 0.0)
    for number in range(KEPT + 5):
        traffic.end(traffic.call("auth.test", {"number": number}), ok=True, answer={"ok": True})
    kept = list(traffic)
    assert len(traffic) == KEPT
    assert (kept[0].sent, kept[-1].sent) == ({"number": 5}, {"number": KEPT + 4})
    async with StandIn.serve(manifest) as slack:
        client = AsyncWebClient(slack.bot_token, base_url=slack.api_url)
        for _ in range(5):
            await client.auth_test()
        assert len(slack.calls) == 5
        slack.remember(3)
        await client.users_list()
        assert [call.method for call in slack.calls] == ["auth.test", "auth.test", "users.list"]
