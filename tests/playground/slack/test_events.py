"""What people say and do in conversations, and which of it the app hears of."""

import asyncio
from typing import Any

import pytest
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from slackapp.playground.slack import Channel, ImpossibleError, Person, StandIn, Timing


@pytest.fixture
def heard(app: AsyncApp) -> list[dict[str, Any]]:
    """The bodies of all events Bolt hands to listeners (its own messages it leaves out)."""
    bodies: list[dict[str, Any]] = []

    async def note(body: dict[str, Any]) -> None:
        bodies.append(body)

    for name in ("message", "member_joined_channel", "user_change", "reaction_added", "channel_archive"):
        app.event(name)(note)
    return bodies


async def test_a_dm_is_an_event(slack: StandIn, heard: list[dict[str, Any]], mara: Person) -> None:
    message = await mara.say(mara.dm, "44 %, but <Black Friday>")
    await slack.until(lambda: heard)
    (body,) = heard
    event = body["event"]
    assert (event["type"], event["channel_type"], event["channel"]) == ("message", "im", mara.dm.id)
    assert (event["user"], event["text"]) == (mara.id, "44 %, but &lt;Black Friday&gt;")
    assert (event["ts"], event["event_ts"]) == (message.ts, message.ts)
    assert "subtype" not in event
    assert (body["team_id"], body["context_team_id"]) == (slack.team_id, slack.team_id)
    assert body["authorizations"][0]["user_id"] == slack.bot_user_id
    assert body["event_id"].startswith("Ev")
    assert message.shown == "44 %, but <Black Friday>"


async def test_threads_files_edits_and_deletions(
    slack: StandIn, heard: list[dict[str, Any]], client: AsyncWebClient, mara: Person
) -> None:
    asked = (await client.chat_postMessage(channel=mara.id, text="How much?"))["ts"]
    question = slack.messages(mara.dm)[0]
    reply = await mara.say(mara.dm, "44", thread=question)
    await mara.say(mara.dm, "", file=True)
    await mara.edit(reply, "45")
    await mara.delete(reply)
    await slack.until(lambda: len(heard) == 4)
    events = {body["event"].get("subtype", ""): body["event"] for body in heard}
    assert (events[""]["thread_ts"], events[""]["parent_user_id"]) == (asked, slack.bot_user_id)
    assert events["file_share"]["files"][0]["name"] == "screenshot.png"
    changed = events["message_changed"]
    assert (changed["message"]["text"], changed["previous_message"]["text"]) == ("45", "44")
    assert changed["message"]["edited"]["user"] == mara.id
    assert events["message_deleted"]["deleted_ts"] == reply.ts
    with pytest.raises(ImpossibleError, match="author"):
        await mara.edit(question, "mine now")


async def test_only_what_is_subscribed_to_is_heard(
    slack: StandIn, heard: list[dict[str, Any]], mara: Person, team: Channel
) -> None:
    await mara.say(team, f"hello <@{slack.bot_user_id}>")
    slack.rename(team, "team-lighthouse")
    await mara.react(await mara.say(mara.dm, "hi"), "wave")
    slack.archive(team)
    await slack.until(lambda: len(heard) == 3)
    await slack.quiet()
    kinds = sorted(body["event"]["type"] for body in heard)
    assert kinds == ["channel_archive", "message", "reaction_added"]
    assert slack.channel("team-lighthouse").archived


async def test_the_bot_is_invited(
    slack: StandIn, heard: list[dict[str, Any]], mara: Person, jun: Person
) -> None:
    lobby = slack.add_channel("lobby", [mara], with_bot=False)
    slack.join(lobby, jun)
    slack.invite_bot(lobby, by=mara)
    await slack.until(lambda: heard)
    await slack.quiet()
    (event,) = [body["event"] for body in heard]
    assert (event["user"], event["channel"], event["inviter"]) == (slack.bot_user_id, lobby.id, mara.id)
    slack.remove_bot(lobby)
    with pytest.raises(ImpossibleError, match="not in #lobby"):
        slack.remove_bot(lobby)


async def test_people_change(slack: StandIn, heard: list[dict[str, Any]], mara: Person) -> None:
    slack.set_zone(mara, "Asia/Tokyo")
    slack.deactivate(mara)
    await slack.until(lambda: len(heard) == 2)
    users = sorted((body["event"]["user"] for body in heard), key=lambda user: bool(user["deleted"]))
    assert users[0]["tz"] == "Asia/Tokyo"
    assert users[1]["deleted"]
    with pytest.raises(ImpossibleError, match="deactivated"):
        await mara.say(mara.dm, "hello?")


async def test_places_where_nothing_can_be_said(slack: StandIn, mara: Person, team: Channel) -> None:
    lobby = slack.add_channel("lobby")
    with pytest.raises(ImpossibleError, match="not in #lobby"):
        await mara.say(lobby, "hello")
    slack.archive(team)
    with pytest.raises(ImpossibleError, match="archived"):
        await mara.say(team, "hello")
    guest = slack.add_person("Dana Whitlock", guest=True)
    with pytest.raises(ImpossibleError, match="cannot see"):
        guest.reads(lobby)


@pytest.mark.parametrize("tab", [{"messages_tab_enabled": False}, {"messages_tab_read_only_enabled": True}])
async def test_a_dm_needs_the_messages_tab(manifest: dict[str, Any], tab: dict[str, bool]) -> None:
    manifest["features"]["app_home"] |= tab
    async with StandIn.serve(manifest) as slack:
        person = slack.add_person("Mara Lind")
        with pytest.raises(ImpossibleError, match="turned off"):
            await person.say(person.dm, "hello")


async def test_an_event_is_sent_again_until_it_is_taken(
    manifest: dict[str, Any],
    serve: Any,  # noqa: ANN401 - the fixture's own type
) -> None:
    attempts: list[dict[str, list[str]]] = []

    async def stumble(request: Any) -> None:  # noqa: ANN401 - Bolt's own
        attempts.append(dict(request.headers))
        if len(attempts) < 3:
            raise RuntimeError("not yet")

    async with StandIn.serve(manifest, timing=Timing(event_retries=(0.0, 0.01, 60.0))) as slack:
        client = AsyncWebClient(slack.bot_token, base_url=slack.api_url)
        bolt = AsyncApp(client=client, signing_secret=slack.signing_secret, process_before_response=True)
        bolt.event("message")(stumble)
        async with serve(bolt) as url:
            slack.request_url = url
            person = slack.add_person("Mara Lind")
            await person.say(person.dm, "hello")
            await slack.until(lambda: len(attempts) == 3)
            await slack.quiet()
        assert [headers.get("x-slack-retry-num") for headers in attempts] == [None, ["1"], ["2"]]
        assert attempts[1]["x-slack-retry-reason"] == ["http_error"]
        assert [trouble.reason for trouble in slack.troubles] == ["http_status_500"] * 2


async def test_an_app_that_is_away_hears_later(manifest: dict[str, Any]) -> None:
    async with StandIn.serve(manifest, timing=Timing(event_retries=(0.01, 0.01))) as slack:
        person = slack.add_person("Mara Lind")
        await person.say(person.dm, "anybody?")
        await asyncio.sleep(0.005)
        assert slack.troubles == []
        await slack.until(lambda: slack.troubles)
        assert (slack.troubles[0].what, slack.troubles[0].reason) == ("message.im", "dispatch_failed")
