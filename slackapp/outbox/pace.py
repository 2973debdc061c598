"""When Slack may be called: slots kept in the database, so that all workers share them."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cache

from sqlalchemy import (
    ColumnElement,
    Double,
    Insert,
    Integer,
    Text,
    and_,
    case,
    delete,
    exists,
    func,
    literal,
    or_,
    select,
    tuple_,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.sql.dml import ReturningInsert

from slackapp.core.database import insert, wire_now
from slackapp.core.given_rows import as_given, given_rows
from slackapp.outbox.models import OutboxDirect, OutboxMessage, OutboxPace
from slackapp.outbox.rules import TOKEN_WAIT, Budget, Pacing

#: The scope of a whole workspace: it has a row as long as there is trouble with its token.
EVERYTHING = ""

POST = "chat.postMessage"
UPDATE = "chat.update"
OPEN = "conversations.open"
HISTORY = "conversations.history"
REPLIES = "conversations.replies"
SHARE = "files.completeUploadExternal"
LOOK = "files.info"

#: Where a message goes: what goes to one place goes there one after the other.
LANE: ColumnElement[str] = func.coalesce(OutboxMessage.channel_id, OutboxMessage.user_id)

#: A workspace, and a channel or person in it.
Lane = tuple[int, str]
#: A workspace, and one of its rows in the table.
Scope = tuple[int, str]


def lane_of(row: OutboxMessage) -> Lane:
    return row.workspace_id, row.channel_id or row.user_id or ""


def method_of(row: OutboxMessage) -> str:
    """The next call this message needs: to look for it where it may have arrived, to post or to change it."""
    if row.ts is not None or row.last_send is None:
        return send_of(row)
    if row.file_id is not None:
        return LOOK
    return HISTORY if row.thread_ts is None else REPLIES


def send_of(row: OutboxMessage) -> str:
    """The call that makes Slack show it."""
    if row.ts is not None:
        return UPDATE
    return POST if row.file_name is None else SHARE


#: The same, said in SQL.
_SEND = case((OutboxMessage.ts.is_not(None), UPDATE), (OutboxMessage.file_name.is_(None), POST), else_=SHARE)
_METHOD = case(
    (or_(OutboxMessage.ts.is_not(None), OutboxMessage.last_send.is_(None)), _SEND),
    (OutboxMessage.file_id.is_not(None), LOOK),
    (OutboxMessage.thread_ts.is_(None), HISTORY),
    else_=REPLIES,
)


def not_yet() -> ColumnElement[bool]:
    """Whether this message's workspace, method or place has no slot now.

    Lists that are read once a statement: where thousands have to wait, each of them only looks into them.
    """
    taken = OutboxPace.next_at > wire_now()
    slots = select(OutboxPace.workspace_id, OutboxPace.scope).where(taken)
    closed = taken & (OutboxPace.closed_until > wire_now())

    def among(scope: str, condition: ColumnElement[bool]) -> ColumnElement[bool]:
        which = select(OutboxPace.workspace_id).where(OutboxPace.scope == scope, condition)
        return OutboxMessage.workspace_id.in_(which)

    unopened = and_(
        OutboxMessage.user_id.is_not(None),
        OutboxMessage.posted_channel.is_(None),
        ~exists().where(
            OutboxDirect.workspace_id == OutboxMessage.workspace_id,
            OutboxDirect.user_id == OutboxMessage.user_id,
        ),
    )
    return or_(
        among(EVERYTHING, taken),
        tuple_(OutboxMessage.workspace_id, _METHOD).in_(slots),
        tuple_(OutboxMessage.workspace_id, LANE).in_(slots),
        and_(among(OPEN, taken), unopened),
        # What is looked for and not found is posted.
        and_(OutboxMessage.ts.is_(None), OutboxMessage.file_name.is_(None), among(POST, closed)),
        and_(OutboxMessage.ts.is_(None), OutboxMessage.file_name.is_not(None), among(SHARE, closed)),
    )


def closed() -> ColumnElement[bool]:
    """Whether Slack itself has said that the post or the change of this message has to wait."""
    return exists().where(
        OutboxPace.workspace_id == OutboxMessage.workspace_id,
        OutboxPace.scope.in_((EVERYTHING, _SEND)),
        OutboxPace.closed_until > wire_now(),
    )


def in_trouble() -> ColumnElement[bool]:
    """Whether the message's workspace had trouble with its token, and nothing went well since."""
    return exists().where(
        OutboxPace.workspace_id == OutboxMessage.workspace_id, OutboxPace.scope == EVERYTHING
    )


async def reserve(
    session: AsyncSession, pacing: Pacing, rows: Sequence[OutboxMessage], opened: Collection[Lane]
) -> list[OutboxMessage]:
    """Those of the messages for which there are slots, which are theirs once this is committed.

    `opened` are the people whose direct messages need not be opened first.
    """
    wanted = Counter(scope for row in rows for scope in _scopes(row, opened, pacing))
    if not wanted:
        return list(rows)
    now, next_at = await _lock(session, wanted)
    left = {
        scope: _budget(pacing, scope).take(next_at[scope], now, count)[0] for scope, count in wanted.items()
    }
    granted, taken = [], Counter[Scope]()
    for row in rows:
        scopes = list(_scopes(row, opened, pacing))
        if all(taken[scope] < left[scope] for scope in scopes):
            taken.update(scopes)
            granted.append(row)
    after = {
        scope: _budget(pacing, scope).take(next_at[scope], now, count)[1] for scope, count in taken.items()
    }
    if after:
        await _write(session, after)
    return granted


def _scopes(row: OutboxMessage, opened: Collection[Lane], pacing: Pacing) -> Iterator[Scope]:
    lane = lane_of(row)
    names = {method_of(row)}
    if row.ts is None and not row.shown:
        # What is looked for and not found is posted.
        names |= {send_of(row), lane[1]}
    if row.posted_channel is None and row.user_id is not None and lane not in opened:
        names.add(OPEN)
    for name in names:
        scope = row.workspace_id, name
        if _budget(pacing, scope).interval:
            yield scope


def _budget(pacing: Pacing, scope: Scope) -> Budget:
    budgets = {
        POST: pacing.post, UPDATE: pacing.update, OPEN: pacing.open,
        HISTORY: pacing.read, REPLIES: pacing.read, SHARE: pacing.file, LOOK: pacing.file,
    }  # fmt: skip
    return budgets.get(scope[1], pacing.channel)


async def _lock(session: AsyncSession, wanted: Counter[Scope]) -> tuple[float, dict[Scope, float]]:
    """The database's clock, and each scope's next slot, which nobody else changes until the commit."""
    # In one order for all workers, so that no two wait for each other.
    slots = as_given((*scope, 0.0) for scope in sorted(wanted))
    found = await session.execute(_locking(session.get_bind().dialect.name), {"slots": slots})
    now, next_at = 0.0, {}
    for workspace_id, scope, at, clock in found:
        now, next_at[workspace_id, scope] = clock, at
    return now, next_at


async def _write(session: AsyncSession, after: Mapping[Scope, float]) -> None:
    slots = as_given((*scope, at) for scope, at in sorted(after.items()))
    await session.execute(_writing(session.get_bind().dialect.name), {"slots": slots})


def _given_slots(dialect: str) -> sqlite.Insert | postgresql.Insert:
    slots = given_rows(dialect, "slots", workspace_id=Integer, scope=Text, next_at=Double)
    statement = sqlite.insert(OutboxPace) if dialect == "sqlite" else postgresql.insert(OutboxPace)
    rows = select(slots.c.workspace_id, slots.c.scope, slots.c.next_at, literal(0.0))
    # Without a condition SQLite would take ON CONFLICT for a join's ON.
    rows = rows.where(slots.c.workspace_id.is_not(None))
    statement = statement.from_select(["workspace_id", "scope", "next_at", "closed_until"], rows)
    # Or the ORM would take the parameters for the columns' values.
    return statement.execution_options(dml_strategy="raw")


@cache
def _locking(dialect: str) -> ReturningInsert[int, str, float, float]:
    unchanged = {"next_at": OutboxPace.next_at}
    return (
        _given_slots(dialect)
        .on_conflict_do_update(index_elements=["workspace_id", "scope"], set_=unchanged)
        .returning(OutboxPace.workspace_id, OutboxPace.scope, OutboxPace.next_at, wire_now())
    )


@cache
def _writing(dialect: str) -> Insert:
    statement = _given_slots(dialect)
    change = {"next_at": statement.excluded.next_at}
    return statement.on_conflict_do_update(index_elements=["workspace_id", "scope"], set_=change)


async def close(session: AsyncSession, workspace_id: int, scope: str, seconds: float) -> None:
    """Nobody uses this scope of the workspace for so long."""
    until = wire_now() + seconds
    statement = insert(OutboxPace, session.get_bind().dialect).values(
        workspace_id=workspace_id, scope=scope, next_at=until, closed_until=until
    )
    new = statement.excluded
    later = {
        "next_at": case((OutboxPace.next_at > new.next_at, OutboxPace.next_at), else_=new.next_at),
        "closed_until": case(
            (OutboxPace.closed_until > new.closed_until, OutboxPace.closed_until), else_=new.closed_until
        ),
    }
    await session.execute(
        statement.on_conflict_do_update(index_elements=["workspace_id", "scope"], set_=later)
    )


async def probe(session: AsyncSession, workspace_ids: Collection[int]) -> None:
    """One message of each goes now and finds out whether the token works again; the others wait for it."""
    await session.execute(
        update(OutboxPace)
        .where(OutboxPace.workspace_id.in_(workspace_ids), OutboxPace.scope == EVERYTHING)
        .values(next_at=wire_now() + TOKEN_WAIT)
    )


async def resume(session: AsyncSession, workspace_id: int) -> None:
    """The workspace's token works again."""
    await session.execute(
        delete(OutboxPace).where(OutboxPace.workspace_id == workspace_id, OutboxPace.scope == EVERYTHING)
    )
