"""One row for each thing asked of a person."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from slackapp.core.database import Base


class PromptState(StrEnum):
    #: `user_id` is to be asked when it is due: for the first time, or again after it was put off.
    WAITING = "waiting"
    #: Asked, and open.
    ASKED = "asked"
    #: Answered, or no longer asked. Of news: told.
    DONE = "done"
    #: Asked as often as it may be. A late answer is still taken.
    EXPIRED = "expired"


class Prompt(Base):
    __tablename__ = "prompts"
    __table_args__ = (
        UniqueConstraint("workspace_id", "kind", "subject_id"),
        Index(
            "ix_prompts_next_at",
            "next_at",
            postgresql_where="next_at IS NOT NULL",
            sqlite_where="next_at IS NOT NULL",
        ),
        Index(
            "ix_prompts_failures",
            "workspace_id",
            postgresql_where="failures > 0",
            sqlite_where="failures > 0",
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
    #: How often it asks, and whom after this person: one of `rules.LADDERS`.
    ladder: Mapped[str] = mapped_column(String(16))
    #: How many steps of the ladder are done.
    step: Mapped[int] = mapped_column(default=0)
    #: Who is asked when this person does not answer.
    backup_id: Mapped[str | None] = mapped_column(String(32))
    #: Whose matter it is: they too may put it off and pass it on, whoever is asked.
    owner_id: Mapped[str | None] = mapped_column(String(32))
    #: The team's channel it is about. If that is private, nobody outside is asked or reads of it.
    channel_id: Mapped[str | None] = mapped_column(String(32))
    #: Whether the channel was asked. It is asked once.
    channel_asked: Mapped[bool] = mapped_column(default=False)
    #: How often the person put it off.
    snoozes: Mapped[int] = mapped_column(default=0)
    #: Story time: when the next step is due. None once nothing more happens by itself.
    next_at: Mapped[datetime | None]
    #: How often in a row the step that was due could not be done: each time it waits longer.
    failures: Mapped[int] = mapped_column(default=0, server_default="0")
    #: The outbox key of the message that asks it.
    message: Mapped[str | None] = mapped_column(String(200))


class PromptPace(Base):
    """How often one person is asked, as their silence or their own choice has it."""

    __tablename__ = "prompt_paces"

    workspace_id: Mapped[int] = mapped_column(ForeignKey("workspaces.id"), primary_key=True)
    user_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    #: Morning messages with a question since this person last answered, put off or passed on anything.
    ignored: Mapped[int] = mapped_column(default=0)
    #: The person asked for fewer.
    weekly: Mapped[bool] = mapped_column(default=False)
    #: The day of the last morning message, where the person was, and the moment.
    last_on: Mapped[date | None]
    last_at: Mapped[datetime | None]
