"""Looking polls up: the list of a channel, and one of them over its rounds."""

from slackapp.core.transaction import Tx
from slackapp.core.words import number
from slackapp.features.polls import queries
from slackapp.features.polls.blocks.listing import CHART, SHOW, TURN
from slackapp.features.polls.queries.lookup import listed, shown
from slackapp.features.polls.rules.permissions import Doing
from slackapp.features.polls.service import charting
from slackapp.features.polls.service.permitting import check
from slackapp.slack.replies import Reply, Whisper
from slackapp.slack.routes import Click, OnAction, Routes


async def turn_page(tx: Tx, click: Click) -> Reply:
    return await listed(tx, click.user, click.channel or "", offset=number(click.value))


async def show(tx: Tx, click: Click) -> Reply:
    poll = await queries.poll(tx, number(click.value))
    await check(tx, click.user, poll, Doing.LOOK_UP, here=click.channel)
    return await shown(tx, click.user, click.channel or "", poll.number)


async def chart(tx: Tx, click: Click) -> Reply:
    if not await charting.send_chart(tx, click.user, number(click.value), here=click.channel):
        return Whisper("There is nothing to draw yet.")
    return Whisper("The chart comes in our direct message.")


ROUTES: Routes = (
    OnAction(f"{TURN}.newer", turn_page),
    OnAction(f"{TURN}.older", turn_page),
    OnAction(f"{SHOW}.poll", show),
    OnAction(CHART, chart),
)
