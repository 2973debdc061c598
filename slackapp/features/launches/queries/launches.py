"""Launches, one by one and page by page, and what was written of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, false, or_, select

from slackapp.core.errors import NotFoundError
from slackapp.core.transaction import Tx
from slackapp.features.launches.models import Guardrail, Launch, LaunchVersion
from slackapp.features.launches.queries.readers import Reader, nameable, visible
from slackapp.features.launches.rules import LaunchState
from slackapp.features.prompts.queries import Subjects

PAGE = 10
#: Launches on the same metric that are named beside an outcome.
MOST_NAMED = 5


@dataclass(frozen=True)
class Page:
    launches: Sequence[Launch]
    #: How many newer ones come before these.
    offset: int
    has_more: bool


async def launch(tx: Tx, launch_id: int, *, lock: bool = False) -> Launch:
    """A launch this workspace has. `lock`: nobody else changes it before the transaction ends."""
    if not lock:
        held = tx.held(Launch, launch_id)
        if held is not None and held.workspace_id == tx.workspace_id:
            return held
    statement = select(Launch).where(Launch.workspace_id == tx.workspace_id, Launch.id == launch_id)
    if lock:
        statement = statement.with_for_update().execution_options(populate_existing=True)
    found: Launch | None = await tx.session.scalar(statement)
    if found is None:
        raise NotFoundError("This launch is not here any more.")
    return found


async def find_numbered(tx: Tx, number: int, reader: Reader) -> Launch | None:
    """None if there is none of that number that the reader may see."""
    found: Launch | None = await tx.session.scalar(
        select(Launch).where(
            Launch.workspace_id == tx.workspace_id,
            Launch.number == number,
            visible(tx, reader),
        ),
    )
    return found


async def numbered(tx: Tx, number: int, reader: Reader) -> Launch:
    """The launch of that number. Raises `NotFoundError` if the reader may not see it, or it is not there."""
    found = await find_numbered(tx, number, reader)
    if found is None:
        raise NotFoundError(f"There is no L-{number} to see here. `/launch list` shows what there is.")
    return found


async def page(
    tx: Tx,
    reader: Reader,
    *,
    only: str,
    offset: int = 0,
    due: Sequence[Subjects] = (),
) -> Page:
    """Ten launches, the newest first. `only`: here, mine, open, or due (those that `due` finds)."""
    here = and_(Launch.channel_id == reader.channel_id, visible(tx, reader))
    mine = or_(Launch.owner_id == reader.user_id, Launch.recorder_id == reader.user_id)
    filters: dict[str, ColumnElement[bool]] = {
        "here": here,
        "mine": and_(mine, visible(tx, reader)),
        "open": and_(here, Launch.state.in_([LaunchState.PLANNED, LaunchState.OUT])),
        "due": and_(visible(tx, reader), or_(false(), *(Launch.id.in_(found) for found in due))),
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


async def same_metric(tx: Tx, about: Launch, until: date, *, user_id: str | None = None) -> Sequence[Launch]:
    """Other launches on the same metric that came out between this one's day and `until`, the oldest first.

    Those this person may read of; without one, those that may be named in the launch's channel.
    """
    named = visible(tx, Reader(user_id, about.channel_id)) if user_id else nameable(tx, about.channel_id)
    found = await tx.session.scalars(
        select(Launch)
        .where(
            Launch.workspace_id == tx.workspace_id,
            Launch.metric_key == about.metric_key,
            Launch.id != about.id,
            Launch.day.between(about.day, until),
            Launch.state.not_in([LaunchState.PLANNED, LaunchState.DROPPED]),
            named,
        )
        .order_by(Launch.day, Launch.id)
        .limit(MOST_NAMED),
    )
    return found.all()


async def guardrails(tx: Tx, launch_id: int) -> Sequence[Guardrail]:
    """In the order they were written."""
    found = await tx.session.scalars(
        select(Guardrail)
        .where(Guardrail.workspace_id == tx.workspace_id, Guardrail.launch_id == launch_id)
        .order_by(Guardrail.id),
    )
    return found.all()


async def versions(tx: Tx, launch_id: int) -> Sequence[LaunchVersion]:
    """What changed after the freeze, the oldest first."""
    found = await tx.session.scalars(
        select(LaunchVersion)
        .where(LaunchVersion.workspace_id == tx.workspace_id, LaunchVersion.launch_id == launch_id)
        .order_by(LaunchVersion.number),
    )
    return found.all()


async def any_in(tx: Tx, channel_id: str) -> bool:
    """Whether a launch was ever recorded in this channel."""
    found = await tx.session.scalar(
        select(Launch.id)
        .where(Launch.workspace_id == tx.workspace_id, Launch.channel_id == channel_id)
        .limit(1)
    )
    return found is not None


async def channels(tx: Tx) -> Sequence[str]:
    """Every channel we have yet to post to: a launch there still waits for its outcome or a decision."""
    waiting = [LaunchState.PLANNED, LaunchState.OUT, LaunchState.MEASURED]
    found = await tx.session.scalars(
        select(Launch.channel_id)
        .where(Launch.workspace_id == tx.workspace_id, Launch.state.in_(waiting))
        .distinct()
        .order_by(Launch.channel_id),
    )
    return found.all()
