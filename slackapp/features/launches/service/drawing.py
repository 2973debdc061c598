"""How the card should look now."""

from slackapp.core.transaction import Tx
from slackapp.features.launches import blocks, queries
from slackapp.features.launches.blocks import CardView
from slackapp.features.launches.models import Launch
from slackapp.features.launches.rules import Card, Took
from slackapp.outbox import service as outbox


async def redraw(tx: Tx, launch: Launch) -> None:
    await tx.session.flush()
    await outbox.say(
        tx,
        card_key(launch.id),
        outbox.Channel(launch.channel_id, in_thread=launch.thread_ts),
        blocks.card(await view(tx, launch), await tx.gather(Card(launch.id, launch.day))),
        responsible=await queries.responsible(tx, launch),
    )


async def view(tx: Tx, launch: Launch) -> CardView:
    """All of the launch that its card and its details show."""
    taken = await queries.parts_taken(tx, launch.id)
    reworks = None if launch.reworks_id is None else await queries.launch(tx, launch.reworks_id)
    return CardView(
        launch=launch,
        guardrails=await queries.guardrails(tx, launch.id),
        versions=await queries.versions(tx, launch.id),
        worked=taken.get(Took.WORKED, 0),
        before_spec=taken.get(Took.BEFORE_SPEC, 0),
        business_known=await queries.has_business(tx, launch),
        reworks_label=None if reworks is None else reworks.label,
    )


def card_key(launch_id: int) -> str:
    return f"launches:{launch_id}:card"
