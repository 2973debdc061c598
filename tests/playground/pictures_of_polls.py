"""The pictures of docs/polls.md and docs/discovery.md: what stands there when the half year ends."""

from typing import TYPE_CHECKING

from playwright.async_api import Page

from slackapp.playground.history.company import JONAS, MARA
from slackapp.playground.history.company import ONBOARDING as TEAM

if TYPE_CHECKING:
    from tests.playground.pictures import Camera

_QUESTION = "What should a new line see first?"
_TWICE = "Its boats\nIts first sailing\nits boats"
_OPTIONS = "Its boats\nIts first sailing\nWhat is left to do\nThe weather at its harbours"
_HEIGHT = 1400


class Polls:
    """Looked at as Mara, who makes one more of them."""

    def __init__(self, camera: "Camera") -> None:
        self._camera, self._world = camera, camera.world
        self._slack = camera.world.slack
        self._mara, self._team = self._slack.person(MARA.name), self._slack.channel(TEAM)

    async def take(self) -> None:
        page = await self._camera.open(self._mara, self._team.id, height=_HEIGHT)
        await self._camera.piece(page, "Did you take part", "poll")
        await self._camera.piece(page, "is closed", "poll-closed")
        await self._makes(page)
        await self._is_asked()
        await self._reads(page)
        await self._reports(page)
        await self._logs(page)

    async def _makes(self, page: Page) -> None:
        await self._types(page, f"/discovery poll {_QUESTION}")
        form = page.get_by_role("dialog", name="Make a poll", exact=True)
        await form.locator("[data-block=kind]").select_option(label="Several choices")
        await form.locator("[data-block=options]").fill(_TWICE)
        await form.get_by_role("button", name="Send", exact=True).click()
        await form.get_by_role("alert").wait_for()
        await self._camera.dialog(page, "Make a poll", "poll-form")
        await form.locator("[data-block=options]").fill(_OPTIONS)
        await form.get_by_role("button", name="More", exact=True).click()
        await form.locator("[data-block=way]").select_option(label="Each by a direct message")
        await form.get_by_role("button", name="Send", exact=True).click()
        await form.wait_for(state="hidden")
        await self._world.turning.settle()

    async def _is_asked(self) -> None:
        jonas = self._slack.person(JONAS.name)
        page = await self._camera.open(jonas, jonas.dm.id)
        await self._camera.piece(page, _QUESTION, "poll-dm")
        await page.get_by_role("button", name="Answer", exact=True).last.click()
        form = page.get_by_role("dialog").last
        await form.get_by_label("What is left to do", exact=True).check()
        await self._camera.around(form, "poll-answer")

    async def _reads(self, page: Page) -> None:
        await self._types(page, "/discovery poll show P-1")
        await self._camera.piece(page, "Round by round", "poll-trend")

    async def _reports(self, page: Page) -> None:
        await self._types(page, "/discovery report 180")
        await self._camera.piece(page, "Association, not proof", "report")
        await page.get_by_role("button", name="Send me this as a chart", exact=True).last.click()
        await self._world.turning.settle()
        dm = await self._camera.open(self._mara, self._mara.dm.id, height=_HEIGHT)
        await self._camera.around(dm.get_by_role("article").last.get_by_role("figure").first, "report-chart")

    async def _logs(self, page: Page) -> None:
        await self._types(page, "/discovery log")
        await self._camera.dialog(page, "Log discovery", "discovery-log")
        form = page.get_by_role("dialog", name="Log discovery", exact=True)
        await form.get_by_role("button", name="Cancel", exact=True).click()

    async def _types(self, page: Page, command: str) -> None:
        await page.fill("#p-text-channel", command)
        await page.press("#p-text-channel", "Enter")
