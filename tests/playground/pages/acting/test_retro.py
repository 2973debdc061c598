"""A whole live retro in a browser, by three people in three tabs."""

import re
from collections.abc import Mapping, Sequence
from datetime import timedelta

from playwright.async_api import Locator, Page, expect

from slackapp.playground.slack import Channel, Person
from tests.playground.pages.conftest import PageAs, Playground
from tests.playground.pages.test_browser import BOX

#: By column, several at a time: more than a dozen in all, so that they are grouped.
MARAS = (
    "The checklist helped\nNobody called us on the first day",
    "Deploys are slow\nSlow deploys on Fridays\nNobody owns the deploy script\nThe report came late",
    "Ask before building\nAgree on the number first",
)
JONAS_WROTE = ("Support had less to do", "We wait an hour for each deploy", "Begin with the checklist")
INES_WROTE = ("New teams invite a colleague", "The report was a week late", "Read the report together")
ALL_NOTES = 14


def field(modal: Locator, block: str) -> Locator:
    """A field by its block id, or by how that begins where it ends with how often the form was handed in."""
    return modal.locator(f"[data-block={block}], [data-block^={block}_]").first


def dialog(page: Page, name: str) -> Locator:
    return page.get_by_role("dialog", name=name, exact=True)


async def press(where: Page | Locator, label: str) -> None:
    await where.get_by_role("button", name=label, exact=True).last.click()


async def stands(page: Page, words: str) -> None:
    await expect(page.get_by_role("log")).to_contain_text(words)


async def start(page: Page) -> None:
    await page.fill(BOX, "/retro start")
    await page.press(BOX, "Enter")
    form = dialog(page, "Start a retro")
    await field(form, "pace").select_option(label="Live: 7 minutes to write, 3 to vote, then talk")
    await press(form, "Start")
    await expect(form).to_be_hidden()


async def write(page: Page, columns: Sequence[str], kept: str) -> None:
    await press(page, "Write notes")
    form = dialog(page, "Notes for R-1")
    for number, text in enumerate(columns):
        await form.locator("textarea").nth(number).fill(text)
    await press(form, "Hand in")
    await expect(form).to_contain_text(kept)
    await press(form, "Close")


async def group(page: Page, notes: Sequence[str], name: str) -> None:
    await press(page, "Group notes")
    form = dialog(page, "Group notes of R-1")
    await form.locator("summary").first.click()
    for note in notes:
        await field(form, "notes").get_by_label(re.compile(rf"· {note}$")).check()
    await field(form, "name").fill(name)
    await press(form, "Put together")
    await expect(form).to_contain_text(f"{name} · {len(notes)} notes")
    await press(form, "Close")


async def vote(page: Page, votes: Mapping[str, int]) -> None:
    await press(page, "Vote")
    form = dialog(page, "Vote in R-1")
    for topic, wanted in votes.items():
        for given in range(wanted):
            label = "One more" if given else "Vote"
            below = form.get_by_text(topic, exact=True).locator(f"xpath=following::button[.='{label}'][1]")
            await below.click()
            await expect(form).to_contain_text(f"{topic} · {given + 1} vote{'s' if given else ''} of yours")
    await press(form, "Close")


async def note_down(page: Page) -> None:
    await press(page, "Discuss")
    seen = dialog(page, "Discuss in R-1")
    await expect(seen).to_contain_text("1 of ")
    await expect(seen).to_contain_text("Getting it out")
    await press(seen, "Add an action item")
    form = dialog(page, "Add an action item")
    await field(form, "text").fill("Write down how we deploy")
    await field(form, "owner").select_option(label="Jonas Bell")
    await press(form, "Add")
    await expect(seen).to_contain_text("Write down how we deploy")
    await press(seen, "Add a decision")
    form = dialog(page, "Add a decision")
    await field(form, "decision").fill("We ship on Tuesdays")
    await press(form, "Add")
    await expect(seen).to_contain_text("Decided: We ship on Tuesdays")
    await press(seen, "Next topic")
    await expect(seen).to_contain_text("2 of ")
    await press(seen, "Close")


async def close(page: Page) -> None:
    await press(page, "Close it")
    form = dialog(page, "Close R-1")
    await press(form, "Save")
    await expect(form).to_contain_text("Close without an answer")
    await field(form, "impact").fill("They invite a colleague on their first day.")
    await press(form, "Save")
    await expect(form).to_be_hidden()


async def test_three_people_hold_a_retro_from_its_start_to_its_export(
    page_as: PageAs, playground: Playground
) -> None:
    world, slack = playground.world, playground.world.slack
    people: list[Person] = [playground.mara, playground.jonas, playground.ines]
    team: Channel = slack.add_channel("team-deploys", people)
    mara, jonas, ines = [await page_as(person, team) for person in people]

    await start(mara)
    await stands(ines, "0 of 3 handed in")
    await write(mara, MARAS, "8 notes kept")
    await write(jonas, JONAS_WROTE, "3 notes kept")
    await write(ines, INES_WROTE, "3 notes kept")
    await stands(mara, "3 of 3 handed in")
    await expect(jonas.get_by_role("log")).not_to_contain_text("Deploys are slow")

    await press(mara, "Reveal the notes")
    await press(dialog(mara, "Reveal the notes?"), "Reveal them")
    await stands(jonas, f"{ALL_NOTES} notes")
    await group(jonas, ["Nobody owns the deploy script", "We wait an hour for each deploy"], "Getting it out")
    await press(mara, "Begin voting")
    await stands(ines, "0 of 3 voted")
    await vote(mara, {"Getting it out": 2})
    await vote(jonas, {"Getting it out": 1, "Agree on the number first": 1})
    await vote(ines, {"Getting it out": 1})
    await stands(mara, "3 of 3 voted")
    await world.turning.to(world.clock.now() + timedelta(minutes=4))

    await stands(jonas, "Discussing")
    await note_down(mara)
    await press(mara, "Begin closing")
    await close(mara)
    for words in ("Getting it out · 4 votes", "We ship on Tuesdays", "Write down how we deploy", "anonymous"):
        await stands(ines, words)
    await press(ines, "Export Markdown")
    await world.turning.settle()
    await ines.goto(f"{playground.url}/as/{playground.ines.id}/{playground.ines.dm.id}")
    await ines.get_by_text("Read", exact=True).click()
    await stands(ines, "They invite a colleague on their first day.")
    assert slack.troubles == []
    assert [call for call in slack.calls if not call.ok] == []
