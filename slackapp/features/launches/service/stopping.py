"""Launches that never come, or that nobody wants to ask about any more."""

from slackapp.core.errors import UserError
from slackapp.core.transaction import Tx
from slackapp.features.launches import queries
from slackapp.features.launches.models import Launch
from slackapp.features.launches.rules import METRIC_KIND, OUT_KIND, Action, LaunchDropped, LaunchState
from slackapp.features.launches.service.drawing import redraw
from slackapp.features.launches.service.permitting import check
from slackapp.features.launches.service.planning import is_planned
from slackapp.features.prompts import service as prompts


async def cancel(tx: Tx, user_id: str, launch_id: int, *, here: str | None = None) -> Launch:
    """Ask nothing about it any more. Raises `UserError` if it is not theirs to cancel, or too late."""
    launch = await queries.launch(tx, launch_id, lock=True)
    await check_cancel(tx, user_id, launch, here=here)
    await _stop(tx, user_id, launch)
    return launch


async def drop(tx: Tx, user_id: str, launch_id: int, *, here: str | None = None) -> Launch:
    """The answer to whether it is out: it never will be. Raises as `is_planned`."""
    launch = await is_planned(tx, user_id, launch_id, here=here)
    await _stop(tx, user_id, launch)
    return launch


async def _stop(tx: Tx, user_id: str, launch: Launch) -> None:
    """The caller holds the launch's lock."""
    launch.state, launch.dropped_by, launch.dropped_at = LaunchState.DROPPED, user_id, tx.now
    await tx.session.flush()
    for kind in (OUT_KIND, METRIC_KIND):
        await prompts.forget(tx, kind, launch.id)
    await tx.emit(LaunchDropped(launch.id))
    await redraw(tx, launch)


async def check_cancel(tx: Tx, user_id: str, launch: Launch, *, here: str | None = None) -> None:
    """Raises `UserError` if it is not theirs to cancel, or too late."""
    await check(tx, user_id, launch, Action.CANCEL, here=here)
    if launch.state == LaunchState.DROPPED:
        raise UserError(f"{launch.label} is cancelled already.")
    if launch.state not in {LaunchState.PLANNED, LaunchState.OUT}:
        raise UserError(f"{launch.label} has its outcome already, so nothing is left to cancel.")
