"""What people write to the app in its direct message."""

from slackapp.core.transaction import Tx
from slackapp.features.prompts import service
from slackapp.slack.replies import Nothing, Reply
from slackapp.slack.routes import DirectMessage, OnDirectMessage


async def replied(tx: Tx, message: DirectMessage) -> Reply:
    await service.reply(tx, message)
    return Nothing()


ROUTES = (OnDirectMessage(replied),)
