"""The one message that says how a retro stands, drawn anew by whoever changes what it shows."""

from slackapp.core.transaction import Tx
from slackapp.core.words import number
from slackapp.features.retros import blocks, queries
from slackapp.features.retros.models import Retro
from slackapp.features.retros.rules import status_key
from slackapp.outbox import service as outbox
from slackapp.outbox.stale import Stale
from slackapp.outbox.stale import soon as draw_soon


async def redraw(tx: Tx, about: Retro) -> None:
    """Let the status message show how it stands now."""
    await _draw(tx, about.id)


async def soon(tx: Tx, retro_id: int) -> None:
    """The same within seconds of the commit: for what many do at once, who must not wait for each other."""
    await draw_soon(tx, status_key(retro_id))


async def draw_stale(tx: Tx, event: Stale) -> None:
    """A message is to be drawn: if it is a retro's status, draw it."""
    feature, _, rest = event.key.partition(":")
    retro_id, _, surface = rest.partition(":")
    if (feature, surface) == ("retros", "status"):
        await _draw(tx, number(retro_id))


async def _draw(tx: Tx, retro_id: int) -> None:
    await tx.session.flush()
    key = status_key(retro_id)
    # What others change from here on they draw themselves, after this: nothing older comes last.
    await outbox.hold(tx, key)
    progress = await queries.progress(tx, retro_id)
    about = progress.retro
    await outbox.say(
        tx, key, outbox.Channel(about.channel_id), blocks.status(progress), responsible=about.facilitator_id
    )
