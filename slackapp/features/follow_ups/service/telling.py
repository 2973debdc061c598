"""Saying how everything that shows an answer looks now: the outcome, the question, the echo, the news."""

from slackapp.core.transaction import Tx
from slackapp.features.follow_ups import blocks, queries
from slackapp.features.follow_ups.models import FollowUp
from slackapp.features.follow_ups.queries import Answer
from slackapp.features.follow_ups.rules import ANSWERS, KIND, NEWS_KIND, Answered, Outcome
from slackapp.features.follow_ups.service.channel import redraw_in_channel
from slackapp.features.launches import queries as launch_queries
from slackapp.features.launches import service as launches
from slackapp.features.launches.models import Launch, LaunchPerson
from slackapp.features.launches.rules import LaunchState, LeftPart, Took, TookPart
from slackapp.features.metrics.rules import Direction, judge
from slackapp.features.prompts import service as prompts
from slackapp.features.prompts.queries import asked_person
from slackapp.features.workspaces.queries import is_outside, may_be_asked
from slackapp.outbox import service as outbox


async def conclude(tx: Tx, launch: Launch, follow_up: FollowUp) -> None:
    """Judge what stands as the final answer; that is told by `redraw`. The launch is locked."""
    answer = await queries.answer_of(tx, follow_up)
    verdict = judge(
        Direction(launch.direction or Direction.UP),
        baseline=launch.baseline,
        target=launch.target,
        smallest_change=launch.smallest_change,
        actual=answer.reading.value if answer.reading else None,
    )
    lost = any(watched.is_lost for watched in await queries.watched(tx, launch.id))
    await launches.measured(tx, launch, verdict, guardrail_loss=lost)


async def redraw(tx: Tx, launch: Launch, follow_up: FollowUp) -> None:
    """What is known of the answer has changed: show that to the people who see it."""
    if follow_up.final and follow_up.state in ANSWERS:
        await tell_channel(tx, launch, follow_up)
    await prompts.redraw(tx, KIND, follow_up.id)
    await redraw_echo(tx, launch, follow_up)
    await redraw_in_channel(tx, launch, follow_up)
    if follow_up.final:
        for worker in await launch_queries.workers(tx, launch.id):
            await prompts.redraw(tx, NEWS_KIND, worker.id)
    await tx.emit(Answered(launch.id))


async def tell_channel(tx: Tx, launch: Launch, follow_up: FollowUp) -> None:
    """The payback: in the launch's thread, and also shown in the channel."""
    if launch.thread_ts is not None:
        to = outbox.Channel(launch.channel_id, in_thread=launch.thread_ts, broadcast=True)
    else:
        to = outbox.Channel(launch.channel_id, reply_to=launches.card_key(launch.id), broadcast=True)
    story = await queries.story(tx, follow_up, reader=None)
    message = blocks.outcome(story, await tx.gather(Outcome(launch.id)))
    responsible = await launch_queries.responsible(tx, launch)
    await outbox.say(tx, outcome_key(launch.id), to, message, responsible=responsible)


async def withdraw_outcome(tx: Tx, launch: Launch) -> None:
    await outbox.withdraw(tx, outcome_key(launch.id), instead=blocks.taken_back(launch))


async def redraw_echo(tx: Tx, launch: Launch, follow_up: FollowUp, *, notice: str = "") -> None:
    """What was said to whoever answered shows the answer as it stands now."""
    by = follow_up.answered_by
    if follow_up.echo is None or by is None or await is_outside(tx, by, launch.channel_id):
        return
    story = await queries.story(tx, follow_up, reader=by)
    await outbox.say(tx, follow_up.echo, outbox.Direct(by), blocks.answered(story, notice))


async def take_back_echo(tx: Tx, launch: Launch, answer: Answer, by: str | None) -> None:
    """It keeps no buttons: the next answer has an echo of its own. `answer` is what `by` had said."""
    follow_up = answer.follow_up
    if follow_up.echo is not None and by is not None and not await is_outside(tx, by, launch.channel_id):
        is_asked = by == await asked_person(tx, KIND, follow_up.id)
        message = blocks.undone(launch, answer, may_reply=is_asked)
        await outbox.say(tx, follow_up.echo, outbox.Direct(by), message)
    follow_up.echo = None
    await tx.session.flush()


async def tell_workers(tx: Tx, launch: Launch, follow_up: FollowUp) -> None:
    """Whoever worked on it reads of the outcome with their next morning's message."""
    for worker in await launch_queries.workers(tx, launch.id):
        await _tell(tx, launch, follow_up, worker)


async def tell_workers_no_more(tx: Tx, launch: Launch) -> None:
    """The outcome was taken back: who was not told yet is not told, who was reads that."""
    for worker in await launch_queries.workers(tx, launch.id):
        await prompts.forget(tx, NEWS_KIND, worker.id)


async def tell_latecomer(tx: Tx, event: TookPart) -> None:
    """Somebody says after the outcome that they worked on it."""
    worker = await queries.worker(tx, event.launch_person_id)
    launch = await launch_queries.launch(tx, event.launch_id)
    final = await queries.final_of_launch(tx, launch.id)
    is_over = launch.state in {LaunchState.MEASURED, LaunchState.CLOSED}
    if worker is not None and worker.part == Took.WORKED and final is not None and is_over:
        await _tell(tx, launch, final, worker)


async def tell_no_more(tx: Tx, event: LeftPart) -> None:
    """Somebody takes back that they worked on it."""
    await prompts.forget(tx, NEWS_KIND, event.launch_person_id)


async def _tell(tx: Tx, launch: Launch, follow_up: FollowUp, worker: LaunchPerson) -> None:
    if worker.user_id == follow_up.answered_by:
        # They know; that nobody could say, they may have been about to read.
        await prompts.forget(tx, NEWS_KIND, worker.id)
    elif await may_be_asked(tx, worker.user_id, launch.channel_id):
        await prompts.tell(tx, NEWS_KIND, worker.id, worker.user_id, at=tx.now, channel_id=launch.channel_id)


def outcome_key(launch_id: int) -> str:
    return f"follow_ups:{launch_id}:outcome"


def echo_key(follow_up_id: int, user_id: str) -> str:
    """Of the answer shown to somebody other than the one asked."""
    return f"follow_ups:{follow_up_id}:echo:{user_id}"
