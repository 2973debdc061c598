"""Trying again, or dropping, what Slack would not take."""

from slackapp.core.errors import NotFoundError
from slackapp.core.transaction import Tx
from slackapp.core.words import number
from slackapp.outbox import service
from slackapp.outbox.notices import DROP, RETRY
from slackapp.slack.replies import Nothing, Reply
from slackapp.slack.routes import Click, OnAction


async def try_again(tx: Tx, click: Click) -> Reply:
    if await service.retry(tx, number(click.value)) is None:
        raise NotFoundError("This message is not waiting to be tried again.")
    return Nothing()


async def drop(tx: Tx, click: Click) -> Reply:
    if await service.drop(tx, number(click.value)) is None:
        raise NotFoundError("This message is not waiting to be dropped.")
    return Nothing()


ROUTES = (OnAction(RETRY, try_again), OnAction(DROP, drop))
