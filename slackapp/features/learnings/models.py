"""Learnings: at most one of each launch."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from slackapp.core.database import Base


class Learning(Base):
    __tablename__ = "learnings"
    __table_args__ = (
        UniqueConstraint("workspace_id", "launch_id"),
        Index("ix_learnings_about", "workspace_id", "about_id"),
        # An open form names it by its id, and must not mean another one later.
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    workspace_id: Mapped[int] = mapped_column(ForeignKey("workspaces.id"))
    launch_id: Mapped[int] = mapped_column(ForeignKey("launches.id"))
    text: Mapped[str] = mapped_column(String(300))
    #: Without case: what is searched.
    text_key: Mapped[str] = mapped_column(String(600))
    #: Whether it supports or contradicts an earlier one, and which: one of `rules.Stance`.
    stance: Mapped[str | None] = mapped_column(String(16))
    about_id: Mapped[int | None] = mapped_column(ForeignKey("learnings.id"))
    written_by: Mapped[str] = mapped_column(String(32))
    written_at: Mapped[datetime]
