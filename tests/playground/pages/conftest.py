"""The playground's pages on a port, with people in a workspace, and a browser to look at them.

Everything here runs in one event loop, a worker's browser with it: to start one takes longer than most tests.
"""

import os
import shutil
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

import aiohttp
import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, async_playwright, expect

from slackapp.playground.pages.serving import serving
from slackapp.playground.slack import Channel, Person
from slackapp.playground.world import World, world

#: A Monday morning.
MORNING = datetime(2026, 9, 7, 8, 0, tzinfo=UTC)

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
#: Milliseconds until what a page is to do or to show counts as missing: no speed is tested here.
_PATIENCE = 30_000

#: What a browser says of a server that is not there, which a test may be about.
_AWAY = ("ERR_CONNECTION_REFUSED", "ERR_INCOMPLETE_CHUNKED_ENCODING", "ERR_CONNECTION_RESET", "status of 409")

_session = pytest_asyncio.fixture(loop_scope="session")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents and pytest_asyncio.is_async_test(item):
            item.add_marker(pytest.mark.asyncio(loop_scope="session"), append=False)


@dataclass(frozen=True)
class Answer:
    status: int
    text: str
    headers: Mapping[str, str]


@dataclass
class Playground:
    """A workspace with Mara and Jonas in #team-onboarding, Ines elsewhere, and the pages that show it."""

    world: World
    #: Where the pages are served, e.g. `http://127.0.0.1:8765`.
    url: str
    mara: Person
    jonas: Person
    ines: Person
    team: Channel
    _http: aiohttp.ClientSession

    async def get(self, path: str, **headers: str) -> Answer:
        """What stands at an address; redirects are not followed."""
        async with self._http.get(self.url + path, headers=headers, allow_redirects=False) as answer:
            return Answer(answer.status, await answer.text(), answer.headers)

    async def post(self, path: str, fields: Mapping[str, str], **headers: str) -> Answer:
        """Send a form as the playground's own pages do; redirects are not followed."""
        sent = {"Sec-Fetch-Site": "same-origin", **headers}
        address = self.url + path
        async with self._http.post(address, data=fields, headers=sent, allow_redirects=False) as answer:
            return Answer(answer.status, await answer.text(), answer.headers)

    async def call(self, method: str, arguments: Mapping[str, object]) -> None:
        """Have the app's bot ask something of Slack, past the app."""
        slack = self.world.slack
        bearer = {"Authorization": f"Bearer {slack.bot_token}"}
        async with self._http.post(slack.api_url + method, json=arguments, headers=bearer) as answer:
            told = await answer.json()
            assert told["ok"], told


@_session
async def playground(sqlite_url: str) -> AsyncIterator[Playground]:
    async with world(sqlite_url, MORNING) as it, serving(it) as url, aiohttp.ClientSession() as http:
        slack = it.slack
        mara = slack.add_person("Mara Lind", title="Product", tz="Europe/Stockholm", admin=True)
        jonas = slack.add_person("Jonas Bell", title="Engineering", tz="Europe/London")
        ines = slack.add_person("Ines Okafor", title="Design", tz="Africa/Lagos")
        team = slack.add_channel("team-onboarding", [mara, jonas])
        yield Playground(it, url, mara, jonas, ines, team, http)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    """Headless Chromium, one for each worker."""
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        sentence = "The pages' tests need Chromium: apt-get install chromium"
        if os.environ.get("CI"):
            pytest.fail(sentence)
        pytest.skip(sentence)
    expect.set_options(timeout=_PATIENCE)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield browser
        await browser.close()


class PageAs:
    """Opens pages, each in a browser context of its own, and minds what their consoles say."""

    def __init__(self, browser: Browser, playground: Playground) -> None:
        self._browser, self._playground = browser, playground
        self.contexts: list[Any] = []
        self.complaints: list[str] = []

    async def __call__(
        self,
        person: Person,
        place: Channel | str | None = None,
        *,
        width: int = 1280,
        colours: Literal["light", "dark"] = "light",
        scripts: bool = True,
    ) -> Page:
        """The page of this person at a channel (their team's, unless told), or at an address below theirs."""
        context = await self._browser.new_context(
            viewport={"width": width, "height": 860},
            color_scheme=colours,
            reduced_motion="reduce",
            java_script_enabled=scripts,
        )
        self.contexts.append(context)
        context.set_default_timeout(_PATIENCE)
        page = await context.new_page()
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", self._mind)
        there = self._playground.team if place is None else place
        path = there.id if isinstance(there, Channel) else there
        await page.goto(f"{self._playground.url}/as/{person.id}/{path}")
        return page

    def _mind(self, message: Any) -> None:  # noqa: ANN401 - Playwright's ConsoleMessage
        if message.type == "error" and not any(words in message.text for words in _AWAY):
            self.complaints.append(message.text)


@_session
async def page_as(browser: Browser, playground: Playground) -> AsyncIterator[PageAs]:
    """`await page_as(person, place)`: see `PageAs.__call__`. An error in a page's console fails it."""
    pages = PageAs(browser, playground)
    yield pages
    for context in pages.contexts:
        await context.close()
    assert pages.complaints == []
