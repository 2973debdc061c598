"""Launches, as far as the reader may see them.

A launch is seen by its channel's members: of a public channel's everybody in the workspace who is no guest.
Until Slack has told us what kind of channel it is, it is seen there, and by its owner, backup and recorder.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, exists, false, func, or_, select

from slackapp.core.errors import NotFoundError
from slackapp.core.transaction import Tx
from slackapp.features.launches.models import Guardrail, Launch, LaunchPerson, LaunchVersion
from slackapp.features.launches.rules import LaunchState, Role, Took
from slackapp.features.metrics.rules import Verdict
from slackapp.features.prompts.queries import Subjects
from slackapp.features.workspaces.models import Channel, Person
from slackapp.features.workspaces.queries import (
    channel,
    is_away,
    is_nobody,
    may_be_asked,
    open_channels,
    person,
)
from slackapp.features.workspaces.rules import Function


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

    @property
    def says_something(self) -> bool:
        """Of a single launch its own outcome says all there is."""
        return self.measured + self.unmeasured > 1


PAGE = 10
#: Launches on the same metric that are named beside an outcome.
MOST_NAMED = 5


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


async def rate(tx: Tx, channel_id: str) -> Rate:
    """Of the launches that have a verdict; what their owners said otherwise counts."""
    found = await rates(tx, Launch.channel_id == channel_id)
    return found[0] if found else Rate(channel_id, 0, 0, 0)


async def rates(tx: Tx, among: ColumnElement[bool]) -> Sequence[Rate]:
    """The same for each channel with such launches, those with most of them first."""
    standing = func.coalesce(Launch.override, Launch.verdict)
    found = await tx.session.execute(
        select(Launch.channel_id, standing, func.count())
        .where(Launch.workspace_id == tx.workspace_id, Launch.verdict.is_not(None), among)
        .group_by(Launch.channel_id, standing),
    )
    counts: dict[str, dict[Verdict, int]] = {}
    for channel_id, verdict, count in found:
        counts.setdefault(channel_id, {})[Verdict(verdict)] = count
    by_number = sorted(counts.items(), key=lambda each: (-sum(each[1].values()), each[0]))
    return [_rate(channel_id, verdicts) for channel_id, verdicts in by_number]


def _rate(channel_id: str, counts: Mapping[Verdict, int]) -> Rate:
    unmeasured = counts.get(Verdict.UNMEASURED, 0)
    moved = counts.get(Verdict.HIT, 0) + counts.get(Verdict.MOVED, 0)
    return Rate(channel_id, moved, sum(counts.values()) - unmeasured, unmeasured)


async def same_metric(tx: Tx, about: Launch, until: date, *, user_id: str | None = None) -> Sequence[Launch]:
    """Other launches on the same metric that came out between this one's day and `until`, the oldest first.

    Those this person may read of; without one, those that may be named in the launch's channel.
    """
    named = visible(tx, Reader(user_id, about.channel_id)) if user_id else _nameable(tx, about.channel_id)
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


async def part_of(tx: Tx, launch_id: int, user_id: str, took: Took) -> LaunchPerson | None:
    found: LaunchPerson | None = await tx.session.scalar(
        select(LaunchPerson).where(
            LaunchPerson.workspace_id == tx.workspace_id,
            LaunchPerson.launch_id == launch_id,
            LaunchPerson.user_id == user_id,
            LaunchPerson.part == took,
        ),
    )
    return found


async def workers(tx: Tx, launch_id: int) -> Sequence[LaunchPerson]:
    """Who said that they worked on it."""
    found = await tx.session.scalars(
        select(LaunchPerson)
        .where(
            LaunchPerson.workspace_id == tx.workspace_id,
            LaunchPerson.launch_id == launch_id,
            LaunchPerson.part == Took.WORKED,
        )
        .order_by(LaunchPerson.id),
    )
    return found.all()


async def parts_taken(tx: Tx, launch_id: int) -> dict[Took, int]:
    """How many had which part."""
    found = await tx.session.execute(
        select(LaunchPerson.part, func.count())
        .where(LaunchPerson.workspace_id == tx.workspace_id, LaunchPerson.launch_id == launch_id)
        .group_by(LaunchPerson.part),
    )
    return {Took(part): count for part, count in found}


async def has_business(tx: Tx, about: Launch) -> bool:
    """Whether somebody known to be from business owns it, recorded it, or had part in it."""
    took_part = select(LaunchPerson.user_id).where(
        LaunchPerson.workspace_id == tx.workspace_id, LaunchPerson.launch_id == about.id
    )
    found = await tx.session.scalar(
        select(Person.user_id)
        .where(
            Person.workspace_id == tx.workspace_id,
            Person.function == Function.BUSINESS,
            or_(
                Person.user_id.in_([about.owner_id, about.backup_id, about.recorder_id]),
                Person.user_id.in_(took_part),
            ),
        )
        .limit(1),
    )
    return found is not None or about.idea_of == Function.BUSINESS


async def roles(
    tx: Tx, user_id: str, about: Launch, *, here: str | None = None, asked_id: str | None = None
) -> frozenset[Role]:
    """What this person is to the launch.

    `asked_id` is whom its question is asked of. `here` is the channel they act in: where Slack told nothing
    of it, that shows that they are in it. Somebody outside of a private channel is nothing to its launches,
    and guests are only what they are asked.
    """
    if await is_nobody(tx, user_id, about.channel_id):
        return frozenset()
    asked = {Role.ASKED} if user_id == asked_id else set[Role]()
    them = await person(tx, user_id)
    if them.is_guest:
        return frozenset(asked)
    found = asked | {
        role
        for role, is_so in (
            (Role.OWNER, user_id == about.owner_id),
            (Role.BACKUP, user_id == about.backup_id),
            (Role.RECORDER, user_id == about.recorder_id),
            (Role.ADMIN, them.is_admin),
        )
        if is_so
    }
    is_known = await channel(tx, about.channel_id) is not None
    is_named = bool(found & {Role.OWNER, Role.BACKUP, Role.RECORDER})
    is_member = is_known or is_named or here == about.channel_id
    return frozenset(found | {Role.MEMBER} if is_member else found)


async def responsible(tx: Tx, about: Launch) -> str | None:
    """Who is told when its channel cannot be: its owner, or whoever of the others is still there."""
    for user_id in (about.owner_id, about.backup_id, about.recorder_id):
        if user_id is not None and await may_be_asked(tx, user_id, about.channel_id):
            return user_id
    return None


async def any_in(tx: Tx, channel_id: str) -> bool:
    """Whether a launch was ever recorded in this channel."""
    found = await tx.session.scalar(
        select(Launch.id)
        .where(Launch.workspace_id == tx.workspace_id, Launch.channel_id == channel_id)
        .limit(1)
    )
    return found is not None


def visible(tx: Tx, reader: Reader) -> ColumnElement[bool]:
    """Which launches this reader may read of. Where they look from counts only where nothing is known."""
    theirs = or_(
        Launch.channel_id == reader.channel_id,
        Launch.owner_id == reader.user_id,
        Launch.backup_id == reader.user_id,
        Launch.recorder_id == reader.user_id,
    )
    return or_(
        Launch.channel_id.in_(open_channels(tx, reader.user_id)),
        and_(theirs, ~_is_known(tx), ~is_away(tx, reader.user_id)),
    )


def _nameable(tx: Tx, channel_id: str) -> ColumnElement[bool]:
    """Which launches may be named in this channel: its own, and those of public channels."""
    public = select(Channel.channel_id).where(
        Channel.workspace_id == tx.workspace_id, Channel.is_private.is_(False)
    )
    return or_(Launch.channel_id == channel_id, Launch.channel_id.in_(public))


def _is_known(tx: Tx) -> ColumnElement[bool]:
    return exists().where(Channel.workspace_id == tx.workspace_id, Channel.channel_id == Launch.channel_id)


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
