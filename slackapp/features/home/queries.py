"""What App Home shows of launches, each list in one statement, as far as its reader may see them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, UnaryExpression, and_, exists, func, or_, select
from sqlalchemy.orm import aliased

from slackapp.core.transaction import Tx
from slackapp.features.follow_ups.models import FollowUp
from slackapp.features.follow_ups.queries import Answer
from slackapp.features.follow_ups.rules import ANSWERS, FollowUpState
from slackapp.features.home.rules import FEW, MOST_CHANNELS, Listed
from slackapp.features.launches.models import Launch, LaunchPerson
from slackapp.features.launches.queries import Rate, Reader, rates, visible
from slackapp.features.launches.rules import LaunchState, Took
from slackapp.features.learnings.models import Learning
from slackapp.features.metrics.models import Reading
from slackapp.features.workspaces.queries import open_channels, settled, today
from slackapp.features.workspaces.rules import Settled


@dataclass(frozen=True)
class Row:
    """A launch in a list, with what is asked about it next and what came of it."""

    launch: Launch
    #: The day of the next open question; None if none is open.
    asked_on: date | None
    #: The final question with what answers it; None of a launch without a metric.
    final: Answer | None
    learned: str | None

    def decided_by(self, user_id: str) -> FollowUp | None:
        """The answer that this person, as the launch's owner, has yet to decide upon."""
        is_theirs = self.launch.state == LaunchState.MEASURED and self.launch.owner_id == user_id
        if not is_theirs or self.final is None or self.final.follow_up.state not in ANSWERS:
            return None
        return self.final.follow_up


@dataclass(frozen=True)
class Page:
    rows: Sequence[Row]
    listed: Listed
    #: How many come before these, and how many there are in all.
    offset: int
    total: int

    @property
    def left(self) -> int:
        """How many come after these."""
        return max(self.total - self.offset - len(self.rows), 0)


@dataclass(frozen=True)
class Overview:
    """All that a colleague's Home shows by itself."""

    user_id: str
    today: date
    #: When and where this person is asked.
    settled: Settled
    open: Page
    outcomes: Page
    worked: Page
    #: Of the channels where this person's launches are.
    rates: Sequence[Rate]

    @property
    def is_empty(self) -> bool:
        return not (self.open.total or self.outcomes.total or self.worked.total)


async def overview(tx: Tx, user_id: str) -> Overview:
    return Overview(
        user_id,
        await today(tx, user_id),
        await settled(tx, user_id, None),
        await page(tx, user_id, Listed.OPEN, limit=FEW),
        await page(tx, user_id, Listed.OUTCOMES, limit=FEW),
        await page(tx, user_id, Listed.WORKED, limit=FEW),
        await _team_rates(tx, user_id),
    )


async def page(tx: Tx, user_id: str, listed: Listed, *, offset: int = 0, limit: int) -> Page:
    """So many launches of the list. Past its end there are none, and `total` is 0."""
    coming, final = aliased(FollowUp), aliased(FollowUp)
    open_ones = select(func.min(FollowUp.days)).where(
        FollowUp.workspace_id == tx.workspace_id,
        FollowUp.launch_id == Launch.id,
        FollowUp.state == FollowUpState.OPEN,
    )
    next_days = open_ones.correlate(Launch).scalar_subquery()
    outcome_day = func.coalesce(Reading.observed_on, final.due_on, Launch.day)
    order: Sequence[ColumnElement[date] | UnaryExpression[date]] = [outcome_day.desc()]
    if listed is Listed.OPEN:
        order = [func.coalesce(coming.due_on, Launch.day)]
    found = await tx.session.execute(
        select(Launch, coming.due_on, final, Reading, Learning.text, func.count().over())
        .select_from(Launch)
        .outerjoin(coming, and_(coming.launch_id == Launch.id, coming.days == next_days))
        .outerjoin(final, and_(final.launch_id == Launch.id, final.final))
        .outerjoin(Reading, Reading.id == final.reading_id)
        .outerjoin(Learning, Learning.launch_id == Launch.id)
        .where(
            Launch.workspace_id == tx.workspace_id,
            _belongs(tx, user_id, listed),
            visible(tx, Reader(user_id, "")),
        )
        .order_by(*order, Launch.number.desc())
        .offset(offset)
        .limit(limit),
    )
    rows = found.all()
    shown = [
        Row(launch, asked_on, _answer(last, reading), learned)
        for launch, asked_on, last, reading, learned, _ in rows
    ]
    return Page(shown, listed, offset, rows[0][-1] if rows else 0)


def _answer(final: FollowUp | None, reading: Reading | None) -> Answer | None:
    return None if final is None else Answer(final, reading)


def _belongs(tx: Tx, user_id: str, listed: Listed) -> ColumnElement[bool]:
    is_theirs = _is_theirs(user_id)
    if listed is Listed.OPEN:
        return and_(is_theirs, Launch.state.in_([LaunchState.PLANNED, LaunchState.OUT]))
    if listed is Listed.OUTCOMES:
        return and_(is_theirs, Launch.state.in_([LaunchState.MEASURED, LaunchState.CLOSED]))
    return and_(~is_theirs, _worked_on(tx, user_id), Launch.state != LaunchState.DROPPED)


def _is_theirs(user_id: str) -> ColumnElement[bool]:
    return or_(Launch.owner_id == user_id, Launch.recorder_id == user_id)


def _worked_on(tx: Tx, user_id: str) -> ColumnElement[bool]:
    return exists().where(
        LaunchPerson.workspace_id == tx.workspace_id,
        LaunchPerson.launch_id == Launch.id,
        LaunchPerson.user_id == user_id,
        LaunchPerson.part == Took.WORKED,
    )


async def _team_rates(tx: Tx, user_id: str) -> Sequence[Rate]:
    """Of channels of which all may read, or which this person is in: a count tells of launches, too."""
    theirs = select(Launch.channel_id).where(
        Launch.workspace_id == tx.workspace_id, or_(_is_theirs(user_id), _worked_on(tx, user_id))
    )
    among = and_(Launch.channel_id.in_(theirs), Launch.channel_id.in_(open_channels(tx, user_id)))
    found = [rate for rate in await rates(tx, among) if rate.says_something]
    return found[:MOST_CHANNELS]
