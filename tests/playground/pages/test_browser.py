"""The workspace's page in a real browser: fresh, for several people, with the keyboard, and never fooled."""

import json
from typing import Literal

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Page, expect

from slackapp.playground.pages.serving import serving
from tests.playground.pages.conftest import PageAs, Playground

HOSTILE = "<script>document.title='owned'</script><img src=x onerror=alert(1)> <!channel> <@U0> </textarea>"


#: Where one writes to the channel.
BOX = "#p-text-channel"


async def unblemished(page: Page) -> None:
    """Nothing on the page that axe finds fault with."""
    results = await Axe().run(page)
    found = [
        (violation["id"], [node["html"] for node in violation["nodes"]])
        for violation in results.response["violations"]
    ]
    assert found == [], json.dumps(found, indent=2)


async def test_two_tabs_are_two_people_and_hear_of_each_other(
    page_as: PageAs, playground: Playground
) -> None:
    mara, jonas = await page_as(playground.mara), await page_as(playground.jonas)
    await mara.fill(BOX, "The ferry leaves at nine.")
    await mara.keyboard.press("Enter")
    await expect(jonas.get_by_role("log")).to_contain_text("The ferry leaves at nine.")
    await jonas.fill(BOX, "@Mara Lind I am on it.")
    await jonas.get_by_role("button", name="Send").click()
    await expect(mara.get_by_role("log")).to_contain_text("@Mara Lind I am on it.")
    assert playground.world.slack.messages(playground.team)[-1].text == f"<@{playground.mara.id}> I am on it."
    await expect(jonas.locator(BOX)).to_have_value("")


async def test_what_is_half_typed_survives_what_others_do_and_a_reload(
    page_as: PageAs, playground: Playground
) -> None:
    page = await page_as(playground.mara)
    await page.locator(BOX).press_sequentially("Half a sen")
    await playground.jonas.say(playground.team, "Meanwhile")
    await expect(page.get_by_role("log")).to_contain_text("Meanwhile")
    await expect(page.locator(BOX)).to_be_focused()
    await page.keyboard.type("tence")
    await page.reload()
    await expect(page.locator(BOX)).to_have_value("Half a sentence")


async def test_a_channel_is_unread_until_its_end_was_seen(page_as: PageAs, playground: Playground) -> None:
    other = playground.world.slack.add_channel("harbour", [playground.mara, playground.jonas])
    page = await page_as(playground.mara)
    await playground.jonas.say(other, "Who has the keys?")
    entry = page.get_by_role("link", name="harbour")
    await expect(entry).to_contain_text("1 unread")
    await entry.click()
    await expect(page.get_by_role("log")).to_contain_text("Who has the keys?")
    await expect(page.get_by_role("link", name="harbour")).not_to_contain_text("unread")
    assert playground.mara.unread(other) == 0


async def test_the_place_where_one_reads_is_kept(page_as: PageAs, playground: Playground) -> None:
    for number in range(60):
        await playground.jonas.say(playground.team, f"Line {number}")
    page = await page_as(playground.mara)
    log = page.get_by_role("log")
    await log.evaluate("list => { list.scrollTop = 100 }")
    await playground.jonas.say(playground.team, "The newest")
    button = page.get_by_role("button", name="New messages")
    await expect(button).to_be_visible()
    assert await log.evaluate("list => list.scrollTop") == 100
    await button.click()
    await expect(log.get_by_text("The newest")).to_be_in_viewport()
    await expect(button).to_be_hidden()


async def test_a_command_is_completed_run_and_answered_with_the_keyboard_alone(
    page_as: PageAs, playground: Playground
) -> None:
    page = await page_as(playground.mara)
    await page.keyboard.press("Tab")
    await expect(page.get_by_role("link", name="Skip to the conversation")).to_be_focused()
    await page.keyboard.press("Enter")
    while not await page.locator(BOX).evaluate("box => box === document.activeElement"):
        await page.keyboard.press("Tab")
    await page.keyboard.type("/la")
    await expect(page.get_by_role("option", name="/launch")).to_be_visible()
    await page.keyboard.press("Tab")
    await page.keyboard.type("help")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("log")).to_contain_text("Only visible to you")
    await expect(page.get_by_role("log")).to_contain_text("keeps a record of what shipped")


async def test_the_arrow_keys_go_from_message_to_message_and_tab_to_what_can_be_done(
    page_as: PageAs, playground: Playground
) -> None:
    for text in ("first", "second", "third"):
        await playground.jonas.say(playground.team, text)
    page = await page_as(playground.mara)
    await page.get_by_role("log").focus()
    for text in ("third", "second"):
        await page.keyboard.press("ArrowUp")
        await expect(page.locator(".p-line:focus")).to_contain_text(text)
    await page.keyboard.press("Tab")
    await page.keyboard.press("Enter")
    await expect(
        page.get_by_role("listitem").filter(has_text="second").locator(".p-reaction")
    ).to_be_visible()
    await expect(page.get_by_title("React with :+1:").nth(1)).to_be_focused()


async def test_what_cannot_be_done_is_said_at_the_composer_and_nothing_typed_is_lost(
    page_as: PageAs, playground: Playground
) -> None:
    said = await playground.jonas.say(playground.team, "New onboarding is out")
    page = await page_as(playground.mara, f"{playground.team.id}?thread={said.ts}")
    reply = page.get_by_label("Reply in the thread")
    await reply.fill("/launch New onboarding")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("complementary")).to_contain_text("/launch is not supported in threads")
    await expect(reply).to_have_value("/launch New onboarding")
    await reply.fill("How did it go?")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("log", name="Messages")).to_contain_text("1 reply")
    await expect(page.get_by_role("log", name="Thread")).to_contain_text("How did it go?")


async def test_hostile_text_stays_text(page_as: PageAs, playground: Playground) -> None:
    page = await page_as(playground.mara)
    await page.fill(BOX, HOSTILE)
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("log")).to_contain_text(HOSTILE)
    assert "owned" not in await page.title()
    said = playground.world.slack.messages(playground.team)[-1]
    assert "<" not in said.text
    assert await page.get_by_role("log").locator("script, img").count() == 0


async def test_one_edits_deletes_and_reacts(page_as: PageAs, playground: Playground) -> None:
    said = await playground.mara.say(playground.team, "Tpyo, @Jonas Bell")
    page = await page_as(playground.mara)
    line = page.locator(f"[data-message='{said.ts}']")
    await line.hover()
    await line.get_by_title("React with :tada:").click()
    await expect(line.get_by_role("list", name="Reactions")).to_contain_text("1")
    await line.get_by_title("More actions").click()
    await line.get_by_role("link", name="Edit message").click()
    box = page.get_by_label("Edit this message")
    await expect(box).to_have_value("Tpyo, @Jonas Bell")
    # The page is a new one: before its script runs its forms go to the server by themselves.
    await page.wait_for_load_state()
    await box.fill("Typo, @Jonas Bell")
    await page.get_by_role("button", name="Save").click()
    await expect(line).to_contain_text("(edited)")
    await expect(box).to_have_count(0)
    await line.hover()
    await line.get_by_title("More actions").click()
    await line.get_by_text("Delete message…").click()
    await line.get_by_role("button", name="Delete it").click()
    await expect(line).to_have_count(0)
    assert playground.world.slack.messages(playground.team) == []


async def test_becoming_somebody_else_is_one_click_and_says_for_whom_something_waits(
    page_as: PageAs, playground: Playground
) -> None:
    page = await page_as(playground.mara)
    await expect(page.get_by_role("link", name="You are Mara Lind")).to_contain_text("Product")
    await page.get_by_role("link", name="Be Jonas Bell").click()
    await expect(page.get_by_role("link", name="You are Jonas Bell")).to_be_visible()
    await expect(page.get_by_role("heading", name="team-onboarding", exact=True)).to_be_visible()
    assert page.url.endswith(f"/as/{playground.jonas.id}/{playground.team.id}")


async def test_a_channel_is_joined_from_where_it_is_read(page_as: PageAs, playground: Playground) -> None:
    page = await page_as(playground.ines)
    await expect(page.get_by_text("without being in it")).to_be_visible()
    await page.get_by_role("button", name="Join #team-onboarding").click()
    await expect(page.locator(BOX)).to_be_visible()
    assert playground.ines.id in playground.world.slack.channel("team-onboarding").members


async def test_a_page_says_that_the_playground_has_stopped_and_comes_back(
    page_as: PageAs, playground: Playground
) -> None:
    async with serving(playground.world) as url:
        page = await page_as(playground.mara)
        await page.goto(f"{url}/as/{playground.mara.id}/{playground.team.id}")
    await expect(page.get_by_text("The playground has stopped.")).to_be_visible()
    await page.fill(BOX, "Is anybody there?")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("alert")).to_contain_text("does not answer")
    await expect(page.locator(BOX)).to_have_value("Is anybody there?")
    await playground.jonas.say(playground.team, "Said while it was away")
    async with serving(playground.world, port=int(url.rpartition(":")[2])):
        await expect(page.get_by_text("The playground has stopped.")).to_be_hidden()
        await expect(page.get_by_role("log")).to_contain_text("Said while it was away")
        await page.goto("about:blank")


async def test_a_tab_that_nobody_sees_is_no_burden_and_catches_up(
    page_as: PageAs, playground: Playground
) -> None:
    """A browser has six connections to a server: one held by each of many tabs would leave none to act by."""
    page = await page_as(playground.mara)
    seen = "(hidden) => { Object.defineProperty(document, 'hidden', { value: hidden, configurable: true });"
    seen += "document.dispatchEvent(new Event('visibilitychange')); }"
    await page.evaluate(seen, arg=True)
    await playground.jonas.say(playground.team, "While you were away")
    await page.wait_for_timeout(400)
    await expect(page.get_by_role("log")).not_to_contain_text("While you were away")
    await page.evaluate(seen, arg=False)
    await expect(page.get_by_role("log")).to_contain_text("While you were away")


async def test_the_keyboard_comes_straight_to_where_one_writes(
    page_as: PageAs, playground: Playground
) -> None:
    page = await page_as(playground.mara)
    await page.keyboard.press("Tab")
    await page.keyboard.press("Tab")
    await expect(page.get_by_role("link", name="Skip to the message field")).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(page.locator(BOX)).to_be_focused()


async def test_whoever_is_at_the_end_stays_there_when_there_is_less_room(
    page_as: PageAs, playground: Playground
) -> None:
    said = [await playground.jonas.say(playground.team, f"Number {number}") for number in range(30)]
    playground.mara.mark_read(playground.team, said[-1].ts)
    page = await page_as(playground.mara)
    await page.fill(BOX, "a\n" * 9)
    await expect(page.locator(".p-line", has_text="Number 29")).to_be_in_viewport(ratio=1)
    below = "list => list.scrollHeight - list.scrollTop - list.clientHeight"
    assert await page.get_by_role("log").evaluate(below) < 2


async def test_on_a_narrow_screen_everything_is_within_reach(page_as: PageAs, playground: Playground) -> None:
    said = await playground.jonas.say(playground.team, "averylongword" * 40)
    await playground.jonas.say(playground.team, "A reply", said)
    page = await page_as(playground.mara, width=400)
    fits = "() => document.scrollingElement.scrollWidth <= innerWidth"
    assert await page.evaluate(fits)
    await expect(page.locator(BOX)).to_be_in_viewport()
    await page.get_by_role("button", name="Menu").click()
    await expect(page.get_by_role("link", name="Be Jonas Bell")).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("link", name="Be Jonas Bell")).to_be_hidden()
    await page.get_by_role("link", name="1 reply").click()
    await expect(page.get_by_role("heading", name="Thread")).to_be_visible()
    assert await page.evaluate(fits)
    await page.get_by_role("link", name="Close the thread").click()
    await expect(page.get_by_role("heading", name="team-onboarding", exact=True)).to_be_visible()


@pytest.mark.parametrize("colours", ["light", "dark"])
async def test_axe_finds_nothing_on_the_workspace(
    page_as: PageAs, playground: Playground, colours: Literal["light", "dark"]
) -> None:
    said = await playground.mara.say(playground.team, "*New onboarding* is out, @Jonas Bell `now`")
    await playground.jonas.say(playground.team, "At last", said)
    await playground.jonas.react(said, "tada")
    await playground.mara.command("/launch", "help", playground.team)
    page = await page_as(playground.mara, f"{playground.team.id}?thread={said.ts}", colours=colours)
    await page.locator(BOX).press_sequentially("/")
    await unblemished(page)


async def test_how_far_the_history_is_is_shown_without_drawing_the_page_anew(
    page_as: PageAs, playground: Playground
) -> None:
    playground.world.has_come(3, 26, "Week 3")
    page = await page_as(playground.mara)
    bar = page.get_by_role("progressbar")
    await expect(bar).to_have_js_property("value", 3)
    await unblemished(page)
    await playground.jonas.say(playground.team, "In the middle of it")
    playground.world.has_come(4, 26, "Week 4")
    await expect(page.get_by_label("How far the half year is")).to_contain_text("Week 4")
    await expect(bar).to_have_js_property("value", 4)
    await expect(page.get_by_role("log")).not_to_contain_text("In the middle of it")
    playground.world.is_made()
    await expect(page.get_by_role("log")).to_contain_text("In the middle of it")
    await expect(bar).to_have_count(0)


@pytest.mark.parametrize("width", [400, 1100, 1280])
async def test_nothing_moves_while_the_history_is_made(
    page_as: PageAs, playground: Playground, width: int
) -> None:
    playground.world.has_come(3, 26, "Friday 1 May")
    page = await page_as(playground.mara, width=width)
    news = page.get_by_label("How far the half year is")
    height = await news.evaluate("bar => bar.getBoundingClientRect().height")
    playground.world.has_come(4, 26, "Wednesday 30 September")
    await expect(news).to_contain_text("Wednesday 30 September")
    assert await news.evaluate("bar => bar.getBoundingClientRect().height") == height
    assert await page.evaluate("document.documentElement.scrollWidth") <= width


async def test_a_link_to_a_message_scrolls_the_conversation_and_never_the_page(
    page_as: PageAs, playground: Playground
) -> None:
    said = await playground.jonas.say(playground.team, "New onboarding is out")
    for number in range(12):
        await playground.jonas.say(playground.team, f"And {number}")
    page = await page_as(playground.mara)
    # The list of people is longer than the page here.
    await page.set_viewport_size({"width": 1280, "height": 400})
    await page.goto(f"{page.url}?#m-{said.ts}")
    await expect(page.locator(f"[id='m-{said.ts}']")).to_be_in_viewport()
    assert await page.evaluate("[scrollY, document.documentElement.scrollHeight]") == [0, 400]
