"""chat.*: what is posted, where it is refused, and how it changes."""

from collections.abc import Callable
from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from slackapp.playground.slack import Channel, Person, StandIn

Refusal = Callable[[Any], Any]


def section(text: str) -> dict[str, Any]:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}}


async def test_a_message_is_posted_as_the_app(slack: StandIn, client: AsyncWebClient, team: Channel) -> None:
    answer = await client.chat_postMessage(
        channel=team.id,
        text="R&D <b>",
        blocks=[section("*Bold* & <!here>"), {"type": "actions", "elements": [button("Go < now")]}],
        metadata={"event_type": "row", "event_payload": {"id": "k7"}},
    )
    message = answer["message"]
    assert (answer["channel"], message["user"], message["app_id"]) == (
        team.id,
        slack.bot_user_id,
        slack.app_id,
    )
    assert message["text"] == "R&amp;D <b>"
    assert message["blocks"][1]["elements"][0]["text"]["text"] == "Go &lt; now"
    assert all(block["block_id"] for block in message["blocks"])
    assert message["metadata"]["event_payload"] == {"id": "k7"}
    (posted,) = slack.messages(team)
    assert posted.ts == answer["ts"]
    assert posted.shown == "Bold & @here\n[Go < now]"


def button(text: str) -> dict[str, Any]:
    return {"type": "button", "text": {"type": "plain_text", "text": text}, "action_id": "go"}


async def test_places_where_nothing_can_be_posted(
    slack: StandIn, client: AsyncWebClient, team: Channel, mara: Person, refusal: Refusal
) -> None:
    secret = slack.add_channel("secret", [mara], private=True, with_bot=False)
    lobby = slack.add_channel("lobby", [mara], with_bot=False)
    errors = {"C0NOWHERE": "channel_not_found", secret.id: "channel_not_found", lobby.id: "not_in_channel"}
    for channel, error in errors.items():
        assert (await refusal(client.chat_postMessage(channel=channel, text="x")))["error"] == error
    slack.archive(team)
    assert (await refusal(client.chat_postMessage(channel=team.id, text="x")))["error"] == "is_archived"
    slack.archive(team, archived=False)
    slack.remove_bot(team)
    assert (await refusal(client.chat_postMessage(channel=team.id, text="x")))["error"] == "not_in_channel"
    assert (await refusal(client.chat_postMessage(channel=slack.bot_user_id, text="x")))["error"] == (
        "channel_not_found"
    )


async def test_a_person_is_written_to_in_their_dm(
    slack: StandIn, client: AsyncWebClient, mara: Person, jun: Person
) -> None:
    answer = await client.chat_postMessage(channel=mara.id, text="Good morning")
    assert answer["channel"] == mara.dm.id
    slack.deactivate(jun)
    assert (await client.chat_postMessage(channel=jun.id, text="nobody reads this"))["ok"]


async def test_without_a_messages_tab_there_is_no_dm(manifest: dict[str, Any], refusal: Refusal) -> None:
    manifest["features"]["app_home"]["messages_tab_enabled"] = False
    async with StandIn.serve(manifest) as slack:
        client = AsyncWebClient(slack.bot_token, base_url=slack.api_url)
        person = slack.add_person("Ines Okafor")
        refused = await refusal(client.chat_postMessage(channel=person.id, text="x"))
        assert refused["error"] == "messages_tab_disabled"


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ({}, "no_text"),
        ({"text": "x" * 40_001}, "msg_too_long"),
        ({"text": "x", "blocks": [{"type": "divider"}] * 51}, "invalid_blocks"),
        ({"text": "x", "blocks": [{"type": "banner"}]}, "invalid_blocks"),
        ({"text": "x", "markdown_text": "y"}, "markdown_text_conflict"),
        ({"text": "x", "as_user": True}, "as_user_not_supported"),
        ({"text": "x", "username": "Somebody"}, "missing_scope"),
    ],
)
async def test_messages_slack_would_not_show(
    slack: StandIn,
    client: AsyncWebClient,
    team: Channel,
    arguments: dict[str, Any],
    error: str,
    refusal: Refusal,
) -> None:
    refused = await refusal(client.api_call("chat.postMessage", json={"channel": team.id, **arguments}))
    assert refused["error"] == error
    assert slack.messages(team) == []


async def test_refused_blocks_are_pointed_at(client: AsyncWebClient, team: Channel, refusal: Refusal) -> None:
    refused = await refusal(client.chat_postMessage(channel=team.id, text="x", blocks=[section("y" * 3001)]))
    assert refused["error"] == "invalid_blocks"
    complaint = "[ERROR] must be less than 3001 characters [json-pointer:/blocks/0/text/text]"
    assert complaint in refused["response_metadata"]["messages"]


async def test_an_update_by_float_timestamp_misses(
    client: AsyncWebClient, team: Channel, refusal: Refusal
) -> None:
    ts = (await client.chat_postMessage(channel=team.id, text="x"))["ts"]
    assert str(float(ts)) != ts
    refused = await refusal(client.chat_update(channel=team.id, ts=str(float(ts)), text="y"))
    assert refused["error"] == "message_not_found"


async def test_what_an_update_keeps(slack: StandIn, client: AsyncWebClient, team: Channel) -> None:
    metadata = {"event_type": "row", "event_payload": {"id": "k7"}}
    ts = (
        await client.chat_postMessage(channel=team.id, text="x", blocks=[section("first")], metadata=metadata)
    )["ts"]

    async def now(**change: Any) -> tuple[str, bool, bool]:  # noqa: ANN401 - arguments of chat.update
        await client.api_call("chat.update", json={"channel": team.id, "ts": ts, **change})
        (message,) = slack.messages(team)
        return message.shown, bool(message.edited), message.metadata is not None

    assert await now(blocks=[section("second")], text="b") == ("second", False, True)
    assert await now(metadata=metadata) == ("second", False, True)
    assert await now(text="only text") == ("only text", True, True)
    assert await now(text="bare", metadata={}) == ("bare", True, False)


async def test_only_its_own_messages_can_be_changed(
    slack: StandIn, client: AsyncWebClient, team: Channel, mara: Person, refusal: Refusal
) -> None:
    theirs = await mara.say(team, "mine")
    refused = await refusal(client.chat_update(channel=team.id, ts=theirs.ts, text="x"))
    assert refused["error"] == "cant_update_message"
    refused = await refusal(client.chat_delete(channel=team.id, ts=theirs.ts))
    assert refused["error"] == "cant_delete_message"
    own = (await client.chat_postMessage(channel=team.id, text="x"))["ts"]
    slack.archive(team)
    assert (await refusal(client.chat_update(channel=team.id, ts=own, text="y")))["error"] == "is_inactive"
    slack.archive(team, archived=False)
    await client.chat_delete(channel=team.id, ts=own)
    assert (await refusal(client.chat_update(channel=team.id, ts=own, text="y")))[
        "error"
    ] == "message_not_found"
    assert [message.text for message in slack.messages(team)] == ["mine"]


async def test_threads_and_broadcasts(slack: StandIn, client: AsyncWebClient, team: Channel) -> None:
    parent = (await client.chat_postMessage(channel=team.id, text="parent"))["ts"]
    reply = (await client.chat_postMessage(channel=team.id, text="reply", thread_ts=parent))["message"]
    also = (
        await client.chat_postMessage(channel=team.id, text="both", thread_ts=parent, reply_broadcast=True)
    )["message"]
    assert reply["thread_ts"] == parent
    assert also["subtype"] == "thread_broadcast"
    history = (await client.conversations_history(channel=team.id))["messages"]
    assert [message["text"] for message in history] == ["both", "parent"]
    assert history[1]["reply_count"] == 2
    replies = (await client.conversations_replies(channel=team.id, ts=parent))["messages"]
    assert [message["text"] for message in replies] == ["parent", "reply", "both"]
    assert [message.broadcast for message in slack.messages(team)] == [False, False, True]


async def test_a_reply_whose_parent_is_gone_lands_in_the_channel(
    client: AsyncWebClient, team: Channel, refusal: Refusal
) -> None:
    parent = (await client.chat_postMessage(channel=team.id, text="parent"))["ts"]
    await client.chat_delete(channel=team.id, ts=parent)
    stray = (await client.chat_postMessage(channel=team.id, text="reply", thread_ts=parent))["message"]
    assert "thread_ts" not in stray
    assert (await refusal(client.conversations_replies(channel=team.id, ts=parent)))[
        "error"
    ] == "thread_not_found"


async def test_a_deleted_parent_with_replies_leaves_a_tombstone(
    client: AsyncWebClient, team: Channel, refusal: Refusal
) -> None:
    parent = (await client.chat_postMessage(channel=team.id, text="parent"))["ts"]
    reply = (await client.chat_postMessage(channel=team.id, text="reply", thread_ts=parent))["ts"]
    await client.chat_delete(channel=team.id, ts=parent)
    (left,) = (await client.conversations_history(channel=team.id))["messages"]
    assert left["subtype"] == "tombstone"
    assert (await client.chat_postMessage(channel=team.id, text="more", thread_ts=parent))["message"][
        "thread_ts"
    ]
    refused = await refusal(client.chat_postMessage(channel=team.id, text="x", thread_ts=reply))
    assert refused["error"] == "cannot_reply_to_message"
    assert (await refusal(client.chat_update(channel=team.id, ts=parent, text="x")))["error"] == (
        "message_not_found"
    )


async def test_whispers_are_for_one_and_vanish(
    slack: StandIn, client: AsyncWebClient, team: Channel, mara: Person, jun: Person, refusal: Refusal
) -> None:
    ts = (await client.chat_postEphemeral(channel=team.id, user=mara.id, text="psst"))["message_ts"]
    assert [(message.shown, message.ephemeral) for message in mara.reads(team)] == [("psst", True)]
    assert jun.reads(team) == []
    assert slack.messages(team) == []
    assert (await refusal(client.chat_update(channel=team.id, ts=ts, text="x")))[
        "error"
    ] == "message_not_found"
    mara.reload()
    assert mara.reads(team) == []
    outsider = slack.add_person("Ines Okafor")
    refused = await refusal(client.chat_postEphemeral(channel=team.id, user=outsider.id, text="x"))
    assert refused["error"] == "user_not_in_channel"


async def test_permalinks(client: AsyncWebClient, team: Channel, refusal: Refusal) -> None:
    ts = (await client.chat_postMessage(channel=team.id, text="x"))["ts"]
    link = (await client.chat_getPermalink(channel=team.id, message_ts=ts))["permalink"]
    assert link == f"https://ferrybridge.slack.com/archives/{team.id}/p{ts.replace('.', '')}"
    refused = await refusal(client.chat_getPermalink(channel=team.id, message_ts="1.2"))
    assert refused["error"] == "message_not_found"


async def test_reactions(slack: StandIn, client: AsyncWebClient, team: Channel, refusal: Refusal) -> None:
    ts = (await client.chat_postMessage(channel=team.id, text="x"))["ts"]
    await client.reactions_add(channel=team.id, timestamp=ts, name="eyes")
    refused = await refusal(client.reactions_add(channel=team.id, timestamp=ts, name="eyes"))
    assert refused["error"] == "already_reacted"
    assert slack.messages(team)[0].reactions[0]["count"] == 1
