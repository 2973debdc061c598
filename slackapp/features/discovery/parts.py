"""What discovery adds to launches' cards and details, and to the messages that ask."""

from slackapp.core.transaction import Tx
from slackapp.features.discovery import queries
from slackapp.features.discovery.blocks import came, considerations, legs
from slackapp.features.discovery.rules import CAME_KIND, CONSIDERATIONS_KIND, Doing, may, missing_leg
from slackapp.features.launches import queries as launch_queries
from slackapp.features.launches.rules import Card, Details, LaunchState, Shown
from slackapp.features.prompts.models import PromptState
from slackapp.features.prompts.queries import find
from slackapp.features.prompts.rules import Ask, Echoes
from slackapp.slack.blocks import CardPart, Message

_OUT = frozenset({LaunchState.OUT, LaunchState.MEASURED, LaunchState.CLOSED})


async def card_part(tx: Tx, card: Card) -> CardPart | None:
    """What was logged of it, what a senior engineer said, and the leg that is missing."""
    if card.is_new:
        # Nothing is known of it: while somebody waits, the database is not asked.
        return None
    launch = await launch_queries.launch(tx, card.launch_id)
    known = await queries.known(tx, launch)
    missing = missing_leg(known.legs, is_out=launch.state in _OUT, recorded_at=launch.recorded_at, now=tx.now)
    return legs.card_part(known, missing)


async def details(tx: Tx, surface: Details) -> considerations.Blocks:
    """All of what a senior engineer said."""
    said = await queries.consideration(tx, surface.launch_id)
    return [] if said is None else considerations.in_details(said)


async def buttons(tx: Tx, shown: Shown) -> considerations.Blocks | None:
    """Below a launch that somebody looks at who may say what to factor in, or put it in other words."""
    launch = await launch_queries.launch(tx, shown.launch_id)
    if launch.state != LaunchState.PLANNED or launch.senior_id is None:
        return None
    said = await queries.consideration(tx, launch.id)
    roles = await queries.roles_for(tx, shown.user_id, launch, said)
    if not may(Doing.CONSIDER if said is None else Doing.RECONSIDER, roles):
        return None
    return considerations.ways(launch, said)


async def question(tx: Tx, ask: Ask) -> Message | None:
    """What to factor in, and what came of something, in the message that asks it."""
    if ask.kind == CONSIDERATIONS_KIND:
        launch = await launch_queries.launch(tx, ask.subject_id)
        return considerations.question(launch, await queries.consideration(tx, launch.id), ask.user_id)
    if ask.kind == CAME_KIND:
        activity = await queries.find(tx, ask.subject_id)
        prompt = await find(tx, CAME_KIND, ask.subject_id)
        is_open = prompt is not None and prompt.state != PromptState.DONE
        logged = None if activity is None else await queries.logged(tx, activity)
        return came.question(logged, is_open=is_open)
    return None


async def echo(tx: Tx, surface: Echoes) -> tuple[str, int] | None:
    """The launch of which a reply said what to factor in."""
    said = await queries.echoed(tx, surface.answer_key)
    return (CONSIDERATIONS_KIND, said.launch_id) if said is not None else None
