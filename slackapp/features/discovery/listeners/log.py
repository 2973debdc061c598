"""The form that logs what was done to find out what to build, and the buttons of what was logged."""

from collections.abc import Mapping
from dataclasses import replace

from slackapp.core.transaction import Tx
from slackapp.core.words import number
from slackapp.features.discovery import queries
from slackapp.features.discovery.blocks import log as blocks
from slackapp.features.discovery.blocks.log import LogState, LogView
from slackapp.features.discovery.rules import ActivityDraft
from slackapp.features.discovery.service import logged as service
from slackapp.features.discovery.service.permitting import check_member
from slackapp.features.workspaces.queries import meet, settled, today
from slackapp.slack.replies import CloseModal, Nothing, OpenModal, Reply, UpdateModal
from slackapp.slack.routes import Click, OnAction, OnSubmit, Routes, Submission, Value


async def open_log(tx: Tx, user_id: str, channel_id: str, text: str) -> Reply:
    """The form; `text` is what was typed behind the command. In a direct message it asks for the channel."""
    await check_member(tx, user_id)
    state = LogState("" if channel_id.startswith("D") else channel_id)
    typed: dict[str, Value] = {"note": text} if text else {}
    return OpenModal(blocks.log_form(await _view(tx, user_id, state, typed), typed))


async def other_channel(tx: Tx, click: Click) -> Reply:
    """The launches of the channel chosen now are offered."""
    view = await _view(tx, click.user, LogState.read(click.metadata), click.values)
    return UpdateModal(blocks.log_form(view, click.values))


async def open_edit(tx: Tx, click: Click) -> Reply:
    logged = await service.editable(tx, click.user, number(click.value), here=click.channel)
    typed = blocks.as_typed_in(logged)
    state = LogState(logged.activity.channel_id, logged.activity.id)
    view = await _view(tx, click.user, state, typed)
    view = replace(view, is_counted=logged.counted_by is not None)
    return OpenModal(blocks.log_form(view, typed))


async def submit(tx: Tx, submission: Submission) -> Reply:
    state, user_id = LogState.read(submission.metadata), submission.user
    await meet(tx, {user_id}, state.channel)
    day = await today(tx, user_id)
    if not state.activity:
        draft = ActivityDraft.read(submission.values, today=day)
        await service.log(tx, user_id, state.channel, draft)
        return CloseModal()
    logged = await service.editable(tx, user_id, state.activity)
    # What this person left as it was shown is as somebody else may have changed it meanwhile.
    changed = {name: it for name, it in submission.values.items() if it != submission.shown.get(name)}
    values = {**blocks.as_typed_in(logged), **changed}
    draft = ActivityDraft.read(values, today=day, stands=logged.activity.day)
    await service.edit(tx, user_id, state.activity, draft)
    return CloseModal()


async def remove(tx: Tx, click: Click) -> Reply:
    await service.remove(tx, click.user, number(click.value), here=click.channel)
    return Nothing()


async def _view(tx: Tx, user_id: str, state: LogState, typed: Mapping[str, Value]) -> LogView:
    chosen = typed.get("channel")
    where = chosen if isinstance(chosen, str) and chosen else state.channel
    launch = typed.get("launch") if state.activity else None
    stands = number(launch) if isinstance(launch, str) else 0
    return LogView(
        state,
        await today(tx, user_id),
        (await settled(tx, user_id, None)).function,
        await queries.offered(tx, user_id, where, also=stands or None) if where else [],
    )


ROUTES: Routes = (
    OnAction(blocks.CHANNEL, other_channel),
    OnSubmit(blocks.LOG, submit),
    OnAction(blocks.EDIT, open_edit),
    OnAction(blocks.REMOVE, remove),
)
