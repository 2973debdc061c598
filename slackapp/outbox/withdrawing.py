"""Messages that nobody wants any more: one, or each of a thousand people's; and forgetting them."""

from collections.abc import Mapping, Sequence
from enum import Enum, auto
from typing import Any

from sqlalchemy import Update, and_, bindparam, delete, func, or_, select, update

from slackapp.core.database import table_of
from slackapp.core.transaction import Tx
from slackapp.outbox.models import OutboxMessage, State
from slackapp.outbox.saying import wake
from slackapp.slack.blocks import Message

#: Messages whose rows are read and written at a time.
_AT_ONCE = 200


async def withdraw(tx: Tx, key: str, *, instead: Message | None = None) -> None:
    """Nobody wants this message any more.

    If Slack never showed it, it is not posted. If it did, `instead` stands in its place, or the message
    without its buttons; a file stays as it is.
    """
    await withdraw_each(tx, [key], instead=instead, again=instead is not None)


async def withdraw_each(
    tx: Tx, keys: Sequence[str], *, instead: Message | None = None, again: bool = False
) -> None:
    """The same of each of these messages that was ever said; `again`: of those withdrawn before, too."""
    for first in range(0, len(keys), _AT_ONCE):
        which = and_(
            OutboxMessage.workspace_id == tx.workspace_id,
            OutboxMessage.key.in_(keys[first : first + _AT_ONCE]),
            OutboxMessage.state != State.GONE,
        )
        if not again:
            which = and_(which, OutboxMessage.withdrawn.is_(False))
        # In one order, so that two who withdraw the same do not wait for each other.
        found = await tx.session.scalars(
            select(OutboxMessage)
            .where(which)
            .order_by(OutboxMessage.id)
            .with_for_update()
            .execution_options(populate_existing=True)
        )
        looks: dict[_Was, list[dict[str, Any]]] = {}
        for row in found:
            was = _was(row)
            look = {} if was in _FILES else _look(row, instead)
            looks.setdefault(was, []).append({"its_id": row.id, **look})
        for was, each in looks.items():
            await tx.session.execute(_withdrawn(tx, was), each)


async def forget_each(tx: Tx, keys: Sequence[str]) -> bool:
    """Delete what is kept of these messages, and so that they were ever said. Whether it is all gone.

    What is left is still wanted, or Slack is still to be told that it is not: asked again later, it is gone,
    too. Nothing is said under these keys again, or it would be posted a second time.
    """
    left = 0
    for first in range(0, len(keys), _AT_ONCE):
        those = and_(
            OutboxMessage.workspace_id == tx.workspace_id,
            OutboxMessage.key.in_(keys[first : first + _AT_ONCE]),
        )
        is_over = and_(OutboxMessage.withdrawn, OutboxMessage.state != State.WAITING)
        await tx.session.execute(
            delete(OutboxMessage)
            .where(those, or_(is_over, OutboxMessage.state == State.GONE))
            .execution_options(synchronize_session=False)
        )
        left += await tx.session.scalar(select(func.count()).select_from(OutboxMessage).where(those)) or 0
    return not left


class _Was(Enum):
    """What became of a message before it was withdrawn."""

    NEVER_SENT = auto()
    SENT = auto()
    #: A file of which it is known that people see it, or not.
    SHARED = auto()
    SHARING = auto()


_FILES = frozenset({_Was.SHARED, _Was.SHARING})


def _was(row: OutboxMessage) -> _Was:
    if row.ts is None and row.last_send is None:
        return _Was.NEVER_SENT
    if row.file_name is None:
        return _Was.SENT
    return _Was.SHARING if row.ts is None else _Was.SHARED


def _look(row: OutboxMessage, instead: Message | None) -> dict[str, Any]:
    if instead is not None:
        return {
            "its_text": instead.text,
            "its_blocks": instead.documents(),
            "its_fallback": instead.fallback_documents(),
        }
    return {
        "its_text": row.text,
        "its_blocks": without_buttons(row.blocks),
        "its_fallback": row.fallback and without_buttons(row.fallback),
    }


def _withdrawn(tx: Tx, was: _Was) -> Update:
    # Past the session, which takes a list of rows for another kind of statement.
    table = table_of(OutboxMessage)
    return (
        update(table)
        .where(table.c.workspace_id == tx.workspace_id, table.c.id == bindparam("its_id"))
        .values(withdrawn=True, **_change(was))
    )


def _change(was: _Was) -> Mapping[str, Any]:
    look: dict[str, Any] = {name: bindparam(f"its_{name}") for name in ("text", "blocks", "fallback")}
    match was:
        case _Was.NEVER_SENT:
            # What was in it may have to be gone from here, too.
            return {**look, "state": State.CANCELLED}
        case _Was.SENT:
            return {**look, "wanted": OutboxMessage.wanted + 1, **wake()}
        case _Was.SHARING:
            return wake()
        case _Was.SHARED:
            return {}


def without_buttons(blocks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The same blocks with nothing left to press."""
    kept = [block for block in blocks if block["type"] not in {"actions", "input"}]
    return [{name: part for name, part in block.items() if name != "accessory"} for block in kept]
