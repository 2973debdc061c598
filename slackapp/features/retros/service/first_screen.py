"""Saying what a retro begins with, in its thread, and keeping that true while the retro is open."""

from slackapp.core.transaction import Tx
from slackapp.core.words import number
from slackapp.features.action_items.queries import item
from slackapp.features.action_items.rules import ActionChanged
from slackapp.features.follow_ups.rules import Answered
from slackapp.features.launches.queries import launch
from slackapp.features.launches.rules import LaunchEdited
from slackapp.features.retros import queries
from slackapp.features.retros.blocks.first_screen import first_screen as shown
from slackapp.features.retros.models import Retro
from slackapp.features.retros.queries.beginnings import looking_back_on
from slackapp.features.retros.queries.first_screen import first_screen
from slackapp.features.retros.rules import status_key
from slackapp.outbox import service as outbox
from slackapp.outbox import stale


def first_screen_key(retro_id: int) -> str:
    return f"retros:{retro_id}:first"


async def say(tx: Tx, about: Retro) -> None:
    """Let the first screen show how things stand now."""
    await tx.session.flush()
    await outbox.hold(tx, first_screen_key(about.id))
    await outbox.say(
        tx,
        first_screen_key(about.id),
        outbox.Channel(about.channel_id, reply_to=status_key(about.id)),
        shown(await first_screen(tx, about)),
        responsible=about.facilitator_id,
    )


async def action_changed(tx: Tx, event: ActionChanged) -> None:
    await _soon(tx, (await item(tx, event.action_id)).channel_id)


async def answered(tx: Tx, event: Answered) -> None:
    """A late outcome, or another one, also of a launch of another channel."""
    about = await launch(tx, event.launch_id)
    for channel_id in {about.channel_id, *await looking_back_on(tx, about.id)}:
        await _soon(tx, channel_id)


async def edited(tx: Tx, event: LaunchEdited) -> None:
    await answered(tx, Answered(event.launch_id))


async def draw_stale(tx: Tx, event: stale.Stale) -> None:
    """A message is to be drawn: if it is the first screen of an open retro, draw it."""
    feature, _, rest = event.key.partition(":")
    retro_id, _, surface = rest.partition(":")
    if (feature, surface) != ("retros", "first"):
        return
    about = await queries.retro(tx, number(retro_id))
    if about.ended_at is None:
        await say(tx, about)


async def _soon(tx: Tx, channel_id: str) -> None:
    """Whoever does something elsewhere must not wait for those who hold the retro's messages."""
    about = await queries.open_in(tx, channel_id)
    if about is not None:
        await stale.soon(tx, first_screen_key(about.id))
