"""Recording a launch: one that is out, or one that is planned."""

from slackapp.core.errors import FieldError, UserError
from slackapp.core.transaction import Tx
from slackapp.features.launches.models import Launch
from slackapp.features.launches.rules import LaunchDraft, LaunchPlanned, LaunchState
from slackapp.features.launches.service.drawing import draw
from slackapp.features.launches.service.filling import add_guardrails, fill
from slackapp.features.launches.service.planning import ask_whether_out, let_out
from slackapp.features.workspaces.queries import check_place, person
from slackapp.features.workspaces.service import next_number


async def record(
    tx: Tx, user_id: str, channel_id: str, draft: LaunchDraft, *, thread_ts: str | None = None
) -> Launch:
    """Record a launch and post its card.

    If its day has come, what counts is fixed and its checkpoints begin; if not, somebody is asked on that
    day. `thread_ts`: the thread of the message it is recorded from, where card and outcome will stand.
    Raises `FieldError` for people who could not be asked, and places that could not be told.
    """
    if (await person(tx, user_id)).is_away:
        raise UserError("Launches are recorded by members of this workspace. Please ask one of them.")
    where = draft.channel or channel_id
    if not where:
        raise FieldError({"channel": "Choose the channel of the team that shipped it."})
    await check_place(tx, user_id, where)
    launch = Launch(
        workspace_id=tx.workspace_id,
        channel_id=where,
        recorder_id=user_id,
        thread_ts=thread_ts if where == channel_id else None,
        state=LaunchState.PLANNED if draft.planned else LaunchState.OUT,
        frozen_at=None if draft.planned else tx.now,
        recorded_at=tx.now,
    )
    await fill(tx, user_id, launch, draft)
    launch.number = await next_number(tx, "launch")
    tx.session.add(launch)
    await tx.session.flush()
    guardrails = await add_guardrails(tx, launch, draft.guardrails)
    if draft.planned:
        launch.first_day = launch.day
        await ask_whether_out(tx, launch)
        await tx.emit(LaunchPlanned(launch.id))
    else:
        await let_out(tx, launch, user_id)
    await draw(tx, launch, guardrails)
    return launch
