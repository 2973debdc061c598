"""Signed HTTP and Socket Mode: verification, signatures, connections that come and go."""

import asyncio
import json
from typing import Any

import aiohttp
import pytest
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.signature import SignatureVerifier
from slack_sdk.web.async_client import AsyncWebClient

from slackapp.playground.slack import Person, StandIn, Timing
from slackapp.playground.slack.sockets import MOST

Serve = Any


async def test_everything_goes_over_http_too(
    slack: StandIn, bolt: AsyncApp, serve: Serve, mara: Person
) -> None:
    heard: list[str] = []

    @bolt.command("/light")
    async def light(ack: Any, body: dict[str, Any], client: AsyncWebClient) -> None:  # noqa: ANN401 - Bolt's own
        title = {"type": "plain_text", "text": "A form"}
        element = {"type": "plain_text_input", "action_id": "it", "initial_value": body["text"]}
        block = {"type": "input", "block_id": "title", "label": title, "element": element}
        view = {"type": "modal", "callback_id": "form", "title": title, "submit": title, "blocks": [block]}
        await client.views_open(trigger_id=body["trigger_id"], view=view)
        await ack("opening")

    @bolt.view("form")
    async def form(ack: Any) -> None:  # noqa: ANN401 - Bolt's own
        await ack(response_action="errors", errors={"title": "No."})

    @bolt.event("message")
    async def message(event: dict[str, Any]) -> None:
        heard.append(event["text"])

    async with serve(bolt) as url:
        slack.request_url = url
        answer = await mara.command("/light", "a lamp")
        assert answer
        assert answer.shown == "opening"
        assert await mara.submit() == {"title": "No."}
        await mara.say(mara.dm, "hello")
        await slack.until(lambda: heard)
        assert set(slack.environment()) == {"SLACK_BOT_TOKEN", "SLACK_API_URL", "SLACK_SIGNING_SECRET"}
    assert heard == ["hello"]
    assert slack.troubles == []


async def test_a_url_that_fails_the_challenge_gets_nothing(
    slack: StandIn, bolt: AsyncApp, serve: Serve, mara: Person
) -> None:
    async with serve(bolt) as url:
        slack.request_url = url.replace("/slack/events", "/elsewhere")
        answer = await mara.command("/light")
        assert answer
        assert "dispatch_failed" in answer.shown


async def test_a_wrong_secret_is_seen_by_the_app(
    slack: StandIn, client: AsyncWebClient, serve: Serve, mara: Person
) -> None:
    other = AsyncApp(client=client, signing_secret="somebody-elses", process_before_response=True)
    async with serve(other) as url:
        slack.request_url = url
        await mara.command("/light")
        assert slack.troubles[0].reason == "dispatch_failed"


def test_signatures_are_the_sdks(slack: StandIn) -> None:
    body = "payload=%7B%7D"
    headers = slack._slack.delivery.signature(body)
    assert SignatureVerifier(slack.signing_secret).is_valid_request(body, headers)
    assert not SignatureVerifier(slack.signing_secret).is_valid_request(body + "x", headers)


async def test_an_unacknowledged_envelope_times_out(manifest: dict[str, Any]) -> None:
    async with (
        StandIn.serve(manifest, timing=Timing(acknowledge=0.05, event_retries=())) as slack,
        aiohttp.ClientSession() as session,
        await _connect(slack, session) as socket,
    ):
        person = slack.add_person("Mara Lind")
        assert (await socket.receive_json())["type"] == "hello"
        answer = await person.command("/light")
        assert answer
        assert "operation_timeout" in answer.shown
        envelope = await socket.receive_json()
        assert (envelope["type"], envelope["accepts_response_payload"]) == ("slash_commands", True)
        await socket.send_json({"envelope_id": envelope["envelope_id"], "payload": {"text": "late"}})
        await person.say(person.dm, "hello")
        event = await socket.receive_json()
        assert (event["type"], event["retry_attempt"], event["accepts_response_payload"]) == (
            "events_api",
            0,
            False,
        )
        await slack.until(lambda: len(slack.troubles) == 2)
        assert [message.text for message in person.reads(person.dm) if not message.ephemeral] == ["hello"]


async def _connect(slack: StandIn, session: aiohttp.ClientSession) -> aiohttp.ClientWebSocketResponse:
    client = AsyncWebClient(base_url=slack.api_url)
    url = (await client.apps_connections_open(app_token=slack.app_token))["url"]
    return await session.ws_connect(url)


async def test_ten_connections_and_no_more(slack: StandIn) -> None:
    async with aiohttp.ClientSession() as session:
        sockets = [await _connect(slack, session) for _ in range(MOST + 1)]
        hellos = [await socket.receive_json() for socket in sockets]
        assert [hello["type"] for hello in hellos] == ["hello"] * MOST + ["disconnect"]
        assert hellos[-1]["reason"] == "too_many_websockets"
        assert hellos[0]["connection_info"] == {"app_id": slack.app_id}
        assert slack.connected == MOST
        await asyncio.gather(*(socket.close() for socket in sockets))
        await slack.until(lambda: slack.connected == 0)


async def test_a_ticket_is_good_once(slack: StandIn) -> None:
    client = AsyncWebClient(base_url=slack.api_url)
    url = (await client.apps_connections_open(app_token=slack.app_token))["url"]
    async with aiohttp.ClientSession() as session:
        first = await session.ws_connect(url)
        with pytest.raises(aiohttp.WSServerHandshakeError):
            await session.ws_connect(url)
        await first.close()


async def test_payloads_are_spread_over_connections(slack: StandIn, mara: Person) -> None:
    async with aiohttp.ClientSession() as session:
        sockets = [await _connect(slack, session) for _ in range(3)]
        taken = [0] * len(sockets)

        async def answer(index: int) -> None:
            async for message in sockets[index]:
                envelope = json.loads(message.data)
                if "envelope_id" in envelope:
                    taken[index] += 1
                    await sockets[index].send_json({"envelope_id": envelope["envelope_id"]})

        listeners = [asyncio.create_task(answer(index)) for index in range(len(sockets))]
        for _ in range(60):
            await mara.command("/light")
        assert sum(taken) == 60
        assert min(taken) > 0
        for listener in listeners:
            listener.cancel()
        await asyncio.gather(*listeners, return_exceptions=True)
        await asyncio.gather(*(socket.close() for socket in sockets))


async def test_the_sdk_reconnects_when_told_to(slack: StandIn, bolt: AsyncApp, mara: Person) -> None:
    @bolt.command("/light")
    async def light(ack: Any) -> None:  # noqa: ANN401 - Bolt's own
        await ack("lit")

    handler = AsyncSocketModeHandler(bolt, slack.app_token, web_client=bolt.client, ping_interval=0.05)
    await handler.connect_async()  # type: ignore[no-untyped-call]  # Bolt left it untyped
    await slack.until(lambda: slack.connected)
    await slack.drop_sockets()
    await slack.until(lambda: slack.connected)
    async with asyncio.timeout(60):
        # The SDK changes its connection twice, and what comes on the first is lost.
        while (answer := await mara.command("/light")) is None or answer.shown != "lit":  # noqa: ASYNC110 - it says nothing
            await asyncio.sleep(0.02)
    await handler.close_async()  # type: ignore[no-untyped-call]  # Bolt left it untyped
