"""The two writes every delivery makes, for many messages in one statement. What is left out is written alone.

They wait for no lock: whoever waits for one while holding others could be waited for.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Integer, Subquery, Text, and_, case, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from slackapp.core.database import wire_now
from slackapp.core.given_rows import given_rows
from slackapp.outbox import pace
from slackapp.outbox.models import OutboxMessage, State


async def announce(
    session: AsyncSession, now: datetime, sends: Sequence[tuple[OutboxMessage, str]]
) -> Mapping[int, OutboxMessage]:
    """Note that sends of these messages to these channels follow.

    Returns the messages as they are wanted this moment, by their places in `sends`. Left out are those that
    somebody else is writing, and those of whom `claims.about_to_send` would have more to say.
    """
    held = _held(session, sends)
    mine = (
        select(OutboxMessage.id, held.c.said.label("channel"))
        .join(held, _is(held))
        .where(
            OutboxMessage.state == State.WAITING,
            ~and_(OutboxMessage.withdrawn, OutboxMessage.ts.is_(None)),
            ~pace.closed(),
        )
        .with_for_update(of=OutboxMessage, skip_locked=True)
        .subquery("mine")
    )
    result = await session.scalars(
        update(OutboxMessage)
        .where(OutboxMessage.id == mine.c.id)
        .values(
            last_send=wire_now(),
            first_attempt=func.coalesce(OutboxMessage.first_attempt, wire_now()),
            sent_from=now,
            sending=OutboxMessage.wanted,
            posted_channel=mine.c.channel,
            thread_ts=case(
                (OutboxMessage.ts.is_(None), OutboxMessage.in_thread), else_=OutboxMessage.thread_ts
            ),
        )
        .returning(OutboxMessage)
        .execution_options(synchronize_session=False, populate_existing=True),
    )
    places = {row.id: place for place, (row, _) in enumerate(sends)}
    return {places[row.id]: row for row in result}


async def arrived(
    session: AsyncSession, redraw: float, shown: Sequence[tuple[OutboxMessage, str]]
) -> Mapping[int, bool]:
    """Note that Slack shows these messages as they were sent, under these timestamps; by their places.

    `redraw`: seconds until one may be changed again.
    """
    held = _held(session, shown)
    mine = (
        select(OutboxMessage.id, held.c.said.label("ts"))
        .join(held, _is(held))
        .with_for_update(of=OutboxMessage, skip_locked=True)
        .subquery("mine")
    )
    result = await session.scalars(
        update(OutboxMessage)
        .where(OutboxMessage.id == mine.c.id)
        .values(ts=mine.c.ts, **as_arrived(redraw))
        .returning(OutboxMessage.id)
        .execution_options(synchronize_session=False),
    )
    places = {row.id: place for place, (row, _) in enumerate(shown)}
    return {places[id_]: True for id_ in result}


def as_arrived(redraw: float) -> dict[str, object]:
    """The columns of a message that Slack shows as it was last sent."""
    return {
        "shown": OutboxMessage.sending,
        "state": case((OutboxMessage.wanted > OutboxMessage.sending, State.WAITING), else_=State.SENT),
        "last_send": None,
        "attempts": 0,
        "first_attempt": None,
        # A burst of changes that follows is one update.
        "retry_at": wire_now() + redraw,
        "leased_until": 0.0,
        "reason": None,
    }


def _held(session: AsyncSession, messages: Sequence[tuple[OutboxMessage, str]]) -> Subquery:
    """The claims on these messages, each with what is said of it."""
    rows = [(row.id, row.workspace_id, row.fence, said) for row, said in messages]
    return given_rows(
        session.get_bind().dialect, rows, id=Integer, workspace_id=Integer, fence=Integer, said=Text
    )


def _is(held: Subquery) -> ColumnElement[bool]:
    return and_(
        OutboxMessage.id == held.c.id,
        OutboxMessage.workspace_id == held.c.workspace_id,
        OutboxMessage.fence == held.c.fence,
    )
