"""What a transaction says about files: which is to be shared, where, and what stands beside it."""

from collections.abc import Sequence
from functools import lru_cache

from sqlalchemy import Dialect, and_, case, or_
from sqlalchemy.dialects import postgresql, sqlite

from slackapp.core.transaction import Tx
from slackapp.outbox.models import OutboxMessage, State
from slackapp.outbox.saying import Channel, Direct, addressed, given, inserted, wake

#: As long as the column.
LONGEST_NAME = 150
#: It travels in an address.
LONGEST_TEXT = 1000


async def share(  # noqa: PLR0913 - a message, and the two parts of a file
    tx: Tx,
    key: str,
    to: Channel | Direct,
    name: str,
    content: str,
    *,
    text: str,
    responsible: str | None = None,
) -> None:
    """Let the file of this key be shared once, with `text` (mrkdwn) beside it.

    Said again before that, it is the newer one that is shared; afterwards nothing changes any more: another
    file has another key. Whoever withdraws a file in time lets it not be shared. `responsible` is told if
    Slack will not take it. ValueError for what Slack never takes: a file without content, or without a name
    of at most 150 characters; a text of more than 1,000.
    """
    if not content or not 0 < len(name) <= LONGEST_NAME or len(text) > LONGEST_TEXT:
        raise ValueError(f"{name!r} cannot be shared")
    row = {
        **addressed(tx, key, to, responsible),
        "text": text,
        "blocks": [],
        "file_name": name,
        "file_content": content,
        "due_at": tx.now,
    }
    await tx.session.flush()
    await tx.session.execute(_upsert(tx.dialect, tuple(row)), given(row))


@lru_cache
def _upsert(dialect: Dialect, names: Sequence[str]) -> sqlite.Insert | postgresql.Insert:
    statement = inserted(dialect, names)
    new = statement.excluded
    changed = or_(
        OutboxMessage.file_name != new.file_name,
        OutboxMessage.file_content != new.file_content,
        OutboxMessage.text != new.text,
    )
    # What may be on its way is not another file by the time it arrives.
    begun = OutboxMessage.last_send.is_not(None)
    ended = OutboxMessage.state == State.CANCELLED
    return statement.on_conflict_do_update(
        index_elements=["workspace_id", "key"],
        set_={
            **{
                name: case((begun, getattr(OutboxMessage, name)), else_=getattr(new, name))
                for name in ("file_name", "file_content", "text")
            },
            "responsible_id": new.responsible_id,
            "wanted": case((begun, OutboxMessage.wanted), else_=OutboxMessage.wanted + 1),
            "withdrawn": False,
            **wake(),
        },
        where=and_(
            OutboxMessage.ts.is_(None),
            OutboxMessage.state != State.GONE,
            or_(OutboxMessage.withdrawn, and_(changed, or_(~begun, ended))),
        ),
    )
