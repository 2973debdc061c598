"""Polls in a browser: made with a mistake on the way, answered, changed, withdrawn, read and closed."""

from playwright.async_api import Locator, Page, expect

from tests.playground.pages.acting.test_retro import dialog, press, stands
from tests.playground.pages.conftest import PageAs, Playground
from tests.playground.pages.test_browser import BOX

QUESTION = "What should a harbour office see first?"
TWICE = "Its boats\nits  BOATS\nIts riders"
OPTIONS = "Its boats\nIts riders\nThe weather"
TOOK_PART = "Did you take part in finding out what to build in the last two weeks?"


async def types(page: Page, command: str) -> None:
    await page.fill(BOX, command)
    await page.press(BOX, "Enter")


def field(form: Locator, block: str) -> Locator:
    """By its block id, or by how that begins where it ends with how often the form was filled in anew."""
    return form.locator(f'[data-block="{block}"], [data-block^="{block}~"]').first


async def make(page: Page) -> None:
    """Several choices, at first with one of them twice."""
    await types(page, f"/discovery poll {QUESTION}")
    form = dialog(page, "Make a poll")
    await field(form, "kind").select_option(label="Several choices")
    await field(form, "options").fill(TWICE)
    await press(form, "Send")
    await expect(form.get_by_role("alert")).to_contain_text("stands there twice")
    await expect(field(form, "question")).to_have_value(QUESTION)
    await field(form, "options").fill(OPTIONS)
    await press(form, "Send")
    await expect(form).to_be_hidden()


async def choose(page: Page, *options: str, submit: str) -> None:
    """Answer in the form: these are ticked, and no others."""
    await press(page, "Answer")
    form = dialog(page, "Your answer to P-1")
    await expect(form).to_be_visible()
    for box in await field(form, "answer").get_by_role("checkbox").all():
        await box.uncheck()
    for option in options:
        await field(form, "answer").get_by_label(option, exact=True).check()
    await press(form, submit)
    kept = dialog(page, "Your answer")
    await expect(kept).to_contain_text(f"You said {', '.join(options)}")
    await press(kept, "Close")


async def withdraw(page: Page) -> None:
    await press(page, "Answer")
    await press(dialog(page, "Your answer to P-1"), "Withdraw my answer")
    gone = dialog(page, "Your answer")
    await expect(gone).to_contain_text("Taken back")
    await press(gone, "Close")


async def ask_who_took_part(page: Page) -> None:
    """The template that asks it; whoever answers first says what their function is."""
    await types(page, "/discovery poll")
    form = dialog(page, "Make a poll")
    await field(form, "template").select_option(label="Who took part in discovery")
    await expect(field(form, "question")).to_have_value(TOOK_PART)
    await press(form, "Send")
    await expect(form).to_be_hidden()


async def take_part(page: Page, answer: str, function: str | None) -> None:
    """Answer by a button, and say what one's function is, or not: either is asked once."""
    await press(page, answer)
    form = dialog(page, "One more thing")
    await expect(form).to_contain_text(f"You said {answer}")
    if function is not None:
        await field(form, "function").select_option(label=function)
    await press(form, "Not now" if function is None else "Save")
    await expect(form).to_be_hidden()


async def close(page: Page, poll: str) -> None:
    await press(page, "Manage")
    form = dialog(page, f"Manage {poll}")
    await press(form, "Close now")
    await press(dialog(page, f"Close {poll} now?"), "Close it")
    await expect(form).to_contain_text("is closed")
    await press(form, "Close")


async def test_polls_are_made_answered_read_and_reported(page_as: PageAs, playground: Playground) -> None:
    slack = playground.world.slack
    people = [playground.mara, playground.jonas, playground.ines]
    team = slack.add_channel("team-polls", people)
    mara, jonas, ines = [await page_as(person, team) for person in people]

    await make(mara)
    await stands(ines, "0 of 3 answered")
    await choose(jonas, "Its boats", "The weather", submit="Answer")
    await stands(mara, "1 of 3 answered")
    await choose(ines, "Its boats", submit="Answer")
    await choose(jonas, "Its riders", submit="Change")
    await stands(mara, "2 of 3 answered")
    await withdraw(ines)
    await stands(jonas, "1 of 3 answered")
    await press(ines, "Results")
    await expect(dialog(ines, "Results of P-1")).to_contain_text("Its riders")
    await press(dialog(ines, "Results of P-1"), "Close")
    await close(mara, "P-1")
    await stands(ines, "P-1 is closed")

    await ask_who_took_part(mara)
    await take_part(jonas, "Yes", "Engineering")
    await take_part(ines, "No", None)
    await stands(mara, "2 of 3 answered")
    await close(mara, "P-2")
    await types(ines, "/discovery report")
    await stands(ines, "Said that they took part, over 1 round")
    assert slack.troubles == []
    assert [call for call in slack.calls if not call.ok] == []
