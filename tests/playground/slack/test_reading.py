"""conversations.* and users.*: who is where, and history as far as it is visible."""

import asyncio
import time
from collections.abc import Callable
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from slackapp.playground.slack import Channel, Person, StandIn

Refusal = Callable[[Any], Any]


async def texts(client: AsyncWebClient, channel: str, **span: Any) -> list[str]:  # noqa: ANN401 - arguments of the method
    answer = await client.conversations_history(channel=channel, **span)
    return [message["text"] for message in answer["messages"]]


async def test_history_is_cut_by_time_and_paged(client: AsyncWebClient, team: Channel) -> None:
    stamps = [(await client.chat_postMessage(channel=team.id, text=str(n)))["ts"] for n in range(5)]
    assert await texts(client, team.id) == ["4", "3", "2", "1", "0"]
    assert await texts(client, team.id, oldest=stamps[1], latest=stamps[3]) == ["2"]
    assert await texts(client, team.id, oldest=stamps[1], latest=stamps[3], inclusive=True) == ["3", "2", "1"]
    assert await texts(client, team.id, oldest="0", latest=stamps[1]) == ["0"]
    answer = await client.conversations_history(channel=team.id, limit=2)
    pages = [[message["text"] for message in page["messages"]] async for page in answer]
    assert pages == [["4", "3"], ["2", "1"], ["0"]]


async def test_replies_are_paged_too(client: AsyncWebClient, team: Channel) -> None:
    parent = (await client.chat_postMessage(channel=team.id, text="p"))["ts"]
    for n in range(3):
        await client.chat_postMessage(channel=team.id, text=str(n), thread_ts=parent)
    answer = await client.conversations_replies(channel=team.id, ts=parent, limit=2)
    pages = [[message["text"] for message in page["messages"]] async for page in answer]
    assert pages == [["p", "0", "1"], ["2"]]


async def test_bad_spans_and_cursors(client: AsyncWebClient, team: Channel, refusal: Refusal) -> None:
    assert (await refusal(client.conversations_history(channel=team.id, oldest="now")))[
        "error"
    ] == "invalid_ts_oldest"
    assert (await refusal(client.conversations_history(channel=team.id, latest="?")))[
        "error"
    ] == "invalid_ts_latest"
    assert (await refusal(client.conversations_history(channel=team.id, limit=-1)))[
        "error"
    ] == "invalid_limit"
    assert (await refusal(client.conversations_history(channel=team.id, cursor="x")))[
        "error"
    ] == "invalid_cursor"


async def test_metadata_is_told_in_full_only_when_asked(client: AsyncWebClient, team: Channel) -> None:
    metadata = {"event_type": "row", "event_payload": {"id": "k7"}}
    await client.chat_postMessage(channel=team.id, text="x", metadata=metadata)
    plain = (await client.conversations_history(channel=team.id))["messages"][0]
    assert plain["metadata"] == {"event_type": "row"}
    full = (await client.conversations_history(channel=team.id, include_all_metadata=True))["messages"][0]
    assert full["metadata"] == metadata


async def test_history_lags_behind(manifest: dict[str, Any], refusal: Refusal) -> None:
    async with StandIn.serve(manifest, history_lag=0.15) as slack:
        client = AsyncWebClient(slack.bot_token, base_url=slack.api_url)
        channel = slack.add_channel("room")
        started = time.monotonic()
        ts = (await client.chat_postMessage(channel=channel.id, text="x"))["ts"]
        assert await texts(client, channel.id) == []
        assert (await refusal(client.conversations_replies(channel=channel.id, ts=ts)))[
            "error"
        ] == "thread_not_found"
        await client.chat_update(channel=channel.id, ts=ts, text="y")
        await asyncio.sleep(0.16 - (time.monotonic() - started))
        assert await texts(client, channel.id) == ["y"]


async def test_history_is_for_those_in_the_channel(
    slack: StandIn, client: AsyncWebClient, mara: Person, refusal: Refusal
) -> None:
    lobby = slack.add_channel("lobby", [mara], with_bot=False)
    secret = slack.add_channel("secret", [mara], private=True, with_bot=False)
    assert (await refusal(client.conversations_history(channel=lobby.id)))["error"] == "not_in_channel"
    assert (await refusal(client.conversations_history(channel=secret.id)))["error"] == "channel_not_found"
    assert (await client.conversations_info(channel=lobby.id))["channel"]["is_member"] is False
    assert (await refusal(client.conversations_info(channel=secret.id)))["error"] == "channel_not_found"


async def test_members_and_channels_come_in_pages(
    slack: StandIn, client: AsyncWebClient, team: Channel
) -> None:
    members: list[str] = []
    async for page in await client.conversations_members(channel=team.id, limit=2):
        assert len(page["members"]) <= 2
        members += page["members"]
    assert members == list(team.members)
    slack.add_channel("closed-room", private=True, with_bot=False)
    slack.archive(slack.add_channel("attic"))
    names = [channel["name"] for channel in (await client.conversations_list())["channels"]]
    assert names == ["team-harbour", "attic"]
    live = await client.conversations_list(exclude_archived=True, types="public_channel,private_channel")
    assert [channel["name"] for channel in live["channels"]] == ["team-harbour"]


async def test_a_dm_is_opened_once(
    slack: StandIn, client: AsyncWebClient, mara: Person, jun: Person, refusal: Refusal
) -> None:
    first = await client.conversations_open(users=mara.id)
    second = await client.conversations_open(users=[mara.id], return_im=True)
    assert first["channel"]["id"] == second["channel"]["id"] == mara.dm.id
    assert second["already_open"]
    assert second["channel"]["user"] == mara.id
    robot = slack.add_person("Porter", bot=True)
    slack.deactivate(jun)
    for user, error in {
        "U0NOBODY": "user_not_found",
        jun.id: "user_disabled",
        robot.id: "cannot_dm_bot",
    }.items():
        assert (await refusal(client.conversations_open(users=user)))["error"] == error


async def test_what_users_are(slack: StandIn, client: AsyncWebClient, mara: Person, refusal: Refusal) -> None:
    user = (await client.users_info(user=mara.id))["user"]
    assert (user["tz"], user["is_admin"], user["deleted"]) == ("Europe/Stockholm", False, False)
    assert user["tz_offset"] in (3600, 7200)
    guest = slack.add_person("Dana Whitlock", guest=True, tz="America/New_York")
    stranger = slack.add_person("Rui Costa", stranger=True)
    assert (await client.users_info(user=guest.id))["user"]["is_restricted"]
    seen = (await client.users_info(user=stranger.id))["user"]
    assert seen["is_stranger"]
    slack.add_channel("shared", [stranger])
    seen = (await client.users_info(user=stranger.id))["user"]
    assert "is_stranger" not in seen
    assert seen["team_id"] != slack.team_id
    slack.deactivate(mara)
    gone = (await client.users_info(user=mara.id))["user"]
    assert gone["deleted"]
    assert "tz" not in gone
    assert (await refusal(client.users_info(user="U0NOBODY")))["error"] == "user_not_found"
    listed = [member["id"] for member in (await client.users_list())["members"]]
    assert set(listed) >= {mara.id, guest.id, stranger.id, slack.bot_user_id}


async def test_the_offset_is_of_story_time(manifest: dict[str, Any]) -> None:
    story = [1_768_000_000.0]  # January
    async with StandIn.serve(manifest, clock=lambda: story[0]) as slack:
        client = AsyncWebClient(slack.bot_token, base_url=slack.api_url)
        person = slack.add_person("Mara Lind", tz="Europe/Stockholm")
        assert (await client.users_info(user=person.id))["user"]["tz_offset"] == 3600
        story[0] += 180 * 86_400
        assert (await client.users_info(user=person.id))["user"]["tz_offset"] == 7200
