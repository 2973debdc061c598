"""What a worker takes on next: the oldest that is due, of each workspace its share, as the pace allows."""

from collections import Counter
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    String,
    Text,
    Update,
    and_,
    bindparam,
    exists,
    func,
    literal_column,
    or_,
    select,
    tuple_,
    update,
)
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased
from sqlalchemy.orm.attributes import set_committed_value

from slackapp.core.clock import monotonic
from slackapp.core.database import UtcDateTime, table_of, wire_now
from slackapp.core.given_rows import as_given, given_rows
from slackapp.outbox import pace
from slackapp.outbox.claims import Claim
from slackapp.outbox.models import OutboxDirect, OutboxMessage, State
from slackapp.outbox.pace import LANE, Lane, lane_of
from slackapp.outbox.rules import Pacing

#: How many of the oldest due messages a claim looks at. If there are more, other workspaces get a turn.
WINDOW = 200
#: Written into the statement: a plan made for any value of a parameter could not use the indexes of these.
WAITING: ColumnElement[str] = literal_column(f"'{State.WAITING}'", String)
#: Messages to one place that are taken on at once.
IN_LANE = 4


@dataclass(frozen=True)
class _Found:
    """A message that could be claimed; locked, so that nobody else claims it meanwhile."""

    row: OutboxMessage
    #: Its place among those of its workspace; 0 if it is that workspace's turn.
    turn: int
    in_trouble: bool
    direct: str | None


class Queue:
    """What one worker takes from the outbox, and in which order."""

    def __init__(self, lease: float, most: int, share: int, pacing: Pacing) -> None:
        """`lease` in seconds; at most so many messages in a claim, and so many lanes for one workspace."""
        self._lease, self._most, self._share, self._pacing = lease, most, share, pacing
        #: The last workspace that got a turn.
        self._turn = 0

    async def claim(
        self,
        session: AsyncSession,
        now: datetime,
        *,
        busy: AbstractSet[Lane] = frozenset(),
        strangers: AbstractSet[int] = frozenset(),
    ) -> list[Claim]:
        """Take on messages that are due at `now` and that nobody owns: the oldest of each workspace first.

        None of them goes to a lane that is `busy`, or belongs to a workspace of the `strangers`.
        """
        taken = monotonic()
        lanes = Counter(workspace_id for workspace_id, _ in busy)
        full = {workspace_id for workspace_id, count in lanes.items() if count >= self._share}
        given = {
            "now": now,
            "busy": as_given(busy),
            "without": as_given((workspace_id,) for workspace_id in full | strangers),
        }
        found, more = await self._oldest(session, given)
        if more:
            found += await self._turns(session, given, {each.row.workspace_id for each in found})
            found.sort(key=lambda each: (each.turn, each.row.due_at, each.row.id))
        chosen = self._choose(found, lanes)
        directs = {lane_of(each.row): each.direct for each in chosen if each.direct is not None}
        granted = await pace.reserve(session, self._pacing, [each.row for each in chosen], directs)
        if not granted:
            return []
        in_trouble = {each.row.workspace_id for each in chosen if each.in_trouble}
        probing = in_trouble.intersection(row.workspace_id for row in granted)
        if probing:
            await pace.probe(session, probing)
        taking = {"taking": as_given((row.id,) for row in granted), "lease": self._lease}
        held = await session.execute(_take(session.get_bind().dialect.name), taking)
        fences = {id_: (fence, at) for id_, fence, at in held}
        for row in granted:
            set_committed_value(row, "fence", fences[row.id][0])
        claims = [
            Claim(row, fences[row.id][1], taken, directs.get(lane_of(row)), row.workspace_id in probing)
            for row in granted
        ]
        return sorted(claims, key=lambda claim: (claim.row.due_at, claim.row.id))

    async def _oldest(self, session: AsyncSession, given: dict[str, Any]) -> tuple[list[_Found], bool]:
        """The oldest of all, and whether there are more of them than one claim looks at."""
        result = await session.execute(
            _among_oldest(session.get_bind().dialect.name), given | {"most": self._most}
        )
        rows = result.all()
        found = [_Found(*row[:-1]) for row in rows]
        return found, bool(rows) and rows[0][-1] == WINDOW

    async def _turns(
        self, session: AsyncSession, given: dict[str, Any], seen: AbstractSet[int]
    ) -> list[_Found]:
        """The oldest of each of the next workspaces, whatever others have waiting."""
        dialect = session.get_bind().dialect.name
        # They get half of the claim; the next claim goes on behind them.
        turns = given | {"behind": self._turn, "some": max(1, self._most // 2)}
        heads = (await session.execute(_heads(dialect), turns)).all()
        last = heads[-1][0]
        # After the last of them it begins anew.
        self._turn = 0 if last is None else last
        ids = [(id_,) for workspace_id, id_ in heads if id_ is not None and workspace_id not in seen]
        if not ids:
            return []
        result = await session.execute(_these(dialect), {"now": given["now"], "taking": as_given(ids)})
        return [_Found(row, 0, in_trouble, direct) for row, in_trouble, direct in result]

    def _choose(self, found: Sequence[_Found], busy: Counter[int]) -> list[_Found]:
        """As many as one claim takes, in a workspace's share of lanes; after trouble with a token one."""
        chosen: list[_Found] = []
        lanes, mine, probed = set[Lane](), Counter(busy), set[int]()
        for each in found:
            lane = lane_of(each.row)
            if len(chosen) == self._most:
                break
            if lane[0] in probed or (lane not in lanes and mine[lane[0]] >= self._share):
                continue
            chosen.append(each)
            mine[lane[0]] += lane not in lanes
            lanes.add(lane)
            if each.in_trouble:
                probed.add(lane[0])
        return chosen


def _now() -> ColumnElement[datetime]:
    return bindparam("now", type_=UtcDateTime())


def _free() -> ColumnElement[bool]:
    """What a row alone says: due, not put off, and nobody's."""
    return and_(
        OutboxMessage.state == WAITING,
        OutboxMessage.due_at <= _now(),
        OutboxMessage.retry_at <= wire_now(),
        OutboxMessage.leased_until <= wire_now(),
    )


def _eligible(dialect: str) -> ColumnElement[bool]:
    parent = aliased(OutboxMessage)
    parent_to_come = exists().where(
        parent.workspace_id == OutboxMessage.workspace_id,
        parent.key == OutboxMessage.reply_to,
        # Not said as the indexes of what is waiting say it: where the database does not know its tables yet
        # they look as good as the one of the keys, and hold all that waits in the workspace.
        parent.state.not_in((State.SENT, State.DEAD, State.GONE, State.CANCELLED)),
        parent.ts.is_(None),
    )
    busy = given_rows(dialect, "busy", workspace_id=Integer, lane=Text)
    without = given_rows(dialect, "without", workspace_id=Integer)
    return and_(
        _free(),
        or_(OutboxMessage.reply_to.is_(None), ~parent_to_come),
        ~pace.not_yet(),
        tuple_(OutboxMessage.workspace_id, LANE).not_in(select(busy.c.workspace_id, busy.c.lane)),
        OutboxMessage.workspace_id.not_in(select(without.c.workspace_id)),
    )


def _direct() -> ColumnElement[str | None]:
    """The channel of the person's direct message, if it was opened before."""
    return (
        select(OutboxDirect.channel_id)
        .where(
            OutboxDirect.workspace_id == OutboxMessage.workspace_id,
            OutboxDirect.user_id == OutboxMessage.user_id,
            OutboxMessage.posted_channel.is_(None),
        )
        .scalar_subquery()
    )


# To put a statement together takes longer than to run it.
@cache
def _among_oldest(dialect: str) -> Select[OutboxMessage, int, bool, str | None, int]:
    oldest = (
        select(OutboxMessage.id, OutboxMessage.workspace_id, OutboxMessage.due_at, LANE.label("lane"))
        .where(_eligible(dialect))
        .order_by(OutboxMessage.due_at, OutboxMessage.id)
        .limit(WINDOW)
        .cte("oldest")
    )
    order = (oldest.c.due_at, oldest.c.id)
    workspace, lane = oldest.c.workspace_id, oldest.c.lane
    ranked = select(
        oldest.c.id,
        func.row_number().over(partition_by=workspace, order_by=order).label("turn"),
        func.row_number().over(partition_by=(workspace, lane), order_by=order).label("place"),
    ).cte("ranked")
    size = select(func.count()).select_from(oldest).scalar_subquery()
    return (
        select(OutboxMessage, ranked.c.turn, pace.in_trouble(), _direct(), size)
        .join(ranked, ranked.c.id == OutboxMessage.id)
        .where(_free(), ranked.c.place <= IN_LANE)
        .order_by(ranked.c.turn, OutboxMessage.due_at, OutboxMessage.id)
        .limit(bindparam("most", type_=Integer))
        .with_for_update(of=OutboxMessage, skip_locked=True)
    )


@cache
def _heads(dialect: str) -> Select[int | None, int | None]:
    """Workspaces in the order of their turns, each with its oldest message that could be claimed."""
    waiting = OutboxMessage.state == WAITING
    first = select(func.min(OutboxMessage.workspace_id)).where(
        waiting, OutboxMessage.workspace_id > bindparam("behind", type_=Integer)
    )
    begin = select(first.scalar_subquery().label("workspace_id")).cte("turns", recursive=True)
    following = (
        select(func.min(OutboxMessage.workspace_id))
        .where(waiting, OutboxMessage.workspace_id > begin.c.workspace_id)
        .correlate(begin)
        .scalar_subquery()
    )
    turns = begin.union_all(select(following).where(begin.c.workspace_id.is_not(None)))
    head = (
        select(OutboxMessage.id)
        .where(_eligible(dialect), OutboxMessage.workspace_id == turns.c.workspace_id)
        .order_by(OutboxMessage.due_at, OutboxMessage.id)
        .limit(1)
        .correlate(turns)
        .scalar_subquery()
    )
    return select(turns.c.workspace_id, head).limit(bindparam("some", type_=Integer))


@cache
def _these(dialect: str) -> Select[OutboxMessage, bool, str | None]:
    taking = given_rows(dialect, "taking", id=Integer)
    return (
        select(OutboxMessage, pace.in_trouble(), _direct())
        .where(OutboxMessage.id.in_(select(taking.c.id)), _free())
        .with_for_update(of=OutboxMessage, skip_locked=True)
    )


@cache
def _take(dialect: str) -> Update:
    messages, taking = table_of(OutboxMessage), given_rows(dialect, "taking", id=Integer)
    return (
        update(messages)
        .where(messages.c.id.in_(select(taking.c.id)))
        .values(
            fence=OutboxMessage.fence + 1,
            leased_until=wire_now() + bindparam("lease", type_=OutboxMessage.leased_until.type),
        )
        .returning(messages.c.id, messages.c.fence, wire_now())
    )
