"""Doing what is due one by one: what fails waits by itself, and keeps nothing else waiting."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import structlog
from sqlalchemy import update
from sqlalchemy.orm import InstrumentedAttribute

from slackapp.core.transaction import Failed, Tx

log = structlog.get_logger()

#: What failed is tried again so much later.
TRY_AGAIN = timedelta(minutes=15)


async def each_alone(
    tx: Tx,
    ids: Sequence[int],
    use: Callable[[Tx, int], Awaitable[object]],
    *,
    key: InstrumentedAttribute[int],
    moment: InstrumentedAttribute[datetime] | InstrumentedAttribute[datetime | None],
) -> None:
    """Do it for each of these ids. `key` is what they are of, and `moment` when each was due.

    What fails is due again in a while, and the log says why.
    """
    kind: Any = key.class_
    for each in ids:
        done = await tx.attempt(partial(use, tx, each))
        if isinstance(done, Failed):
            log.error("jobs.one_failed", of=kind.__tablename__, about=each, exc_info=done.error)
            await tx.session.execute(
                update(kind)
                .where(kind.workspace_id == tx.workspace_id, key == each)
                .values({moment: tx.now + TRY_AGAIN})
            )
