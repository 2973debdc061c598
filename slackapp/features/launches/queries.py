"""Launches, as far as the reader may see them.

A launch is seen in its own channel, and by its owner, backup and recorder anywhere.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, func, or_, select

from slackapp.core.errors import NotFoundError
from slackapp.core.transaction import Tx
from slackapp.features.launches.models import Launch
from slackapp.features.launches.rules import LaunchState
from slackapp.features.metrics.rules import Verdict


@dataclass(frozen=True)
class Reader:
    """Who is looking, and from where."""

    user_id: str
    channel_id: str


@dataclass(frozen=True)
class Page:
    launches: Sequence[Launch]
    #: How many newer ones come before these.
    offset: int
    has_more: bool


@dataclass(frozen=True)
class Rate:
    """How the launches of one channel came out."""

    channel_id: str
    #: Hit or moved.
    moved: int
    #: With a verdict other than unmeasured.
    measured: int
    unmeasured: int


PAGE = 10


async def launch(tx: Tx, launch_id: int, *, lock: bool = False) -> Launch:
    """A launch this workspace has. `lock`: nobody else changes it before the transaction ends."""
    statement = select(Launch).where(Launch.workspace_id == tx.workspace_id, Launch.id == launch_id)
    if lock:
        statement = statement.with_for_update().execution_options(populate_existing=True)
    found: Launch | None = await tx.session.scalar(statement)
    if found is None:
        raise NotFoundError("This launch is not here any more.")
    return found


async def numbered(tx: Tx, number: int, reader: Reader) -> Launch:
    found: Launch | None = await tx.session.scalar(
        select(Launch).where(
            Launch.workspace_id == tx.workspace_id,
            Launch.number == number,
            _seen_by(reader),
        ),
    )
    if found is None:
        raise NotFoundError(f"There is no L-{number} to see here. `/launch list` shows what there is.")
    return found


async def page(
    tx: Tx,
    reader: Reader,
    *,
    only: str,
    offset: int = 0,
    due: Collection[int] = (),
) -> Page:
    """Ten launches, the newest first. `only`: here, mine, open, or due (those whose ids are `due`)."""
    here = Launch.channel_id == reader.channel_id
    filters: dict[str, ColumnElement[bool]] = {
        "here": here,
        "mine": or_(Launch.owner_id == reader.user_id, Launch.recorder_id == reader.user_id),
        # Without a metric there is no outcome to wait for.
        "open": and_(here, Launch.state == LaunchState.OUT, Launch.metric.is_not(None)),
        "due": and_(_seen_by(reader), Launch.id.in_(due)),
    }
    found = await tx.session.scalars(
        select(Launch)
        .where(Launch.workspace_id == tx.workspace_id, filters[only])
        .order_by(Launch.number.desc())
        .offset(offset)
        .limit(PAGE + 1),
    )
    launches = found.all()
    return Page(launches[:PAGE], offset, has_more=len(launches) > PAGE)


async def rate(tx: Tx, channel_id: str) -> Rate:
    """Of the launches that have a verdict."""
    found = await tx.session.execute(
        select(Launch.verdict, func.count())
        .where(
            Launch.workspace_id == tx.workspace_id,
            Launch.channel_id == channel_id,
            Launch.verdict.is_not(None),
        )
        .group_by(Launch.verdict),
    )
    counts = {Verdict(verdict): count for verdict, count in found if verdict is not None}
    unmeasured = counts.pop(Verdict.UNMEASURED, 0)
    moved = counts.get(Verdict.HIT, 0) + counts.get(Verdict.MOVED, 0)
    return Rate(channel_id, moved, sum(counts.values()), unmeasured)


def _seen_by(reader: Reader) -> ColumnElement[bool]:
    return or_(
        Launch.channel_id == reader.channel_id,
        Launch.owner_id == reader.user_id,
        Launch.backup_id == reader.user_id,
        Launch.recorder_id == reader.user_id,
    )


async def channels(tx: Tx) -> Sequence[str]:
    """Every channel we have yet to post to: a launch there still waits for its outcome or a decision."""
    found = await tx.session.scalars(
        select(Launch.channel_id)
        .where(
            Launch.workspace_id == tx.workspace_id, Launch.state.in_([LaunchState.OUT, LaunchState.MEASURED])
        )
        .distinct()
        .order_by(Launch.channel_id),
    )
    return found.all()
