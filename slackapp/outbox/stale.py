"""Messages that many change at once: each says so without waiting for the others, and one draws for all."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from functools import cache, partial

import structlog
from sqlalchemy import Dialect, Select, bindparam, delete, select
from sqlalchemy.dialects import postgresql, sqlite

from slackapp.core.database import insert
from slackapp.core.jobs import Job
from slackapp.core.transaction import Failed, Tx
from slackapp.outbox.models import OutboxStale

log = structlog.get_logger()


@dataclass(frozen=True)
class Stale:
    """An event: the message of this key is to be drawn as things are now.

    Its feature holds the message (`service.hold`) before it reads: another process may draw it, too.
    """

    key: str


async def soon(tx: Tx, key: str) -> None:
    """Have the message drawn anew within seconds of the commit: for what a hundred people change at once.

    Two who say the message itself wait for each other until the commit. These do not.
    """
    row = {"its_workspace_id": tx.workspace_id, "its_id": secrets.token_hex(16), "its_key": key}
    await tx.session.execute(_asking(tx.dialect), row)
    tx.hurry()


# To put a statement together takes longer than to run it.
@cache
def _asking(dialect: Dialect) -> sqlite.Insert | postgresql.Insert:
    return insert(OutboxStale.__table__, dialect).values(
        workspace_id=bindparam("its_workspace_id"), id=bindparam("its_id"), key=bindparam("its_key")
    )


def stale(now: datetime) -> Select[int]:
    """The workspaces with something to draw."""
    del now
    return select(OutboxStale.workspace_id).distinct()


async def draw(tx: Tx) -> None:
    """Draw each message once for all that asked for it so far. Whoever asks later, asks again."""
    done = await tx.session.scalars(
        delete(OutboxStale).where(OutboxStale.workspace_id == tx.workspace_id).returning(OutboxStale.key)
    )
    for key in sorted(set(done)):
        drawn = await tx.attempt(partial(tx.emit, Stale(key)))
        if isinstance(drawn, Failed):
            # Or nothing of this workspace would be drawn any more; whoever changes it next asks for it again.
            log.error("outbox.not_drawn", key=key, exc_info=drawn.error)


JOBS = (Job("outbox.draw", stale, draw, hurries=True, at_once=True),)
