"""A poll, numbered per workspace (people see P-7): whom it asks, when, and the wordings of its question."""

from datetime import date, datetime, time
from decimal import Decimal

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from slackapp.core.database import Base


class Poll(Base):
    __tablename__ = "polls"
    __table_args__ = (
        UniqueConstraint("workspace_id", "number"),
        Index("ix_polls_channel", "workspace_id", "channel_id", "number"),
        Index(
            "ix_polls_next",
            "next_at",
            postgresql_where="next_at IS NOT NULL",
            sqlite_where="next_at IS NOT NULL",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    workspace_id: Mapped[int] = mapped_column(ForeignKey("workspaces.id"))
    number: Mapped[int]
    #: Whose poll it is: its message stands there, and who may not read there reads nothing of it.
    channel_id: Mapped[str] = mapped_column(String(32))
    created_by: Mapped[str] = mapped_column(String(32))
    created_at: Mapped[datetime]
    #: What it was made from; rounds of one template can be told apart from all others. Empty: from nothing.
    template: Mapped[str] = mapped_column(String(32))

    #: What is said in the thread of its message, as its first word. Empty: nothing.
    thread: Mapped[str] = mapped_column(Text)

    is_anonymous: Mapped[bool]
    #: One of `rules.Way`: a message in the channel, or a direct message to each.
    way: Mapped[str] = mapped_column(String(16))
    #: One of `rules.Audience`.
    audience: Mapped[str] = mapped_column(String(16))
    #: The functions asked, where the audience is those.
    functions: Mapped[list[str]]
    #: One of `rules.Shows`: when results can be seen.
    shows: Mapped[str] = mapped_column(String(16))
    #: Answers are counted by the function of who gives them, too. Never in an anonymous poll.
    by_function: Mapped[bool]
    #: How long a round is open.
    open_minutes: Mapped[int]
    #: Those who have not answered are reminded once, before the deadline.
    reminds: Mapped[bool]

    #: One of `core.recurrence.Every`; None: one round.
    every: Mapped[str | None] = mapped_column(String(16))
    #: The local time of a round, in `zone`, or in each person's own zone. The weekday is that of `next_on`.
    at: Mapped[time | None]
    zone: Mapped[str] = mapped_column(String(64))
    in_own_zone: Mapped[bool]
    #: When the next round is made ready, and the local day it is for; None once it ended or has no other.
    next_at: Mapped[datetime | None]
    next_on: Mapped[date | None]
    ended_at: Mapped[datetime | None]

    @property
    def label(self) -> str:
        return f"P-{self.number}"


class PollPerson(Base):
    """Somebody a poll asks by name."""

    __tablename__ = "poll_people"

    workspace_id: Mapped[int] = mapped_column(ForeignKey("workspaces.id"), primary_key=True)
    poll_id: Mapped[int] = mapped_column(ForeignKey("polls.id"), primary_key=True)
    user_id: Mapped[str] = mapped_column(String(32), primary_key=True)


class Question(Base):
    """A wording of a poll's question. Another wording is another version: trends compare the same words."""

    __tablename__ = "poll_questions"
    __table_args__ = (UniqueConstraint("workspace_id", "poll_id", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    workspace_id: Mapped[int] = mapped_column(ForeignKey("workspaces.id"))
    poll_id: Mapped[int] = mapped_column(ForeignKey("polls.id"))
    #: From 1.
    version: Mapped[int]
    #: One of `rules.Kind`; the same in all versions of a poll.
    kind: Mapped[str] = mapped_column(String(16))
    text: Mapped[str] = mapped_column(String(300))
    #: What people should know before they answer. Empty: nothing.
    details: Mapped[str] = mapped_column(Text)
    #: What can be chosen, in its order. Of a scale: what its two ends mean.
    options: Mapped[list[str]]
    #: Of a multiple choice.
    fewest: Mapped[int | None]
    most: Mapped[int | None]
    #: Of a number: what it is counted in, and between which it lies.
    unit: Mapped[str] = mapped_column(String(20))
    lowest: Mapped[Decimal | None]
    highest: Mapped[Decimal | None]
