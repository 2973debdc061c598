"""A served stand-in, the real SDK's client for it, and real Bolt apps over both transports."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager
from typing import Any, TypeAlias

import aiohttp
import pytest
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from slackapp.playground.slack import Channel, Person, StandIn
from tests.support.bolt import served

Serve: TypeAlias = Callable[[AsyncApp], AbstractAsyncContextManager[str]]

SCOPES = [
    "channels:history",
    "channels:read",
    "chat:write",
    "commands",
    "files:read",
    "files:write",
    "groups:history",
    "groups:read",
    "im:history",
    "im:read",
    "im:write",
    "metadata.message:read",
    "reactions:read",
    "reactions:write",
    "team:read",
    "users:read",
]
EVENTS = [
    "app_home_opened",
    "channel_archive",
    "member_joined_channel",
    "message.im",
    "reaction_added",
    "user_change",
]


@pytest.fixture
def manifest() -> dict[str, Any]:
    """A manifest that allows nearly everything; a test takes away what it is about."""
    return {
        "display_information": {"name": "Lantern"},
        "features": {
            "app_home": {"home_tab_enabled": True, "messages_tab_enabled": True},
            "bot_user": {"display_name": "Lantern"},
            "slash_commands": [{"command": "/light", "description": "Light a lantern"}],
            "shortcuts": [
                {
                    "name": "Keep",
                    "type": "message",
                    "callback_id": "keep",
                    "description": "Keep this message",
                },
                {"name": "Start", "type": "global", "callback_id": "start", "description": "Start anywhere"},
            ],
        },
        "oauth_config": {"scopes": {"bot": list(SCOPES)}},
        "settings": {
            "event_subscriptions": {"bot_events": list(EVENTS)},
            "interactivity": {"is_enabled": True},
        },
    }


@pytest.fixture
async def slack(manifest: dict[str, Any]) -> AsyncIterator[StandIn]:
    async with StandIn.serve(manifest) as served:
        yield served


@pytest.fixture
def client(slack: StandIn) -> AsyncWebClient:
    return AsyncWebClient(slack.bot_token, base_url=slack.api_url, retry_handlers=[])


@pytest.fixture
async def hasty(slack: StandIn) -> AsyncIterator[AsyncWebClient]:
    """The app's own way to Slack: one session that keeps its connections, little patience, and no retries."""
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=0.5)) as session:
        yield AsyncWebClient(slack.bot_token, base_url=slack.api_url, session=session, retry_handlers=[])


@pytest.fixture
def mara(slack: StandIn) -> Person:
    return slack.add_person("Mara Lind", tz="Europe/Stockholm")


@pytest.fixture
def jun(slack: StandIn) -> Person:
    return slack.add_person("Jun Sato", tz="Asia/Tokyo")


@pytest.fixture
def team(slack: StandIn, mara: Person, jun: Person) -> Channel:
    return slack.add_channel("team-harbour", [mara, jun])


@pytest.fixture
def bolt(slack: StandIn, client: AsyncWebClient) -> AsyncApp:
    """A Bolt app that is connected by no transport yet."""
    return AsyncApp(client=client, signing_secret=slack.signing_secret, process_before_response=True)


@pytest.fixture
async def app(slack: StandIn, bolt: AsyncApp) -> AsyncIterator[AsyncApp]:
    """The Bolt app, connected in Socket Mode."""
    handler = AsyncSocketModeHandler(bolt, slack.app_token, web_client=bolt.client)
    await handler.connect_async()  # type: ignore[no-untyped-call]  # Bolt left it untyped
    await slack.until(lambda: slack.connected)
    yield bolt
    await handler.close_async()  # type: ignore[no-untyped-call]  # Bolt left it untyped


@pytest.fixture
def serve() -> Serve:
    """Serve a Bolt app over HTTP on a free port; gives its request URL."""
    return served


@pytest.fixture
def refusal() -> Callable[[Any], Any]:
    """The answer to a call that Slack refuses; fails if it is accepted."""

    async def refusal(call: Any) -> Any:  # noqa: ANN401 - the SDK's answers are untyped
        with pytest.raises(SlackApiError) as caught:
            await call
        return caught.value.response.data

    return refusal
