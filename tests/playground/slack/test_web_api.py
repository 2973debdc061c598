"""How a call is let in: tokens, scopes, methods, and arguments in three styles."""

import json
from collections.abc import Callable
from typing import Any

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from slackapp.playground.slack import Channel, ManifestError, StandIn
from slackapp.playground.slack.manifest import read_manifest

Refusal = Callable[[Any], Any]


async def raw(slack: StandIn, method: str, verb: str = "POST", **request: Any) -> dict[str, Any]:  # noqa: ANN401 - aiohttp's own
    headers = {"Authorization": f"Bearer {slack.bot_token}"} | request.pop("headers", {})
    async with (
        aiohttp.ClientSession() as session,
        session.request(verb, f"{slack.api_url}{method}", headers=headers, **request) as response,
    ):
        answer: dict[str, Any] = await response.json()
        return answer


async def test_the_bot_knows_who_it_is(slack: StandIn, client: AsyncWebClient) -> None:
    answer = await client.auth_test()
    assert answer["team_id"] == slack.team_id
    assert answer["user_id"] == slack.bot_user_id
    assert answer["team"] == "Ferrybridge"
    bot = (await client.bots_info(bot=answer["bot_id"]))["bot"]
    assert (bot["app_id"], bot["user_id"]) == (slack.app_id, slack.bot_user_id)
    assert (await client.team_info())["team"]["domain"] == "ferrybridge"


@pytest.mark.parametrize(
    ("token", "error"),
    [("", "not_authed"), ("xoxb-1-somebody-elses", "invalid_auth"), ("app", "not_allowed_token_type")],
)
async def test_only_the_tokens_it_minted_are_known(slack: StandIn, token: str, error: str) -> None:
    token = slack.app_token if token == "app" else token
    headers = {"Authorization": f"Bearer {token}"}
    assert (await raw(slack, "users.list", headers=headers))["error"] == error


async def test_sockets_are_opened_with_the_app_token_alone(slack: StandIn, refusal: Refusal) -> None:
    client = AsyncWebClient(base_url=slack.api_url)
    assert (await client.apps_connections_open(app_token=slack.app_token))["url"].startswith(
        "ws://127.0.0.1:"
    )
    refused = await refusal(client.apps_connections_open(app_token=slack.bot_token))
    assert refused["error"] == "not_allowed_token_type"


async def test_tokens_look_like_nobody_elses(slack: StandIn) -> None:
    assert slack.bot_token.startswith("xoxb-playground-")
    assert slack.app_token.startswith("xapp-playground-")
    async with StandIn.serve("manifest.yml") as other:
        assert other.bot_token != slack.bot_token
        headers = {"Authorization": f"Bearer {other.bot_token}"}
        assert (await raw(slack, "auth.test", headers=headers))["error"] == "invalid_auth"


async def test_an_uninstalled_app_is_out(slack: StandIn, client: AsyncWebClient, refusal: Refusal) -> None:
    slack.uninstall()
    assert (await refusal(client.auth_test()))["error"] == "account_inactive"


async def test_a_method_needs_its_scope(manifest: dict[str, Any], refusal: Refusal) -> None:
    scopes = manifest["oauth_config"]["scopes"]["bot"]
    scopes.remove("chat:write")
    async with StandIn.serve(manifest) as slack:
        client = AsyncWebClient(slack.bot_token, base_url=slack.api_url)
        refused = await refusal(client.chat_postMessage(channel="C1", text="hello"))
        assert refused["error"] == "missing_scope"
        assert refused["needed"] == "chat:write"
        assert refused["provided"] == ",".join(sorted(scopes))


async def test_reading_a_private_channel_needs_its_own_scope(
    manifest: dict[str, Any], refusal: Refusal
) -> None:
    manifest["oauth_config"]["scopes"]["bot"].remove("groups:history")
    async with StandIn.serve(manifest) as slack:
        client = AsyncWebClient(slack.bot_token, base_url=slack.api_url)
        private = slack.add_channel("quiet-room", private=True)
        public = slack.add_channel("open-room")
        assert (await refusal(client.conversations_history(channel=private.id)))["needed"] == "groups:history"
        assert (await client.conversations_history(channel=public.id))["messages"] == []


@pytest.mark.parametrize("style", ["json", "form", "query"])
async def test_arguments_come_in_three_styles(slack: StandIn, team: Channel, style: str) -> None:
    blocks = [{"type": "divider"}]
    arguments: dict[str, Any] = {"channel": team.id, "text": "hello", "reply_broadcast": "true"}
    flat = {**arguments, "blocks": json.dumps(blocks)}
    requests: dict[str, dict[str, Any]] = {
        "json": {"json": {**arguments, "blocks": blocks, "reply_broadcast": True}},
        "form": {"data": flat},
        "query": {"params": flat},
    }
    answer = await raw(slack, "chat.postMessage", **requests[style])
    assert answer["ok"], answer
    assert answer["message"]["blocks"][0]["type"] == "divider"


@pytest.mark.parametrize(
    ("method", "arguments", "error", "message"),
    [
        ("chat.postMassage", {}, "unknown_method", ""),
        ("users.info", {}, "invalid_arguments", "missing required field: user"),
        ("users.info", {"user": "U1", "who": "U2"}, "invalid_arguments", "additional property: who"),
        ("chat.postMessage", {"channel": 7, "text": "x"}, "invalid_arguments", "must provide a string"),
        ("chat.update", {"channel": "C1", "ts": 1700000000.5}, "invalid_arguments", "must provide a string"),
        ("conversations.history", {"channel": "C1", "limit": "many"}, "invalid_arguments", "a number"),
        (
            "conversations.history",
            {"channel": "C1", "inclusive": "perhaps"},
            "invalid_arguments",
            "a boolean",
        ),
        ("chat.postMessage", {"channel": "C1", "blocks": "[{"}, "invalid_blocks_format", ""),
        ("chat.postMessage", {"channel": "C1", "text": "x", "metadata": "{"}, "invalid_metadata_format", ""),
        ("users.info", {"user": "U1", "team_id": "T-elsewhere"}, "team_access_not_granted", ""),
    ],
)
async def test_bad_calls_are_refused(
    slack: StandIn, method: str, arguments: dict[str, Any], error: str, message: str
) -> None:
    answer = await raw(slack, method, json=arguments)
    assert answer["error"] == error
    assert message in "".join(answer.get("response_metadata", {}).get("messages", [""]))


@pytest.mark.parametrize(
    ("content_type", "body", "error"),
    [
        ("application/json", b"{", "invalid_json"),
        ("application/json", b"[]", "json_not_object"),
        ("text/plain", b"channel=C1", "invalid_post_type"),
        ("application/x-www-form-urlencoded", b"\xff", "invalid_form_data"),
    ],
)
async def test_unreadable_bodies_are_refused(
    slack: StandIn, content_type: str, body: bytes, error: str
) -> None:
    headers = {"Content-Type": content_type}
    assert (await raw(slack, "chat.postMessage", data=body, headers=headers))["error"] == error


async def test_the_token_may_stand_in_the_form_and_is_never_recorded(slack: StandIn) -> None:
    answer = await raw(slack, "auth.test", data={"token": slack.bot_token}, headers={"Authorization": ""})
    assert answer["ok"]
    assert slack.bot_token not in json.dumps([dict(call.args) for call in slack.calls])


async def test_blocks_can_be_validated_alone(client: AsyncWebClient) -> None:
    assert (await client.blocks_validate(blocks=[{"type": "divider"}]))["valid"]
    answer = await client.blocks_validate(blocks=[{"type": "banner"}])
    assert not answer["valid"]
    assert answer["errors"][0]["pointer"].startswith("/blocks/0")


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (lambda it: it["oauth_config"]["scopes"]["bot"].remove("commands"), "scope commands"),
        (lambda it: it["oauth_config"]["scopes"]["bot"].remove("im:history"), "message.im needs the scope"),
        (lambda it: it["settings"]["event_subscriptions"]["bot_events"].append("message.imm"), "message.imm"),
        (lambda it: it["features"]["slash_commands"][0].update(command="light"), "command"),
        (lambda it: it["settings"]["interactivity"].update(is_enabled=False), "shortcuts"),
        (lambda it: it["display_information"].clear(), "name"),
    ],
)
def test_a_manifest_slack_would_refuse(
    manifest: dict[str, Any], change: Callable[[dict[str, Any]], None], complaint: str
) -> None:
    change(manifest)
    with pytest.raises(ManifestError, match=complaint):
        read_manifest(manifest)


def test_the_projects_own_manifest_is_accepted() -> None:
    assert "/launch" in read_manifest("manifest.yml").commands
