"""Forms that a browser sends by itself: answered with a page, and never with one that is not ours."""

import re
from html import unescape

import pytest
from playwright.async_api import expect

from slackapp.playground.pages.blocks import html_id
from slackapp.playground.slack import Message
from tests.playground.pages.acting.blocks import button, confirm
from tests.playground.pages.conftest import Answer, PageAs, Playground
from tests.support.world import LAUNCH

#: As a browser asks for a page, on an address that is safe and on one that is not.
ASKED = {"Sec-Fetch-Mode": "navigate", "Sec-Fetch-Site": "same-origin", "Accept": "text/html,*/*;q=0.8"}
PLAIN = {"Accept": "text/html,*/*;q=0.8"}


def place(playground: Playground) -> str:
    return f"/as/{playground.mara.id}/{playground.team.id}"


async def sent(playground: Playground, verb: str, fields: dict[str, str], asked: str = "") -> Answer:
    """What Mara gets who does that on her team's page, whose address ends with `asked`."""
    headers = {**ASKED, "Referer": playground.url + place(playground) + asked}
    return await playground.post(f"/as/{playground.mara.id}/{verb}", fields, **headers)


async def with_button(playground: Playground, **more: object) -> Message:
    """A message of the app in the team's channel, with a button to press."""
    shown = {"channel": playground.team.id, "text": "Look", "blocks": [button("Drop", value="L-1", **more)]}
    await playground.call("chat.postMessage", shown)
    return playground.world.slack.messages(playground.team)[-1]


@pytest.mark.parametrize("headers", [ASKED, PLAIN])
async def test_who_sends_a_form_by_itself_is_led_back_to_where_it_stood(
    playground: Playground, headers: dict[str, str]
) -> None:
    root = await playground.jonas.say(playground.team, "Hello")
    fields = {"channel": playground.team.id, "text": "Good morning", "thread": root.ts}
    page = f"{place(playground)}?thread={root.ts}"
    answer = await playground.post(
        f"/as/{playground.mara.id}/say", fields, **headers, Referer=f"{playground.url}{page}&edit=1&new=2"
    )
    assert (answer.status, answer.headers["location"]) == (303, f"{page}#p-end")
    assert playground.world.slack.messages(playground.team)[-1].text == "Good morning"
    liked = await sent(playground, "react", {"channel": playground.team.id, "ts": root.ts, "name": "tada"})
    assert liked.headers["location"] == f"{place(playground)}#m-{root.ts}"


async def test_what_was_refused_is_said_once_where_it_was_tried_and_what_was_typed_is_still_there(
    playground: Playground,
) -> None:
    fields = {"channel": playground.team.id, "thread": "", "text": "/nonsense <one>"}
    answer = await sent(playground, "say", fields, "?last=200")
    assert answer.status == 303
    assert re.fullmatch(
        re.escape(place(playground)) + r"\?last=200&said=[\w-]+#p-end", answer.headers["location"]
    )
    there = answer.headers["location"].partition("#")[0]
    page = (await playground.get(there)).text
    assert "/nonsense is not a valid command" in page
    assert "/nonsense &lt;one&gt;</textarea>" in page
    assert "/nonsense" not in (await playground.get(there)).text
    nobody = await sent(playground, "leave", {"channel": playground.mara.dm.id}, "?said=nothing")
    page = (await playground.get(nobody.headers["location"].partition("#")[0])).text
    assert "Direct messages with the app cannot be left" in page


async def test_nobody_is_led_to_a_page_that_is_not_ours(playground: Playground) -> None:
    here = f"http://{playground.url.partition('//')[2]}"
    for foreign in (
        "",
        "null",
        "http://evil.example/as/U1/C1",
        f"{here}//evil.example/as/U1",
        f"{here}/\\evil.example",
        f"{here}@evil.example/as/U1/C1",
        "http://[::",
        "javascript:alert(1)",
        f"{here}/gallery",
    ):
        for then, referer in (("", foreign), (foreign, "")):
            at = f"/as/{playground.mara.id}/say?then={then}" if then else f"/as/{playground.mara.id}/say"
            said = {"channel": playground.team.id, "text": "Hello"}
            done = await playground.post(at, said, **ASKED, Referer=referer)
            assert (done.status, done.headers["location"]) == (303, "/"), (then, referer)
            refused = await playground.post(at, {**said, "text": ""}, **ASKED, Referer=referer)
            assert refused.status == 409
            assert "There is nothing to send yet" in refused.text
            assert 'href="/"' in refused.text


async def test_a_modal_is_filled_and_submitted_at_once(playground: Playground) -> None:
    await playground.mara.command("/launch", "New onboarding", playground.team)
    view = await playground.mara.modal()
    whole = {"view": view.id, "whole": "yes"}
    typed = {html_id(view.id, "problem", "value"): "People give up"}
    answer = await sent(playground, "submit", {**whole, **typed})
    assert answer.status == 303
    page = (await playground.get(answer.headers["location"].partition("#")[0])).text
    assert re.search(r"<dialog[^>]* open>", page)
    assert "Please complete this required field." in page
    assert "People give up</textarea>" in page
    assert 'class="p-told" role="status" data-keep></div>' in page
    fields = {html_id(view.id, name, "value"): str(value) for name, value in LAUNCH.items()}
    assert (await sent(playground, "submit", {**whole, **fields})).status == 303
    assert not playground.mara.has_modal
    # What it brought about is there by then.
    assert any(message.blocks for message in playground.world.slack.messages(playground.team))


async def test_a_button_that_asks_first_does_so_on_a_page_of_its_own(playground: Playground) -> None:
    message = await with_button(playground, confirm=confirm(style="danger"))
    page = (await playground.get(place(playground))).text
    address = unescape(re.findall(r'formaction="(/as/\w+/confirmation\?[^"]+)"', page)[0])
    headers = {**ASKED, "Referer": playground.url + place(playground)}
    asked = await playground.post(address, {}, **headers)
    assert asked.status == 200
    assert "Are you sure?" in asked.text
    assert "p-button--danger" in asked.text
    carried = dict(re.findall(r'name="(\w+)" value="([^"]*)"', asked.text))
    assert (carried["ts"], carried["value"]) == (message.ts, "L-1")
    action = unescape(re.findall(r'action="([^"]+)"', asked.text)[0])
    done = await playground.post(action, carried, **{**headers, "Referer": playground.url + address})
    assert done.headers["location"] == f"{place(playground)}#m-{message.ts}"
    pressed = [each for each in playground.world.slack.traffic if each.kind == "interactive"]
    assert pressed


async def test_the_playground_is_used_without_any_script(page_as: PageAs, playground: Playground) -> None:
    page = await page_as(playground.mara, scripts=False)
    await page.fill("#p-text-channel", "/launch New onboarding")
    await page.get_by_role("button", name="Send").click()
    modal = page.get_by_role("dialog", name="Record a launch")
    for name, value in LAUNCH.items():
        await modal.locator(f"[data-block={name}]").fill(str(value))
    await modal.get_by_role("button", name="Record", exact=True).click()
    await expect(modal).to_have_count(0)
    card = page.locator("#p-messages .p-line").last
    await expect(card).to_contain_text("New onboarding")
    await card.get_by_role("button", name="Edit").click()
    changing = page.get_by_role("dialog")
    await expect(changing).to_be_visible()
    await changing.get_by_role("button", name="Close").click()
    await expect(changing).to_have_count(0)
