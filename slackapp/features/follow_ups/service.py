"""Planning the questions, taking the answers, and telling the channel what came of the launch.

Every transaction here takes the launch's lock first, then changes follow-ups, prompts and messages: with one
order none waits for another in a circle, and of two answers at once the second one sees the first.
"""

from datetime import date, datetime, timedelta

from sqlalchemy import update

from slackapp.core.errors import UserError
from slackapp.core.transaction import Tx
from slackapp.core.words import tidy
from slackapp.core.working_time import local_date, morning_of
from slackapp.features.follow_ups import blocks, parts, queries, rules
from slackapp.features.follow_ups.models import FollowUp
from slackapp.features.follow_ups.rules import KIND, MOST_IN_CHANNEL, FollowUpState, NoNumber
from slackapp.features.launches import queries as launch_queries
from slackapp.features.launches import service as launches
from slackapp.features.launches.models import Launch
from slackapp.features.launches.rules import Decision, LaunchDropped, LaunchOut, LaunchState
from slackapp.features.metrics import service as metrics
from slackapp.features.metrics.rules import (
    Direction,
    Quantity,
    UnclearNumberError,
    Verdict,
    judge,
    parse_answer,
)
from slackapp.features.prompts import service as prompts
from slackapp.features.prompts.queries import asked_person
from slackapp.features.prompts.rules import Asked, Expired, Ladder, Question, Replied, ToChannel
from slackapp.features.workspaces.queries import calendar, person, today
from slackapp.outbox import service as outbox


async def plan(tx: Tx, event: LaunchOut) -> None:
    """Plan a question for each checkpoint; one whose day has come is asked at once, or next in line."""
    launch = await launch_queries.launch(tx, event.launch_id)
    if launch.metric is None:
        return
    when = await calendar(tx, launch.owner_id, launch.channel_id)
    for checkpoint in rules.plan(launch.day, launch.checkpoints, await today(tx, launch.owner_id)):
        follow_up = FollowUp(
            workspace_id=tx.workspace_id,
            launch_id=launch.id,
            days=checkpoint.days,
            final=checkpoint.final,
            due_on=checkpoint.due_on,
            state=FollowUpState.OPEN,
        )
        tx.session.add(follow_up)
        await tx.session.flush()
        # Before the final one they are asked once, and lapse silently.
        question = Question(
            KIND,
            follow_up.id,
            launch.owner_id,
            channel_id=launch.channel_id,
            owner_id=launch.owner_id,
            backup_id=launch.backup_id,
            ladder=Ladder.UNTIL_ANSWERED if checkpoint.final else Ladder.ONCE,
        )
        if checkpoint.at_once and launch.owner_id == launch.recorder_id:
            await prompts.ask_at_once(tx, question)
        else:
            at = tx.now if checkpoint.at_once else morning_of(checkpoint.due_on, when)
            await prompts.ask(tx, question, at)


async def drop(tx: Tx, event: LaunchDropped) -> None:
    """A cancelled launch asks nothing."""
    launch = await launch_queries.launch(tx, event.launch_id)
    for follow_up in await queries.of_launch(tx, event.launch_id):
        await _close_if_open(tx, follow_up, FollowUpState.DROPPED)
        await _redraw_in_channel(tx, launch, follow_up)


async def lapse_earlier(tx: Tx, event: Asked) -> None:
    """When a checkpoint is asked, the unanswered ones before it lapse silently."""
    if event.kind != KIND:
        return
    asked = await queries.follow_up(tx, event.subject_id)
    for earlier in await queries.of_launch(tx, asked.launch_id):
        if earlier.days < asked.days:
            await _close_if_open(tx, earlier, FollowUpState.LAPSED)


async def ask_channel(tx: Tx, event: ToChannel) -> None:
    """Let the team's channel be asked, together with all that it is asked that week, and without names."""
    if event.kind != KIND:
        return
    launch, follow_up = await _locked(tx, event.subject_id)
    # Put off or passed on, it comes here a second time; the channel is asked once.
    if follow_up.state != FollowUpState.OPEN or follow_up.channel_message is not None:
        return
    when = await calendar(tx, launch.owner_id, launch.channel_id)
    monday = rules.asked_in_channel_on(local_date(tx.now, when.zone))
    while (
        len(await queries.in_channel_message(tx, channel_key(launch.channel_id, monday))) >= MOST_IN_CHANNEL
    ):
        monday += timedelta(days=7)
    follow_up.channel_message = channel_key(launch.channel_id, monday)
    await tx.session.flush()
    await _redraw_in_channel(tx, launch, follow_up, due=morning_of(monday, when))


async def expire(tx: Tx, event: Expired) -> None:
    """Nobody answered: the launch stays unmeasured, and can still be answered later."""
    if event.kind != KIND:
        return
    launch, follow_up = await _locked(tx, event.subject_id)
    if follow_up.state != FollowUpState.OPEN:
        return
    follow_up.state = FollowUpState.EXPIRED
    await tx.session.flush()
    if follow_up.final:
        await launches.measured(tx, launch, Verdict.UNMEASURED)
    await prompts.redraw(tx, KIND, follow_up.id)
    await _redraw_in_channel(tx, launch, follow_up)


async def take_reply(tx: Tx, event: Replied) -> None:
    """A reply in the direct message is an answer; one that holds no clear number is asked back."""
    if event.kind != KIND:
        return
    follow_up = await queries.follow_up(tx, event.subject_id)
    launch = await launch_queries.launch(tx, follow_up.launch_id)
    try:
        if event.has_files and not event.text.strip():
            raise UnclearNumberError("I cannot read a number from a file. Please write it.")
        quantity, note = parse_answer(event.text, unit=launch.unit)
        observed_on = await today(tx, event.user_id)
        await record(tx, event.user_id, follow_up.id, quantity, observed_on=observed_on, note=tidy(note))
    except UserError as error:
        to = outbox.Direct(event.user_id)
        await outbox.say(tx, event.answer_key, to, blocks.unclear(launch, error.sentence))
        return
    follow_up.echo = event.answer_key
    await _redraw_echo(tx, follow_up)


async def open_question(tx: Tx, user_id: str, follow_up_id: int) -> FollowUp:
    """The question, if this person may answer it now; otherwise `UserError` says why not."""
    _, follow_up = await _to_answer(tx, user_id, follow_up_id)
    return follow_up


async def record(
    tx: Tx,
    user_id: str,
    follow_up_id: int,
    quantity: Quantity,
    *,
    observed_on: date,
    note: str = "",
) -> None:
    """Keep the number as the answer. `UserError`: it is answered already, or not theirs to answer."""
    launch, follow_up = await _to_answer(tx, user_id, follow_up_id)
    quantity = rules.check_reading(
        quantity,
        launch.unit,
        observed_on,
        day=launch.day,
        today=await today(tx, user_id),
    )
    assert launch.metric is not None
    reading = await metrics.note_reading(
        tx,
        launch.metric,
        quantity,
        observed_on=observed_on,
        note=note,
        entered_by=user_id,
    )
    follow_up.reading_id = reading.id
    await _answer(tx, launch, follow_up, user_id, FollowUpState.ANSWERED)


async def record_no_number(tx: Tx, user_id: str, follow_up_id: int, reason: NoNumber) -> None:
    """The answer is that there is no number. Raises as `record` does."""
    launch, follow_up = await _to_answer(tx, user_id, follow_up_id)
    follow_up.no_number = reason
    await _answer(tx, launch, follow_up, user_id, FollowUpState.NO_NUMBER)


async def undo(tx: Tx, user_id: str, follow_up_id: int) -> None:
    """Take an answer back, and with it what was told to the channel. Not once it was decided upon."""
    launch, follow_up = await _locked(tx, follow_up_id)
    await _check_may_answer(tx, user_id, launch, follow_up)
    if follow_up.state not in {FollowUpState.ANSWERED, FollowUpState.NO_NUMBER}:
        raise UserError("This answer was taken back already.")
    if launch.state == LaunchState.CLOSED:
        raise UserError(f"{launch.label} is decided upon, so its outcome stands.")
    if follow_up.reading_id is not None:
        await _take_back_echo(tx, launch, follow_up)
        await metrics.take_back(tx, follow_up.reading_id)
    follow_up.state, follow_up.reading_id, follow_up.no_number = FollowUpState.OPEN, None, None
    follow_up.answered_by, follow_up.answered_at = None, None
    await tx.session.flush()
    if follow_up.final:
        await outbox.withdraw(tx, outcome_key(launch.id), instead=blocks.taken_back(launch))
        await launches.unmeasured_again(tx, launch)
    else:
        await launches.redraw(tx, launch)
    if not await prompts.reopen(tx, KIND, follow_up.id):
        follow_up.state = FollowUpState.EXPIRED
        if follow_up.final:
            await launches.measured(tx, launch, Verdict.UNMEASURED)
        await prompts.redraw(tx, KIND, follow_up.id)
    await _redraw_in_channel(tx, launch, follow_up)


async def decide(tx: Tx, user_id: str, follow_up_id: int, decision: Decision) -> None:
    """What people chose to do about the outcome; choosing again replaces it."""
    launch, follow_up = await _locked(tx, follow_up_id)
    await _check_may_answer(tx, user_id, launch, follow_up)
    if launch.state not in {LaunchState.MEASURED, LaunchState.CLOSED} or not follow_up.final:
        raise UserError(f"{launch.label} has no outcome to decide upon now.")
    await launches.decided(tx, launch, decision)
    await _tell_channel(tx, launch, follow_up)
    await prompts.redraw(tx, KIND, follow_up.id)
    await _redraw_echo(tx, follow_up)


async def _to_answer(tx: Tx, user_id: str, follow_up_id: int) -> tuple[Launch, FollowUp]:
    launch, follow_up = await _locked(tx, follow_up_id)
    await _check_may_answer(tx, user_id, launch, follow_up)
    if launch.state == LaunchState.DROPPED:
        raise UserError(f"{launch.label} was cancelled, so nothing is asked about it any more.")
    if follow_up.state == FollowUpState.LAPSED:
        raise UserError("A later check of this launch has taken the place of this one.")
    if follow_up.state not in {FollowUpState.OPEN, FollowUpState.EXPIRED}:
        raise UserError(await _answered_already(tx, user_id, follow_up))
    return launch, follow_up


async def _answered_already(tx: Tx, user_id: str, follow_up: FollowUp) -> str:
    assert follow_up.answered_by is not None
    who = "You have" if follow_up.answered_by == user_id else f"{await _name(tx, follow_up.answered_by)} has"
    answer = await parts.answer_of(tx, follow_up)
    said = answer.shown if answer.reading else "that there is no number"
    asked_id = await asked_person(tx, KIND, follow_up.id)
    undo = "press" if asked_id == user_id else f"{await _name(tx, asked_id)} can press"
    return f"{who} already recorded {said}. To change that, {undo} Undo under the answer first."


async def _check_may_answer(tx: Tx, user_id: str, launch: Launch, follow_up: FollowUp) -> None:
    asked_id = await asked_person(tx, KIND, follow_up.id)
    channel_asked = follow_up.channel_message is not None
    may = rules.may_answer(
        user_id,
        asked_id=asked_id,
        owner_id=launch.owner_id,
        backup_id=launch.backup_id,
        channel_asked=channel_asked,
    )
    if not may:
        raise UserError(f"This question is for {await _name(tx, asked_id)}.")


async def _name(tx: Tx, user_id: str) -> str:
    return (await person(tx, user_id)).name


async def _locked(tx: Tx, follow_up_id: int) -> tuple[Launch, FollowUp]:
    found = await queries.follow_up(tx, follow_up_id)
    launch = await launch_queries.launch(tx, found.launch_id, lock=True)
    # Read again: what was read before the lock may have changed since.
    return launch, await queries.follow_up(tx, follow_up_id)


async def _answer(tx: Tx, launch: Launch, follow_up: FollowUp, user_id: str, state: FollowUpState) -> None:
    follow_up.state, follow_up.answered_by, follow_up.answered_at = state, user_id, tx.now
    await tx.session.flush()
    if follow_up.final:
        answer = await parts.answer_of(tx, follow_up)
        verdict = judge(
            Direction(launch.direction or Direction.UP),
            baseline=launch.baseline,
            target=launch.target,
            smallest_change=launch.smallest_change,
            actual=answer.reading.value if answer.reading else None,
        )
        await launches.measured(tx, launch, verdict)
        await _tell_channel(tx, launch, follow_up)
    else:
        await launches.redraw(tx, launch)
    await prompts.answered(tx, KIND, follow_up.id, user_id)
    await _redraw_echo(tx, follow_up)
    await _redraw_in_channel(tx, launch, follow_up)


async def _redraw_in_channel(
    tx: Tx, launch: Launch, follow_up: FollowUp, *, due: datetime | None = None
) -> None:
    """The message that asks the channel, if this is asked there. `due` counts only the first time."""
    if follow_up.channel_message is None:
        return
    asks = []
    for asked in await queries.in_channel_message(tx, follow_up.channel_message):
        about = await launch_queries.launch(tx, asked.launch_id)
        asks.append((about, await parts.answer_of(tx, asked)))
    key, message = follow_up.channel_message, blocks.does_anyone_know(asks)
    if all(answer.follow_up.state != FollowUpState.OPEN for _, answer in asks):
        await outbox.withdraw(tx, key, instead=message)
        return
    to = outbox.Channel(launch.channel_id)
    await outbox.say(tx, key, to, message, due=due, responsible=launch.owner_id)


async def _tell_channel(tx: Tx, launch: Launch, follow_up: FollowUp) -> None:
    """The payback: a reply in the launch's thread, also shown in the channel."""
    await outbox.say(
        tx,
        outcome_key(launch.id),
        outbox.Channel(launch.channel_id, reply_to=launches.card_key(launch.id), broadcast=True),
        blocks.outcome(launch, await parts.answer_of(tx, follow_up)),
        responsible=launch.owner_id,
    )


async def _redraw_echo(tx: Tx, follow_up: FollowUp) -> None:
    """What was said to a reply shows the answer as it stands now."""
    if follow_up.echo is not None:
        to = outbox.Direct(await asked_person(tx, KIND, follow_up.id))
        await outbox.say(tx, follow_up.echo, to, await parts.question_of(tx, follow_up))


async def _take_back_echo(tx: Tx, launch: Launch, follow_up: FollowUp) -> None:
    """It keeps no buttons: the question itself is open again, and the next reply has an echo of its own."""
    if follow_up.echo is not None:
        to = outbox.Direct(await asked_person(tx, KIND, follow_up.id))
        shown = (await parts.answer_of(tx, follow_up)).shown
        await outbox.say(tx, follow_up.echo, to, blocks.undone(launch, shown))
        follow_up.echo = None


async def _close_if_open(tx: Tx, follow_up: FollowUp, state: FollowUpState) -> None:
    """An answer that is being committed this moment wins: what is closed must still be open then."""
    closed = await tx.session.execute(
        update(FollowUp)
        .where(
            FollowUp.workspace_id == tx.workspace_id,
            FollowUp.id == follow_up.id,
            FollowUp.state == FollowUpState.OPEN,
        )
        .values(state=state)
        .returning(FollowUp.id),
    )
    if closed.first() is not None:
        await prompts.finish(tx, KIND, follow_up.id)


def channel_key(channel_id: str, monday: date) -> str:
    return f"follow_ups:{channel_id}:{monday.isoformat()}"


def outcome_key(launch_id: int) -> str:
    return f"follow_ups:{launch_id}:outcome"
