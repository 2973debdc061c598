"""What follow-ups add to the surfaces of prompts and launches."""

from collections.abc import Sequence

from slackapp.core.transaction import Tx
from slackapp.features.follow_ups import blocks, queries
from slackapp.features.follow_ups.models import FollowUp
from slackapp.features.follow_ups.rules import ANSWERS, KIND, NEWS_KIND, FollowUpState
from slackapp.features.launches import queries as launch_queries
from slackapp.features.launches.rules import Action, Card, Due, Shown, may
from slackapp.features.prompts.queries import Subjects, find
from slackapp.features.prompts.rules import Ask, Echoes
from slackapp.slack.blocks import CardPart, Message


async def question(tx: Tx, ask: Ask) -> Message | None:
    """A follow-up in the message that asks it."""
    if ask.kind != KIND:
        return None
    return await question_to(tx, await queries.follow_up(tx, ask.subject_id), ask.user_id)


async def news(tx: Tx, ask: Ask) -> Message | None:
    """The outcome in the message of somebody who worked on it."""
    if ask.kind != NEWS_KIND:
        return None
    worker = await queries.worker(tx, ask.subject_id)
    if worker is None:
        return blocks.told_no_more(None)
    launch = await launch_queries.launch(tx, worker.launch_id)
    final = await queries.final_of_launch(tx, launch.id)
    if final is None or final.state not in ANSWERS | {FollowUpState.EXPIRED}:
        return blocks.told_no_more(launch)
    return blocks.told(launch, await queries.answer_of(tx, final))


async def card_part(tx: Tx, card: Card) -> CardPart:
    """What is known so far, and when the next questions come."""
    follow_ups = queries.planned_now(tx, card.launch_id) or await queries.of_launch(tx, card.launch_id)
    answers = [await queries.answer_of(tx, follow_up) for follow_up in follow_ups]
    return blocks.card_part(await launch_queries.launch(tx, card.launch_id), answers)


async def waiting(tx: Tx, due: Due) -> Sequence[Subjects]:
    """The launches that wait for an answer."""
    del due
    return [queries.launches_waiting(tx)]


async def echo(tx: Tx, surface: Echoes) -> tuple[str, int] | None:
    """The follow-up that a reply answered."""
    follow_up = await queries.echoed(tx, surface.answer_key)
    return (KIND, follow_up.id) if follow_up is not None else None


async def buttons(tx: Tx, shown: Shown) -> blocks.Blocks | None:
    """Below a launch that somebody looks at: what they can do about its question now.

    Its answer stands in the message of whoever was asked or gave it; an owner who was neither gets the one
    button that is theirs alone.
    """
    launch = await launch_queries.launch(tx, shown.launch_id)
    for follow_up in reversed(await queries.of_launch(tx, launch.id)):
        roles = await queries.roles(tx, shown.user_id, launch, follow_up)
        prompt = await find(tx, KIND, follow_up.id)
        is_asked = prompt is not None and prompt.user_id == shown.user_id
        if follow_up.state == FollowUpState.EXPIRED and may(Action.ANSWER, roles):
            return blocks.answering(follow_up)
        if follow_up.state == FollowUpState.OPEN and prompt is not None and prompt.message is not None:
            return blocks.answering(follow_up, prompt) if may(Action.SNOOZE, roles) else None
        if follow_up.final and follow_up.state in ANSWERS and may(Action.OVERRIDE, roles):
            has_it = is_asked or follow_up.answered_by == shown.user_id
            return None if has_it else blocks.overriding(follow_up)
    return None


async def question_to(tx: Tx, follow_up: FollowUp, reader: str) -> Message:
    return blocks.question(await queries.story(tx, follow_up, reader=reader))
