"""Rules that few apps meet: rarer refusals, rarer elements, rarer places."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import aiohttp
import pytest
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from slackapp.playground.slack import Channel, ImpossibleError, Person, StandIn

Refusal = Callable[[Any], Any]


def text(content: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": content}


async def opened(
    slack: StandIn,
    client: AsyncWebClient,
    person: Person,
    *elements: dict[str, Any],
    **extra: Any,  # noqa: ANN401 - any part of a view
) -> None:
    """A modal with these elements, each in an input block named by its action id."""
    blocks = [
        {"type": "input", "block_id": element["action_id"], "label": text("L"), "element": element}
        for element in elements
    ]
    view = {
        "type": "modal",
        "callback_id": "form",
        "title": text("T"),
        "submit": text("S"),
        "blocks": blocks,
        **extra,
    }
    await client.views_open(trigger_id=slack._slack.triggers.mint(person.id), view=view)


@pytest.mark.parametrize(
    ("method", "arguments", "error"),
    [
        ("api.test", {"error": "my_own"}, "my_own"),
        ("bots.info", {"bot": "B0OTHER"}, "bot_not_found"),
        ("team.info", {"team": "T0OTHER"}, "team_not_found"),
        ("conversations.list", {"types": "public_channel,boats"}, "invalid_types"),
        ("conversations.open", {}, "users_list_not_supplied"),
        ("conversations.open", {"channel": "D0NOWHERE"}, "channel_not_found"),
        ("conversations.members", {"channel": "C0NOWHERE", "limit": 5000}, "channel_not_found"),
        ("users.list", {"limit": 5000}, "invalid_limit"),
        ("users.list", {"cursor": "bmV4dF90czox"}, "invalid_cursor"),
        ("views.open", {"view": {"type": "modal"}}, "invalid_arguments"),
        ("views.open", {"view": [], "trigger_id": "x"}, "invalid_arguments"),
        ("reactions.add", {"channel": "C0NOWHERE", "name": "eyes", "timestamp": "1.2"}, "channel_not_found"),
        ("blocks.validate", {}, "invalid_arguments"),
        ("files.getUploadURLExternal", {"filename": "a", "length": 0}, "missing_argument"),
        ("files.completeUploadExternal", {"files": []}, "invalid_arguments"),
        ("files.completeUploadExternal", {"files": [{"id": "F0NONE"}]}, "file_not_found"),
    ],
)
async def test_rarer_refusals(
    client: AsyncWebClient, method: str, arguments: dict[str, Any], error: str, refusal: Refusal
) -> None:
    assert (await refusal(client.api_call(method, json=arguments)))["error"] == error


async def test_conversations_by_their_kind(
    client: AsyncWebClient, mara: Person, team: Channel, refusal: Refusal
) -> None:
    again = await client.conversations_open(channel=mara.dm.id)
    assert again["channel"]["id"] == mara.dm.id
    refused = await refusal(client.conversations_open(channel=team.id))
    assert refused["error"] == "method_not_supported_for_channel_type"
    assert (await refusal(client.conversations_open(users=[mara.id, "U0NOBODY"])))[
        "error"
    ] == "user_not_found"
    both = await refusal(client.conversations_open(users=[mara.id, mara.id]))
    assert (both["error"], both["needed"]) == ("missing_scope", "mpim:write")
    info = (await client.conversations_info(channel=team.id, include_num_members=True))["channel"]
    assert (info["num_members"], info["is_private"]) == (3, False)
    assert (await client.conversations_info(channel=mara.dm.id))["channel"]["user"] == mara.id


async def test_an_upload_has_to_match_what_was_announced(
    client: AsyncWebClient, team: Channel, slack: StandIn, refusal: Refusal
) -> None:
    promised = await client.files_getUploadURLExternal(filename="a.txt", length=5)
    files: list[dict[str, str | None]] = [{"id": promised["file_id"]}]
    async with aiohttp.ClientSession() as session:
        async with session.post(promised["upload_url"], data=b"too long") as response:
            assert response.status == 400
        assert (await refusal(client.files_completeUploadExternal(files=files)))["error"] == "file_not_found"
        async with session.post(promised["upload_url"], data=b"hello") as response:
            assert await response.text() == "OK - 5"
        async with session.post(f"{slack.url}/upload/v1/F0NONE", data=b"x") as response:
            assert response.status == 404
    parent = (await client.chat_postMessage(channel=team.id, text="parent"))["ts"]
    await client.files_completeUploadExternal(files=files, channel_id=team.id, thread_ts=parent)
    assert slack.messages(team)[1].thread_ts == parent
    assert (await refusal(client.files_completeUploadExternal(files=files)))["error"] == "file_not_found"


async def test_what_select_menus_find(
    slack: StandIn, client: AsyncWebClient, mara: Person, jun: Person
) -> None:
    public, private = slack.add_channel("open-room"), slack.add_channel("closed-room", [jun], private=True)
    own = slack.add_channel("own-room", [mara], private=True)
    attic = slack.archive(slack.add_channel("attic"))
    filtered = {"include": ["im", "private"], "exclude_bot_users": True}
    await opened(
        slack,
        client,
        mara,
        {"type": "conversations_select", "action_id": "any"},
        {"type": "channels_select", "action_id": "channel"},
        {"type": "multi_conversations_select", "action_id": "some", "filter": filtered},
        {"type": "users_select", "action_id": "user"},
    )
    for name, found in {"any": public, "channel": public}.items():
        mara.fill(name, found)
    mara.fill("any", own)
    mara.fill("any", mara.dm)
    mara.fill("some", [own])
    mara.fill("user", slack.add_person("Porter", bot=True))
    hidden = [("any", private), ("any", attic), ("channel", own), ("some", [public]), ("some", [mara.dm])]
    for name, missing in hidden:
        with pytest.raises(ImpossibleError, match="does not offer"):
            mara.fill(name, missing)
    slack.deactivate(jun)
    with pytest.raises(ImpossibleError, match="does not offer"):
        mara.fill("user", jun)


async def test_moments_and_rich_text(slack: StandIn, client: AsyncWebClient, mara: Person) -> None:
    await opened(
        slack,
        client,
        mara,
        {"type": "datetimepicker", "action_id": "when"},
        {"type": "rich_text_input", "action_id": "story"},
        {"type": "number_input", "action_id": "rate", "is_decimal_allowed": True},
    )
    mara.fill("when", datetime(2026, 11, 20, 8, 30, tzinfo=UTC))
    mara.fill("story", "we shipped it")
    mara.fill("rate", "4.5")
    view = await mara.modal()
    assert view.values["when"]["when"]["selected_date_time"] == 1_795_163_400
    assert view.values["rate"]["rate"]["value"] == "4.5"
    assert "we shipped it" in view.shown
    with pytest.raises(ImpossibleError, match="epoch seconds"):
        mara.fill("when", "tomorrow")
    mara.fill("story", None)
    assert (await mara.modal()).values["story"]["story"]["rich_text_value"] is None


async def test_a_chosen_conversation_comes_with_a_response_url(
    slack: StandIn, app: AsyncApp, client: AsyncWebClient, mara: Person, jun: Person, team: Channel
) -> None:
    select = {"type": "conversations_select", "action_id": "where", "response_url_enabled": True}

    @app.view("form")
    async def form(ack: Any, respond: Any) -> None:  # noqa: ANN401 - Bolt's own
        await ack()
        await respond("recorded", response_type="in_channel")

    await opened(slack, client, mara, select)
    mara.fill("where", team)
    await mara.submit()
    assert [message.shown for message in jun.reads(team)] == ["recorded"]


async def test_one_cancel_may_close_the_whole_stack(
    slack: StandIn, app: AsyncApp, client: AsyncWebClient, mara: Person
) -> None:
    closed: list[bool] = []

    @app.view_closed("form")
    async def note(ack: Any, body: dict[str, Any]) -> None:  # noqa: ANN401 - Bolt's own
        await ack()
        closed.append(body["is_cleared"])

    element = {"type": "plain_text_input", "action_id": "it"}
    await opened(slack, client, mara, element, notify_on_close=True)
    await opened(slack, client, mara, element, notify_on_close=True, clear_on_close=True)
    await mara.close_modal()
    assert not mara.has_modal
    assert closed == [True, True]
    await opened(slack, client, mara, element, submit=text("S"))
    await opened(slack, client, mara, element)
    await mara.close_modal(everything=True)
    assert not mara.has_modal


async def test_a_click_in_a_thread_says_so(
    slack: StandIn, app: AsyncApp, client: AsyncWebClient, mara: Person, team: Channel
) -> None:
    bodies: list[dict[str, Any]] = []

    @app.action("go")
    async def go(ack: Any, body: dict[str, Any]) -> None:  # noqa: ANN401 - Bolt's own
        await ack()
        bodies.append(body)

    row = {"type": "actions", "elements": [{"type": "button", "text": text("Go"), "action_id": "go"}]}
    parent = (await client.chat_postMessage(channel=team.id, text="parent"))["ts"]
    attached = [{"fallback": "x", "blocks": [row]}]
    await client.chat_postMessage(channel=team.id, text="x", thread_ts=parent, attachments=attached)
    await mara.press("Go", slack.messages(team)[1])
    assert bodies[0]["container"]["thread_ts"] == bodies[0]["message"]["thread_ts"] == parent


async def test_a_field_in_a_message_keeps_what_was_typed(
    slack: StandIn, app: AsyncApp, client: AsyncWebClient, mara: Person, jun: Person, team: Channel
) -> None:
    values: list[Any] = []

    @app.action("go")
    async def go(ack: Any, body: dict[str, Any]) -> None:  # noqa: ANN401 - Bolt's own
        await ack()
        values.append(body["state"]["values"]["note"]["it"]["value"])

    field = {
        "type": "input",
        "block_id": "note",
        "label": text("Note"),
        "element": {"type": "plain_text_input", "action_id": "it"},
    }
    row = {"type": "actions", "elements": [{"type": "button", "text": text("Go"), "action_id": "go"}]}
    await client.chat_postMessage(channel=team.id, text="x", blocks=[field, row])
    (message,) = slack.messages(team)
    mara.fill("note", "mine", message)
    await mara.press("Go", message)
    await jun.press("Go", message)
    assert values == ["mine", None]


async def test_a_modal_with_a_field_that_reports_at_once(
    slack: StandIn, app: AsyncApp, client: AsyncWebClient, mara: Person
) -> None:
    bodies: list[dict[str, Any]] = []

    @app.action("kind")
    async def kind(ack: Any, body: dict[str, Any]) -> None:  # noqa: ANN401 - Bolt's own
        await ack()
        bodies.append(body)

    options = [{"text": text(label), "value": label} for label in ("A", "B")]
    select = {"type": "static_select", "action_id": "kind", "options": options}
    block = {
        "type": "input",
        "block_id": "kind",
        "label": text("Kind"),
        "element": select,
        "dispatch_action": True,
    }
    await opened(slack, client, mara, blocks=[block])
    await mara.choose("kind", "B")
    assert bodies[0]["actions"][0]["selected_option"]["value"] == "B"
    assert bodies[0]["view"]["state"]["values"]["kind"]["kind"]["selected_option"]["value"] == "B"
    with pytest.raises(ImpossibleError, match=r"choose\(\)"):
        mara.fill("kind", "A")


async def test_quiet_waits_for_events_on_their_way(slack: StandIn, app: AsyncApp, mara: Person) -> None:
    heard: list[str] = []

    @app.event("message")
    async def note(event: dict[str, Any]) -> None:
        await asyncio.sleep(0.02)
        heard.append(event["text"])

    await mara.say(mara.dm, "hello")
    await slack.quiet()
    assert heard == ["hello"]


async def test_names_in_use_and_unknown_zones(slack: StandIn, team: Channel) -> None:
    with pytest.raises(ImpossibleError, match="already is"):
        slack.add_channel(team.name)
    with pytest.raises(KeyError):
        slack.add_person("Nobody", tz="Atlantis/Capital")
    with pytest.raises(KeyError):
        slack.channel("nowhere")
    first, second = slack.add_person("Ana Ito"), slack.add_person("Ana Ito")
    assert (first.account.username, second.account.username) == ("ana.ito", "ana.ito2")
