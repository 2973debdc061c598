"""What a transaction says about messages: how they should look now."""

import logging
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

import structlog
from sqlalchemy import ColumnElement, Dialect, and_, bindparam, case, or_, select
from sqlalchemy.dialects import postgresql, sqlite

from slackapp.core.database import insert
from slackapp.core.transaction import Tx
from slackapp.outbox.models import OutboxMessage, State
from slackapp.outbox.rules import UNKNOWN_OUTCOME
from slackapp.slack.blocks import Message

log = structlog.get_logger()


@dataclass(frozen=True)
class Channel:
    """A channel, optionally in a thread there: of another message of ours, or of one a person wrote."""

    id: str
    #: The key of our own message it answers.
    reply_to: str | None = None
    #: Also show the reply in the channel itself.
    broadcast: bool = False
    #: The timestamp of the person's message it goes below.
    in_thread: str | None = None


@dataclass(frozen=True)
class Direct:
    """A direct message to a person."""

    user_id: str


async def say(
    tx: Tx,
    key: str,
    to: Channel | Direct,
    message: Message,
    *,
    due: datetime | None = None,
    responsible: str | None = None,
) -> None:
    """Let the message of this key look like this from now on.

    The first time it is posted once `due` has come; later it is updated in place, and only if something
    changed. What people deleted in Slack stays deleted. `responsible` is told if Slack will not take it.
    """
    row = {
        **addressed(tx, key, to, responsible),
        "text": message.text,
        "blocks": message.documents(),
        "fallback": message.fallback_documents(),
        "due_at": due or tx.now,
    }
    await tx.session.flush()
    values = given(row)
    upsert = _upsert(tx.dialect, tuple(row))
    if not log.is_enabled_for(logging.DEBUG):
        await tx.session.execute(upsert, values)
        return
    # A row's id costs a fifth of a write: only whoever follows it pays for it.
    said = await tx.session.scalars(upsert.returning(OutboxMessage.__table__.c.id), values)
    for delivery in said:
        log.debug("outbox.said", delivery=delivery, key=key, workspace=tx.workspace_id)


@lru_cache
def _upsert(dialect: Dialect, names: Sequence[str]) -> sqlite.Insert | postgresql.Insert:
    """Made once, since making it takes longer than running it."""
    statement = inserted(dialect, names)
    look = statement.excluded
    changed = or_(
        OutboxMessage.text != look.text,
        OutboxMessage.blocks != look.blocks,
        OutboxMessage.withdrawn,
    )
    return statement.on_conflict_do_update(
        index_elements=["workspace_id", "key"],
        set_={
            "text": look.text,
            "blocks": look.blocks,
            "fallback": look.fallback,
            "responsible_id": look.responsible_id,
            "wanted": OutboxMessage.wanted + 1,
            "withdrawn": False,
            "due_at": case((OutboxMessage.withdrawn, look.due_at), else_=OutboxMessage.due_at),
            **wake(),
            "state": case((_held(), State.DEAD), else_=State.WAITING),
        },
        where=and_(changed, OutboxMessage.state != State.GONE),
    )


def addressed(tx: Tx, key: str, to: Channel | Direct, responsible: str | None) -> dict[str, Any]:
    """The columns of a new row that say where it goes, and who is told if it cannot."""
    channel = to if isinstance(to, Channel) else None
    return {
        "workspace_id": tx.workspace_id,
        "key": key,
        "uid": secrets.token_hex(16),
        "channel_id": channel.id if channel else None,
        "user_id": to.user_id if isinstance(to, Direct) else None,
        "reply_to": channel.reply_to if channel else None,
        "in_thread": channel.in_thread if channel else None,
        "broadcast": channel.broadcast if channel else False,
        "responsible_id": responsible,
        "state": State.WAITING,
    }


def inserted(dialect: Dialect, names: Sequence[str]) -> sqlite.Insert | postgresql.Insert:
    """A statement that makes a row of these columns, which are given to it as `given` has them."""
    return insert(OutboxMessage.__table__, dialect).values(
        {"workspace_id": bindparam("its_workspace_id")} | {name: bindparam(f"its_{name}") for name in names}
    )


def given(row: Mapping[str, Any]) -> dict[str, Any]:
    return {f"its_{name}": value for name, value in row.items()}


async def hold(tx: Tx, key: str) -> None:
    """Let nobody else say how this message looks until the end of the transaction, if it was said before.

    For a message that shows several things: two who change one each would draw it without the other's.
    """
    await tx.session.execute(
        select(OutboxMessage.id)
        .where(OutboxMessage.workspace_id == tx.workspace_id, OutboxMessage.key == key)
        .with_for_update(),
    )


def _held() -> ColumnElement[bool]:
    """Whether it may have arrived and nobody may look: then only a person lets it be posted again."""
    return and_(
        OutboxMessage.state == State.DEAD,
        OutboxMessage.reason == UNKNOWN_OUTCOME,
        OutboxMessage.ts.is_(None),
        OutboxMessage.last_send.is_(None),
    )


def wake() -> dict[str, Any]:
    """Back to waiting, unless it is deleted; after a death or a withdrawal it begins anew."""
    # Not as a list, which a statement for many rows cannot have.
    ended = or_(OutboxMessage.state == State.DEAD, OutboxMessage.state == State.CANCELLED)
    return {
        "state": State.WAITING,
        "attempts": case((ended, 0), else_=OutboxMessage.attempts),
        "first_attempt": case((ended, None), else_=OutboxMessage.first_attempt),
        "retry_at": case((ended, 0.0), else_=OutboxMessage.retry_at),
        "leased_until": case((ended, 0.0), else_=OutboxMessage.leased_until),
        # Whoever held it when it ended does not hold it any more, and must not send it beside the next.
        "fence": case((ended, OutboxMessage.fence + 1), else_=OutboxMessage.fence),
    }
