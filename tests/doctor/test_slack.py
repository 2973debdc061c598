"""Tokens, scopes, clocks and the way to Slack: what is wrong with each is found, and nothing else is."""

import re
import socket
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import pytest

from slackapp.core.manifest import manifest
from slackapp.doctor.identity import compared
from slackapp.playground.slack import StandIn
from tests.support.answers import answering
from tests.support.examined import examined
from tests.support.world import World

#: What Slack says of a bot's token.
WHO = {
    "ok": True,
    "team": "Ferrybridge",
    "team_id": "T1",
    "user": "afterlaunch",
    "user_id": "U1",
    "bot_id": "B1",
}
NOWHERE = "http://127.0.0.1:1/api/"


def with_scopes(*more: str, without: str = "") -> dict[str, Any]:
    """The manifest with other scopes than the one that is shipped."""
    content = manifest()
    scopes = content["oauth_config"]["scopes"]["bot"]
    content["oauth_config"]["scopes"]["bot"] = [scope for scope in scopes if scope != without] + list(more)
    return content


async def test_socket_mode_that_works_is_found_so(slack: StandIn, sqlite_url: str) -> None:
    found = await examined(**slack.environment(), AFTERLAUNCH_DATABASE_URL=sqlite_url)
    assert found.wrong == []
    assert found.said("bot token").startswith("Accepted: afterlaunch in Ferrybridge")
    assert "Socket Mode" in found.said("transport")
    assert slack.connected == 0


@pytest.mark.parametrize(
    ("token", "wrong"),
    [("SLACK_BOT_TOKEN", ["bot token", "scopes", "channels"]), ("SLACK_APP_TOKEN", ["transport"])],
)
@pytest.mark.parametrize("value", ["xoxb-opensesame", "…"])
async def test_a_token_slack_refuses_is_named_and_not_shown(
    slack: StandIn, sqlite_url: str, token: str, wrong: list[str], value: str
) -> None:
    settings = {**slack.environment(), token: value}
    found = await examined(**settings, AFTERLAUNCH_DATABASE_URL=sqlite_url)
    assert found.wrong == wrong
    assert f"Slack refuses {token} with invalid_auth. " in found.said(wrong[0])
    assert value not in "".join(map(found.said, found.names))


async def test_the_tokens_swapped_are_two_wrong_tokens(slack: StandIn, sqlite_url: str) -> None:
    swapped = {"SLACK_BOT_TOKEN": slack.app_token, "SLACK_APP_TOKEN": slack.bot_token}
    found = await examined(**{**slack.environment(), **swapped}, AFTERLAUNCH_DATABASE_URL=sqlite_url)
    assert "transport" in found.wrong
    assert "not_allowed_token_type" in found.said("transport")


async def test_a_persons_token_is_not_a_bots() -> None:
    person = {name: value for name, value in WHO.items() if name != "bot_id"}
    async with answering((200, {}, person)) as url:
        found = await examined(SLACK_BOT_TOKEN="xoxp-1", SLACK_SIGNING_SECRET="s", SLACK_API_URL=url)
    assert "Copy the Bot User OAuth Token" in found.said("bot token")


async def test_slack_out_of_reach_keeps_nothing_else_from_being_looked_at(sqlite_url: str) -> None:
    found = await examined(
        SLACK_BOT_TOKEN="xoxb-1",
        SLACK_SIGNING_SECRET="s",
        SLACK_API_URL=NOWHERE,
        AFTERLAUNCH_DATABASE_URL=sqlite_url,
    )
    assert found.wrong == ["bot token", "scopes", "clock", "channels"]
    assert f"Slack gives no answer at {NOWHERE}" in found.said("bot token")
    for name in ("scopes", "clock", "channels"):
        assert found.said(name).startswith("Not looked at: Slack gave no answer.")
    assert {"transport", "port", "database", "schema", "messages"} <= set(found.names)


async def test_a_scope_the_manifest_asks_for_and_slack_did_not_grant_is_named(sqlite_url: str) -> None:
    async with StandIn.serve(with_scopes(without="metadata.message:read")) as slack:
        found = await examined(**slack.environment(), AFTERLAUNCH_DATABASE_URL=sqlite_url)
    assert found.wrong == ["scopes"]
    assert found.said("scopes").startswith("Missing: metadata.message:read.")
    assert "reinstall" in found.said("scopes")


async def test_a_scope_granted_and_not_needed_is_mentioned_and_not_wrong(sqlite_url: str) -> None:
    async with StandIn.serve(with_scopes("reactions:read")) as slack:
        found = await examined(**slack.environment(), AFTERLAUNCH_DATABASE_URL=sqlite_url)
    assert found.wrong == []
    assert "not needed: reactions:read." in found.said("scopes")


@pytest.mark.parametrize(("hours", "side"), [(-2, "ahead of"), (2, "behind")])
async def test_a_clock_that_differs_from_slacks_is_wrong(hours: int, side: str, sqlite_url: str) -> None:
    there = datetime.now(UTC) + timedelta(hours=hours)
    async with answering((200, {"Date": format_datetime(there, usegmt=True)}, WHO)) as url:
        found = await examined(
            SLACK_BOT_TOKEN="xoxb-1",
            SLACK_SIGNING_SECRET="s",
            SLACK_API_URL=url,
            AFTERLAUNCH_DATABASE_URL=sqlite_url,
        )
    assert found.wrong == ["clock"]
    assert re.search(rf"clock is (7199|720\d) seconds {side} Slack's\.", found.said("clock"))


@pytest.mark.parametrize("date", ["", "yesterday", "Fri, 99 Nov 2026 10:00:00 GMT"])
async def test_an_answer_that_tells_neither_time_nor_scopes_is_not_held_against_us(
    date: str, sqlite_url: str
) -> None:
    async with answering((200, {"Date": date}, WHO)) as url:
        found = await examined(
            SLACK_BOT_TOKEN="xoxb-1",
            SLACK_SIGNING_SECRET="s",
            SLACK_API_URL=url,
            AFTERLAUNCH_DATABASE_URL=sqlite_url,
        )
    assert found.wrong == []
    assert "names no time" in found.said("clock")
    assert "names none" in found.said("scopes")


@pytest.mark.parametrize(("ahead", "ok"), [(60.0, True), (-60.0, True), (60.5, False), (-60.5, False)])
def test_a_clock_may_be_off_by_as_much_as_is_tolerated(ahead: float, ok: bool) -> None:  # noqa: FBT001 - a column
    assert compared("clock", ahead, "Slack's", 60.0).ok is ok


async def test_a_port_that_somebody_else_has_is_wrong(slack: StandIn, sqlite_url: str) -> None:
    taken = slack.url.rpartition(":")[2]
    found = await examined(**slack.environment(), AFTERLAUNCH_DATABASE_URL=sqlite_url, AFTERLAUNCH_PORT=taken)
    assert found.wrong == ["port"]
    assert f"port {taken}: Address already in use. Choose another" in found.said("port")


async def test_a_port_that_accepts_and_says_nothing_of_http_is_wrong(slack: StandIn, sqlite_url: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        found = await examined(
            **slack.environment(), AFTERLAUNCH_DATABASE_URL=sqlite_url, AFTERLAUNCH_PORT=port
        )
    assert found.wrong == ["port"]


async def test_a_port_that_the_app_itself_has_is_fine(world: World, sqlite_url: str) -> None:
    assert world.slack.request_url is not None
    port = world.slack.request_url.rpartition(":")[2].partition("/")[0]
    found = await examined(
        **world.slack.environment(), AFTERLAUNCH_DATABASE_URL=sqlite_url, AFTERLAUNCH_PORT=port
    )
    assert found.wrong == []
    assert "The app is running" in found.said("port")
