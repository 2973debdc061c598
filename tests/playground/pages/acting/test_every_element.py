"""A modal with every input element, filled in a browser: what a person puts in is what the app gets."""

from typing import Literal

import pytest
from playwright.async_api import FilePayload, Locator, Page, expect

from tests.playground.pages.conftest import PageAs, Playground
from tests.playground.pages.test_browser import unblemished

from .blocks import button, confirm, field, options
from .conftest import Lantern

EVERYTHING = [
    field("line", "plain_text_input"),
    field("lines", "plain_text_input", multiline=True),
    field("mail", "email_text_input"),
    field("link", "url_text_input"),
    field("much", "number_input", is_decimal_allowed=False, min_value="1", max_value="9"),
    field("rich", "rich_text_input"),
    field("file", "file_input", filetypes=["csv"]),
    field("pick", "static_select", options=options("Apple", "Pear")),
    field("tags", "multi_static_select", options=options("A", "B", "C")),
    field("who", "users_select"),
    field("whom", "multi_users_select"),
    field("where", "conversations_select"),
    field("places", "multi_conversations_select"),
    field("channel", "channels_select"),
    field("channels", "multi_channels_select"),
    field("metric", "external_select", min_query_length=2),
    field("grouped", "multi_external_select", min_query_length=1),
    field("boxes", "checkboxes", options=options("One", "Two")),
    field("mood", "radio_buttons", options=options("Good", "Bad")),
    field("day", "datepicker"),
    field("hour", "timepicker"),
    field("moment", "datetimepicker"),
]


async def opened(page: Page, lantern: Lantern, *blocks: object) -> Locator:
    """The modal with these blocks."""
    lantern.blocks = list(blocks)  # type: ignore[arg-type]  # blocks are dicts
    await page.fill("#p-text-channel", "/launch it")
    await page.keyboard.press("Enter")
    modal = page.get_by_role("dialog")
    await expect(modal).to_be_visible()
    return modal


def element(modal: Locator, block: str) -> Locator:
    return modal.locator(f"[data-block={block}][data-action=it]")


async def tick(modal: Locator, block: str, *labels: str) -> None:
    """Open a multi select and tick these."""
    menu = modal.locator(f"details:has([data-block={block}])")
    await menu.locator("summary").click()
    for label in labels:
        await menu.get_by_label(label, exact=True).check()
    await menu.page.keyboard.press("Escape")
    await expect(menu.get_by_role("group").first).to_be_hidden()


async def find(modal: Locator, block: str, typed: str, option: str) -> None:
    """Search in an external select, and take this option with the keyboard."""
    box = element(modal, block)
    await box.get_by_role("combobox").press_sequentially(typed)
    await expect(box.get_by_role("option", name=option)).to_be_visible()
    await box.page.keyboard.press("ArrowDown")
    await box.page.keyboard.press("Enter")
    await expect(box.get_by_role("listbox")).to_be_hidden()


async def test_what_a_person_puts_in_is_what_the_app_gets(
    page_as: PageAs, playground: Playground, lantern: Lantern
) -> None:
    page = await page_as(playground.mara)
    modal = await opened(page, lantern, *EVERYTHING)
    typed = {
        "line": "one",
        "lines": "two\nlines",
        "mail": "mara@example.com",
        "link": "https://example.com",
        "much": "7",
        "rich": "rich",
        "day": "2026-12-01",
        "hour": "09:30",
        "moment": "2026-12-01T10:00",
    }
    for block, value in typed.items():
        await element(modal, block).fill(value)
    csv: FilePayload = {"name": "numbers.csv", "mimeType": "text/csv", "buffer": b"1"}
    await element(modal, "file").set_input_files([csv])
    await element(modal, "pick").select_option("pear")
    await element(modal, "who").select_option(label="Jonas Bell")
    await element(modal, "where").select_option(label="#team-onboarding")
    await element(modal, "channel").select_option(label="#team-onboarding")
    await tick(modal, "tags", "A", "C")
    await tick(modal, "whom", "Jonas Bell")
    await tick(modal, "places", "#team-onboarding")
    await tick(modal, "channels", "#team-onboarding")
    await find(modal, "metric", "act", "activation")
    await find(modal, "grouped", "apple", "apple pie")
    await find(modal, "grouped", "pear", "pear pie")
    await modal.get_by_label("Two").check()
    await modal.get_by_label("Good").check()
    await modal.get_by_role("button", name="Send").click()
    await expect(modal).to_be_hidden()

    state = {block: dict(held["it"]) for block, held in lantern.submitted[0].items()}
    for held in state.values():
        held.pop("type")
    team, jonas = playground.team.id, playground.jonas.id
    assert {block: state[block]["value"] for block in ("line", "lines", "mail", "link", "much")} == {
        block: typed[block] for block in ("line", "lines", "mail", "link", "much")
    }
    assert state["rich"]["rich_text_value"]["elements"][0]["elements"] == [{"type": "text", "text": "rich"}]
    assert [file["name"] for file in state["file"]["files"]] == ["numbers.csv"]
    assert state["day"] == {"selected_date": "2026-12-01"}
    assert state["hour"] == {"selected_time": "09:30"}
    # Ten in the morning where Mara is, in Stockholm.
    assert state["moment"] == {"selected_date_time": 1796115600}
    assert state["who"] == {"selected_user": jonas}
    assert state["whom"] == {"selected_users": [jonas]}
    assert state["where"] == {"selected_conversation": team}
    assert state["places"] == {"selected_conversations": [team]}
    assert state["channel"] == {"selected_channel": team}
    assert state["channels"] == {"selected_channels": [team]}
    single = {block: state[block]["selected_option"]["value"] for block in ("pick", "metric", "mood")}
    assert single == {"pick": "pear", "metric": "activation", "mood": "good"}
    several = {
        block: [option["value"] for option in state[block]["selected_options"]]
        for block in ("tags", "grouped", "boxes")
    }
    assert several == {"tags": ["a", "c"], "grouped": ["apple pie", "pear pie"], "boxes": ["two"]}
    assert playground.world.slack.troubles == []


@pytest.mark.parametrize("colours", ["light", "dark"])
async def test_axe_finds_nothing_on_every_element(
    page_as: PageAs, playground: Playground, lantern: Lantern, colours: Literal["light", "dark"]
) -> None:
    page = await page_as(playground.mara, colours=colours)
    drop = button("Drop", style="danger", confirm=confirm(style="danger"))
    modal = await opened(page, lantern, *EVERYTHING, drop)
    await element(modal, "metric").get_by_role("combobox").press_sequentially("act")
    await expect(element(modal, "metric").get_by_role("option")).to_have_text("activation")
    await unblemished(page)
    await modal.get_by_role("button", name="Drop").click()
    await expect(page.get_by_role("dialog", name="Are you sure?")).to_be_visible()
    await unblemished(page)


async def test_what_is_missing_is_said_at_its_field_where_the_browser_cannot(
    page_as: PageAs, playground: Playground, lantern: Lantern
) -> None:
    page = await page_as(playground.mara)
    modal = await opened(page, lantern, field("tags", "multi_static_select", options=options("A", "B")))
    await modal.get_by_role("button", name="Send").click()
    await expect(modal.get_by_role("alert")).to_have_text("Please complete this required field.")
    assert lantern.submitted == []


async def test_a_search_says_what_it_needs_and_when_nothing_is_found(
    page_as: PageAs, playground: Playground, lantern: Lantern
) -> None:
    page = await page_as(playground.mara)
    modal = await opened(page, lantern, field("metric", "external_select", min_query_length=2))
    box = element(modal, "metric")
    await expect(box.get_by_role("listbox")).to_have_text("Type 2 letters to search.")
    await box.get_by_role("combobox").press_sequentially("nothing")
    await expect(box.get_by_role("listbox")).to_have_text("Nothing found.")
    await page.keyboard.press("Escape")
    await expect(box.get_by_role("listbox")).to_be_hidden()
    await expect(modal).to_be_visible()


async def test_what_is_half_typed_survives_a_refresh_and_stays_out_of_the_submit(
    page_as: PageAs, playground: Playground, lantern: Lantern
) -> None:
    page = await page_as(playground.mara)
    modal = await opened(page, lantern, field("mail", "email_text_input"), field("line", "plain_text_input"))
    await element(modal, "mail").press_sequentially("mara@")
    await element(modal, "line").fill("kept")
    await playground.world.slack.until(
        lambda: playground.mara.top and playground.mara.top.values["line"]["it"]["value"] == "kept"
    )
    await page.reload()
    await expect(element(modal, "mail")).to_have_value("mara@")
    await expect(element(modal, "line")).to_have_value("kept")
    # Not even what was typed at the last moment is lost.
    await element(modal, "line").fill("kept as well")
    await page.reload()
    await expect(element(modal, "line")).to_have_value("kept as well")
    await modal.get_by_role("button", name="Send").click()
    await expect(element(modal, "mail")).to_be_focused()
    assert lantern.submitted == []
