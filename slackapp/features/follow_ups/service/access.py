"""Whose question it is, and the lock that every change takes first."""

from slackapp.core.errors import UserError
from slackapp.core.transaction import Tx
from slackapp.features.follow_ups import queries
from slackapp.features.follow_ups.models import FollowUp
from slackapp.features.follow_ups.rules import KIND, FollowUpState
from slackapp.features.launches import queries as launch_queries
from slackapp.features.launches.models import Launch
from slackapp.features.launches.rules import Action, LaunchState, may
from slackapp.features.prompts.queries import asked_person
from slackapp.features.workspaces.queries import person


async def locked(tx: Tx, follow_up_id: int) -> tuple[Launch, FollowUp]:
    found = await queries.follow_up(tx, follow_up_id)
    launch = await launch_queries.launch(tx, found.launch_id, lock=True)
    # Read again: what was read before the lock may have changed since.
    return launch, await queries.follow_up(tx, follow_up_id)


async def to_answer(tx: Tx, user_id: str, follow_up_id: int, *, here: str | None) -> tuple[Launch, FollowUp]:
    """The question, if this person may answer it now; otherwise `UserError` says why not."""
    launch, follow_up = await locked(tx, follow_up_id)
    await check_may(tx, Action.ANSWER, user_id, launch, follow_up, here=here)
    if launch.state == LaunchState.DROPPED:
        raise UserError(f"{launch.label} was cancelled, so nothing is asked about it any more.")
    if follow_up.state == FollowUpState.LAPSED:
        raise UserError("A later check of this launch has taken the place of this one.")
    if follow_up.state == FollowUpState.DROPPED:
        raise UserError(f"{launch.label} was edited since, and this is not asked any more.")
    if follow_up.state not in {FollowUpState.OPEN, FollowUpState.EXPIRED}:
        raise UserError(await _answered_already(tx, user_id, launch, follow_up))
    return launch, follow_up


async def check_may(
    tx: Tx, action: Action, user_id: str, launch: Launch, follow_up: FollowUp, *, here: str | None = None
) -> None:
    """Raises `UserError` if it is not theirs to do. `here`: the channel they act in."""
    if may(action, await queries.roles(tx, user_id, launch, follow_up, here=here)):
        return
    if action == Action.OVERRIDE:
        owner = await _name(tx, launch.owner_id)
        raise UserError(f"Only {owner}, who owns {launch.label}, can override its verdict.")
    raise UserError(f"This question is for {await _name(tx, await asked_person(tx, KIND, follow_up.id))}.")


async def _answered_already(tx: Tx, user_id: str, launch: Launch, follow_up: FollowUp) -> str:
    assert follow_up.answered_by is not None
    who = "You have" if follow_up.answered_by == user_id else f"{await _name(tx, follow_up.answered_by)} has"
    answer = await queries.answer_of(tx, follow_up)
    said = answer.shown if answer.reading else "that there is no number"
    if launch.state == LaunchState.CLOSED and follow_up.final:
        return f"{who} already recorded {said}. {launch.label} is decided upon, so its outcome stands."
    asked_id = await asked_person(tx, KIND, follow_up.id)
    if user_id in {asked_id, follow_up.answered_by}:
        undo = "press"
    else:
        undo = f"{await _name(tx, follow_up.answered_by)} can press"
    return f"{who} already recorded {said}. To change that, {undo} Undo under the answer first."


async def _name(tx: Tx, user_id: str) -> str:
    return (await person(tx, user_id)).name
