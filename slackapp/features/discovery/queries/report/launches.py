"""The launches of a channel: which had somebody in before their spec, and what became of them."""

from collections.abc import Sequence
from datetime import time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, and_, exists, or_, select

from slackapp.core.transaction import Tx
from slackapp.core.working_time import local_date, local_moment
from slackapp.features.discovery.models import Activity, Present
from slackapp.features.discovery.rules.periods import Period
from slackapp.features.discovery.rules.report import EarlyClick, Shipped
from slackapp.features.launches.models import Launch, LaunchPerson
from slackapp.features.launches.rules import LaunchState, Took
from slackapp.features.metrics.rules import Verdict
from slackapp.features.workspaces.models import Person
from slackapp.features.workspaces.rules import Function

_OUT = [LaunchState.OUT, LaunchState.MEASURED, LaunchState.CLOSED]
_IS_THEIRS = and_(Person.workspace_id == LaunchPerson.workspace_id, Person.user_id == LaunchPerson.user_id)


async def clicks(tx: Tx, channel_id: str, period: Period, zone: ZoneInfo) -> Sequence[EarlyClick]:
    """Who said in that time that they were in before a spec, by the function they have now."""
    begin = local_moment(period.first, time.min, zone)
    end = local_moment(period.last + timedelta(days=1), time.min, zone)
    here = select(Launch.id).where(Launch.workspace_id == tx.workspace_id, Launch.channel_id == channel_id)
    found = await tx.session.execute(
        select(LaunchPerson.said_at, Person.function)
        .outerjoin(Person, _IS_THEIRS)
        .where(
            LaunchPerson.workspace_id == tx.workspace_id,
            LaunchPerson.launch_id.in_(here),
            LaunchPerson.part == Took.BEFORE_SPEC,
            LaunchPerson.said_at >= begin,
            LaunchPerson.said_at < end,
        )
    )
    return [
        EarlyClick(local_date(said_at, zone), None if function is None else Function(function))
        for said_at, function in found
    ]


async def shipped(tx: Tx, channel_id: str, period: Period) -> Sequence[Shipped]:
    """What came out in that time."""
    found = await tx.session.execute(
        select(
            Launch,
            or_(_clicked(tx), _logged(tx)),
            or_(_clicked(tx, by_engineer=True), _logged(tx, by_engineer=True)),
        ).where(
            Launch.workspace_id == tx.workspace_id,
            Launch.channel_id == channel_id,
            Launch.state.in_(_OUT),
            Launch.day.between(period.first, period.last),
        )
    )
    return [
        Shipped(
            launch.day,
            None if launch.standing is None else Verdict(launch.standing),
            None if launch.first_day is None else (launch.day - launch.first_day).days,
            # Who saw it then is a senior engineer.
            is_early=is_early or bool(launch.senior_before_spec),
            has_early_engineer=has_engineer or bool(launch.senior_before_spec),
        )
        for launch, is_early, has_engineer in found
    ]


def _clicked(tx: Tx, *, by_engineer: bool = False) -> ColumnElement[bool]:
    """Whether somebody said that they were in before its spec."""
    theirs = select(LaunchPerson.id).where(
        LaunchPerson.workspace_id == tx.workspace_id,
        LaunchPerson.launch_id == Launch.id,
        LaunchPerson.part == Took.BEFORE_SPEC,
    )
    if by_engineer:
        theirs = theirs.join(Person, _IS_THEIRS).where(Person.function == Function.ENGINEERING)
    return exists(theirs.correlate(Launch))


def _logged(tx: Tx, *, by_engineer: bool = False) -> ColumnElement[bool]:
    """Whether something done before its spec was logged, in its own channel: no other's is shown there."""
    of_it = select(Activity.id).where(
        Activity.workspace_id == tx.workspace_id,
        Activity.launch_id == Launch.id,
        Activity.channel_id == Launch.channel_id,
        Activity.before_spec.is_(True),
    )
    if by_engineer:
        of_it = of_it.join(
            Present, and_(Present.workspace_id == tx.workspace_id, Present.activity_id == Activity.id)
        ).where(Present.function == Function.ENGINEERING)
    return exists(of_it.correlate(Launch))
