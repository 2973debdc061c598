"""How the card should look now."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from slackapp.core.transaction import Tx
from slackapp.features.launches import blocks, queries
from slackapp.features.launches.blocks import CardView
from slackapp.features.launches.models import Guardrail, Launch, LaunchVersion
from slackapp.features.launches.rules import Card, Kind, Took
from slackapp.outbox import service as outbox


async def redraw(tx: Tx, launch: Launch) -> None:
    await tx.session.flush()
    await _say(tx, launch, await view(tx, launch))


async def draw(tx: Tx, launch: Launch, guardrails: Sequence[Guardrail]) -> None:
    """The card of a launch that was recorded just now: nothing but these guardrails can stand beside it."""
    await _say(tx, launch, await _view(tx, launch, guardrails), is_new=True)


async def _say(tx: Tx, launch: Launch, shown: CardView, *, is_new: bool = False) -> None:
    await outbox.say(
        tx,
        card_key(launch.id),
        outbox.Channel(launch.channel_id, in_thread=launch.thread_ts),
        blocks.card(shown, await tx.gather(Card(launch.id, launch.day, is_new))),
        responsible=await queries.responsible(tx, launch),
    )


async def view(tx: Tx, launch: Launch) -> CardView:
    """All of the launch that its card and its details show."""
    return await _view(
        tx,
        launch,
        await queries.guardrails(tx, launch.id),
        versions=await queries.versions(tx, launch.id),
        taken=await queries.parts_taken(tx, launch.id),
    )


async def _view(
    tx: Tx,
    launch: Launch,
    guardrails: Sequence[Guardrail],
    *,
    versions: Sequence[LaunchVersion] = (),
    taken: Mapping[Took, int] = MappingProxyType({}),
) -> CardView:
    reworks = None if launch.reworks_id is None else await queries.launch(tx, launch.reworks_id)
    return CardView(
        launch=launch,
        guardrails=guardrails,
        versions=versions,
        worked=taken.get(Took.WORKED, 0),
        before_spec=taken.get(Took.BEFORE_SPEC, 0),
        # Nobody asks this of anything but an experiment.
        business_known=launch.kind != Kind.EXPERIMENT or await queries.has_business(tx, launch),
        reworks_label=None if reworks is None else reworks.label,
    )


def card_key(launch_id: int) -> str:
    return f"launches:{launch_id}:card"
