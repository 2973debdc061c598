"""Clicks and choices in messages and modals: confirmed, once, busy meanwhile, and what comes of them."""

import asyncio

from playwright.async_api import Route, expect

from slackapp.playground.slack import Message
from tests.playground.pages.conftest import PageAs, Playground

from .blocks import Json, actions, button, confirm, field, options
from .conftest import Lantern
from .test_every_element import element, opened


async def shown(playground: Playground, lantern: Lantern, *blocks: Json) -> Message:
    """A message of the app with these blocks, in the team's channel."""
    await lantern.client.chat_postMessage(channel=playground.team.id, text="Look", blocks=blocks)
    return playground.world.slack.messages(playground.team)[-1]


async def heard(playground: Playground, lantern: Lantern, count: int) -> list[Json]:
    """What the app heard of, once it is so much, and nothing is on its way any more."""
    await playground.world.slack.until(lambda: len(lantern.actions) >= count)
    await playground.world.slack.quiet()
    return lantern.actions


async def test_a_confirmation_is_asked_and_no_is_no(
    page_as: PageAs, playground: Playground, lantern: Lantern
) -> None:
    await shown(
        playground, lantern, button("Drop", value="L-1", style="danger", confirm=confirm(style="danger"))
    )
    page = await page_as(playground.mara)
    drop = page.get_by_role("button", name="Drop")
    await drop.click()
    asked = page.get_by_role("dialog", name="Are you sure?")
    await expect(asked).to_contain_text("It is gone then.")
    await asked.get_by_role("button", name="No").click()
    await expect(asked).to_be_hidden()
    await expect(drop).to_be_focused()
    await drop.press("Enter")
    await expect(asked).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(asked).to_be_hidden()
    await playground.world.slack.quiet()
    assert lantern.actions == []
    await drop.click()
    await asked.get_by_role("button", name="Yes").click()
    assert [action["value"] for action in await heard(playground, lantern, 1)] == ["L-1"]


async def test_a_choice_that_is_taken_back_is_not_shown(
    page_as: PageAs, playground: Playground, lantern: Lantern
) -> None:
    select = {"type": "static_select", "action_id": "it", "options": options("P", "Q"), "confirm": confirm()}
    await shown(playground, lantern, actions(select))
    page = await page_as(playground.mara)
    menu = page.locator("[data-action=it]")
    await menu.select_option("q")
    await page.get_by_role("dialog").get_by_role("button", name="No").click()
    await expect(menu).to_have_value("")
    await menu.select_option("p")
    await page.get_by_role("dialog").get_by_role("button", name="Yes").click()
    assert (await heard(playground, lantern, 1))[0]["selected_option"]["value"] == "p"
    await expect(menu).to_have_value("p")
    assert len(lantern.actions) == 1


async def test_choices_in_a_message_are_reported_at_once(
    page_as: PageAs, playground: Playground, lantern: Lantern
) -> None:
    await shown(
        playground,
        lantern,
        actions(
            {"type": "overflow", "action_id": "more", "options": options("Edit", "Copy")},
            {"type": "checkboxes", "action_id": "boxes", "options": options("K", "L")},
            {"type": "datepicker", "action_id": "day"},
        ),
        field("note", "plain_text_input"),
    )
    page = await page_as(playground.mara)
    note = page.get_by_label("Note")
    await note.fill("typed before")
    await page.locator("[data-action=more] summary").click()
    await page.get_by_role("button", name="Copy").click()
    await heard(playground, lantern, 1)
    lantern.pause = 0.3
    # The second while the first is on its way.
    await page.get_by_role("checkbox", name="K").check()
    await page.get_by_role("checkbox", name="L").check()
    await heard(playground, lantern, 3)
    await page.locator("[data-action=day]").fill("2026-12-01")
    reported = await heard(playground, lantern, 4)
    assert reported[0]["selected_option"]["value"] == "copy"
    assert [option["value"] for option in reported[2]["selected_options"]] == ["k", "l"]
    assert reported[3]["selected_date"] == "2026-12-01"
    await page.reload()
    await expect(note).to_have_value("typed before")
    await expect(page.get_by_role("checkbox", name="L")).to_be_checked()


async def test_what_was_ticked_right_before_the_submit_is_submitted(
    page_as: PageAs, playground: Playground, lantern: Lantern
) -> None:
    page = await page_as(playground.mara)
    modal = await opened(page, lantern, field("boxes", "checkboxes", options=options("K", "L", "M")))
    first_is_out, go_on = asyncio.Event(), asyncio.Event()

    async def hold(route: Route) -> None:
        first_is_out.set()
        await go_on.wait()
        await route.continue_()

    await page.route("**/fill", hold)
    send = modal.get_by_role("button", name="Send")
    await modal.get_by_role("checkbox", name="K").check()
    await first_is_out.wait()
    await modal.get_by_role("checkbox", name="L").check()
    await modal.get_by_role("checkbox", name="M").check()
    await send.click()
    await expect(send).to_have_attribute("aria-busy", "true")
    go_on.set()
    await expect(modal).to_be_hidden()
    [submitted] = lantern.submitted
    chosen = submitted["boxes"]["it"]["selected_options"]
    assert [option["value"] for option in chosen] == ["k", "l", "m"]


async def test_a_button_is_pressed_once_and_says_that_it_waits(
    page_as: PageAs, playground: Playground, lantern: Lantern
) -> None:
    await shown(playground, lantern, button("Go"))
    lantern.pause = 1.6
    page = await page_as(playground.mara)
    go = page.get_by_role("button", name="Go")
    await go.dblclick()
    await expect(go).to_have_attribute("aria-busy", "true")
    await expect(page.get_by_text("Still waiting for the app…")).to_be_visible()
    await expect(go).not_to_have_attribute("aria-busy", "true")
    await expect(page.get_by_text("Still waiting for the app…")).to_be_hidden()
    assert len(lantern.actions) == 1


async def test_a_link_is_followed_and_reported(
    page_as: PageAs, playground: Playground, lantern: Lantern
) -> None:
    there = f"{playground.url}/as/{playground.mara.id}/{playground.team.id}"
    await shown(playground, lantern, button("Open", url=there))
    page = await page_as(playground.mara)
    async with page.expect_popup() as opened:
        await page.get_by_role("link", name="Open").click()
    assert (await opened.value).url == there
    assert (await heard(playground, lantern, 1))[0]["action_id"] == "open"


async def test_typing_is_reported_as_the_app_asked(
    page_as: PageAs, playground: Playground, lantern: Lantern
) -> None:
    on_enter = field("entered", "plain_text_input") | {"dispatch_action": True}
    each = {"trigger_actions_on": ["on_character_entered"]}
    on_typing = field("typed", "plain_text_input", dispatch_action_config=each) | {"dispatch_action": True}
    page = await page_as(playground.mara)
    modal = await opened(page, lantern, on_enter, on_typing)
    await element(modal, "entered").fill("first")
    await page.keyboard.press("Enter")
    await heard(playground, lantern, 1)
    await element(modal, "typed").fill("second")
    assert [action["value"] for action in await heard(playground, lantern, 2)] == ["first", "second"]
    await expect(modal).to_be_visible()
    assert lantern.submitted == []


async def test_pushed_views_come_and_go_and_the_app_is_told(
    page_as: PageAs, playground: Playground, lantern: Lantern
) -> None:
    page = await page_as(playground.mara)
    modal = await opened(page, lantern, field("line", "plain_text_input", optional=True), button("Push"))
    await element(modal, "line").fill("kept")
    await modal.get_by_role("button", name="Push").click()
    second = page.get_by_role("dialog", name="Second")
    await expect(second.get_by_role("button", name="Send")).to_be_focused()
    await second.get_by_role("button", name="Back to A form").click()
    first = page.get_by_role("dialog", name="A form")
    await expect(element(first, "line")).to_have_value("kept")
    await first.get_by_role("button", name="Push").click()
    await second.get_by_role("button", name="Close").click()
    await expect(page.get_by_role("dialog")).to_be_hidden()
    await playground.world.slack.quiet()
    assert [body["is_cleared"] for body in lantern.closed] == [False, True, True]


async def test_a_failing_app_is_told_of_as_slack_does(
    page_as: PageAs, playground: Playground, lantern: Lantern
) -> None:
    page = await page_as(playground.mara)
    modal = await opened(page, lantern, field("line", "plain_text_input"))
    await element(modal, "line").fill("typed")
    playground.world.slack.request_url = "http://127.0.0.1:9/gone"
    await modal.get_by_role("button", name="Send").click()
    await expect(modal.get_by_role("alert")).to_have_text("We had some trouble connecting. Try again?")
    await expect(element(modal, "line")).to_have_value("typed")


async def test_a_press_that_the_app_never_learned_of_says_so(
    page_as: PageAs, playground: Playground, lantern: Lantern
) -> None:
    await shown(playground, lantern, button("Go"))
    page = await page_as(playground.mara)
    playground.world.slack.request_url = "http://127.0.0.1:9/gone"
    await page.get_by_role("button", name="Go").click()
    await expect(page.get_by_text("We had some trouble connecting. Try again?")).to_be_visible()


async def test_escape_closes_and_what_was_left_has_the_focus(
    page_as: PageAs, playground: Playground, lantern: Lantern
) -> None:
    page = await page_as(playground.mara)
    await opened(page, lantern, field("line", "plain_text_input"))
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("dialog")).to_be_hidden()
    await expect(page.locator("#p-text-channel")).to_be_focused()
    assert len(lantern.closed) == 1


async def test_who_is_not_in_the_channel_presses_nothing(
    page_as: PageAs, playground: Playground, lantern: Lantern
) -> None:
    await shown(playground, lantern, button("Go"))
    page = await page_as(playground.ines)
    await expect(page.get_by_role("button", name="Go")).to_be_disabled()


async def test_a_long_modal_scrolls_between_its_head_and_foot(
    page_as: PageAs, playground: Playground, lantern: Lantern
) -> None:
    page = await page_as(playground.mara, width=400)
    blocks = [field(f"line{number}", "plain_text_input", optional=True) for number in range(100)]
    modal = await opened(page, lantern, *blocks)
    await element(modal, "line99").scroll_into_view_if_needed()
    await expect(modal.get_by_role("heading", name="A form")).to_be_in_viewport()
    await expect(modal.get_by_role("button", name="Send")).to_be_in_viewport()
    assert await page.evaluate("() => document.scrollingElement.scrollWidth <= innerWidth")


async def test_a_button_that_was_pressed_is_called_what_it_is_called_now(
    page_as: PageAs, playground: Playground, lantern: Lantern
) -> None:
    vote = {"type": "button", "action_id": "vote", "text": {"type": "plain_text", "text": "Vote"}}
    said = await shown(playground, lantern, actions(vote))
    page = await page_as(playground.mara)
    await page.get_by_role("button", name="Vote").click()
    await heard(playground, lantern, 1)
    more = {**vote, "text": {"type": "plain_text", "text": "One more"}}
    block = {**actions(more), "block_id": said.blocks[0]["block_id"]}
    await lantern.client.chat_update(channel=playground.team.id, ts=said.ts, text="Look", blocks=[block])
    await expect(page.get_by_role("button", name="One more")).to_be_focused()


async def test_a_press_beside_an_open_list_counts_at_once(
    page_as: PageAs, playground: Playground, lantern: Lantern
) -> None:
    page = await page_as(playground.mara)
    labels = [f"Option {letter}" for letter in "ABCDEFGHIJ"]
    modal = await opened(page, lantern, field("tags", "multi_static_select", options=options(*labels)))
    await modal.locator("summary").click()
    await modal.get_by_label("Option C").check()
    await playground.world.slack.quiet()
    await modal.get_by_role("button", name="Send").click()
    await expect(modal).to_be_hidden()
    chosen = lantern.submitted[0]["tags"]["it"]["selected_options"]
    assert [option["value"] for option in chosen] == ["option c"]
