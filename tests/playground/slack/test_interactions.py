"""Commands, clicks, shortcuts and response URLs, through a real Bolt app in Socket Mode."""

from collections.abc import Callable
from typing import Any

import pytest
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from slackapp.playground.slack import Channel, ImpossibleError, Message, Person, StandIn, Timing

Refusal = Callable[[Any], Any]
Ack = Any


def text(content: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": content}


def options(*labels: str) -> list[dict[str, Any]]:
    return [{"text": text(label), "value": label.lower()} for label in labels]


def row(*elements: dict[str, Any]) -> dict[str, Any]:
    return {"type": "actions", "block_id": "row", "elements": list(elements)}


def button(name: str, **extra: Any) -> dict[str, Any]:  # noqa: ANN401 - any part of an element
    return {"type": "button", "text": text(name), "action_id": name.lower(), **extra}


@pytest.fixture
def clicks(app: AsyncApp) -> list[dict[str, Any]]:
    """The bodies of every click, each acknowledged."""
    bodies: list[dict[str, Any]] = []

    async def note(ack: Ack, body: dict[str, Any]) -> None:
        await ack()
        bodies.append(body)

    for name in ("go", "stop", "pick", "more", "day"):
        app.action(name)(note)
    return bodies


async def posted(
    slack: StandIn, client: AsyncWebClient, channel: Channel, *blocks: dict[str, Any]
) -> Message:
    await client.chat_postMessage(channel=channel.id, text="buttons", blocks=list(blocks))
    return slack.messages(channel)[-1]


async def test_a_command_and_its_answer(slack: StandIn, app: AsyncApp, mara: Person, team: Channel) -> None:
    bodies: list[dict[str, Any]] = []

    @app.command("/light")
    async def light(ack: Ack, body: dict[str, Any]) -> None:
        bodies.append(body)
        await ack(f"Lit for <@{body['user_id']}>")

    answer = await mara.command("/light", " R&D <now> ", team)
    assert answer
    assert (answer.shown, answer.ephemeral) == ("Lit for @Mara Lind", True)
    assert [message.ts for message in mara.reads(team)] == [answer.ts]
    assert slack.messages(team) == []
    (body,) = bodies
    assert body["text"] == "R&amp;D &lt;now&gt;"
    assert (body["channel_id"], body["channel_name"]) == (team.id, "team-harbour")
    assert (body["user_id"], body["user_name"], body["team_id"]) == (mara.id, "mara.lind", slack.team_id)
    assert (body["command"], body["api_app_id"]) == ("/light", slack.app_id)
    await mara.command("/light")
    assert bodies[1]["channel_name"] == "directmessage"


async def test_an_answer_for_the_channel(
    slack: StandIn, app: AsyncApp, mara: Person, jun: Person, team: Channel
) -> None:
    @app.command("/light")
    async def light(ack: Ack) -> None:
        await ack({"text": "Lit for all", "response_type": "in_channel"})

    await mara.command("/light", "", team)
    assert [message.shown for message in jun.reads(team)] == ["Lit for all"]
    assert not slack.messages(team)[0].ephemeral


@pytest.mark.parametrize(
    "body",
    [
        {"blocks": [{"type": "banner"}]},
        {"text": "x", "colour": "red"},
        {"text": "x", "response_type": "loud"},
    ],
)
async def test_a_command_answered_with_no_message(
    slack: StandIn, app: AsyncApp, mara: Person, body: dict[str, Any]
) -> None:
    @app.command("/light")
    async def light(ack: Ack) -> None:
        await ack(dict(body))

    answer = await mara.command("/light")
    assert answer
    assert "/light failed with the error" in answer.shown
    assert slack.troubles[0].what == "/light"


async def test_a_command_nobody_answers(manifest: dict[str, Any]) -> None:
    async with StandIn.serve(manifest, timing=Timing(acknowledge=0.05)) as slack:
        person = slack.add_person("Mara Lind")
        answer = await person.command("/light")
        assert answer
        assert answer.shown == '/light failed with the error "dispatch_failed"'
        assert slack.troubles


@pytest.mark.parametrize(
    ("name", "place", "complaint"),
    [("/dark", "channel", "not a valid command"), ("/light", "thread", "threads")],
)
async def test_commands_nobody_could_type(
    mara: Person, team: Channel, name: str, place: str, complaint: str
) -> None:
    message = await mara.say(team, "hello")
    with pytest.raises(ImpossibleError, match=complaint):
        await mara.command(name, "", team, thread=message if place == "thread" else None)


async def test_a_click_tells_the_app_everything(
    slack: StandIn, clicks: list[dict[str, Any]], client: AsyncWebClient, mara: Person, team: Channel
) -> None:
    message = await posted(slack, client, team, row(button("Go", value="7"), button("Stop")))
    await mara.press("Go", message)
    (body,) = clicks
    assert body["actions"][0] | {"action_ts": ""} == {
        "type": "button",
        "action_id": "go",
        "block_id": "row",
        "text": {"type": "plain_text", "text": "Go", "emoji": True},
        "value": "7",
        "action_ts": "",
    }
    assert body["container"] == {
        "type": "message",
        "message_ts": message.ts,
        "channel_id": team.id,
        "is_ephemeral": False,
    }
    assert body["message"]["blocks"] == message.blocks
    assert (body["channel"]["name"], body["user"]["id"]) == ("team-harbour", mara.id)
    await mara.press("stop", message, times=2)
    assert clicks[1]["trigger_id"] != clicks[2]["trigger_id"]


async def test_buttons_that_look_alike_are_told_apart_by_value(
    slack: StandIn, clicks: list[dict[str, Any]], client: AsyncWebClient, mara: Person, team: Channel
) -> None:
    rows = [{**row(button("Go", value=value)), "block_id": value} for value in ("1", "2")]
    message = await posted(slack, client, team, *rows)
    with pytest.raises(ImpossibleError, match="by its value"):
        await mara.press("Go", message)
    await mara.press("Go", message, value="2")
    assert clicks[0]["actions"][0]["block_id"] == "2"
    with pytest.raises(ImpossibleError, match="with the value '3'"):
        await mara.press("Go", message, value="3")


async def test_what_nobody_could_press(
    slack: StandIn, clicks: list[dict[str, Any]], client: AsyncWebClient, mara: Person, team: Channel
) -> None:
    message = await posted(slack, client, team, row(button("Go")))
    outsider = slack.add_person("Ines Okafor")
    with pytest.raises(ImpossibleError, match="no button 'Fly'"):
        await mara.press("Fly", message)
    with pytest.raises(ImpossibleError, match="join the channel"):
        await outsider.press("Go", message)
    with pytest.raises(ImpossibleError, match="say which message"):
        await mara.press("Go")
    with pytest.raises(ImpossibleError, match="no confirmation"):
        await mara.press("Go", message, confirm=False)
    await client.chat_update(channel=team.id, ts=message.ts, text="no more buttons")
    with pytest.raises(ImpossibleError, match="no button 'Go'"):
        await mara.press("Go", message)
    await client.chat_delete(channel=team.id, ts=message.ts)
    with pytest.raises(ImpossibleError, match="any more"):
        await mara.press("Go", message)
    slack.deactivate(mara)
    with pytest.raises(ImpossibleError, match="deactivated"):
        await mara.press("Go", message)
    assert clicks == []


async def test_a_private_channel_is_closed_to_others(
    slack: StandIn, client: AsyncWebClient, mara: Person, jun: Person
) -> None:
    room = slack.add_channel("closed-room", [jun], private=True)
    message = await posted(slack, client, room, row(button("Go")))
    with pytest.raises(ImpossibleError, match="cannot see"):
        mara.reads(room)
    with pytest.raises(ImpossibleError, match="cannot see"):
        await mara.press("Go", message)
    with pytest.raises(ImpossibleError, match="cannot see"):
        await mara.say(jun.dm, "hello")


async def test_a_confirmation_can_be_declined(
    slack: StandIn, clicks: list[dict[str, Any]], client: AsyncWebClient, mara: Person, team: Channel
) -> None:
    confirm = {"title": text("Sure?"), "text": text("Really?"), "confirm": text("Yes"), "deny": text("No")}
    message = await posted(slack, client, team, row(button("Go", confirm=confirm)))
    assert await mara.press("Go", message, confirm=False)
    assert clicks == []
    await mara.press("Go", message)
    assert len(clicks) == 1


async def test_it_is_known_whether_the_app_took_a_click(
    slack: StandIn, client: AsyncWebClient, mara: Person, team: Channel
) -> None:
    overflow = {"type": "overflow", "action_id": "more", "options": options("Hide", "Drop")}
    day = {"type": "datepicker", "action_id": "day"}
    message = await posted(slack, client, team, row(button("Go"), overflow, day))
    # No app is there.
    assert not await mara.press("Go", message)
    assert not await mara.choose("more", "drop", message)
    assert not await mara.choose("day", "2026-11-20", message)


async def test_choosing_in_a_message(
    slack: StandIn, clicks: list[dict[str, Any]], client: AsyncWebClient, mara: Person, team: Channel
) -> None:
    select = {"type": "static_select", "action_id": "pick", "options": options("One", "Two")}
    overflow = {"type": "overflow", "action_id": "more", "options": options("Hide", "Drop")}
    day = {"type": "datepicker", "action_id": "day"}
    message = await posted(slack, client, team, row(select, overflow, day))
    assert await mara.choose("pick", "Two", message)
    assert await mara.choose("more", "drop", message)
    assert await mara.choose("day", "2026-11-20", message)
    picked, more, dated = (body["actions"][0] for body in clicks)
    assert picked["selected_option"]["value"] == "two"
    assert more["selected_option"]["text"]["text"] == "Drop"
    assert dated["selected_date"] == "2026-11-20"
    values = clicks[2]["state"]["values"]["row"]
    assert values["pick"]["selected_option"]["value"] == "two"
    with pytest.raises(ImpossibleError, match="offers One, Two"):
        await mara.choose("pick", "Three", message)
    with pytest.raises(ImpossibleError, match=r"choose\(\)"):
        mara.fill("pick", "One", message)


async def test_an_app_without_interactivity(manifest: dict[str, Any]) -> None:
    manifest["settings"]["interactivity"]["is_enabled"] = False
    del manifest["features"]["shortcuts"]
    async with StandIn.serve(manifest) as slack:
        client = AsyncWebClient(slack.bot_token, base_url=slack.api_url)
        person = slack.add_person("Mara Lind")
        channel = slack.add_channel("room", [person])
        message = await posted(slack, client, channel, row(button("Go")))
        with pytest.raises(ImpossibleError, match="not configured"):
            await person.press("Go", message)


async def test_shortcuts(slack: StandIn, app: AsyncApp, mara: Person, team: Channel) -> None:
    bodies: list[dict[str, Any]] = []

    async def note(ack: Ack, body: dict[str, Any]) -> None:
        await ack()
        bodies.append(body)

    app.shortcut("keep")(note)
    app.shortcut("start")(note)
    message = await mara.say(team, "we shipped it")
    await mara.shortcut("keep", message)
    await mara.shortcut("start")
    kept, started = bodies
    assert (kept["type"], kept["message"]["text"], kept["message_ts"]) == (
        "message_action",
        "we shipped it",
        message.ts,
    )
    assert kept["channel"]["id"] == team.id
    assert started["type"] == "shortcut"
    for callback_id, on in (("burn", message), ("keep", None), ("start", message)):
        with pytest.raises(ImpossibleError, match="no such shortcut"):
            await mara.shortcut(callback_id, on)
    assert slack.troubles == []


@pytest.fixture
async def hook(
    slack: StandIn, app: AsyncApp, client: AsyncWebClient, mara: Person, team: Channel
) -> AsyncWebhookClient:
    """The response URL of a click on a message in the channel."""
    urls: list[str] = []

    @app.action("go")
    async def go(ack: Ack, body: dict[str, Any]) -> None:
        await ack()
        urls.append(body["response_url"])

    await mara.press("Go", await posted(slack, client, team, row(button("Go"))))
    return AsyncWebhookClient(urls[0], retry_handlers=[])


async def test_a_response_url_lasts_for_five_uses(
    hook: AsyncWebhookClient, slack: StandIn, mara: Person, jun: Person, team: Channel
) -> None:
    assert (await hook.send(text="for you")).status_code == 200
    assert (await hook.send(text="for all", response_type="in_channel")).body == "ok"
    assert [message.shown for message in mara.reads(team)] == ["[Go]", "for you", "for all"]
    assert [message.shown for message in jun.reads(team)] == ["[Go]", "for all"]
    bad = await hook.send(blocks=[{"type": "banner"}])
    assert (bad.status_code, "invalid_blocks" in bad.body) == (400, True)
    assert (await hook.send_dict({"text": "x", "colour": "red"})).status_code == 400
    await hook.send(text="changed", replace_original=True)
    assert slack.messages(team)[0].shown == "changed"
    await hook.send(delete_original=True)
    assert [message.shown for message in slack.messages(team)] == ["for all"]
    await hook.send(text="the fifth")
    spent = await hook.send(text="the sixth")
    assert (spent.status_code, "used_url" in spent.body) == (404, True)
    assert [call.ok for call in slack.calls if call.method == "response_url"].count(True) == 5


async def test_a_whisper_is_replaced_through_its_response_url(
    app: AsyncApp, mara: Person, client: AsyncWebClient, team: Channel
) -> None:
    @app.action("go")
    async def go(ack: Ack, respond: Any, body: dict[str, Any]) -> None:  # noqa: ANN401 - Bolt's own
        await ack()
        assert "message" not in body
        assert body["container"]["is_ephemeral"]
        await respond("done", replace_original=True)

    await client.chat_postEphemeral(channel=team.id, user=mara.id, text="x", blocks=[row(button("Go"))])
    await mara.press("Go", mara.reads(team)[0])
    assert [message.shown for message in mara.reads(team)] == ["done"]


async def test_a_response_url_expires(manifest: dict[str, Any]) -> None:
    async with StandIn.serve(manifest, timing=Timing(response_url=0.0)) as slack:
        person = slack.add_person("Mara Lind")
        secret = slack._slack.response_urls.mint(person.id, person.dm.id, None)
        answer = await AsyncWebhookClient(f"{slack.url}/response/{secret}").send(text="late")
        assert (answer.status_code, "expired_url" in answer.body) == (404, True)
