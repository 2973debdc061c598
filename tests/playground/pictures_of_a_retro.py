"""The pictures of docs/retros.md: the retro that is open when the half year ends goes on to its end."""

from datetime import timedelta
from typing import TYPE_CHECKING

from playwright.async_api import Page

from slackapp.playground.history.company import ELIF, JONAS, MARA, RAVI
from slackapp.playground.history.company import ONBOARDING as TEAM
from slackapp.playground.history.driver import Company
from slackapp.playground.history.retro_acts import groups, votes, writes

if TYPE_CHECKING:
    from tests.playground.pictures import Camera

_NOTES = (
    "Season copy was planned with two lines at the table",
    (
        "The first number came from our friends\nNobody looks at the photos when boats move\n"
        "We heard of the moved boats from a rider\nThe photos of two piers were too dark"
    ),
    "Read a first number as a first number\nAsk the harbours before each season",
)
_MOVES = ("did not", "when boats move", "from a rider", "what moves", "before each season")
_TOPIC = "When boats move to other piers"
_BALLOTS = ((RAVI, {_TOPIC: 2}), (JONAS, {_TOPIC: 1, "sign-in alerts": 2}), (ELIF, {_TOPIC: 2}))


class ARetro:
    """Looked at as Mara, who leads it."""

    def __init__(self, camera: "Camera") -> None:
        self._camera, self._world = camera, camera.world
        self._slack, self._company = camera.world.slack, Company(camera.world)
        self._mara, self._team = self._slack.person(MARA.name), self._slack.channel(TEAM)

    async def take(self) -> None:
        page = await self._camera.open(self._mara, self._team.id, height=1000)
        await self._begins(page)
        await self._collects(page)
        await self._groups(page)
        await self._votes(page)
        await self._discusses(page)
        await self._closes(page)

    async def _begins(self, page: Page) -> None:
        await self._camera.piece(page, "Collecting notes", "retro-collect")
        [status] = [each for each in self._slack.messages(self._team) if "Collecting notes" in each.shown]
        thread = await self._camera.open(
            self._mara, f"{self._team.id}?thread={status.ts}", width=1500, height=1000
        )
        first = thread.get_by_role("article").filter(has_text="Before you write").last
        await self._camera.around(first, "retro-first-screen")
        elif_ = self._slack.person(ELIF.name)
        await self._camera.piece(await self._camera.open(elif_, elif_.dm.id), "Is this done? Take", "action")

    async def _collects(self, page: Page) -> None:
        await writes(TEAM, _NOTES)(self._company, self._mara)
        await self._world.turning.settle()
        await _press(page, "Write notes")
        await self._camera.dialog(page, "Notes for R-7", "retro-notes")
        await _leave(page)
        await _press(page, "Reveal the notes")
        await _press(page, "Reveal them")

    async def _groups(self, page: Page) -> None:
        await _shows(page, "Group notes")
        await groups(TEAM, {_TOPIC: _MOVES})(self._company, self._slack.person(RAVI.name))
        await self._world.turning.settle()
        await self._camera.piece(page, "Grouping notes", "retro-group")
        await _press(page, "Group notes")
        await self._camera.dialog(page, "Group notes of R-7", "retro-grouping")
        await _leave(page)
        await _press(page, "Begin voting")

    async def _votes(self, page: Page) -> None:
        await _shows(page, "Vote")
        for who, ballot in _BALLOTS:
            await votes(TEAM, ballot)(self._company, self._slack.person(who.name))
        await self._world.turning.settle()
        await self._camera.piece(page, "Voting until", "retro-vote")
        await _press(page, "Vote")
        form = page.get_by_role("dialog", name="Vote in R-7", exact=True)
        await form.get_by_role("button", name="Vote", exact=True).first.click()
        await self._camera.dialog(page, "Vote in R-7", "retro-voting")
        await _leave(page)
        await self._world.turning.to(self._world.clock.now() + timedelta(days=1, minutes=1))

    async def _discusses(self, page: Page) -> None:
        await _shows(page, "Discuss")
        await self._camera.piece(page, "Discussing", "retro-discuss")
        await _press(page, "Discuss")
        await _press(page, "Add an action item")
        form = page.get_by_role("dialog", name="Add an action item", exact=True)
        await form.locator("[data-block=text]").fill("Ask each harbour in October which boats move")
        await form.locator("[data-block=owner]").select_option(label=RAVI.name)
        await form.get_by_role("button", name="Add", exact=True).click()
        await self._camera.dialog(page, "Discuss in R-7", "retro-discussing")
        await _leave(page)
        await _press(page, "Begin closing")

    async def _closes(self, page: Page) -> None:
        await _shows(page, "Close it")
        await self._camera.piece(page, "What happened to users?", "retro-close")
        await _press(page, "Close it")
        form = page.get_by_role("dialog", name="Close R-7", exact=True)
        said = "Riders find their pier, except where the boat has moved."
        await form.locator("[data-block=impact]").fill(said)
        await self._camera.dialog(page, "Close R-7", "retro-closing")
        await form.get_by_role("button", name="Save", exact=True).click()
        await form.wait_for(state="hidden")
        await self._world.turning.settle()
        await self._camera.piece(page, "R-7 Post-launch review: what came of it", "retro-summary")


async def _shows(page: Page, label: str) -> None:
    await page.get_by_role("button", name=label, exact=True).wait_for()


async def _press(page: Page, label: str) -> None:
    await page.get_by_role("button", name=label, exact=True).last.click()


async def _leave(page: Page) -> None:
    form = page.get_by_role("dialog").last
    await form.get_by_role("button", name="Close", exact=True).last.click()
    await form.wait_for(state="hidden")
