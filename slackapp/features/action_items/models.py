"""Action items, numbered per workspace: people see A-12."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from slackapp.core.database import Base


class ActionItem(Base):
    __tablename__ = "action_items"
    __table_args__ = (
        UniqueConstraint("workspace_id", "number"),
        Index("ix_action_items_channel", "workspace_id", "channel_id", "state", "number"),
        Index("ix_action_items_owner", "workspace_id", "owner_id", "state", "number"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    workspace_id: Mapped[int] = mapped_column(ForeignKey("workspaces.id"))
    number: Mapped[int]
    #: The team's channel it is about.
    channel_id: Mapped[str] = mapped_column(String(32))
    owner_id: Mapped[str] = mapped_column(String(32))
    created_by: Mapped[str] = mapped_column(String(32))
    created_at: Mapped[datetime]
    text: Mapped[str] = mapped_column(String(300))
    #: When and where it is to be done: “if … then …”. Empty if nobody said so.
    if_then: Mapped[str] = mapped_column(String(300))
    #: What it came of, as people read it: the topic of a retro. Empty if it came of nothing in particular.
    about: Mapped[str] = mapped_column(String(150))
    due_on: Mapped[date]
    #: One of `rules.ActionState`.
    state: Mapped[str] = mapped_column(String(16))
    #: Why it was dropped.
    reason: Mapped[str] = mapped_column(Text)
    closed_by: Mapped[str | None] = mapped_column(String(32))
    closed_at: Mapped[datetime | None]
    #: Whether it helped: one of `rules.Helped`. None until somebody says so.
    helped: Mapped[str | None] = mapped_column(String(16))

    @property
    def label(self) -> str:
        return f"A-{self.number}"
