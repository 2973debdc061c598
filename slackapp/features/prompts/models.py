"""One row for each thing asked of a person."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from slackapp.core.database import Base


class PromptState(StrEnum):
    #: Not asked yet.
    WAITING = "waiting"
    #: Asked, and open.
    ASKED = "asked"
    #: Answered, or no longer asked.
    DONE = "done"


class Prompt(Base):
    __tablename__ = "prompts"
    __table_args__ = (
        UniqueConstraint("workspace_id", "kind", "subject_id"),
        Index(
            "ix_prompts_waiting",
            "next_at",
            postgresql_where="state = 'waiting'",
            sqlite_where="state = 'waiting'",
        ),
        Index("ix_prompts_user_id", "workspace_id", "user_id", "state"),
        Index("ix_prompts_message", "workspace_id", "message"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    workspace_id: Mapped[int] = mapped_column(ForeignKey("workspaces.id"))
    user_id: Mapped[str] = mapped_column(String(32))
    #: Which feature asks, and about which row of its own.
    kind: Mapped[str] = mapped_column(String(32))
    subject_id: Mapped[int]
    state: Mapped[str] = mapped_column(String(16), default=PromptState.WAITING)
    #: The answer to a click of the person's own: it waits for no morning and shares no message.
    at_once: Mapped[bool] = mapped_column(default=False)
    #: Story time: since then it is due, and of what is due the oldest is asked first.
    due_at: Mapped[datetime]
    #: Story time: not asked before.
    next_at: Mapped[datetime]
    #: The outbox key of the message that asks it.
    message: Mapped[str | None] = mapped_column(String(200))
