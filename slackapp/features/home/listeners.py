"""What people do with App Home: open it, look further down its lists, settle things."""

from collections.abc import Sequence

from slackapp.core.transaction import Tx
from slackapp.core.words import number
from slackapp.features.home import blocks, queries
from slackapp.features.home.blocks import Waiting
from slackapp.features.home.queries import Page
from slackapp.features.home.rules import MOST_WAITING, PAGE, Listed, read_page
from slackapp.features.prompts.queries import put_off_until, waiting
from slackapp.features.prompts.rules import Ask
from slackapp.features.workspaces.queries import person, settings, today
from slackapp.features.workspaces.rules import AppHome
from slackapp.slack.replies import OpenModal, PublishHome, Reply, UpdateModal
from slackapp.slack.routes import Click, HomeOpened, OnAction, OnHomeOpened, Routes


async def draw(tx: Tx, opened: HomeOpened) -> Reply:
    """Guests and people of another organisation see what they were asked, and nothing else."""
    asked, more = await _waiting(tx, opened.user)
    if (await person(tx, opened.user)).is_away:
        return PublishHome(blocks.for_guest(asked, more))
    overview = await queries.overview(tx, opened.user)
    sections = await tx.gather(AppHome(opened.user))
    return PublishHome(blocks.home(overview, asked, more, sections))


async def _waiting(tx: Tx, user_id: str) -> tuple[Sequence[Waiting], int]:
    """The oldest open questions as their features ask them, and how many more there are."""
    prompts, total = await waiting(tx, user_id, MOST_WAITING)
    asked: list[Waiting] = []
    for prompt in prompts:
        until = await put_off_until(tx, prompt)
        questions = await tx.gather(Ask(prompt.kind, prompt.subject_id, user_id))
        asked += [Waiting(prompt, question, until) for question in questions]
    return asked, total - len(prompts)


async def open_list(tx: Tx, click: Click) -> Reply:
    listed, _ = read_page(click.value)
    page = await queries.page(tx, click.user, listed, limit=PAGE)
    return OpenModal(blocks.whole_list(page, await today(tx, click.user)))


async def turn_page(tx: Tx, click: Click) -> Reply:
    listed, offset = read_page(click.value)
    page = await _page(tx, click.user, listed, number(offset))
    return UpdateModal(blocks.whole_list(page, await today(tx, click.user)))


async def _page(tx: Tx, user_id: str, listed: Listed, offset: int) -> Page:
    page = await queries.page(tx, user_id, listed, offset=offset, limit=PAGE)
    if offset and not page.rows:  # there are fewer by now
        return await queries.page(tx, user_id, listed, limit=PAGE)
    return page


async def open_settings(tx: Tx, click: Click) -> Reply:
    return await settings(tx, click.user, None)


ROUTES: Routes = (
    OnHomeOpened(draw),
    *(OnAction(f"{blocks.ALL}.{listed}", open_list) for listed in Listed),
    OnAction(f"{blocks.TURN}.newer", turn_page),
    OnAction(f"{blocks.TURN}.older", turn_page),
    OnAction(blocks.SETTINGS, open_settings),
)
