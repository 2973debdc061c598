"""Changing a launch that was recorded."""

from collections.abc import Mapping

from slackapp.core.errors import FieldError, UserError
from slackapp.core.transaction import Tx
from slackapp.features.launches import queries
from slackapp.features.launches.blocks import drafted
from slackapp.features.launches.models import Launch
from slackapp.features.launches.rules import (
    METRIC_KIND,
    OUT_KIND,
    Action,
    LaunchDraft,
    LaunchEdited,
    LaunchState,
)
from slackapp.features.launches.service.drawing import redraw
from slackapp.features.launches.service.filling import fill, set_guardrails
from slackapp.features.launches.service.metric import has_metric, want_metric, when_wanted
from slackapp.features.launches.service.outcome import unmeasured_again
from slackapp.features.launches.service.permitting import check
from slackapp.features.launches.service.planning import move, say_out
from slackapp.features.launches.service.versions import frozen, keep_version
from slackapp.features.prompts import service as prompts
from slackapp.features.prompts.queries import asked_of

#: Where each of what stands is typed.
_FIELDS = {
    "day": "day",
    "metric": "metric",
    "direction": "direction",
    "checkpoints": "checkpoints",
    "guardrails": "guardrails",
    "from → to": "from_to",
    "smallest change": "smallest_change",
}


async def edit(tx: Tx, user_id: str, launch_id: int, draft: LaunchDraft) -> Launch:
    """Change a launch to what the draft says.

    Of a planned one everything can change, and moving it to a day that has come means that it is out. Of one
    that is out, a change of what was fixed makes a new version. Raises `UserError` for whoever may not, and
    `FieldError` for what an outcome already depends on.
    """
    launch = await queries.launch(tx, launch_id, lock=True)
    await check(tx, user_id, launch, Action.EDIT)
    if launch.state == LaunchState.DROPPED:
        raise UserError(f"{launch.label} is cancelled, so there is nothing to change.")
    if launch.state == LaunchState.PLANNED:
        await _edit_planned(tx, user_id, launch, draft)
    else:
        await _edit_out(tx, user_id, launch, draft)
    return launch


async def _edit_planned(tx: Tx, user_id: str, launch: Launch, draft: LaunchDraft) -> None:
    day, people = launch.day, (launch.owner_id, launch.backup_id)
    await fill(tx, user_id, launch, draft)
    await set_guardrails(tx, launch, draft.guardrails)
    if not draft.planned and draft.day != day:
        await say_out(tx, user_id, launch)
        return
    if people != (launch.owner_id, launch.backup_id):
        await _reassign(tx, launch, OUT_KIND)
    if draft.day != day:
        await move(tx, launch, draft.day)
    await prompts.redraw(tx, OUT_KIND, launch.id)
    await tx.emit(LaunchEdited(launch.id, replan=False, by=user_id))
    await redraw(tx, launch)


async def _edit_out(tx: Tx, user_id: str, launch: Launch, draft: LaunchDraft) -> None:
    # The day it was may still be to come where the editor is.
    if draft.planned and draft.day != launch.day:
        raise FieldError({"day": "It is out already. Choose the day it was, not one to come."})
    before, people = await _standing(tx, launch), (launch.owner_id, launch.backup_id)
    had_metric, first_check = launch.metric is not None, launch.first_check
    was_measured = launch.state != LaunchState.OUT
    await fill(tx, user_id, launch, draft)
    await set_guardrails(tx, launch, draft.guardrails)
    after = await _standing(tx, launch)
    if was_measured and had_metric:
        _check_outcome(launch, before, after)
    changed = await keep_version(tx, launch, user_id, before, after)
    moved_hands = people != (launch.owner_id, launch.backup_id)
    if not had_metric and launch.metric is not None:
        if was_measured:
            await unmeasured_again(tx, launch)
        await has_metric(tx, launch, user_id)
    elif had_metric and launch.metric is None:
        await want_metric(tx, launch)
    elif not had_metric:
        if moved_hands:
            await _reassign(tx, launch, METRIC_KIND)
        if launch.first_check != first_check and not was_measured:
            await prompts.postpone(tx, METRIC_KIND, launch.id, await when_wanted(tx, launch))
    await tx.session.flush()
    await tx.emit(LaunchEdited(launch.id, replan=changed or moved_hands, by=user_id))
    if await asked_of(tx, METRIC_KIND, launch.id) is not None:
        await prompts.redraw(tx, METRIC_KIND, launch.id)
    await redraw(tx, launch)


async def _reassign(tx: Tx, launch: Launch, kind: str) -> None:
    if await asked_of(tx, kind, launch.id) is not None:
        await prompts.reassign(tx, kind, launch.id, owner_id=launch.owner_id, backup_id=launch.backup_id)


async def _standing(tx: Tx, launch: Launch) -> dict[str, str]:
    return frozen(launch, [drafted(found) for found in await queries.guardrails(tx, launch.id)])


def _check_outcome(launch: Launch, before: Mapping[str, str], after: Mapping[str, str]) -> None:
    changed = [label for label in {**before, **after} if before.get(label) != after.get(label)]
    sentence = (
        f"{launch.label} has its outcome, which depends on this. Press Undo under the answer first, "
        "or leave it as it is."
    )
    if changed:
        raise FieldError({_FIELDS[label]: sentence for label in changed})
