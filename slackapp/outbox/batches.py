"""The two writes every delivery makes, for many messages in one statement. What is left out is written alone.

They wait for no lock: whoever waits for one while holding others could be waited for.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache

from sqlalchemy import (
    ColumnElement,
    Double,
    Integer,
    Select,
    Text,
    and_,
    bindparam,
    case,
    func,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.sql.dml import ReturningUpdate
from sqlalchemy.sql.selectable import ExecutableReturnsRows

from slackapp.core.database import UtcDateTime, table_of, wire_now
from slackapp.core.given_rows import as_given, given_rows
from slackapp.outbox import pace
from slackapp.outbox.models import OutboxMessage, State


async def announce(
    session: AsyncSession, now: datetime, sends: Sequence[tuple[OutboxMessage, str]]
) -> Mapping[int, OutboxMessage]:
    """Note that sends of these messages to these channels follow.

    Returns the messages as they are wanted this moment, by their places in `sends`. Left out are those that
    somebody else is writing, and those of whom `claims.about_to_send` would have more to say.
    """
    result = await session.scalars(
        _announcing(session.get_bind().dialect.name), {"held": _held(sends), "now": now}
    )
    places = {row.id: place for place, (row, _) in enumerate(sends)}
    return {places[row.id]: row for row in result}


async def arrived(
    session: AsyncSession, redraw: float, shown: Sequence[tuple[OutboxMessage, str]]
) -> Mapping[int, bool]:
    """Note that Slack shows these messages as they were sent, under these timestamps; by their places.

    `redraw`: seconds until one may be changed again.
    """
    result = await session.scalars(
        _arriving(session.get_bind().dialect.name), {"held": _held(shown), "redraw": redraw}
    )
    places = {row.id: place for place, (row, _) in enumerate(shown)}
    return {places[id_]: True for id_ in result}


def as_arrived(redraw: float | ColumnElement[float]) -> dict[str, object]:
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


def _held(messages: Sequence[tuple[OutboxMessage, str]]) -> str:
    """The claims on these messages, each with what is said of it."""
    return as_given((row.id, row.workspace_id, row.fence, said) for row, said in messages)


def _mine(dialect: str) -> Select[int, str]:
    """Those of the messages whose claims still hold and that nobody is writing, with what is said of each."""
    held = given_rows(dialect, "held", id=Integer, workspace_id=Integer, fence=Integer, said=Text)
    holds = and_(
        OutboxMessage.id == held.c.id,
        OutboxMessage.workspace_id == held.c.workspace_id,
        OutboxMessage.fence == held.c.fence,
    )
    return (
        select(table_of(OutboxMessage).c.id, held.c.said)
        .join(held, holds)
        .with_for_update(of=OutboxMessage, skip_locked=True)
    )


# To put a statement together takes longer than to run it.
@cache
def _announcing(dialect: str) -> ExecutableReturnsRows:
    unwanted = and_(OutboxMessage.withdrawn, OutboxMessage.ts.is_(None))
    ready = and_(OutboxMessage.state == State.WAITING, ~unwanted, ~pace.closed())
    mine = _mine(dialect).where(ready).subquery("mine")
    in_thread = case((OutboxMessage.ts.is_(None), OutboxMessage.in_thread), else_=OutboxMessage.thread_ts)
    messages = table_of(OutboxMessage)
    announced = (
        update(messages)
        .where(messages.c.id == mine.c.id)
        .values(
            last_send=wire_now(),
            first_attempt=func.coalesce(OutboxMessage.first_attempt, wire_now()),
            sent_from=bindparam("now", type_=UtcDateTime()),
            sending=OutboxMessage.wanted,
            posted_channel=mine.c.said,
            thread_ts=in_thread,
        )
        .returning(*messages.c)
    )
    return select(OutboxMessage).from_statement(announced).execution_options(populate_existing=True)


@cache
def _arriving(dialect: str) -> ReturningUpdate[int]:
    messages, mine = table_of(OutboxMessage), _mine(dialect).subquery("mine")
    return (
        update(messages)
        .where(messages.c.id == mine.c.id)
        .values(ts=mine.c.said, **as_arrived(bindparam("redraw", type_=Double())))
        .returning(messages.c.id)
    )
