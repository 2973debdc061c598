"""Modals, through a real Bolt app in Socket Mode: opening, filling, submitting, redrawing, closing."""

import asyncio
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from slackapp.playground.slack import Channel, ImpossibleError, Person, StandIn, Timing, View

Refusal = Callable[[Any], Any]
TROUBLE = "We had some trouble connecting. Try again?"


def text(content: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": content}


def field(block_id: str, element: dict[str, Any], **extra: Any) -> dict[str, Any]:  # noqa: ANN401 - any part of a block
    element = {"action_id": "it", **element}
    return {"type": "input", "block_id": block_id, "label": text(block_id), "element": element, **extra}


def modal(*blocks: dict[str, Any], **extra: Any) -> dict[str, Any]:  # noqa: ANN401 - any part of a view
    shown = list(blocks) or [field("title", {"type": "plain_text_input"})]
    return {
        "type": "modal",
        "callback_id": "form",
        "title": text("A form"),
        "submit": text("Send"),
        "blocks": shown,
        **extra,
    }


def options(*labels: str) -> list[dict[str, Any]]:
    return [{"text": text(label), "value": label.lower()} for label in labels]


def button(name: str) -> dict[str, Any]:
    return {"type": "button", "text": text(name), "action_id": name.lower()}


def opens(app: AsyncApp, view: dict[str, Any]) -> list[str]:
    """/light opens this modal; the trigger ids it was given, in order."""
    triggers: list[str] = []

    async def light(ack: Any, body: dict[str, Any], client: AsyncWebClient) -> None:  # noqa: ANN401 - Bolt's own
        await ack()
        triggers.append(body["trigger_id"])
        await client.views_open(trigger_id=body["trigger_id"], view=view)

    app.command("/light")(light)
    return triggers


def answers(app: AsyncApp, *bodies: dict[str, Any]) -> list[dict[str, Any]]:
    """Submits of the form are acknowledged with these bodies in turn; the payloads that came."""
    payloads: list[dict[str, Any]] = []

    async def form(ack: Any, body: dict[str, Any]) -> None:  # noqa: ANN401 - Bolt's own
        payloads.append(body)
        await ack(**bodies[min(len(payloads), len(bodies)) - 1])

    app.view("form")(form)
    return payloads


async def opened(person: Person, channel: Channel | None = None) -> View:
    assert await person.command("/light", "", channel) is None
    return await person.modal()


EVERYTHING = modal(
    field("title", {"type": "plain_text_input", "min_length": 3, "max_length": 8}),
    field("notes", {"type": "plain_text_input", "multiline": True}, optional=True),
    field("kind", {"type": "static_select", "options": options("Feature", "Experiment")}),
    field(
        "tags", {"type": "multi_static_select", "max_selected_items": 2, "options": options("A", "B", "C")}
    ),
    field("day", {"type": "datepicker", "initial_date": "2026-11-01"}),
    field("at", {"type": "timepicker"}),
    field("owner", {"type": "users_select"}),
    field("where", {"type": "conversations_select", "default_to_current_conversation": True}),
    field("boxes", {"type": "checkboxes", "options": options("One", "Two")}, optional=True),
    field("mood", {"type": "radio_buttons", "options": options("Good", "Bad")}),
    field("much", {"type": "number_input", "is_decimal_allowed": False, "min_value": "1", "max_value": "9"}),
    field("mail", {"type": "email_text_input"}),
    field("link", {"type": "url_text_input"}),
)


async def test_every_kind_of_field_reaches_the_app(
    slack: StandIn, app: AsyncApp, mara: Person, jun: Person, team: Channel
) -> None:
    opens(app, EVERYTHING)
    payloads = answers(app, {})
    await opened(mara, team)
    values: dict[str, object] = {
        "title": "Beacon",
        "kind": "Experiment",
        "tags": ["A", "c"],
        "day": date(2026, 11, 20),
        "at": "09:30",
        "owner": jun,
        "boxes": [False, True],
        "mood": "Good",
        "much": 7,
        "mail": "mara@example.com",
        "link": "https://example.com/a",
    }
    for block_id, value in values.items():
        mara.fill(block_id, value)
    assert "owner: [Jun Sato ▾]" in (await mara.modal()).shown
    assert await mara.submit() == {}
    assert not mara.has_modal
    view = payloads[0]["view"]
    state = {block_id: dict(held["it"]) for block_id, held in view["state"]["values"].items()}
    kinds = {block_id: held.pop("type") for block_id, held in state.items()}
    assert kinds["tags"] == "multi_static_select"
    assert state["title"] == {"value": "Beacon"}
    assert state["notes"] == {"value": None}
    assert state["kind"]["selected_option"]["value"] == "experiment"
    assert [option["value"] for option in state["tags"]["selected_options"]] == ["a", "c"]
    assert (state["day"], state["at"]) == ({"selected_date": "2026-11-20"}, {"selected_time": "09:30"})
    assert state["owner"] == {"selected_user": jun.id}
    assert state["where"] == {"selected_conversation": team.id}
    assert [option["value"] for option in state["boxes"]["selected_options"]] == ["two"]
    assert state["mood"]["selected_option"]["text"]["text"] == "Good"
    assert (state["much"], state["mail"]["value"]) == ({"value": "7"}, "mara@example.com")
    assert (view["root_view_id"], view["previous_view_id"]) == (view["id"], None)
    assert payloads[0]["user"]["id"] == mara.id
    assert slack.troubles == []


@pytest.mark.parametrize(
    ("block_id", "value", "complaint"),
    [
        ("title", "ab", "too few"),
        ("title", "a" * 9, "too many"),
        ("title", "two\nlines", "one line"),
        ("colour", "red", "no field 'colour'"),
        ("kind", "Incident", "offers Feature, Experiment"),
        ("tags", ["A", "B", "C"], "no more than 2"),
        ("day", "2026-02-30", "no date"),
        ("at", "25:00", "no time"),
        ("owner", "U0NOBODY", "does not offer"),
        ("where", "C0NOWHERE", "does not offer"),
        ("boxes", [True], "2 boxes"),
        ("much", "many", "no number"),
        ("much", "1.5", "whole numbers"),
        ("much", 0, "below"),
        ("much", 10, "above"),
        ("mail", "mara", "no e-mail"),
        ("link", "example", "no web address"),
    ],
)
async def test_what_nobody_could_put_in(
    app: AsyncApp, mara: Person, block_id: str, value: object, complaint: str
) -> None:
    opens(app, EVERYTHING)
    await opened(mara)
    with pytest.raises(ImpossibleError, match=complaint):
        mara.fill(block_id, value)


async def test_a_required_field_has_to_be_filled(app: AsyncApp, mara: Person) -> None:
    opens(app, modal())
    payloads = answers(app, {})
    await opened(mara)
    with pytest.raises(ImpossibleError, match="title"):
        await mara.submit()
    mara.fill("title", "x")
    mara.fill("title", "")
    with pytest.raises(ImpossibleError, match="title"):
        await mara.submit()
    assert payloads == []


async def test_a_trigger_opens_one_view(
    app: AsyncApp, mara: Person, client: AsyncWebClient, refusal: Refusal
) -> None:
    triggers = opens(app, modal())
    await opened(mara)
    refused = await refusal(client.views_open(trigger_id=triggers[0], view=modal()))
    assert refused["error"] == "exchanged_trigger_id"
    refused = await refusal(client.views_open(trigger_id="1.2.abc", view=modal()))
    assert refused["error"] == "invalid_trigger_id"


async def test_a_trigger_expires(manifest: dict[str, Any], refusal: Refusal) -> None:
    async with StandIn.serve(manifest, timing=Timing(trigger=0.05, acknowledge=0.1)) as slack:
        client = AsyncWebClient(slack.bot_token, base_url=slack.api_url)
        person = slack.add_person("Mara Lind")
        trigger = slack._slack.triggers.mint(person.id)
        await asyncio.sleep(0.06)
        refused = await refusal(client.views_open(trigger_id=trigger, view=modal()))
        assert refused["error"] == "expired_trigger_id"


@pytest.mark.parametrize(
    ("view", "complaint"),
    [
        (modal(submit=text("x" * 25)), "less than 25"),
        (
            modal(field("a", {"type": "plain_text_input"}), field("a", {"type": "plain_text_input"})),
            "block_id",
        ),
        (modal(blocks=[]), "1 item"),
        ({"type": "home", "blocks": [{"type": "divider"}]}, "modal"),
    ],
)
async def test_views_slack_would_not_show(
    slack: StandIn,
    client: AsyncWebClient,
    mara: Person,
    view: dict[str, Any],
    complaint: str,
    refusal: Refusal,
) -> None:
    trigger = slack._slack.triggers.mint(mara.id)
    refused = await refusal(client.views_open(trigger_id=trigger, view=view))
    assert refused["error"] == "invalid_arguments"
    assert complaint in " ".join(refused["response_metadata"]["messages"])
    assert (await client.views_open(trigger_id=trigger, view=modal()))["view"]["id"]


async def test_a_redraw_keeps_what_was_typed(slack: StandIn, app: AsyncApp, mara: Person) -> None:
    more = {"type": "actions", "block_id": "more", "elements": [button("More")]}
    opens(
        app,
        modal(field("title", {"type": "plain_text_input"}), field("why", {"type": "plain_text_input"}), more),
    )
    redrawn = modal(
        field("title", {"type": "plain_text_input", "initial_value": "ignored"}),
        field("why", {"type": "plain_text_input", "action_id": "renamed", "initial_value": "fresh"}),
        field(
            "kind", {"type": "static_select", "options": options("A", "B"), "initial_option": options("B")[0]}
        ),
    )
    seen: list[Any] = []

    @app.action("more")
    async def grow(ack: Any, body: dict[str, Any], client: AsyncWebClient) -> None:  # noqa: ANN401 - Bolt's own
        await ack()
        seen.append(body)
        await client.views_update(view_id=body["view"]["id"], hash=body["view"]["hash"], view=redrawn)

    first = await opened(mara)
    mara.fill("title", "kept")
    mara.fill("why", "lost")
    await mara.press("More")
    assert seen[0]["view"]["state"]["values"]["title"]["it"]["value"] == "kept"
    assert seen[0]["container"] == {"type": "view", "view_id": first.id}
    second = await mara.modal()
    assert second.id == first.id
    assert second.hash != first.hash
    assert second.values["title"]["it"]["value"] == "kept"
    assert second.values["why"]["renamed"]["value"] == "fresh"
    assert second.values["kind"]["it"]["selected_option"]["value"] == "b"
    assert slack.troubles == []


async def test_updates_by_hash_and_external_id(
    app: AsyncApp, mara: Person, client: AsyncWebClient, refusal: Refusal
) -> None:
    opens(app, modal(external_id="the-form"))
    view = await opened(mara)
    await client.views_update(external_id="the-form", hash=view.hash, view=modal(external_id="the-form"))
    refused = await refusal(client.views_update(view_id=view.id, hash=view.hash, view=modal()))
    assert refused["error"] == "hash_conflict"
    assert (await refusal(client.views_update(view_id="V0GONE", view=modal())))["error"] == "not_found"
    await mara.close_modal()
    assert (await refusal(client.views_update(view_id=view.id, view=modal())))["error"] == "not_found"


async def test_the_stack_holds_three(
    slack: StandIn, app: AsyncApp, mara: Person, client: AsyncWebClient, refusal: Refusal
) -> None:
    opens(app, modal())
    root = await opened(mara)

    def trigger() -> str:
        top = mara.top
        return slack._slack.triggers.mint(mara.id, view_id=top.id if top else None)

    second = (await client.views_push(trigger_id=trigger(), view=modal(title=text("Two"))))["view"]
    assert (second["root_view_id"], second["previous_view_id"]) == (root.id, root.id)
    await client.views_push(trigger_id=trigger(), view=modal(title=text("Three")))
    assert (await refusal(client.views_push(trigger_id=trigger(), view=modal())))[
        "error"
    ] == "push_limit_reached"
    await mara.close_modal()
    assert (await mara.modal()).title == "Two"
    outside = slack._slack.triggers.mint(mara.id)
    assert (await refusal(client.views_push(trigger_id=outside, view=modal())))["error"] == "not_found"


async def test_errors_stand_by_their_fields_until_mended(slack: StandIn, app: AsyncApp, mara: Person) -> None:
    opens(app, modal())
    answers(app, {"response_action": "errors", "errors": {"title": "Too vague."}}, {})
    await opened(mara)
    mara.fill("title", "Thing")
    assert await mara.submit() == {"title": "Too vague."}
    assert "(!) Too vague." in (await mara.modal()).shown
    mara.fill("title", "New onboarding")
    assert await mara.submit() == {}
    assert not mara.has_modal
    assert slack.troubles == []


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ({"response_action": "errors", "errors": {"colour": "No such field."}}, "no input block"),
        ({"response_action": "errors", "errors": {"title": ""}}, "no text"),
        ({"response_action": "explode"}, "invalid_response_action"),
        ({"response_action": "update", "view": {**modal(), "blocks": []}}, "invalid_arguments"),
        ({"response_action": "push", "view": {**modal(), "type": "home"}}, "invalid_arguments"),
    ],
)
async def test_answers_slack_would_not_take(
    slack: StandIn, app: AsyncApp, mara: Person, body: dict[str, Any], reason: str
) -> None:
    opens(app, modal())
    answers(app, body)
    await opened(mara)
    mara.fill("title", "x")
    assert await mara.submit() == {"": TROUBLE}
    view = await mara.modal()
    assert view.trouble == TROUBLE
    assert view.values["title"]["it"]["value"] == "x"
    (trouble,) = slack.troubles
    assert (trouble.kind, trouble.what) == ("view_submission", "form")
    assert reason in trouble.reason


async def test_update_push_and_clear_in_the_answer(app: AsyncApp, mara: Person) -> None:
    opens(app, modal())
    answers(
        app,
        {"response_action": "update", "view": modal(title=text("Second"))},
        {"response_action": "push", "view": modal(title=text("Third"))},
        {"response_action": "clear"},
    )
    first = await opened(mara)
    mara.fill("title", "x")
    await mara.submit()
    second = await mara.modal()
    assert (second.title, second.id) == ("Second", first.id)
    await mara.submit()
    third = await mara.modal()
    assert (third.title, third.previous_view_id) == ("Third", first.id)
    mara.fill("title", "y")
    await mara.submit()
    assert not mara.has_modal


async def test_a_silent_app_leaves_the_modal_open(manifest: dict[str, Any]) -> None:
    async with StandIn.serve(manifest, timing=Timing(acknowledge=0.05)) as slack:
        client = AsyncWebClient(slack.bot_token, base_url=slack.api_url)
        person = slack.add_person("Mara Lind")
        await client.views_open(trigger_id=slack._slack.triggers.mint(person.id), view=modal())
        person.fill("title", "x")
        assert await person.submit() == {"": TROUBLE}
        assert person.has_modal
        assert slack.troubles[0].reason == "dispatch_failed"


async def test_a_double_click_submits_twice(app: AsyncApp, mara: Person) -> None:
    opens(app, modal())
    payloads = answers(app, {})
    await opened(mara)
    mara.fill("title", "x")
    assert await mara.submit(times=2) == {}
    first, second = payloads
    assert first["view"] == second["view"]
    assert first["trigger_id"] != second["trigger_id"]


async def test_closing_is_told_if_asked_for(app: AsyncApp, mara: Person) -> None:
    opens(app, modal(notify_on_close=True))
    closed: list[Any] = []

    @app.view_closed("form")
    async def forget(ack: Any, body: dict[str, Any]) -> None:  # noqa: ANN401 - Bolt's own
        await ack()
        closed.append(body)

    view = await opened(mara)
    await mara.close_modal()
    assert (closed[0]["view"]["id"], closed[0]["is_cleared"]) == (view.id, False)
    with pytest.raises(ImpossibleError, match="no modal"):
        await mara.submit()


async def test_opening_over_a_submitted_modal_is_a_trouble(
    slack: StandIn, app: AsyncApp, mara: Person
) -> None:
    opens(app, modal())

    @app.view("form")
    async def form(ack: Any, body: dict[str, Any], client: AsyncWebClient) -> None:  # noqa: ANN401 - Bolt's own
        await client.views_open(trigger_id=body["trigger_id"], view=modal())
        await ack()

    await opened(mara)
    mara.fill("title", "x")
    await mara.submit()
    assert not mara.has_modal
    assert "desktop Slack" in slack.troubles[0].reason


async def test_external_selects_offer_what_the_app_says(app: AsyncApp, mara: Person) -> None:
    select = {"type": "external_select", "min_query_length": 2}
    opens(app, modal(field("metric", select)))
    payloads = answers(app, {})

    @app.options("it")
    async def find(ack: Any, payload: dict[str, Any]) -> None:  # noqa: ANN401 - Bolt's own
        await ack(options=options(f"{payload['value']}ivation"))

    await opened(mara)
    with pytest.raises(ImpossibleError, match="does not offer"):
        mara.fill("metric", "activation")
    assert await mara.search("metric", "act") == ["activation"]
    mara.fill("metric", "activation")
    await mara.submit()
    chosen = payloads[0]["view"]["state"]["values"]["metric"]["it"]["selected_option"]
    assert chosen["value"] == "activation"


async def test_home_is_published_and_pressed(
    slack: StandIn, app: AsyncApp, client: AsyncWebClient, mara: Person, refusal: Refusal
) -> None:
    home = {"type": "home", "blocks": [{"type": "actions", "elements": [button("Refresh")]}]}
    opened_by: list[Any] = []
    pressed: list[Any] = []

    @app.event("app_home_opened")
    async def show(event: dict[str, Any], client: AsyncWebClient) -> None:
        opened_by.append(event)
        await client.views_publish(user_id=event["user"], view=home)

    @app.action("refresh")
    async def refresh(ack: Any, body: dict[str, Any]) -> None:  # noqa: ANN401 - Bolt's own
        await ack()
        pressed.append(body)

    assert await mara.open_home() is None
    await slack.until(lambda: mara.home)
    assert (opened_by[0]["tab"], opened_by[0]["channel"]) == ("home", mara.dm.id)
    assert mara.home
    assert mara.home.shown == "[Refresh]"
    await mara.press("Refresh")
    assert pressed[0]["view"]["type"] == "home"
    refused = await refusal(client.views_publish(user_id=mara.id, view=home, hash="0.old"))
    assert refused["error"] == "hash_conflict"


async def test_without_a_home_tab(manifest: dict[str, Any], refusal: Refusal) -> None:
    manifest["features"]["app_home"]["home_tab_enabled"] = False
    async with StandIn.serve(manifest) as slack:
        client = AsyncWebClient(slack.bot_token, base_url=slack.api_url)
        person = slack.add_person("Mara Lind")
        home = {"type": "home", "blocks": [{"type": "divider"}]}
        assert (await refusal(client.views_publish(user_id=person.id, view=home)))["error"] == "not_enabled"
        with pytest.raises(ImpossibleError, match="no Home"):
            await person.open_home()
