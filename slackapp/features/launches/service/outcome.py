"""What became of a launch. In all of these the caller holds the launch's lock."""

from slackapp.core.transaction import Tx
from slackapp.features.launches.models import Launch
from slackapp.features.launches.rules import Decision, LaunchState
from slackapp.features.launches.service.drawing import redraw
from slackapp.features.metrics.rules import Verdict


async def measured(tx: Tx, launch: Launch, verdict: Verdict, *, guardrail_loss: bool = False) -> None:
    """The final checkpoint is answered, or its answer has changed."""
    if launch.state != LaunchState.CLOSED:
        launch.state = LaunchState.MEASURED
    launch.verdict, launch.guardrail_loss = verdict, guardrail_loss
    await redraw(tx, launch)


async def unmeasured_again(tx: Tx, launch: Launch) -> None:
    """The final answer was taken back, and with it all that was said of it."""
    launch.state, launch.verdict, launch.guardrail_loss = LaunchState.OUT, None, False
    launch.override, launch.override_reason = None, ""
    launch.overridden_by = launch.overridden_at = None
    launch.changes_next = None
    await redraw(tx, launch)


async def overrule(tx: Tx, launch: Launch, verdict: Verdict | None, reason: str, by: str) -> None:
    """The owner says otherwise than what was computed; None: what was computed stands again."""
    launch.override, launch.override_reason = verdict, reason if verdict else ""
    launch.overridden_by, launch.overridden_at = (by, tx.now) if verdict else (None, None)
    await redraw(tx, launch)


async def changes_next(tx: Tx, launch: Launch, *, answer: bool) -> None:
    """Whether the outcome changes what is built next."""
    launch.changes_next = answer
    await redraw(tx, launch)


async def decided(tx: Tx, launch: Launch, decision: Decision) -> None:
    """What people chose to do about the outcome."""
    launch.state, launch.decision = LaunchState.CLOSED, decision
    await redraw(tx, launch)
