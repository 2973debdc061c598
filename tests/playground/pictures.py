"""Takes the pictures of the docs: `python -m tests.playground.pictures [FOLDER]`."""

import asyncio
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Literal

from playwright.async_api import Browser, FloatRect, Locator, Page, async_playwright, expect

from slackapp.core import logging
from slackapp.playground import history
from slackapp.playground.making import make_history
from slackapp.playground.pages.serving import serving
from slackapp.playground.slack import Person
from slackapp.playground.world import World, world
from tests.playground.pages.conftest import FLAGS
from tests.playground.pictures_of_a_retro import ARetro
from tests.playground.pictures_of_polls import Polls
from tests.support.source import ROOT

#: Pixels around a message.
_ROOM = 10.0
#: Seconds: pages are drawn anew a moment after something changed.
_A_MOMENT = 0.5


async def take_all(folder: Path) -> None:
    with tempfile.TemporaryDirectory() as kept:
        async with (
            world(f"sqlite+aiosqlite:///{kept}/playground.db", history.START) as it,
            serving(it) as url,
        ):
            await make_history(it, 0)
            async with async_playwright() as playwright:
                browser = await playwright.chromium.launch(
                    executable_path=shutil.which("chromium"), args=FLAGS
                )
                camera = Camera(browser, it, url, folder)
                await camera.take()
                await Polls(camera).take()
                await ARetro(camera).take()
                await browser.close()


class Camera:
    def __init__(self, browser: Browser, it: World, url: str, folder: Path) -> None:
        self._browser, self._url, self._folder = browser, url, folder
        self.world = it

    async def take(self) -> None:
        slack = self.world.slack
        mara = slack.person("Mara Lind")
        team = slack.channel("team-onboarding").id
        page = await self.open(mara, team)
        await self.picture(page, "workspace")
        await self.piece(page, "We believe", "card")
        await self._form(page)
        await self.picture(await self.open(mara, team, colours="dark"), "dark")
        dm = await self.open(mara, mara.dm.id)
        await self.piece(dm, "What happened to", "question")
        await self.picture(await self.open(mara, "home", height=1000), "home")
        await self.picture(await self.open(mara, mara.dm.id, width=400), "narrow")
        await self.piece(await self.open(mara, team), "Verdict: moved", "outcome")

    async def open(
        self,
        person: Person,
        place: str,
        *,
        width: int = 1200,
        height: int = 860,
        colours: Literal["light", "dark"] = "light",
    ) -> Page:
        page = await self._browser.new_page(
            viewport={"width": width, "height": height}, color_scheme=colours, reduced_motion="reduce"
        )
        await page.goto(f"{self._url}/as/{person.id}/{place}")
        await page.wait_for_load_state("networkidle" if place == "home" else "load")
        return page

    async def _form(self, page: Page) -> None:
        await page.fill("#p-text-channel", "/launch Tickets on the pier screen")
        await page.press("#p-text-channel", "Enter")
        form = page.get_by_role("dialog", name="Record a launch")
        typed = {
            "problem": "Riders miss the last boat because they cannot buy on the pier.",
            "audience": "riders without the app",
            "metric": "Tickets sold on the pier",
            "from_to": "120 a week, hopefully more",
        }
        for block, words in typed.items():
            await form.locator(f"[data-block={block}]").fill(words)
        await form.get_by_role("button", name="Record").click()
        await form.get_by_role("alert").wait_for()
        await expect(form.locator("[data-block=from_to]")).to_be_focused()
        await self.picture(page, "form")
        await form.get_by_role("button", name="Cancel").click()

    async def piece(self, page: Page, words: str, name: str) -> None:
        """The last message with these words, and a little room around it."""
        await self.around(page.get_by_role("log").get_by_role("article").filter(has_text=words).last, name)

    async def around(self, message: Locator, name: str) -> None:
        # What the mouse is over, or the keyboard is on, looks different.
        await message.page.mouse.move(0, 0)
        await message.page.evaluate("document.activeElement?.blur()")
        await message.evaluate("message => message.scrollIntoView({block: 'center'})")
        box = await message.bounding_box()
        assert box is not None
        clip: FloatRect = {
            "x": box["x"] - _ROOM,
            "y": box["y"] - _ROOM,
            "width": box["width"] + 2 * _ROOM,
            "height": box["height"] + 2 * _ROOM,
        }
        await self.picture(message.page, name, clip)

    async def dialog(self, page: Page, title: str, name: str) -> None:
        """The form of that title, alone."""
        form = page.get_by_role("dialog", name=title, exact=True)
        await form.wait_for()
        await asyncio.sleep(_A_MOMENT)
        await form.screenshot(path=self._folder / f"{name}.png")

    async def picture(self, page: Page, name: str, clip: FloatRect | None = None) -> None:
        await asyncio.sleep(_A_MOMENT)
        await page.screenshot(path=self._folder / f"{name}.png", clip=clip)


if __name__ == "__main__":
    logging.configure(level="error")
    there = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs" / "images"
    there.mkdir(parents=True, exist_ok=True)
    asyncio.run(take_all(there))
