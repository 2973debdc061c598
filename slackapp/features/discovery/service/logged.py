"""Logging what was done to find out what to build, and changing what was logged.

Whoever changes an activity takes its row first, then the rows of the launches it is about, by their ids.
"""

from collections.abc import Iterable

from sqlalchemy import delete

from slackapp.core.errors import FieldError, NotFoundError
from slackapp.core.transaction import Tx
from slackapp.features.discovery import queries
from slackapp.features.discovery.blocks import log as blocks
from slackapp.features.discovery.models import Activity, Contribution, Present
from slackapp.features.discovery.rules import (
    CAME_KIND,
    ActivityDraft,
    ActivityKind,
    Contributed,
    read_note,
)
from slackapp.features.discovery.service.permitting import check_edit, check_member
from slackapp.features.launches import queries as launch_queries
from slackapp.features.launches import service as launches
from slackapp.features.launches.models import Launch
from slackapp.features.launches.queries import Reader
from slackapp.features.prompts import service as prompts
from slackapp.features.prompts.queries import asked_of
from slackapp.features.workspaces.queries import check_place
from slackapp.features.workspaces.rules import Function
from slackapp.outbox import service as outbox


def activity_key(activity_id: int) -> str:
    return f"discovery:{activity_id}:activity"


async def log(tx: Tx, user_id: str, channel_id: str, draft: ActivityDraft) -> Activity:
    """Keep it, and say so in its channel.

    Raises `UserError` for guests, and `FieldError` for a place that could not be told, at `channel`, and a
    launch that is not of that channel, at `launch`.
    """
    await check_member(tx, user_id)
    where = draft.channel or channel_id
    if not where or where.startswith("D"):
        raise FieldError({"channel": "Choose the channel of the team that did it."})
    await check_place(tx, user_id, where)
    activity = Activity(
        workspace_id=tx.workspace_id, channel_id=where, logged_by=user_id, logged_at=tx.now, round_id=None
    )
    await _check_launch(tx, user_id, where, draft.launch_id)
    concerned = await _locked(tx, [draft.launch_id])
    _fill(activity, draft)
    tx.session.add(activity)
    await tx.session.flush()
    _add_parts(tx, activity.id, draft.present, draft.contributions)
    await _changed(tx, activity, concerned)
    return activity


async def editable(tx: Tx, user_id: str, activity_id: int, *, here: str | None = None) -> queries.Logged:
    """The activity, if it is theirs to change. Raises `UserError` otherwise."""
    activity = await queries.activity(tx, activity_id)
    await check_edit(tx, user_id, activity, here=here)
    return await queries.logged(tx, activity)


async def edit(tx: Tx, user_id: str, activity_id: int, draft: ActivityDraft) -> Activity:
    """It was like this. Raises as `editable`, and `FieldError` as `log`."""
    activity = await queries.activity(tx, activity_id, lock=True)
    await check_edit(tx, user_id, activity)
    if draft.launch_id != activity.launch_id:
        await _check_launch(tx, user_id, activity.channel_id, draft.launch_id)
    concerned = await _locked(tx, [activity.launch_id, draft.launch_id])
    _fill(activity, draft)
    await _forget_parts(tx, activity.id)
    _add_parts(tx, activity.id, draft.present, draft.contributions)
    await _changed(tx, activity, concerned)
    await _answered(tx, activity, user_id)
    return activity


async def note(tx: Tx, user_id: str, activity_id: int, text: str) -> Activity:
    """What came of it, in a sentence; the rest stays. Raises as `editable`, and as `read_note`."""
    activity = await queries.activity(tx, activity_id, lock=True)
    await check_edit(tx, user_id, activity)
    activity.note = read_note(text)
    await _changed(tx, activity, await _locked(tx, [activity.launch_id]))
    await _answered(tx, activity, user_id)
    return activity


async def remove(tx: Tx, user_id: str, activity_id: int, *, here: str | None = None) -> None:
    """It was logged by mistake. Removed already, it stays so. Raises as `editable`."""
    activity = await queries.find(tx, activity_id, lock=True)
    if activity is None:
        return
    await check_edit(tx, user_id, activity, here=here)
    concerned = await _locked(tx, [activity.launch_id])
    instead = blocks.removed(ActivityKind(activity.kind), activity.day, user_id)
    await _forget_parts(tx, activity.id)
    await tx.session.delete(activity)
    await tx.session.flush()
    await outbox.withdraw(tx, activity_key(activity_id), instead=instead)
    await prompts.forget(tx, CAME_KIND, activity_id)
    for launch in concerned:
        await launches.redraw(tx, launch)


async def say(tx: Tx, activity: Activity, functions: Iterable[Function] = ()) -> None:
    """Say in its channel how it stands. `functions`: of one that was logged just now, who was there."""
    _add_parts(tx, activity.id, functions, ())
    await _changed(tx, activity, ())


async def _changed(tx: Tx, activity: Activity, concerned: Iterable[Launch]) -> None:
    await tx.session.flush()
    await outbox.say(
        tx,
        activity_key(activity.id),
        outbox.Channel(activity.channel_id),
        blocks.logged_message(await queries.logged(tx, activity)),
        responsible=activity.logged_by,
    )
    for launch in concerned:
        await launches.redraw(tx, launch)


async def _answered(tx: Tx, activity: Activity, by: str) -> None:
    """Whoever was asked what came of it is asked no more."""
    if activity.round_id is not None and await asked_of(tx, CAME_KIND, activity.id) is not None:
        await prompts.answered(tx, CAME_KIND, activity.id, by)


async def _check_launch(tx: Tx, user_id: str, channel_id: str, launch_id: int | None) -> None:
    """What is said in a channel, and counted there, is about its own launches."""
    if launch_id is None:
        return
    sentence = "This launch is not of that channel. Choose one of those offered, or none."
    try:
        launch = await launch_queries.launch(tx, launch_id)
    except NotFoundError:
        raise FieldError({"launch": sentence}) from None
    seen = await launch_queries.find_numbered(tx, launch.number, Reader(user_id, channel_id))
    if seen is None or launch.channel_id != channel_id:
        raise FieldError({"launch": sentence})


async def _locked(tx: Tx, launch_ids: Iterable[int | None]) -> list[Launch]:
    concerned = sorted({launch_id for launch_id in launch_ids if launch_id is not None})
    return [await launch_queries.launch(tx, launch_id, lock=True) for launch_id in concerned]


def _fill(activity: Activity, draft: ActivityDraft) -> None:
    activity.kind, activity.day, activity.launch_id = draft.kind, draft.day, draft.launch_id
    activity.before_spec, activity.note = draft.before_spec, draft.note
    activity.weeks_saved = draft.weeks_saved


def _add_parts(
    tx: Tx, activity_id: int, present: Iterable[Function], contributions: Iterable[Contributed]
) -> None:
    key = {"workspace_id": tx.workspace_id, "activity_id": activity_id}
    tx.session.add_all(Present(**key, function=each) for each in present)
    tx.session.add_all(Contribution(**key, kind=each) for each in contributions)


async def _forget_parts(tx: Tx, activity_id: int) -> None:
    for part in (Present, Contribution):
        await tx.session.execute(
            delete(part)
            .where(part.workspace_id == tx.workspace_id, part.activity_id == activity_id)
            .execution_options(synchronize_session="fetch")
        )
