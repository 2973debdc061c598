"""What already came in: each event, command, click and submit takes effect once, however often it comes."""

from datetime import datetime, timedelta
from functools import lru_cache

from sqlalchemy import Dialect, ForeignKey, Index, Select, String, bindparam, delete, select
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.sql.dml import ReturningInsert

from slackapp.core.database import Base, insert
from slackapp.core.due import each_workspace
from slackapp.core.jobs import Job
from slackapp.core.transaction import Tx

#: Slack repeats an event for minutes; a day is far beyond that.
KEPT = timedelta(hours=24)


class InboundKey(Base):
    __tablename__ = "inbound_keys"
    __table_args__ = (Index(None, "seen_at"),)

    workspace_id: Mapped[int] = mapped_column(ForeignKey("workspaces.id"), primary_key=True)
    key: Mapped[str] = mapped_column(String(255), primary_key=True)
    seen_at: Mapped[datetime]


async def first_time(tx: Tx, key: str) -> bool:
    """Note the key, in the transaction that has the effect. False if it was noted before."""
    noted = await tx.session.execute(
        _note(tx.dialect), {"its_workspace_id": tx.workspace_id, "its_key": key, "its_seen_at": tx.now}
    )
    return noted.first() is not None


@lru_cache
def _note(dialect: Dialect) -> ReturningInsert[str]:
    """Made once: it runs before everything else."""
    return (
        insert(InboundKey.__table__, dialect)
        .values(
            workspace_id=bindparam("its_workspace_id"),
            key=bindparam("its_key"),
            seen_at=bindparam("its_seen_at"),
        )
        .on_conflict_do_nothing()
        .returning(InboundKey.__table__.c.key)
    )


def old(now: datetime) -> Select[int]:
    """The workspaces with keys that nobody will send again."""
    return select(each_workspace(InboundKey.workspace_id)).where(InboundKey.seen_at < now - KEPT).distinct()


async def forget_old(tx: Tx) -> None:
    await tx.session.execute(
        delete(InboundKey).where(
            InboundKey.workspace_id == tx.workspace_id,
            InboundKey.seen_at < tx.now - KEPT,
        ),
    )


JOBS = (Job("inbound.forget", old, forget_old),)
