"""The form of a launch: the ways to it, More, and what is done with what was filled in."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from slackapp.core.errors import UserError
from slackapp.core.transaction import Tx
from slackapp.core.words import number
from slackapp.features.launches import blocks, queries, service
from slackapp.features.launches.blocks import FormState, Purpose
from slackapp.features.launches.models import Launch
from slackapp.features.launches.rules import Action, LaunchDraft
from slackapp.features.workspaces.queries import as_read, meet, person, today
from slackapp.slack.replies import CloseModal, OpenModal, Reply, UpdateModal
from slackapp.slack.routes import Click, OnAction, OnShortcut, OnSubmit, Routes, Shortcut, Submission, Value

FOR_MEMBERS = "Launches are for the members of this workspace. You are asked here when something is for you."
#: How long ago the first launch came out that a team is asked for.
A_MONTH = timedelta(days=30)


async def record_title(tx: Tx, click: Click) -> Reply:
    """The help was given for what was meant as a title."""
    return await open_form(tx, click.user, click.channel or "", {"title": click.value or ""})


async def record_new(tx: Tx, click: Click) -> Reply:
    """From where there is no channel, so the form asks for it."""
    return await open_form(tx, click.user, "", {})


async def record_message(tx: Tx, shortcut: Shortcut) -> Reply:
    """Somebody announced it already: the outcome comes back to that message's thread."""
    lines = (await as_read(tx, shortcut.text)).strip().splitlines()
    thread = shortcut.thread_ts or shortcut.message_ts
    typed = {"title": lines[0] if lines else ""}
    return await open_form(tx, shortcut.user, shortcut.channel, typed, thread_ts=thread)


async def record_first(tx: Tx, click: Click) -> Reply:
    """What shipped about a month ago is asked about at once."""
    day = await today(tx, click.user) - A_MONTH
    return await open_form(tx, click.user, click.channel or "", {"day": day.isoformat()})


async def open_form(
    tx: Tx, user_id: str, channel_id: str, typed: Mapping[str, Value], *, thread_ts: str | None = None
) -> Reply:
    """The form for a new launch; it asks for a channel not given. `UserError`: none can be recorded."""
    if channel_id.startswith("D"):
        raise UserError(
            "Use `/launch` in the channel of the team that shipped it: the outcome is told there."
        )
    if (await person(tx, user_id)).is_away:
        raise UserError(FOR_MEMBERS)
    state = FormState(channel_id, thread_ts=thread_ts)
    day = await today(tx, user_id)
    return OpenModal(blocks.launch_form(state, owner=user_id, today=day, typed=typed))


async def open_edit(tx: Tx, click: Click) -> Reply:
    launch = await queries.launch(tx, number(click.value))
    await service.check(tx, click.user, launch, Action.EDIT, here=click.channel)
    return await _open_filled(tx, click, launch, Purpose.EDIT)


async def open_release(tx: Tx, click: Click) -> Reply:
    launch = await service.is_planned(tx, click.user, number(click.value), here=click.channel)
    return await _open_filled(tx, click, launch, Purpose.OUT)


async def more(tx: Tx, click: Click) -> Reply:
    """Everything else, below what was typed. Of a launch there is, the rest is as it stands."""
    state = FormState.read(click.metadata).opened()
    typed = {**await _known(tx, click.user, state), **click.values}
    day = await today(tx, click.user)
    return UpdateModal(blocks.launch_form(state, owner=click.user, today=day, typed=typed))


async def submit(tx: Tx, submission: Submission) -> Reply:
    state, user_id = FormState.read(submission.metadata), submission.user
    await meet(tx, {user_id, *_chosen(submission.values)}, state.channel)
    known = await _known(tx, user_id, state)
    values = submission.values
    if state.purpose is Purpose.EDIT:
        # What this person left as it was shown is as somebody else may have changed it meanwhile.
        values = {name: it for name, it in values.items() if it != submission.shown.get(name)}
    draft = LaunchDraft.read(
        # What stays hidden below More is as it was.
        {**known, **values},
        owner=user_id,
        today=await today(tx, user_id),
        planned_ok=state.purpose is not Purpose.OUT,
        stands=date.fromisoformat(str(known["day"])) if known else None,
    )
    if state.launch_id is None:
        await service.record(tx, user_id, state.channel, draft, thread_ts=state.thread_ts)
    elif state.purpose is Purpose.OUT:
        await service.release(tx, user_id, state.launch_id, draft)
    else:
        await service.edit(tx, user_id, state.launch_id, draft)
    return CloseModal()


def _chosen(values: Mapping[str, Value]) -> Iterator[str]:
    """The people in the inputs."""
    for name in ("owner", "backup", "senior_id"):
        if isinstance(chosen := values.get(name), str):
            yield chosen


async def _open_filled(tx: Tx, click: Click, launch: Launch, purpose: Purpose) -> Reply:
    state = FormState.of(launch, purpose)
    typed, day = await _typed_in(tx, launch), await today(tx, click.user)
    return OpenModal(blocks.launch_form(state, owner=launch.owner_id, today=day, typed=typed))


async def _known(tx: Tx, user_id: str, state: FormState) -> dict[str, Value]:
    """What is known of the launch the form is about, as it would be typed in; nothing of a new one.

    The form may stand open for long: raises `UserError` for whom it is not any more.
    """
    if state.launch_id is None:
        return {}
    launch = await queries.launch(tx, state.launch_id)
    action = Action.RELEASE if state.purpose is Purpose.OUT else Action.EDIT
    await service.check(tx, user_id, launch, action)
    return await _typed_in(tx, launch)


async def _typed_in(tx: Tx, launch: Launch) -> dict[str, Value]:
    view = await service.view(tx, launch)
    return blocks.as_typed_in(view.launch, view.guardrails, reworks_label=view.reworks_label)


ROUTES: Routes = (
    OnAction(blocks.TITLE, record_title),
    OnAction(blocks.NEW, record_new),
    OnShortcut(blocks.FROM_MESSAGE, record_message),
    OnAction(blocks.FIRST, record_first),
    OnAction(blocks.EDIT, open_edit),
    OnAction(blocks.IS_OUT, open_release),
    OnAction(blocks.MORE, more),
    OnSubmit(blocks.RECORD, submit),
)
