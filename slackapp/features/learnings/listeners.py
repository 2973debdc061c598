"""What people do with the list of learnings: turn its pages."""

from slackapp.core.transaction import Tx
from slackapp.core.words import number
from slackapp.features.launches.queries import Reader
from slackapp.features.learnings import blocks, queries
from slackapp.slack.replies import Reply
from slackapp.slack.routes import Click, OnAction, Routes


async def turn_page(tx: Tx, click: Click) -> Reply:
    offset, _, word = (click.value or "").partition(":")
    reader = Reader(click.user, click.channel or "")
    page = await queries.page(tx, reader, word, number(offset))
    if number(offset) and not page.rows:  # there are fewer by now
        page = await queries.page(tx, reader, word)
    return blocks.listing(page)


ROUTES: Routes = (
    OnAction(f"{blocks.TURN}.newer", turn_page),
    OnAction(f"{blocks.TURN}.older", turn_page),
)
