"""The buttons of a launch's card, and the invitation to a channel."""

from slackapp.core.transaction import Tx
from slackapp.core.words import number
from slackapp.features.launches import blocks, queries, service
from slackapp.features.launches.rules import Action, Details, Took
from slackapp.slack.replies import Nothing, OpenModal, Reply
from slackapp.slack.routes import Click, Joined, OnAction, OnChannelJoined, Routes

_PARTS = {blocks.WORKED: Took.WORKED, blocks.BEFORE_SPEC: Took.BEFORE_SPEC}


async def details(tx: Tx, click: Click) -> Reply:
    launch = await queries.launch(tx, number(click.value))
    await service.check(tx, click.user, launch, Action.SEE, here=click.channel)
    added = [block for part in await tx.gather(Details(launch.id)) for block in part]
    return OpenModal(blocks.details(await service.view(tx, launch), added))


async def take_part(tx: Tx, click: Click) -> Reply:
    took = _PARTS[click.action_id]
    launch = await service.take_part(tx, click.user, number(click.value), took, here=click.channel)
    if await service.asks_function(tx, click.user, took):
        return OpenModal(blocks.whose_function(launch))
    return blocks.took_part(launch, took)


async def leave_part(tx: Tx, click: Click) -> Reply:
    took = Took(click.action_id.rpartition(".")[2])
    launch = await service.leave_part(tx, click.user, number(click.value), took, here=click.channel)
    return blocks.left_part(launch)


async def joined(tx: Tx, joined: Joined) -> Reply:
    await service.invited(tx, joined.channel, joined.inviter)
    return Nothing()


ROUTES: Routes = (
    OnAction(blocks.DETAILS, details),
    *(OnAction(action_id, take_part) for action_id in _PARTS),
    *(OnAction(f"{blocks.LEAVE}.{took}", leave_part) for took in Took),
    OnChannelJoined(joined),
)
