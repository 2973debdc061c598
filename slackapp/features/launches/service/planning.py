"""Planned launches: whether they are out, and the days they slip to."""

from datetime import date

from slackapp.core.errors import FieldError, UserError
from slackapp.core.transaction import Tx
from slackapp.core.words import written_day
from slackapp.core.working_time import morning_of
from slackapp.features.launches import queries
from slackapp.features.launches.models import Launch
from slackapp.features.launches.rules import (
    LONGEST_AHEAD,
    OUT_KIND,
    Action,
    LaunchDraft,
    LaunchOut,
    LaunchState,
)
from slackapp.features.launches.service.drawing import redraw
from slackapp.features.launches.service.filling import fill, set_guardrails
from slackapp.features.launches.service.metric import want_metric
from slackapp.features.launches.service.permitting import check
from slackapp.features.prompts import service as prompts
from slackapp.features.prompts.rules import Ladder, Question
from slackapp.features.workspaces.queries import calendar, today


async def ask_whether_out(tx: Tx, launch: Launch) -> None:
    """Ask the owner on the morning of its day."""
    when = await calendar(tx, launch.owner_id, launch.channel_id)
    question = Question(
        OUT_KIND,
        launch.id,
        launch.owner_id,
        channel_id=launch.channel_id,
        owner_id=launch.owner_id,
        backup_id=launch.backup_id,
        ladder=Ladder.AMONG_US,
    )
    await prompts.ask(tx, question, morning_of(launch.day, when))


async def let_out(tx: Tx, launch: Launch, by: str) -> None:
    """It is in front of users: from now on what counts is fixed."""
    launch.state, launch.frozen_at = LaunchState.OUT, tx.now
    await tx.session.flush()
    if launch.metric is None:
        await want_metric(tx, launch)
    await tx.emit(LaunchOut(launch.id, by))


async def is_planned(tx: Tx, user_id: str, launch_id: int, *, here: str | None = None) -> Launch:
    """The launch, locked, if this person may say whether it is out; otherwise `UserError` says why not."""
    launch = await queries.launch(tx, launch_id, lock=True)
    await check(tx, user_id, launch, Action.RELEASE, here=here)
    if launch.state == LaunchState.DROPPED:
        raise UserError(f"{launch.label} is cancelled already.")
    if launch.state != LaunchState.PLANNED:
        raise UserError(f"{launch.label} is out since {written_day(launch.day)}.")
    return launch


async def release(tx: Tx, user_id: str, launch_id: int, draft: LaunchDraft) -> Launch:
    """It is out, with what was still missing. Raises as `is_planned`, and `FieldError` as `record`."""
    launch = await is_planned(tx, user_id, launch_id)
    await fill(tx, user_id, launch, draft)
    await set_guardrails(tx, launch, draft.guardrails)
    await say_out(tx, user_id, launch)
    return launch


async def say_out(tx: Tx, user_id: str, launch: Launch) -> None:
    """It is out as it stands. The caller holds the launch's lock."""
    await let_out(tx, launch, user_id)
    await prompts.answered(tx, OUT_KIND, launch.id, user_id)
    await redraw(tx, launch)


async def slip(tx: Tx, user_id: str, launch_id: int, day: date) -> Launch:
    """It comes on another day, and is asked about then. Raises as `is_planned`, and `FieldError` at `day`."""
    launch = await is_planned(tx, user_id, launch_id)
    now = await today(tx, user_id)
    if day <= now:
        raise FieldError({"day": "Choose a day that is still to come. If it is out already, press It's out."})
    if day > now + LONGEST_AHEAD:
        raise FieldError({"day": "Choose a day within the next two years."})
    if day == launch.day:
        raise FieldError({"day": f"It is planned for {written_day(day)} already. Choose another day."})
    await move(tx, launch, day)
    await redraw(tx, launch)
    return launch


async def move(tx: Tx, launch: Launch, day: date) -> None:
    """Another day for a planned launch. The caller holds the launch's lock and redraws."""
    launch.day, launch.slips = day, launch.slips + 1
    await tx.session.flush()
    when = await calendar(tx, launch.owner_id, launch.channel_id)
    await prompts.postpone(tx, OUT_KIND, launch.id, morning_of(day, when))
