"""Launches that are out without a metric: asking for one, taking it, and going without."""

from datetime import datetime

from slackapp.core.errors import FieldError, UserError
from slackapp.core.transaction import Tx
from slackapp.core.words import plain
from slackapp.core.working_time import morning_of
from slackapp.features.launches import queries
from slackapp.features.launches.models import Launch
from slackapp.features.launches.rules import (
    METRIC_KIND,
    Action,
    LaunchEdited,
    LaunchState,
    may,
    metric_key,
)
from slackapp.features.launches.service.drawing import redraw
from slackapp.features.launches.service.outcome import measured, unmeasured_again
from slackapp.features.launches.service.versions import frozen, keep_version
from slackapp.features.metrics.rules import Quantity, Verdict, default_smallest_change, read_direction
from slackapp.features.prompts import service as prompts
from slackapp.features.prompts.queries import asked_of
from slackapp.features.prompts.rules import Expired, Ladder, Question
from slackapp.features.workspaces.queries import calendar, person

#: A metric's name is a few words.
LONGEST_NAME = 80


async def want_metric(tx: Tx, launch: Launch) -> None:
    """Ask the owner at the first checkpoint how anybody will know whether it worked."""
    question = Question(
        METRIC_KIND,
        launch.id,
        launch.owner_id,
        channel_id=launch.channel_id,
        owner_id=launch.owner_id,
        backup_id=launch.backup_id,
        ladder=Ladder.AMONG_US,
    )
    await prompts.ask(tx, question, await when_wanted(tx, launch))


async def when_wanted(tx: Tx, launch: Launch) -> datetime:
    """The morning of its first checkpoint; now, if that has come."""
    when = await calendar(tx, launch.owner_id, launch.channel_id)
    return max(morning_of(launch.first_check, when), tx.now)


async def name_metric(
    tx: Tx, user_id: str, launch_id: int, name: str, change: tuple[Quantity, Quantity] | None = None
) -> Launch:
    """From now on it is judged by this metric, with what it was and what was hoped for where that is known.

    Raises `FieldError` for a name that is none, at `metric`, and two numbers alike, at `from_to`.
    """
    launch = await wants_metric(tx, user_id, launch_id)
    metric = plain(name)
    if not metric or len(metric) > LONGEST_NAME:
        sentence = f"Please write the metric's name alone, in at most {LONGEST_NAME} characters."
        raise FieldError({"metric": sentence})
    before = frozen(launch, [])
    if change is not None:
        _set_numbers(launch, *change)
    if launch.state == LaunchState.MEASURED:
        await unmeasured_again(tx, launch)
    launch.metric, launch.metric_key = metric, metric_key(metric)
    await keep_version(tx, launch, user_id, before, frozen(launch, []))
    await has_metric(tx, launch, user_id)
    await tx.emit(LaunchEdited(launch.id, replan=True, by=user_id))
    await redraw(tx, launch)
    return launch


def _set_numbers(launch: Launch, baseline: Quantity, target: Quantity) -> None:
    launch.direction = read_direction(baseline.value, target.value)
    if launch.direction is None:
        raise FieldError(
            {"from_to": "Both numbers are the same. Write where it should go, like 40 % → 50 %."}
        )
    launch.baseline, launch.target, launch.unit = baseline.value, target.value, target.unit
    launch.smallest_change = default_smallest_change(baseline.value, target.value)


async def has_metric(tx: Tx, launch: Launch, by: str) -> None:
    """Nobody needs to be asked for one any more."""
    if await asked_of(tx, METRIC_KIND, launch.id) is not None:
        await prompts.answered(tx, METRIC_KIND, launch.id, by)


async def give_up_metric(tx: Tx, user_id: str, launch_id: int, *, undo: bool = False) -> Launch:
    """It cannot be measured, which counts apart from silence; or, with `undo`, perhaps it can."""
    launch = await wants_metric(tx, user_id, launch_id)
    if undo:
        await unmeasured_again(tx, launch)
        if not await prompts.reopen(tx, METRIC_KIND, launch.id):
            await measured(tx, launch, Verdict.UNMEASURED)
    else:
        await measured(tx, launch, Verdict.UNMEASURED)
        await prompts.answered(tx, METRIC_KIND, launch.id, user_id)
    return launch


async def metric_expired(tx: Tx, event: Expired) -> None:
    """Nobody named one: it was never measured, and counts as that."""
    if event.kind != METRIC_KIND:
        return
    launch = await queries.launch(tx, event.subject_id, lock=True)
    if launch.state == LaunchState.OUT and launch.metric is None:
        await measured(tx, launch, Verdict.UNMEASURED)
        await prompts.redraw(tx, METRIC_KIND, launch.id)


async def wants_metric(tx: Tx, user_id: str, launch_id: int) -> Launch:
    """The launch, locked, if it still wants a metric and this person may say which."""
    launch = await queries.launch(tx, launch_id, lock=True)
    asked_id = await asked_of(tx, METRIC_KIND, launch.id)
    if not may(Action.ANSWER, await queries.roles(tx, user_id, launch, asked_id=asked_id)):
        raise UserError(f"This question is for {(await person(tx, asked_id or launch.owner_id)).name}.")
    if launch.state == LaunchState.DROPPED:
        raise UserError(f"{launch.label} was cancelled, so nothing is asked about it any more.")
    if launch.metric is not None:
        raise UserError(f"{launch.label} is judged by {launch.metric} already. Edit on its card changes it.")
    return launch
