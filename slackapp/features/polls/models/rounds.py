"""A round of a poll: one time the question is put, to certain people, until its deadline."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from slackapp.core.database import Base


class Round(Base):
    __tablename__ = "poll_rounds"
    __table_args__ = (
        UniqueConstraint("workspace_id", "poll_id", "number"),
        # What is due on a day is made once, and never beside one that is open.
        UniqueConstraint("workspace_id", "poll_id", "occurs_on"),
        Index(
            "ix_poll_rounds_open",
            "workspace_id",
            "poll_id",
            unique=True,
            postgresql_where="closed_at IS NULL",
            sqlite_where="closed_at IS NULL",
        ),
        Index(
            "ix_poll_rounds_closes",
            "closes_at",
            postgresql_where="closed_at IS NULL",
            sqlite_where="closed_at IS NULL",
        ),
        Index(
            "ix_poll_rounds_reminds",
            "reminds_at",
            postgresql_where="reminds_at IS NOT NULL",
            sqlite_where="reminds_at IS NOT NULL",
        ),
        Index(
            "ix_poll_rounds_calls_roll",
            "calls_roll_at",
            postgresql_where="calls_roll_at IS NOT NULL",
            sqlite_where="calls_roll_at IS NOT NULL",
        ),
        Index(
            "ix_poll_rounds_forgets",
            "forgets_at",
            postgresql_where="forgets_at IS NOT NULL",
            sqlite_where="forgets_at IS NOT NULL",
        ),
        Index(
            "ix_poll_rounds_asking",
            "workspace_id",
            postgresql_where="is_asking",
            sqlite_where="is_asking = 1",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    workspace_id: Mapped[int] = mapped_column(ForeignKey("workspaces.id"))
    poll_id: Mapped[int] = mapped_column(ForeignKey("polls.id"))
    #: From 1.
    number: Mapped[int]
    #: The local day it is for.
    occurs_on: Mapped[date]
    question_id: Mapped[int] = mapped_column(ForeignKey("poll_questions.id"))
    #: One of `rules.Stage`.
    stage: Mapped[str] = mapped_column(String(16))
    opened_at: Mapped[datetime]
    #: Its deadline.
    closes_at: Mapped[datetime]
    #: None while it is open.
    closed_at: Mapped[datetime | None]
    #: Who closed it before its deadline.
    closed_by: Mapped[str | None] = mapped_column(String(32))
    #: When those who have not answered are reminded; None once they were, and where nobody is.
    reminds_at: Mapped[datetime | None]
    #: When Slack is asked who is in the channel; None once that is known, or not needed.
    calls_roll_at: Mapped[datetime | None]
    #: Some of its direct messages were said and are still to arrive.
    is_asking: Mapped[bool] = mapped_column(default=False)
    #: The key under which answers know who gave them; None in a named poll, and once nothing is left to link.
    answer_key: Mapped[str | None] = mapped_column(String(64))
    #: How many were meant, where that is known, and how many answered: both fixed when it closes.
    meant: Mapped[int | None]
    answered: Mapped[int | None]
    #: Closed with too few answers to show any; they are gone.
    is_withheld: Mapped[bool] = mapped_column(default=False)
    #: When it is forgotten to whom direct messages went, once it is closed; None in a named poll, and after.
    forgets_at: Mapped[datetime | None]


class RoundPerson(Base):
    """Somebody a round means to ask."""

    __tablename__ = "poll_round_people"
    __table_args__ = (
        Index("ix_poll_round_people_user", "workspace_id", "user_id"),
        Index(
            "ix_poll_round_people_unasked",
            "asks_at",
            postgresql_where="NOT is_asked",
            sqlite_where="is_asked = 0",
        ),
    )

    workspace_id: Mapped[int] = mapped_column(ForeignKey("workspaces.id"), primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("poll_rounds.id"), primary_key=True)
    user_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    #: When their direct message is due; None where the channel's message asks.
    asks_at: Mapped[datetime | None]
    #: Their direct message is in the outbox, or none is to be.
    is_asked: Mapped[bool] = mapped_column(default=False)
