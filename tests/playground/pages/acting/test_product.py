"""The product itself in a browser: a launch from command to card, its questions, App Home, shortcuts."""

from datetime import timedelta
from typing import Literal

import pytest
from playwright.async_api import Locator, Page, expect

from tests.playground.pages.conftest import PageAs, Playground
from tests.playground.pages.test_browser import BOX, unblemished


def field(modal: Locator, block: str) -> Locator:
    return modal.locator(f"[data-block={block}]")


async def launching(page: Page) -> Locator:
    await page.fill(BOX, "/launch New onboarding")
    await page.press(BOX, "Enter")
    modal = page.get_by_role("dialog", name="Record a launch")
    await expect(field(modal, "title")).to_have_value("New onboarding")
    return modal


async def recorded(playground: Playground) -> None:
    """A launch of Mara's that is asked about in a week."""
    await playground.mara.command("/launch", "New onboarding", playground.team)
    await playground.mara.modal()
    filled = {
        "problem": "They give up",
        "audience": "new teams",
        "metric": "Activation",
        "from_to": "40 % → 50 %",
    }
    for name, value in filled.items():
        playground.mara.fill(name, value)
    assert await playground.mara.submit() == {}
    await playground.world.turning.settle()


async def test_a_launch_from_command_to_card_with_an_error_on_the_way(
    page_as: PageAs, playground: Playground
) -> None:
    page = await page_as(playground.mara)
    modal = await launching(page)
    await expect(field(modal, "problem")).to_be_focused()
    await page.keyboard.type("New teams give up early")
    await field(modal, "audience").fill("teams in their first week")
    await field(modal, "metric").fill("Activation")
    await field(modal, "from_to").fill("40 % to lots")
    # The server stays behind for a moment: what is typed goes out before the submit.
    await modal.get_by_role("button", name="Record").click()
    await expect(modal.get_by_role("alert")).to_contain_text("Write two numbers")
    await expect(field(modal, "from_to")).to_be_focused()
    await page.reload()
    await expect(modal.get_by_role("alert")).to_contain_text("Write two numbers")
    await expect(field(modal, "problem")).to_have_value("New teams give up early")
    await field(modal, "from_to").fill("40 % → 50 %")
    await modal.get_by_role("button", name="More").click()
    await expect(field(modal, "owner")).to_be_visible()
    await expect(field(modal, "from_to")).to_have_value("40 % → 50 %")
    assert await modal.evaluate("modal => modal.contains(document.activeElement)")
    await modal.get_by_role("button", name="Record").click()
    await expect(modal).to_be_hidden()
    await expect(page.get_by_role("log")).to_contain_text("from 40 % to 50 %")
    assert playground.world.slack.troubles == []


async def test_a_launch_is_recorded_with_the_keyboard_alone(page_as: PageAs, playground: Playground) -> None:
    page = await page_as(playground.mara)
    modal = await launching(page)
    await page.keyboard.type("New teams give up early")
    await page.keyboard.press("Tab")
    await page.keyboard.type("teams in their first week")
    await page.keyboard.press("Enter")
    await expect(modal).to_be_hidden()
    await expect(page.get_by_role("log")).to_contain_text("L-1 New onboarding")
    await expect(page.locator(BOX)).to_be_focused()


async def test_a_question_is_snoozed_by_one_and_passed_on_to_another(
    page_as: PageAs, playground: Playground
) -> None:
    await recorded(playground)
    world = playground.world
    await world.turning.to(world.clock.now() + timedelta(days=8))
    mara, jonas = (
        await page_as(playground.mara, playground.mara.dm),
        await page_as(playground.jonas, playground.jonas.dm),
    )
    await expect(mara.get_by_role("log")).to_contain_text("What happened to Activation")
    await mara.get_by_label("Snooze").last.select_option(label="1 day")
    await expect(mara.get_by_role("log")).to_contain_text("Put off until")
    await world.turning.to(world.clock.now() + timedelta(days=2))
    await mara.get_by_role("button", name="Ask someone else").last.click()
    modal = mara.get_by_role("dialog")
    await modal.get_by_role("combobox").select_option(label="Jonas Bell")
    await modal.get_by_role("button", name="Pass on").click()
    await expect(modal).to_be_hidden()
    await world.turning.to(world.clock.now() + timedelta(days=2))
    await expect(jonas.get_by_role("log")).to_contain_text("What happened to Activation")
    assert world.slack.troubles == []


async def test_home_is_looked_at_and_used(page_as: PageAs, playground: Playground) -> None:
    page = await page_as(playground.mara, "home")
    home = page.get_by_role("region", name="Home")
    await home.get_by_role("button", name="Record a launch").click()
    await expect(page.get_by_role("dialog", name="Record a launch")).to_be_visible()
    assert playground.mara.looks_at_home
    await page.keyboard.press("Escape")
    await page.get_by_role("link", name="Messages").click()
    await expect(page.locator(BOX)).to_be_visible()


async def test_a_message_is_recorded_from_its_menu(page_as: PageAs, playground: Playground) -> None:
    said = await playground.jonas.say(playground.team, "New onboarding is out")
    page = await page_as(playground.mara)
    line = page.locator(f"[data-message='{said.ts}']")
    await line.hover()
    await line.get_by_title("More actions").click()
    await line.get_by_role("button", name="Record as launch").click()
    modal = page.get_by_role("dialog", name="Record a launch")
    await expect(field(modal, "title")).to_have_value("New onboarding is out")


@pytest.mark.parametrize("colours", ["light", "dark"])
async def test_axe_finds_nothing_on_a_modal_and_home(
    page_as: PageAs, playground: Playground, colours: Literal["light", "dark"]
) -> None:
    page = await page_as(playground.mara, "home", colours=colours)
    await expect(page.get_by_role("region", name="Home")).to_contain_text("Record a launch")
    await unblemished(page)
    await page.goto(f"{playground.url}/as/{playground.mara.id}/{playground.team.id}")
    modal = await launching(page)
    await modal.get_by_role("button", name="More").click()
    await expect(field(modal, "owner")).to_be_visible()
    await unblemished(page)
