"""The report's buttons: other days, its charts, and posting it."""

from slackapp.core.transaction import Tx
from slackapp.core.words import number
from slackapp.features.discovery.blocks import report as blocks
from slackapp.features.discovery.queries.report import report
from slackapp.features.discovery.rules.periods import PERIODS
from slackapp.features.discovery.service import reporting
from slackapp.slack.replies import Reply
from slackapp.slack.routes import Click, OnAction, Routes


async def of_days(tx: Tx, click: Click) -> Reply:
    days = number(click.action_id.removeprefix(f"{blocks.PERIOD}."))
    return blocks.report(await report(tx, click.user, click.channel or "", days))


async def send_chart(tx: Tx, click: Click) -> Reply:
    days, screen = _screen(click)
    made = await reporting.send_chart(tx, click.user, click.channel or "", days=days, screen=screen)
    if not blocks.has_chart(made):
        return blocks.report(made)
    return blocks.report(made, done="The chart comes in our direct message.")


async def post(tx: Tx, click: Click) -> Reply:
    days, screen = _screen(click)
    made = await reporting.post(tx, click.user, click.channel or "", days=days, screen=screen)
    if made.is_empty:
        return blocks.report(made)
    return blocks.report(made, done="It is posted to the channel.", is_posted=True)


def _screen(click: Click) -> tuple[int, int]:
    """The days a screen of ours is about, and the minute in which it was drawn."""
    days, _, minute = (click.value or "").partition(".")
    return number(days), number(minute)


ROUTES: Routes = (
    *(OnAction(f"{blocks.PERIOD}.{days}", of_days) for days in PERIODS),
    OnAction(blocks.CHART, send_chart),
    OnAction(blocks.POST, post),
)
