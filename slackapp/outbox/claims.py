"""Who may deliver a message now. Every write here goes through only for the claim's own fence number."""

from collections import Counter
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, case, exists, func, select, true, tuple_, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from slackapp.core.clock import monotonic
from slackapp.core.database import insert, wire_now
from slackapp.core.transaction import Tx
from slackapp.outbox import pace
from slackapp.outbox.models import OutboxDirect, OutboxMessage, State
from slackapp.outbox.pace import LANE, Lane, lane_of
from slackapp.outbox.rules import Pacing

#: How many of the oldest due messages a claim looks at. If there are more, other workspaces get a turn.
WINDOW = 200
#: Messages to one place that are taken on at once.
IN_LANE = 4


@dataclass(frozen=True)
class Claim:
    """One message, owned by this worker until the lease ends."""

    row: OutboxMessage
    #: Wire time on the database's clock when it was claimed, in seconds.
    at: float
    #: This process's monotonic clock when it was claimed: what a pause cannot fool.
    taken: float
    #: The channel of a direct message that was opened before.
    direct: str | None = None
    #: Whether it goes first after trouble with the workspace's token.
    probing: bool = False


@dataclass(frozen=True)
class _Found:
    """A message that could be claimed; locked, so that nobody else claims it meanwhile."""

    row: OutboxMessage
    #: Its place among those of its workspace; 0 if it is that workspace's turn.
    turn: int
    in_trouble: bool


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
        eligible = _eligible(now, busy, full | strangers)
        found, more = await self._oldest(session, eligible, now)
        if more:
            found += await self._turns(session, eligible, now, {each.row.workspace_id for each in found})
            found.sort(key=lambda each: (each.turn, each.row.due_at, each.row.id))
        chosen = self._choose(found, lanes)
        if not chosen:
            return []
        directs = await _directs(session, [each.row for each in chosen])
        granted = await pace.reserve(session, self._pacing, [each.row for each in chosen], directs)
        if not granted:
            return []
        probing = {each.row.workspace_id for each in chosen if each.in_trouble}
        if probing:
            await pace.probe(session, probing)
        result = await session.execute(
            update(OutboxMessage)
            .where(OutboxMessage.id.in_([row.id for row in granted]))
            .values(fence=OutboxMessage.fence + 1, leased_until=wire_now() + self._lease)
            .returning(OutboxMessage, wire_now())
            .execution_options(synchronize_session=False, populate_existing=True),
        )
        claims = [
            Claim(row, at, taken, directs.get(lane_of(row)), row.workspace_id in probing)
            for row, at in result
        ]
        return sorted(claims, key=lambda claim: (claim.row.due_at, claim.row.id))

    async def _oldest(
        self, session: AsyncSession, eligible: ColumnElement[bool], now: datetime
    ) -> tuple[list[_Found], bool]:
        """The oldest of all, and whether there are more of them than one claim looks at."""
        oldest = (
            select(OutboxMessage.id, OutboxMessage.workspace_id, OutboxMessage.due_at, LANE.label("lane"))
            .where(eligible)
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
        result = await session.execute(
            select(OutboxMessage, ranked.c.turn, pace.in_trouble(), size)
            .join(ranked, ranked.c.id == OutboxMessage.id)
            .where(_free(now), ranked.c.place <= IN_LANE)
            .order_by(ranked.c.turn, OutboxMessage.due_at, OutboxMessage.id)
            .limit(self._most)
            .with_for_update(of=OutboxMessage, skip_locked=True)
        )
        rows = result.all()
        found = [_Found(row, turn, trouble) for row, turn, trouble, _ in rows]
        return found, bool(rows) and rows[0][3] == WINDOW

    async def _turns(
        self, session: AsyncSession, eligible: ColumnElement[bool], now: datetime, seen: AbstractSet[int]
    ) -> list[_Found]:
        """The oldest of each of the next workspaces, whatever others have waiting."""
        waiting = OutboxMessage.state == State.WAITING
        first = select(func.min(OutboxMessage.workspace_id)).where(
            waiting, OutboxMessage.workspace_id > self._turn
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
            .where(eligible, OutboxMessage.workspace_id == turns.c.workspace_id)
            .order_by(OutboxMessage.due_at, OutboxMessage.id)
            .limit(1)
            .correlate(turns)
            .scalar_subquery()
        )
        # They get half of the claim; the next claim goes on behind them.
        some = max(1, self._most // 2)
        heads = (await session.execute(select(turns.c.workspace_id, head).limit(some))).all()
        last = heads[-1][0]
        # After the last of them it begins anew.
        self._turn = 0 if last is None else last
        ids = [id_ for workspace_id, id_ in heads if id_ is not None and workspace_id not in seen]
        result = await session.execute(
            select(OutboxMessage, pace.in_trouble())
            .where(OutboxMessage.id.in_(ids), _free(now))
            .with_for_update(of=OutboxMessage, skip_locked=True)
        )
        return [_Found(row, 0, trouble) for row, trouble in result]

    def _choose(self, found: Sequence[_Found], busy: Counter[int]) -> list[_Found]:
        """As many as one claim takes, in a workspace's share of lanes; after trouble with a token one."""
        chosen: list[_Found] = []
        lanes = set[Lane]()
        for each in found:
            lane = lane_of(each.row)
            if len(chosen) == self._most:
                break
            if each.in_trouble and each.row.workspace_id in {other.row.workspace_id for other in chosen}:
                continue
            mine = sum(workspace_id == lane[0] for workspace_id, _ in lanes)
            if lane in lanes or mine + busy[lane[0]] < self._share:
                chosen.append(each)
                lanes.add(lane)
        return chosen


def _free(now: datetime) -> ColumnElement[bool]:
    """What a row alone says: due, not put off, and nobody's."""
    return and_(
        OutboxMessage.state == State.WAITING,
        OutboxMessage.due_at <= now,
        OutboxMessage.retry_at <= wire_now(),
        OutboxMessage.leased_until <= wire_now(),
    )


def _eligible(now: datetime, busy: AbstractSet[Lane], without: AbstractSet[int]) -> ColumnElement[bool]:
    parent = aliased(OutboxMessage)
    parent_to_come = exists().where(
        parent.workspace_id == OutboxMessage.workspace_id,
        parent.key == OutboxMessage.reply_to,
        parent.state == State.WAITING,
        parent.ts.is_(None),
    )
    return and_(
        _free(now),
        ~parent_to_come,
        ~pace.not_yet(),
        tuple_(OutboxMessage.workspace_id, LANE).not_in(list(busy)) if busy else true(),
        OutboxMessage.workspace_id.not_in(without) if without else true(),
    )


async def _directs(session: AsyncSession, rows: Sequence[OutboxMessage]) -> Mapping[Lane, str]:
    """The channels of the direct messages among these that were opened before."""
    people = {(row.workspace_id, row.user_id) for row in rows if row.user_id and not row.posted_channel}
    if not people:
        return {}
    found = await session.execute(
        select(OutboxDirect.workspace_id, OutboxDirect.user_id, OutboxDirect.channel_id).where(
            tuple_(OutboxDirect.workspace_id, OutboxDirect.user_id).in_(list(people))
        )
    )
    return {(workspace_id, user_id): channel_id for workspace_id, user_id, channel_id in found}


async def write(
    tx: Tx,
    row: OutboxMessage,
    *,
    if_still_wanted: bool = False,
    **values: Any,  # noqa: ANN401 - column values
) -> bool:
    """Change the message if the claim still holds, and `if_still_wanted` if nobody wants a newer look.

    False: nothing was changed.
    """
    wanted = OutboxMessage.wanted == row.sending if if_still_wanted else true()
    done = await tx.session.execute(
        update(OutboxMessage).where(_held(tx, row), wanted).values(**values).returning(OutboxMessage.id),
    )
    return done.first() is not None


async def about_to_send(tx: Tx, row: OutboxMessage, channel: str) -> OutboxMessage | None:
    """Note that a send to this channel follows, and return the message as it is wanted this moment.

    None if the claim is lost, nothing is wanted any more, or Slack wants no calls now. What was withdrawn and
    never shown is cancelled.
    """
    unwanted = and_(OutboxMessage.withdrawn, OutboxMessage.ts.is_(None))
    result = await tx.session.execute(
        update(OutboxMessage)
        .where(_held(tx, row), OutboxMessage.state == State.WAITING, ~pace.closed())
        .values(
            state=case((unwanted, State.CANCELLED), else_=State.WAITING),
            last_send=case((unwanted, None), else_=wire_now()),
            first_attempt=func.coalesce(OutboxMessage.first_attempt, wire_now()),
            sent_from=tx.now,
            sending=OutboxMessage.wanted,
            # A direct message is opened once: whoever has to look for this one knows where.
            posted_channel=channel,
            thread_ts=await _thread_of(tx, row) if row.ts is None else row.thread_ts,
        )
        .returning(OutboxMessage)
        .execution_options(synchronize_session=False, populate_existing=True),
    )
    fresh = result.scalar_one_or_none()
    return fresh if fresh is not None and fresh.state == State.WAITING else None


async def direct_of(tx: Tx, user_id: str) -> str | None:
    """The channel of this person's direct message, if it was opened before."""
    found: str | None = await tx.session.scalar(
        select(OutboxDirect.channel_id).where(
            OutboxDirect.workspace_id == tx.workspace_id, OutboxDirect.user_id == user_id
        ),
    )
    return found


async def keep_direct(tx: Tx, user_id: str, channel: str) -> None:
    """Note where this person's direct message is."""
    await tx.session.execute(
        insert(OutboxDirect, tx.dialect)
        .values(workspace_id=tx.workspace_id, user_id=user_id, channel_id=channel)
        .on_conflict_do_nothing(),
    )


async def _thread_of(tx: Tx, row: OutboxMessage) -> str | None:
    """The thread it goes to. What is deleted or refused has none: its replies go to the channel."""
    if row.in_thread is not None or row.reply_to is None:
        return row.in_thread
    found: str | None = await tx.session.scalar(
        # Threads do not branch: what answers a reply stands beside it.
        select(func.coalesce(OutboxMessage.thread_ts, OutboxMessage.ts)).where(
            OutboxMessage.workspace_id == tx.workspace_id,
            OutboxMessage.key == row.reply_to,
            OutboxMessage.ts.is_not(None),
            OutboxMessage.state != State.GONE,
        ),
    )
    return found


def _held(tx: Tx, row: OutboxMessage) -> ColumnElement[bool]:
    return and_(
        OutboxMessage.workspace_id == tx.workspace_id,
        OutboxMessage.id == row.id,
        OutboxMessage.fence == row.fence,
    )
