"""What was logged in a channel, and since when anything was."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, func, select

from slackapp.core.transaction import Tx
from slackapp.features.discovery.models import Activity, Contribution, Present
from slackapp.features.discovery.rules import Contributed
from slackapp.features.discovery.rules.periods import Period
from slackapp.features.discovery.rules.report import Done
from slackapp.features.launches.models import Launch
from slackapp.features.polls.models import Poll
from slackapp.features.workspaces.rules import Function


async def since(tx: Tx, channel_id: str) -> date | None:
    """The day of the first thing recorded there: a launch, a poll, or something logged."""
    launch = (
        select(Launch.recorded_at)
        .where(Launch.workspace_id == tx.workspace_id, Launch.channel_id == channel_id)
        .order_by(Launch.number)
        .limit(1)
    )
    poll = (
        select(Poll.created_at)
        .where(Poll.workspace_id == tx.workspace_id, Poll.channel_id == channel_id)
        .order_by(Poll.number)
        .limit(1)
    )
    logged = select(func.min(Activity.day)).where(
        Activity.workspace_id == tx.workspace_id, Activity.channel_id == channel_id
    )
    found = await tx.session.execute(
        select(launch.scalar_subquery(), poll.scalar_subquery(), logged.scalar_subquery())
    )
    recorded_at, created_at, day = found.one()
    begun: Sequence[datetime | None] = (recorded_at, created_at)
    days: Sequence[date | None] = [day, *(moment and moment.date() for moment in begun)]
    return min((each for each in days if each is not None), default=None)


async def done(tx: Tx, channel_id: str, period: Period) -> Sequence[Done]:
    there = and_(
        Activity.workspace_id == tx.workspace_id,
        Activity.channel_id == channel_id,
        Activity.day.between(period.first, period.last),
    )
    present, brought = await _present(tx, there), await _brought(tx, there)
    found = await tx.session.execute(select(Activity.id, Activity.day, Activity.weeks_saved).where(there))
    return [
        Done(day, present.get(activity_id, ()), brought.get(activity_id, ()), weeks_saved)
        for activity_id, day, weeks_saved in found
    ]


async def _present(tx: Tx, there: ColumnElement[bool]) -> dict[int, list[Function]]:
    found = await tx.session.execute(
        select(Present.activity_id, Present.function)
        .join(Activity, Activity.id == Present.activity_id)
        .where(Present.workspace_id == tx.workspace_id, there)
    )
    functions: dict[int, list[Function]] = {}
    for activity_id, function in found:
        functions.setdefault(activity_id, []).append(Function(function))
    return functions


async def _brought(tx: Tx, there: ColumnElement[bool]) -> dict[int, list[Contributed]]:
    found = await tx.session.execute(
        select(Contribution.activity_id, Contribution.kind)
        .join(Activity, Activity.id == Contribution.activity_id)
        .where(Contribution.workspace_id == tx.workspace_id, there)
    )
    kinds: dict[int, list[Contributed]] = {}
    for activity_id, kind in found:
        kinds.setdefault(activity_id, []).append(Contributed(kind))
    return kinds
