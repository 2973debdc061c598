"""The instruments in a real browser: the tour from its first step to its last, the drawer, faults."""

import re
from typing import Literal

import pytest
from playwright.async_api import Page, expect

from tests.playground.pages.conftest import PageAs, Playground
from tests.playground.pages.test_browser import BOX, unblemished


async def fill_in(page: Page, **fields: str) -> None:
    """The form of the modal: each field by what stands beside it."""
    modal = page.get_by_role("dialog")
    for label, value in fields.items():
        await modal.get_by_label(label.replace("_", " ")).first.fill(value)


async def step(page: Page, title: str, state: str = "") -> None:
    """The tour has come so far."""
    current = page.locator(".i-step--current h3")
    if state:
        await expect(page.locator(".i-step", has_text=title).first).to_contain_text(state)
    else:
        await expect(current).to_contain_text(title, timeout=20_000)


async def turn(page: Page, button: str) -> None:
    before = await page.locator(".i-now time").get_attribute("datetime")
    await page.get_by_role("button", name=button, exact=True).click()
    await expect(page.locator(".i-now time")).not_to_have_attribute("datetime", before or "")
    await expect(page.locator("#i-progress")).to_have_count(0, timeout=20_000)


async def test_the_tour_from_its_first_step_to_its_last(page_as: PageAs, playground: Playground) -> None:
    playground.world.tour.start()
    page = await page_as(playground.mara, "home")
    await step(page, "Record a launch")
    await page.get_by_role("link", name="Open #team-onboarding").click()
    await expect(page).to_have_title(re.compile("#team-onboarding"))
    await page.wait_for_load_state()
    # One is there.
    await expect(page.get_by_role("link", name="Open #team-onboarding")).to_have_count(0)
    await page.fill(BOX, "/launch A calmer harbour")
    await page.keyboard.press("Enter")
    await fill_in(
        page,
        What_user_problem="New teams give up early",
        For_whom="teams in their first week",
        How_will_this_feature="Activation",
        From="40 % → 50 %",
    )
    await page.get_by_role("dialog").get_by_role("button", name="Record", exact=True).click()
    await step(page, "Turn the clock")
    for _ in range(5):
        await turn(page, "+1 week")
    await step(page, "Answer")
    await page.get_by_role("link", name="Open Afterlaunch").click()
    await page.wait_for_load_state()
    question = page.locator(".p-line:target")
    await expect(question).to_contain_text("the final check")
    await expect(question).to_be_in_viewport()
    # Of those that were asked one after the other it is the one that is open.
    await expect(question.get_by_role("button", name="Record", exact=True)).to_be_visible()
    await question.hover()
    await question.get_by_role("link", name="Reply in thread").click()
    await expect(page.locator("#p-text-thread")).to_be_visible()
    await page.wait_for_load_state()
    await page.fill("#p-text-thread", "44 %")
    await page.keyboard.press("Enter")
    await step(page, "See the outcome in the channel")
    await page.get_by_role("link", name="Open #team-onboarding").click()
    await expect(page.get_by_role("log")).to_contain_text("40 % → 44 %")
    await page.wait_for_load_state()
    await step(page, "Look at the history")
    await page.fill(BOX, "/launch list")
    await page.keyboard.press("Enter")
    await expect(page.get_by_text("That is the whole line")).to_be_visible()
    assert [each.done for each in playground.world.tour.steps(playground.mara)] == [True] * 5
    await page.get_by_role("button", name="Close the tour").click()
    await expect(page.get_by_role("heading", name="Tour")).to_have_count(0)
    await page.get_by_role("button", name="Tour", exact=True).click()
    await page.get_by_role("button", name="Start over").click()
    await step(page, "Record a launch")
    await page.get_by_role("button", name="Skip").click()
    await step(page, "Record a launch", "skipped")
    await step(page, "Turn the clock")


async def test_the_drawer_is_searched_and_unfolded_and_stays_open(
    page_as: PageAs, playground: Playground
) -> None:
    page = await page_as(playground.mara)
    await page.get_by_role("button", name="What Slack saw").click()
    drawer = page.get_by_role("complementary", name="What Slack saw")
    await expect(drawer.get_by_role("searchbox")).to_be_focused()
    await expect(drawer).to_contain_text("auth.test")
    await playground.jonas.command("/launch", "help", playground.team)
    await page.keyboard.type("/launch")
    row = drawer.locator(".i-exchange", has_text="command /launch")
    await expect(row).to_have_count(1)
    await expect(drawer).not_to_contain_text("auth.test")
    await row.locator("summary").click()
    await expect(row).to_contain_text('"command": "/launch"')
    # What happens meanwhile leaves it open, and what was unfolded, too.
    await playground.jonas.command("/launch", "list", playground.team)
    await expect(drawer.locator(".i-exchange")).to_have_count(2)
    await expect(row.last).to_contain_text('"text": "help"')
    await page.get_by_label("Only what went wrong").check()
    await expect(drawer).to_contain_text("Nothing like that.")
    await page.keyboard.press("Escape")
    await expect(drawer).to_have_count(0)
    await expect(page.get_by_role("button", name="What Slack saw")).to_be_focused()


async def test_faults_are_seen_to_be_on_and_switched_off(page_as: PageAs, playground: Playground) -> None:
    page = await page_as(playground.mara)
    await page.locator("#i-faults > summary").click()
    await page.get_by_role("button", name="Slow").click()
    await expect(page.get_by_text("takes two seconds to say so").last).to_be_visible()
    # The page itself is as quick as ever.
    await page.fill(BOX, "Is anybody there?")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("log")).to_contain_text("Is anybody there?")
    await page.get_by_role("button", name="Make Slack well again").click()
    await expect(page.locator(".i-banner")).to_have_count(0)
    assert playground.world.faults.on == ""
    await page.locator("#i-faults > summary").click()
    await page.get_by_role("button", name="Out of reach").click()
    await expect(page.locator(".i-banner")).to_contain_text("Out of reach")
    playground.world.faults.switch("")
    await expect(page.locator(".i-banner")).to_have_count(0)


async def test_the_keyboard_is_not_lost_with_the_button_it_was_at(
    page_as: PageAs, playground: Playground
) -> None:
    playground.world.tour.start()
    page = await page_as(playground.mara)
    faults = page.locator("#i-faults > summary")
    await faults.press("Enter")
    await page.get_by_role("button", name="Slow").press("Enter")
    await expect(page.locator(".i-banner")).to_be_visible()
    await expect(faults).to_be_focused()
    await page.get_by_role("button", name="Make Slack well again").press("Enter")
    await expect(page.locator(".i-banner")).to_have_count(0)
    await expect(faults).to_be_focused()
    for over in range(1, 6):
        await page.get_by_role("button", name="Skip").press("Enter")
        await expect(page.locator(".i-tour-head")).to_contain_text(f"{over} of 5")
    await expect(page.locator("#i-tour > summary")).to_be_focused()
    await page.get_by_role("button", name="Close the tour").press("Enter")
    await expect(page.get_by_role("button", name="Tour", exact=True)).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(page.locator("#i-tour > summary")).to_be_focused()


async def test_a_thread_covers_the_conversation_where_the_tour_leaves_too_little_room(
    page_as: PageAs, playground: Playground
) -> None:
    said = await playground.jonas.say(playground.team, "Anybody there?")
    await playground.mara.say(playground.team, "I am", said)
    playground.world.tour.start()
    page = await page_as(playground.mara, f"{playground.team.id}?thread={said.ts}", width=1200)
    conversation = page.get_by_role("region", name="team-onboarding")
    await expect(page.get_by_role("complementary", name="Thread")).to_be_visible()
    await expect(conversation).to_be_hidden()
    await page.get_by_role("button", name="Close the tour").click()
    await expect(conversation).to_be_visible()


async def test_the_clock_keeps_the_focus_and_says_why_it_cannot_turn(
    page_as: PageAs, playground: Playground
) -> None:
    page, other = await page_as(playground.mara), await page_as(playground.jonas)
    await turn(page, "+1 day")
    await expect(page.get_by_role("button", name="+1 day", exact=True)).to_be_focused()
    await expect(other.locator(".i-now")).to_contain_text("Tue 8 Sep 2026")
    await page.get_by_role("button", name="To the next thing due").click(force=True)
    await expect(page.locator("#i-ahead")).to_have_text("Nothing comes by itself yet.")


@pytest.mark.parametrize(("colours", "width"), [("light", 1280), ("dark", 1280), ("light", 400)])
async def test_nothing_here_is_out_of_reach(
    page_as: PageAs, playground: Playground, colours: Literal["light", "dark"], width: int
) -> None:
    playground.world.tour.start()
    playground.world.faults.switch("slow")
    page = await page_as(playground.mara, colours=colours, width=width)
    await page.locator("#i-faults > summary").click()
    await unblemished(page)
    await page.keyboard.press("Escape")
    await page.get_by_role("button", name="What Slack saw").click()
    await page.locator(".i-exchange summary").first.click()
    await expect(page.locator(".i-document").first).to_be_visible()
    await unblemished(page)
    wide = await page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert wide <= 0
