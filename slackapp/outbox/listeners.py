"""Trying again what Slack would not take."""

from slackapp.core.errors import NotFoundError
from slackapp.core.transaction import Tx
from slackapp.outbox import service
from slackapp.outbox.notices import RETRY
from slackapp.slack.replies import Nothing, Reply
from slackapp.slack.routes import Click, OnAction


async def try_again(tx: Tx, click: Click) -> Reply:
    if await service.retry(tx, int(click.value or 0)) is None:
        raise NotFoundError("This message is not waiting to be tried again.")
    return Nothing()


ROUTES = (OnAction(RETRY, try_again),)
