"""The retro that is offered for a launch, and launches that the next retro looks back on."""

from slackapp.core.transaction import Tx
from slackapp.core.words import number
from slackapp.features.retros.blocks import offer as blocks
from slackapp.features.retros.listeners.start import open_start
from slackapp.features.retros.service import looking_back, offers
from slackapp.slack.replies import Nothing, Reply
from slackapp.slack.routes import Click, OnAction, Routes


async def start_about(tx: Tx, click: Click) -> Reply:
    launch = await offers.about(tx, click.user, number(click.value), here=click.channel)
    return await open_start(tx, click.user, launch.channel_id, about=launch.id)


async def not_now(tx: Tx, click: Click) -> Reply:
    await offers.decline(tx, click.user, number(click.value), here=click.channel)
    return Nothing()


async def add_launch(tx: Tx, click: Click) -> Reply:
    added = await looking_back.add(tx, click.user, number(click.value), here=click.channel)
    if added.retro is None:
        return blocks.waits(added.launch) if added.is_new else blocks.waits_already(added.launch)
    show = blocks.added if added.is_new else blocks.there_already
    return show(added.launch, added.retro.label)


ROUTES: Routes = (
    OnAction(blocks.START_ABOUT, start_about),
    OnAction(blocks.NOT_NOW, not_now),
    OnAction(blocks.ADD_LAUNCH, add_launch),
)
