"""Pointing at one element by its block's id and its own, as a screen does that knows what was hit."""

import asyncio
import re
from typing import Any

import pytest
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from slackapp.playground.slack import Channel, ElementId, ImpossibleError, Message, Person, StandIn
from slackapp.playground.slack.people import Someone
from slackapp.playground.slack.remote import RemoteStandIn

from .test_modals import answers, field, modal, opened, opens, options, text


def press_me(block_id: str, **more: Any) -> dict[str, Any]:  # noqa: ANN401 - any part of a button
    element = {"type": "button", "action_id": "go", "text": text("Go"), **more}
    return {"type": "actions", "block_id": block_id, "elements": [element]}


@pytest.fixture
def heard(app: AsyncApp) -> list[dict[str, Any]]:
    """Every action that reaches the app."""
    actions: list[dict[str, Any]] = []

    async def hear(ack: Any, action: dict[str, Any]) -> None:  # noqa: ANN401 - Bolt's own
        await ack()
        actions.append(action)

    app.action(re.compile(".*"))(hear)
    return actions


async def posted(slack: StandIn, client: AsyncWebClient, team: Channel, *blocks: dict[str, Any]) -> Message:
    await client.chat_postMessage(channel=team.id, text="Look", blocks=blocks)
    return slack.messages(team)[-1]


@pytest.mark.parametrize("far", [False, True])
async def test_two_buttons_that_look_alike_are_told_apart(
    slack: StandIn,
    client: AsyncWebClient,
    heard: list[dict[str, Any]],
    mara: Person,
    team: Channel,
    far: bool,  # noqa: FBT001 - a parameter of pytest's
) -> None:
    message = await posted(slack, client, team, press_me("upper"), press_me("lower"))
    person: Someone = await asyncio.to_thread(RemoteStandIn(slack.url).person, mara.id) if far else mara
    with pytest.raises(ImpossibleError, match="2 buttons"):
        await person.press("Go", message)
    await person.press(ElementId("lower", "go"), message)
    assert [action["block_id"] for action in heard] == ["lower"]
    with pytest.raises(ImpossibleError, match="no button"):
        await person.press(ElementId("nowhere", "go"), message)


async def test_fields_of_the_same_names_are_told_apart(
    slack: StandIn, app: AsyncApp, heard: list[dict[str, Any]], mara: Person
) -> None:
    select = {"type": "static_select", "action_id": "title", "options": options("A", "B")}
    opens(
        app,
        modal(
            field("title", {"type": "plain_text_input"}),
            {"type": "actions", "block_id": "it", "elements": [select]},
        ),
    )
    payloads = answers(app, {})
    await opened(mara)
    far = await asyncio.to_thread(RemoteStandIn(slack.url).person, mara.id)
    await asyncio.to_thread(far.fill, ElementId("title", "it"), "Beacon", mara.top)
    await far.choose(ElementId("it", "title"), "b", mara.top)
    assert heard[0]["selected_option"]["value"] == "b"
    assert await mara.submit() == {}
    assert payloads[0]["view"]["state"]["values"]["title"]["it"]["value"] == "Beacon"


async def test_feedback_is_one_of_two_buttons(
    slack: StandIn, client: AsyncWebClient, heard: list[dict[str, Any]], mara: Person, team: Channel
) -> None:
    pair = {
        "type": "feedback_buttons",
        "action_id": "how",
        "positive_button": {"text": text("Good"), "value": "up"},
        "negative_button": {"text": text("Bad"), "value": "down"},
    }
    block = {"type": "context_actions", "block_id": "below", "elements": [pair]}
    message = await posted(slack, client, team, block)
    await mara.press(ElementId("below", "how"), message, value="down")
    await mara.press("Good", message)
    assert [(action["type"], action["value"]) for action in heard] == [
        ("feedback_buttons", "down"),
        ("feedback_buttons", "up"),
    ]


async def test_options_that_were_found_stay_on_offer(
    slack: StandIn, client: AsyncWebClient, app: AsyncApp, mara: Person, team: Channel
) -> None:
    asked: list[dict[str, Any]] = []

    @app.options("it")
    async def find(ack: Any, body: dict[str, Any]) -> None:  # noqa: ANN401 - Bolt's own
        asked.append(body)
        await ack(option_groups=[{"label": text("Fruit"), "options": options(body["value"])}])

    select = {"type": "multi_external_select", "min_query_length": 1}
    message = await posted(slack, client, team, field("fruit", select))
    where = ElementId("fruit", "it")
    assert await mara.search(where, "pear", message) == ["pear"]
    offered = await mara.suggestions(where, "fig", message)
    assert offered["option_groups"][0]["label"]["text"] == "Fruit"
    mara.fill(where, ["pear", "fig"], message)
    held = mara.values_in(message)["fruit"]["it"]["selected_options"]
    assert [option["value"] for option in held] == ["pear", "fig"]
    assert asked[0]["container"]["message_ts"] == message.ts
    with pytest.raises(ImpossibleError, match="cannot be searched"):
        await mara.search(where, "", message)


async def test_options_slack_would_not_show_are_a_trouble(
    slack: StandIn, app: AsyncApp, mara: Person
) -> None:
    opens(app, modal(field("metric", {"type": "external_select"})))

    @app.options("it")
    async def find(ack: Any) -> None:  # noqa: ANN401 - Bolt's own
        await ack(options=[{"text": text("No value")}])

    await opened(mara)
    assert await mara.suggestions("metric", "act") == {}
    assert slack.troubles[0].kind == "block_suggestion"


async def test_what_is_half_typed_stands_there_and_cannot_be_submitted(app: AsyncApp, mara: Person) -> None:
    opens(
        app, modal(field("mail", {"type": "email_text_input"}), field("title", {"type": "plain_text_input"}))
    )
    payloads = answers(app, {})
    await opened(mara)
    with pytest.raises(ImpossibleError, match="no e-mail"):
        mara.fill("mail", "mara@")
    with pytest.raises(ImpossibleError, match=r"title.*required"):
        await mara.submit()
    view = await mara.modal()
    assert view.half_typed == {"mail": "mara@"}
    assert view.errors == {
        "mail": "'mara@' is no e-mail address",
        "title": "Please complete this required field.",
    }
    assert payloads == []
    mara.fill("title", "Beacon")
    mara.fill("mail", "mara@example.com")
    assert await mara.submit() == {}


async def test_files_are_picked_by_name(app: AsyncApp, mara: Person) -> None:
    opens(app, modal(field("file", {"type": "file_input", "filetypes": ["csv"], "max_files": 1})))
    payloads = answers(app, {})
    await opened(mara)
    with pytest.raises(ImpossibleError, match="takes csv"):
        mara.fill("file", "photo.png")
    with pytest.raises(ImpossibleError, match="no more than 1"):
        mara.fill("file", ["a.csv", "b.csv"])
    mara.fill("file", ["numbers.csv"])
    assert await mara.submit() == {}
    files = payloads[0]["view"]["state"]["values"]["file"]["it"]["files"]
    assert [file["name"] for file in files] == ["numbers.csv"]
