"""Planning the questions, also after an edit, and ending them: by a cancel, a later one, or silence."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import update

from slackapp.core.transaction import Tx
from slackapp.core.working_time import morning_of
from slackapp.features.follow_ups import queries, rules
from slackapp.features.follow_ups.models import FollowUp
from slackapp.features.follow_ups.rules import ANSWERS, KIND, Answered, FollowUpState, Stand, Turn
from slackapp.features.follow_ups.service.access import locked
from slackapp.features.follow_ups.service.channel import redraw_in_channel
from slackapp.features.follow_ups.service.telling import conclude, redraw, tell_workers
from slackapp.features.launches import queries as launch_queries
from slackapp.features.launches import service as launches
from slackapp.features.launches.models import Launch
from slackapp.features.launches.rules import LaunchDropped, LaunchEdited, LaunchOut, LaunchState
from slackapp.features.metrics.rules import Verdict
from slackapp.features.prompts import service as prompts
from slackapp.features.prompts.rules import Asked, Expired, Ladder, Question
from slackapp.features.workspaces.queries import calendar, today


async def plan(tx: Tx, event: LaunchOut) -> None:
    """Plan a question for each checkpoint; one whose day has come is asked at once, or next in line."""
    launch = await launch_queries.launch(tx, event.launch_id)
    if launch.metric is None:
        return
    checkpoints = rules.plan(launch.day, launch.checkpoints, await today(tx, launch.owner_id))
    follow_ups = [_follow_up(tx, launch, each.days, final=each.final) for each in checkpoints]
    tx.session.add_all(follow_ups)
    await tx.session.flush()
    queries.note_planned(tx, launch.id, follow_ups)
    asked = [(_question(launch, each), await _moment(tx, launch, each)) for each in follow_ups]
    if event.by == launch.owner_id:
        for question in [question for question, at in asked if at == tx.now]:
            await prompts.ask_at_once(tx, question)
        asked = [(question, at) for question, at in asked if at != tx.now]
    await prompts.ask_anew(tx, asked)


async def edited(tx: Tx, event: LaunchEdited) -> None:
    """The launch was edited: ask what is to be asked now, and show it everywhere as it is now."""
    launch = await launch_queries.launch(tx, event.launch_id, lock=True)
    if event.replan and launch.state == LaunchState.OUT:
        await _replan(tx, launch, by_owner=event.by == launch.owner_id)
    for follow_up in await queries.of_launch(tx, launch.id):
        if event.replan:
            await prompts.reassign(
                tx, KIND, follow_up.id, owner_id=launch.owner_id, backup_id=launch.backup_id
            )
        if follow_up.final and follow_up.state in ANSWERS:
            await conclude(tx, launch, follow_up)
        await redraw(tx, launch, follow_up)


async def drop(tx: Tx, event: LaunchDropped) -> None:
    """A cancelled launch asks nothing."""
    launch = await launch_queries.launch(tx, event.launch_id)
    for follow_up in await queries.of_launch(tx, event.launch_id):
        await _close_if_open(tx, follow_up, FollowUpState.DROPPED)
        await redraw_in_channel(tx, launch, follow_up)


async def lapse_earlier(tx: Tx, event: Asked) -> None:
    """When a checkpoint is asked, the unanswered ones before it lapse silently."""
    if event.kind != KIND:
        return
    await lapse_before(tx, await queries.follow_up(tx, event.subject_id))


async def lapse_before(tx: Tx, follow_up: FollowUp) -> None:
    """Of this launch's checkpoints before this one none is asked about any more."""
    for earlier in await queries.of_launch(tx, follow_up.launch_id):
        if earlier.days < follow_up.days:
            await _close_if_open(tx, earlier, FollowUpState.LAPSED)


async def end_if_over(tx: Tx, launch: Launch, follow_up: FollowUp) -> None:
    """A first look whose answer was taken back is not asked again once its launch has come to an end."""
    if launch.state == LaunchState.DROPPED:
        await _close_if_open(tx, follow_up, FollowUpState.DROPPED)
    elif launch.state != LaunchState.OUT and not follow_up.final:
        await _close_if_open(tx, follow_up, FollowUpState.LAPSED)


async def expire(tx: Tx, event: Expired) -> None:
    """Nobody answered: the launch stays unmeasured, and can still be answered later."""
    if event.kind != KIND:
        return
    launch, follow_up = await locked(tx, event.subject_id)
    if follow_up.state != FollowUpState.OPEN:
        return
    follow_up.state = FollowUpState.EXPIRED
    await tx.session.flush()
    if follow_up.final:
        await launches.measured(tx, launch, Verdict.UNMEASURED)
        await tell_workers(tx, launch, follow_up)
    await prompts.redraw(tx, KIND, follow_up.id)
    await redraw_in_channel(tx, launch, follow_up)
    await tx.emit(Answered(launch.id))


async def _replan(tx: Tx, launch: Launch, *, by_owner: bool) -> None:
    checkpoints = launch.checkpoints if launch.metric is not None else []
    known = {follow_up.days: follow_up for follow_up in await queries.of_launch(tx, launch.id)}
    stands = await _stands(tx, list(known.values()))
    now = await today(tx, launch.owner_id)
    final = rules.final_of(stands, checkpoints)
    for days, turn in rules.replan(stands, launch.day, checkpoints, now).items():
        follow_up = known.get(days) or _follow_up(tx, launch, days, final=days == final)
        was_final, follow_up.final = follow_up.final, days == final
        follow_up.due_on = launch.day + timedelta(days=days)
        if turn == Turn.ASK:
            follow_up.state = FollowUpState.OPEN
            tx.session.add(follow_up)
            await tx.session.flush()
            await _ask(tx, launch, follow_up, at_once=by_owner)
        elif turn in {Turn.LAPSE, Turn.DROP}:
            follow_up.state = FollowUpState.LAPSED if turn == Turn.LAPSE else FollowUpState.DROPPED
            await tx.session.flush()
            await prompts.forget(tx, KIND, follow_up.id)
        elif turn == Turn.MOVE:
            await tx.session.flush()
            await prompts.change_ladder(tx, KIND, follow_up.id, _ladder(follow_up))
            await prompts.postpone(tx, KIND, follow_up.id, await _moment(tx, launch, follow_up))
        elif follow_up.state == FollowUpState.OPEN and was_final != follow_up.final:
            await tx.session.flush()
            await prompts.change_ladder(tx, KIND, follow_up.id, _ladder(follow_up))
    await tx.session.flush()
    last = known.get(final) if final is not None else None
    if last is not None and last.state in ANSWERS:
        # What was a first look is the last one now.
        await tell_workers(tx, launch, last)


async def _stands(tx: Tx, follow_ups: Sequence[FollowUp]) -> dict[int, Stand]:
    return {
        each.days: Stand(FollowUpState(each.state), asked=await queries.is_shown(tx, each.id))
        for each in follow_ups
    }


def _follow_up(tx: Tx, launch: Launch, days: int, *, final: bool) -> FollowUp:
    return FollowUp(
        workspace_id=tx.workspace_id,
        launch_id=launch.id,
        days=days,
        final=final,
        due_on=launch.day + timedelta(days=days),
        state=FollowUpState.OPEN,
        else_changed="",
        users_said="",
    )


def _ladder(follow_up: FollowUp) -> Ladder:
    """Before the final one they are asked once, and lapse silently."""
    return Ladder.UNTIL_ANSWERED if follow_up.final else Ladder.ONCE


async def _ask(tx: Tx, launch: Launch, follow_up: FollowUp, *, at_once: bool) -> None:
    """Ask it on its day. `at_once`: if that has come, right away."""
    question = _question(launch, follow_up)
    at = await _moment(tx, launch, follow_up)
    if at_once and at == tx.now:
        await prompts.ask_at_once(tx, question)
    else:
        await prompts.ask(tx, question, at)


def _question(launch: Launch, follow_up: FollowUp) -> Question:
    return Question(
        KIND,
        follow_up.id,
        launch.owner_id,
        channel_id=launch.channel_id,
        owner_id=launch.owner_id,
        backup_id=launch.backup_id,
        ladder=_ladder(follow_up),
    )


async def _moment(tx: Tx, launch: Launch, follow_up: FollowUp) -> datetime:
    """The morning of its day; now, if that has come."""
    if follow_up.due_on <= await today(tx, launch.owner_id):
        return tx.now
    when = await calendar(tx, launch.owner_id, launch.channel_id)
    return morning_of(follow_up.due_on, when)


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
