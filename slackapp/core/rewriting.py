"""Rows deleted and written anew, so that nothing of the database's own says when, or for whom, they came."""

from typing import Any

from sqlalchemy import delete
from sqlalchemy.orm import InstrumentedAttribute

from slackapp.core.database import insert
from slackapp.core.secrecy import shuffled
from slackapp.core.transaction import Tx

Rows = list[dict[str, Any]]


async def take(tx: Tx, of: InstrumentedAttribute[int], whose: int) -> Rows:
    """Delete the rows of `of`'s table in which it is `whose`; what they held, shuffled.

    The session forgets those it knows. With `Tx.scrub` it is all gone once it is committed.
    """
    kind: Any = of.class_
    await tx.session.flush()
    for row in list(tx.session.identity_map.values()):
        if isinstance(row, kind) and getattr(row, of.key) == whose:
            tx.session.expunge(row)
    found = await tx.session.execute(
        delete(kind).where(kind.workspace_id == tx.workspace_id, of == whose).returning(*kind.__table__.c),
        execution_options={"synchronize_session": False},
    )
    return shuffled([dict(row) for row in found.mappings()])


async def write(tx: Tx, of: InstrumentedAttribute[int], rows: Rows) -> None:
    """Put rows into `of`'s table, as `take` returned them, past the session."""
    if rows:
        kept = [{"workspace_id": tx.workspace_id} | row for row in rows]
        await tx.session.execute(insert(of.class_.__table__, tx.dialect), kept)
