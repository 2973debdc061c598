"""Up to where somebody has read a conversation, and how much waits there for them."""

from pathlib import Path
from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from slackapp.playground.slack import Channel, ImpossibleError, Person, StandIn


async def test_what_others_said_since_is_unread(
    slack: StandIn, mara: Person, jun: Person, team: Channel
) -> None:
    await jun.say(team, "one")
    two = await jun.say(team, "two")
    await mara.say(team, "mine")
    assert (mara.unread(team), jun.unread(team)) == (2, 1)
    mara.mark_read(team, two.ts)
    assert mara.unread(team) == 0
    await jun.say(team, "three")
    assert (mara.unread(team), mara.read_mark(team)) == (1, two.ts)
    assert mara.unread(team, at_most=1) == 1
    assert slack.troubles == []


async def test_reading_never_goes_back(mara: Person, jun: Person, team: Channel) -> None:
    one, two = await jun.say(team, "one"), await jun.say(team, "two")
    mara.mark_read(team, two.ts)
    mara.mark_read(team, one.ts)
    assert mara.read_mark(team) == two.ts


async def test_a_reply_in_a_thread_and_a_whisper_are_not_unread(
    client: AsyncWebClient, mara: Person, jun: Person, team: Channel
) -> None:
    said = await mara.say(team, "one")
    await jun.say(team, "a reply", said)
    await client.chat_postEphemeral(channel=team.id, user=mara.id, text="psst")
    assert mara.unread(team) == 0
    await client.chat_postMessage(
        channel=team.id, thread_ts=said.ts, reply_broadcast=True, text="for everybody"
    )
    assert mara.unread(team) == 1


async def test_a_private_channel_cannot_be_read_from_outside(
    slack: StandIn, mara: Person, jun: Person
) -> None:
    board = slack.add_channel("board", [jun], private=True)
    said = await jun.say(board, "secret")
    assert not mara.sees(board)
    with pytest.raises(ImpossibleError, match="cannot see board"):
        mara.mark_read(board, said.ts)


async def test_it_outlives_a_restart(manifest: dict[str, Any], tmp_path: Path) -> None:
    state = tmp_path / "slack.jsonl"
    async with StandIn.serve(manifest, state=state) as slack:
        mara, jun = slack.add_person("Mara Lind", title="Product"), slack.add_person("Jun Sato")
        team = slack.add_channel("team-harbour", [mara, jun])
        mara.mark_read(team, (await jun.say(team, "one")).ts)
        await jun.say(team, "two")
    for _ in range(2):
        async with StandIn.serve(manifest, state=state) as slack:
            assert slack.person("Mara Lind").unread(team) == 1
            assert slack.person("Mara Lind").title == "Product"


async def test_a_reaction_is_taken_back(mara: Person, jun: Person, team: Channel, slack: StandIn) -> None:
    said = await jun.say(team, "one")
    await mara.react(said, "tada")
    await jun.react(said, "tada")
    await mara.unreact(said, "tada")
    assert slack.messages(team)[0].reactions == [{"name": "tada", "users": [jun.id], "count": 1}]
    with pytest.raises(ImpossibleError, match="no_reaction"):
        await mara.unreact(said, "tada")
    await jun.unreact(said, "tada")
    assert slack.messages(team)[0].reactions == []
