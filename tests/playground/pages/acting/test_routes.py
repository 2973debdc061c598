"""Acts as the pages send them, without a browser: what is gone, refused, or no form of ours."""

import json
from typing import Any

import pytest

from tests.playground.pages.conftest import Playground

from .blocks import confirm


async def launching(playground: Playground) -> dict[str, str]:
    """Mara has the launch modal before her; the field in which it is named."""
    await playground.mara.command("/launch", "New onboarding", playground.team)
    view = await playground.mara.modal()
    return {"view": view.id, "block": "title", "action": "value", "type": "plain_text_input"}


def at(playground: Playground, verb: str) -> str:
    return f"/as/{playground.mara.id}/{verb}"


async def test_a_field_is_filled_and_the_modal_submitted(playground: Playground) -> None:
    title = await launching(playground)
    filled = await playground.post(at(playground, "fill"), {**title, "value": '"Another"'})
    assert (filled.status, filled.text) == (200, "{}")
    assert playground.mara.top is not None
    assert playground.mara.top.values["title"]["value"]["value"] == "Another"
    refused = await playground.post(at(playground, "submit"), {"view": title["view"]})
    assert refused.status == 409
    assert "Please complete this required field." in json.loads(refused.text)["error"]
    assert set(playground.mara.top.errors) == {"problem", "audience"}


@pytest.mark.parametrize("verb", ["fill", "act", "search", "submit", "close"])
async def test_on_a_view_that_is_gone_nothing_is_done(playground: Playground, verb: str) -> None:
    title = await launching(playground)
    await playground.mara.close_modal()
    answer = await playground.post(at(playground, verb), {**title, "value": '"x"', "typed": "x"})
    assert (answer.status, answer.text) == (200, "{}")


@pytest.mark.parametrize(
    ("verb", "changed"),
    [
        ("fill", {"value": "no JSON"}),
        ("fill", {"value": "{}"}),
        ("fill", {"value": "[" * 100_000}),
        ("fill", {"value": "1" * 5_000}),
        ("fill", {"value": '"half a pair: \\ud83d"'}),
        ("confirmation", {"confirm": "[" * 100_000}),
        ("fill", {"value": "[1]"}),
        ("fill", {"block": None}),
        ("submit", {"view": None}),
        ("shortcut", {}),
        ("confirmation", {"confirm": "{}"}),
        ("confirmation", {"confirm": "["}),
    ],
)
async def test_what_no_page_of_ours_sends_is_refused(
    playground: Playground, verb: str, changed: dict[str, Any]
) -> None:
    title = await launching(playground)
    sent = {key: value for key, value in ({**title, "value": '""'} | changed).items() if value is not None}
    assert (await playground.post(at(playground, verb), sent)).status == 400


async def test_what_this_person_could_not_do_is_said(playground: Playground) -> None:
    title = await launching(playground)
    somewhere = {**title, "block": "nowhere", "type": "button"}
    answer = await playground.post(at(playground, "act"), somewhere)
    assert answer.status == 409
    assert "no button" in json.loads(answer.text)["error"]
    unknown = await playground.post(at(playground, "shortcut"), {"callback_id": "nothing"})
    assert unknown.status == 409


async def test_a_confirmation_is_drawn_and_escaped(playground: Playground) -> None:
    title = {"type": "plain_text", "text": "<script>alert(1)</script>"}
    asked = {"confirm": json.dumps(confirm(title=title, style="danger"))}
    drawn = await playground.post(at(playground, "confirmation"), asked)
    assert drawn.status == 200
    assert "&lt;script&gt;" in drawn.text
    assert "<strong" in drawn.text or "<b" in drawn.text
    assert "p-button--danger" in drawn.text


async def test_while_the_history_is_made_nobody_meddles(playground: Playground) -> None:
    title = await launching(playground)
    playground.world.has_come(1, 26, "March")
    assert (await playground.post(at(playground, "close"), title)).status == 409
    said = await playground.jonas.say(playground.team, "Hello")
    named = {"channel": playground.team.id, "ts": said.ts, "text": "x", "name": "tada"}
    for verb in ("say", "react", "edit", "delete", "join", "leave"):
        answer = await playground.post(f"/as/{playground.jonas.id}/{verb}", named)
        assert (answer.status, "still being made" in answer.text) == (409, True), verb
    assert playground.world.slack.messages(playground.team) == [said]
    assert (await playground.post(at(playground, "read"), named)).status == 200
    page = await playground.get(f"/as/{playground.mara.id}/{playground.team.id}")
    assert "data-modal" not in page.text
    playground.world.is_made()
    assert "data-modal" in (await playground.get(f"/as/{playground.mara.id}/{playground.team.id}")).text


async def test_other_pages_cannot_act(playground: Playground) -> None:
    title = await launching(playground)
    foreign = {"Sec-Fetch-Site": "cross-site", "Origin": "http://evil.example"}
    answer = await playground.post(at(playground, "close"), title, **foreign)
    assert answer.status == 403
    assert playground.mara.has_modal
