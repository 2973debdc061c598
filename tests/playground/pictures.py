"""Takes the pictures of docs/playground.md: `python -m tests.playground.pictures [FOLDER]`."""

import asyncio
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Literal

from playwright.async_api import Browser, FloatRect, Page, async_playwright

from slackapp.core import logging
from slackapp.playground import history
from slackapp.playground.making import make_history
from slackapp.playground.pages.serving import serving
from slackapp.playground.slack import Person
from slackapp.playground.world import World, world
from tests.playground.pages.conftest import FLAGS
from tests.support.source import ROOT

#: Pixels around a message.
_ROOM = 10.0


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
                await Camera(browser, it, url, folder).take()
                await browser.close()


class Camera:
    def __init__(self, browser: Browser, it: World, url: str, folder: Path) -> None:
        self._browser, self._world, self._url, self._folder = browser, it, url, folder

    async def take(self) -> None:
        slack = self._world.slack
        mara = slack.person("Mara Lind")
        team = slack.channel("team-onboarding").id
        page = await self._open(mara, team)
        await self._picture(page, "workspace")
        await self._piece(page, "We believe", "card")
        await self._form(page)
        await self._picture(await self._open(mara, team, colours="dark"), "dark")
        dm = await self._open(mara, mara.dm.id)
        await self._piece(dm, "What happened to", "question")
        await self._picture(await self._open(mara, "home", height=1000), "home")
        await self._picture(await self._open(mara, mara.dm.id, width=400), "narrow")
        await self._piece(await self._open(mara, team), "Verdict: moved", "outcome")

    async def _open(
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
        await self._picture(page, "form")
        await form.get_by_role("button", name="Cancel").click()

    async def _piece(self, page: Page, words: str, name: str) -> None:
        """The last message with these words, and a little room around it."""
        message = page.get_by_role("log").get_by_role("article").filter(has_text=words).last
        await message.evaluate("message => message.scrollIntoView({block: 'center'})")
        box = await message.bounding_box()
        assert box is not None
        around: FloatRect = {
            "x": box["x"] - _ROOM,
            "y": box["y"] - _ROOM,
            "width": box["width"] + 2 * _ROOM,
            "height": box["height"] + 2 * _ROOM,
        }
        await self._picture(page, name, around)

    async def _picture(self, page: Page, name: str, clip: FloatRect | None = None) -> None:
        # Pages are drawn anew a moment after something changed.
        await asyncio.sleep(0.5)
        await page.screenshot(path=self._folder / f"{name}.png", clip=clip)


if __name__ == "__main__":
    logging.configure(level="error")
    there = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs" / "images"
    there.mkdir(parents=True, exist_ok=True)
    asyncio.run(take_all(there))
