"""What people make of an outcome: a decision, what it changes, and another verdict than the computed one."""

from slackapp.core.errors import FieldError, UserError
from slackapp.core.transaction import Tx
from slackapp.features.follow_ups.models import FollowUp
from slackapp.features.follow_ups.rules import ANSWERS
from slackapp.features.follow_ups.service.access import check_may, locked
from slackapp.features.follow_ups.service.telling import redraw
from slackapp.features.launches import service as launches
from slackapp.features.launches.models import Launch
from slackapp.features.launches.rules import Action, Decision, LaunchState
from slackapp.features.metrics.rules import Verdict


async def decide(tx: Tx, user_id: str, follow_up_id: int, decision: Decision) -> None:
    """What people chose to do about the outcome; choosing again replaces it."""
    launch, follow_up = await _concluded(tx, user_id, follow_up_id, Action.ANSWER)
    await launches.decided(tx, launch, decision)
    await redraw(tx, launch, follow_up)


async def change_next(tx: Tx, user_id: str, follow_up_id: int, *, answer: bool) -> None:
    """Whether the outcome changes what is built next; answering again replaces it."""
    launch, follow_up = await _concluded(tx, user_id, follow_up_id, Action.ANSWER)
    await launches.changes_next(tx, launch, answer=answer)
    await redraw(tx, launch, follow_up)


async def open_verdict(tx: Tx, user_id: str, follow_up_id: int) -> tuple[Launch, FollowUp]:
    """The launch with its final answer, if this person may override its verdict; else `UserError`."""
    return await _concluded(tx, user_id, follow_up_id, Action.OVERRIDE)


async def override(tx: Tx, user_id: str, follow_up_id: int, verdict: Verdict | None, reason: str) -> None:
    """The owner says otherwise than what was computed, and why; None: as computed.

    Raises `FieldError` at `reason` if there is none.
    """
    launch, follow_up = await _concluded(tx, user_id, follow_up_id, Action.OVERRIDE)
    if verdict is not None and not reason:
        raise FieldError({"reason": "Please say why: it stands beside the verdict for everybody to read."})
    await launches.overrule(tx, launch, verdict, reason, user_id)
    await redraw(tx, launch, follow_up)


async def _concluded(tx: Tx, user_id: str, follow_up_id: int, action: Action) -> tuple[Launch, FollowUp]:
    launch, follow_up = await locked(tx, follow_up_id)
    await check_may(tx, action, user_id, launch, follow_up)
    is_over = launch.state in {LaunchState.MEASURED, LaunchState.CLOSED}
    if not is_over or not follow_up.final or follow_up.state not in ANSWERS:
        raise UserError(f"{launch.label} has no outcome to decide upon now.")
    return launch, follow_up
