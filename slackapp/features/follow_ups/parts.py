"""What follow-ups add to the surfaces of prompts and launches."""

from slackapp.core.transaction import Tx
from slackapp.features.follow_ups import blocks, queries
from slackapp.features.follow_ups.blocks import Answer
from slackapp.features.follow_ups.models import FollowUp
from slackapp.features.follow_ups.rules import KIND
from slackapp.features.launches import queries as launch_queries
from slackapp.features.launches.rules import Card, Due
from slackapp.features.metrics import queries as metric_queries
from slackapp.features.prompts.queries import asked_person
from slackapp.features.prompts.rules import Ask
from slackapp.slack.blocks import CardPart, Message


async def question(tx: Tx, ask: Ask) -> Message | None:
    """A follow-up in the message that asks it."""
    if ask.kind != KIND:
        return None
    return await question_of(tx, await queries.follow_up(tx, ask.subject_id))


async def card_lines(tx: Tx, card: Card) -> CardPart:
    """What is known so far, and when the next questions come."""
    answers = [await answer_of(tx, follow_up) for follow_up in await queries.of_launch(tx, card.launch_id)]
    launch = await launch_queries.launch(tx, card.launch_id)
    return CardPart(blocks.card_lines(launch, answers))


async def waiting(tx: Tx, due: Due) -> set[int]:
    """The launches that wait for an answer."""
    del due
    return await queries.launches_waiting(tx)


async def question_of(tx: Tx, follow_up: FollowUp) -> Message:
    launch = await launch_queries.launch(tx, follow_up.launch_id)
    # Whoever it was passed on to may not be in the channel, and learns nothing of its other launches.
    asked_id = await asked_person(tx, KIND, follow_up.id)
    insider = asked_id in {launch.owner_id, launch.recorder_id}
    rate = await launch_queries.rate(tx, launch.channel_id) if insider else None
    return blocks.question(launch, await answer_of(tx, follow_up), rate)


async def answer_of(tx: Tx, follow_up: FollowUp) -> Answer:
    reading = None
    if follow_up.reading_id is not None:
        reading = await metric_queries.reading(tx, follow_up.reading_id)
    return Answer(follow_up, reading)
