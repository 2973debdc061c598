"""Recording launches, cancelling them, and keeping their cards true."""

from slackapp.core.errors import FieldError, UserError
from slackapp.core.transaction import Tx
from slackapp.features.launches import blocks, queries
from slackapp.features.launches.models import Launch
from slackapp.features.launches.rules import (
    Card,
    Decision,
    LaunchDraft,
    LaunchDropped,
    LaunchOut,
    LaunchState,
    Took,
    may_change,
)
from slackapp.features.metrics.rules import Verdict
from slackapp.features.workspaces.queries import person
from slackapp.features.workspaces.service import next_number
from slackapp.outbox import service as outbox


async def record(tx: Tx, user_id: str, channel_id: str, draft: LaunchDraft) -> Launch:
    """Record a launch that is out: what counts is fixed, its card is posted, its checkpoints begin.

    Raises `FieldError` for an owner who could not be asked.
    """
    owner = await person(tx, draft.owner)
    if not owner.can_be_asked:
        raise FieldError({"owner": "Please choose a colleague: the owner is asked what happened."})
    if draft.backup is not None and not (await person(tx, draft.backup)).can_be_asked:
        raise FieldError(
            {"backup": "Please choose a colleague, who is asked when the owner does not answer."}
        )
    launch = Launch(
        workspace_id=tx.workspace_id,
        number=await next_number(tx, "launch"),
        channel_id=channel_id,
        recorder_id=user_id,
        owner_id=draft.owner,
        backup_id=draft.backup,
        title=draft.title,
        problem=draft.problem,
        audience=draft.audience,
        outcomes=draft.outcomes,
        because=draft.because,
        link=draft.link,
        day=draft.day,
        kind="feature",
        systems=[],
        goal="",
        expected_value="",
        significant=False,
        unlocks="",
        metric=draft.metric,
        direction=draft.direction,
        unit=draft.unit,
        baseline=draft.baseline,
        target=draft.target,
        smallest_change=draft.smallest_change,
        checkpoints=list(draft.checkpoints),
        state=LaunchState.OUT,
        recorded_at=tx.now,
        frozen_at=tx.now,
    )
    tx.session.add(launch)
    await tx.session.flush()
    await tx.emit(LaunchOut(launch.id))
    await redraw(tx, launch)
    return launch


async def cancel(tx: Tx, user_id: str, launch_id: int) -> Launch:
    """Ask nothing about it any more. Raises `UserError` if it is too late, or not theirs to cancel."""
    launch = await queries.launch(tx, launch_id, lock=True)
    await check_cancel(tx, user_id, launch)
    launch.state, launch.dropped_by, launch.dropped_at = LaunchState.DROPPED, user_id, tx.now
    await tx.emit(LaunchDropped(launch.id))
    await redraw(tx, launch)
    return launch


async def check_cancel(tx: Tx, user_id: str, launch: Launch) -> None:
    """Raises `UserError` if it is too late, or not theirs to cancel."""
    if launch.state == LaunchState.DROPPED:
        raise UserError(f"{launch.label} is cancelled already.")
    if launch.state != LaunchState.OUT:
        raise UserError(f"{launch.label} has its outcome already, so nothing is left to cancel.")
    is_admin = (await person(tx, user_id)).is_admin
    allowed = may_change(
        user_id,
        owner_id=launch.owner_id,
        backup_id=launch.backup_id,
        recorder_id=launch.recorder_id,
        is_admin=is_admin,
    )
    if not allowed:
        owner = (await person(tx, launch.owner_id)).name
        raise UserError(
            f"{launch.label} can be cancelled by its owner {owner}, by whoever recorded it, "
            "or by an admin of this workspace.",
        )


async def measured(tx: Tx, launch: Launch, verdict: Verdict, *, guardrail_loss: bool = False) -> None:
    """The final checkpoint is answered, or its answer has changed. The caller holds the launch's lock."""
    if launch.state != LaunchState.CLOSED:
        launch.state = LaunchState.MEASURED
    launch.verdict, launch.guardrail_loss = verdict, guardrail_loss
    await redraw(tx, launch)


async def overrule(tx: Tx, launch: Launch, verdict: Verdict | None, reason: str, by: str) -> None:
    """The owner says otherwise than what was computed; None: what was computed stands again.

    The caller holds the launch's lock.
    """
    launch.override, launch.override_reason = verdict, reason if verdict else ""
    launch.overridden_by, launch.overridden_at = (by, tx.now) if verdict else (None, None)
    await redraw(tx, launch)


async def changes_next(tx: Tx, launch: Launch, *, answer: bool) -> None:
    """Whether the outcome changes what is built next. The caller holds the launch's lock."""
    launch.changes_next = answer
    await redraw(tx, launch)


async def unmeasured_again(tx: Tx, launch: Launch) -> None:
    """The final answer was taken back. The caller holds the launch's lock."""
    launch.state, launch.verdict, launch.guardrail_loss = LaunchState.OUT, None, False
    launch.override, launch.override_reason = None, ""
    launch.overridden_by = launch.overridden_at = None
    launch.changes_next = None
    await redraw(tx, launch)


async def decided(tx: Tx, launch: Launch, decision: Decision) -> None:
    """What people chose to do about the outcome. The caller holds the launch's lock."""
    launch.state, launch.decision = LaunchState.CLOSED, decision
    await redraw(tx, launch)


async def redraw(tx: Tx, launch: Launch) -> None:
    """Say how the card should look now."""
    await tx.session.flush()
    await outbox.say(
        tx,
        card_key(launch.id),
        outbox.Channel(launch.channel_id),
        blocks.card(await view(tx, launch), await parts(tx, launch)),
        responsible=launch.owner_id,
    )


async def view(tx: Tx, launch: Launch) -> blocks.CardView:
    """The launch with all that its card shows of it."""
    taken = await queries.parts_taken(tx, launch.id)
    reworked = await queries.launch(tx, launch.reworks_id) if launch.reworks_id else None
    return blocks.CardView(
        launch,
        guardrails=await queries.guardrails(tx, launch.id),
        versions=await queries.versions(tx, launch.id),
        worked=taken.get(Took.WORKED, 0),
        before_spec=taken.get(Took.BEFORE_SPEC, 0),
        business_known=await queries.has_business(tx, launch),
        reworks_label=reworked.label if reworked else None,
    )


async def parts(tx: Tx, launch: Launch) -> list[blocks.CardPart]:
    """What other features have to say on the launch's card."""
    return await tx.gather(Card(launch.id, launch.day))


def card_key(launch_id: int) -> str:
    return f"launches:{launch_id}:card"
