"""Topics, votes for them, and what was decided about them; scores of the launches looked back on."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from slackapp.core.database import Base


class Topic(Base):
    """Notes grouped, or a note that stands alone."""

    __tablename__ = "retro_topics"
    __table_args__ = (
        Index("ix_retro_topics_retro", "workspace_id", "retro_id"),
        # An open form names it by its id, and must not mean another one later.
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    workspace_id: Mapped[int] = mapped_column(ForeignKey("workspaces.id"))
    retro_id: Mapped[int] = mapped_column(ForeignKey("retros.id"))
    name: Mapped[str] = mapped_column(String(150))
    #: Suggested by likeness, and touched by nobody since.
    is_draft: Mapped[bool] = mapped_column(default=False)
    #: Holds one note that nobody grouped: made when grouping was over.
    is_single: Mapped[bool] = mapped_column(default=False)
    #: The topic it became part of, with its notes and votes.
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("retro_topics.id"))
    #: Its place in the discussion, from 1; None before.
    place: Mapped[int | None]
    #: Being discussed from then until then; the one topic with a beginning and no end is discussed now.
    discussed_from: Mapped[datetime | None]
    discussed_until: Mapped[datetime | None]


class Purse(Base):
    """How many votes a person has left."""

    __tablename__ = "retro_purses"

    workspace_id: Mapped[int] = mapped_column(ForeignKey("workspaces.id"), primary_key=True)
    retro_id: Mapped[int] = mapped_column(ForeignKey("retros.id"), primary_key=True)
    user_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    remaining: Mapped[int]


class Vote(Base):
    """One vote of a person for a topic: the first, the second, up to the cap."""

    __tablename__ = "retro_votes"
    __table_args__ = (Index("ix_retro_votes_retro", "workspace_id", "retro_id", "user_id"),)

    workspace_id: Mapped[int] = mapped_column(ForeignKey("workspaces.id"), primary_key=True)
    topic_id: Mapped[int] = mapped_column(ForeignKey("retro_topics.id"), primary_key=True)
    user_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    slot: Mapped[int] = mapped_column(primary_key=True)
    retro_id: Mapped[int] = mapped_column(ForeignKey("retros.id"))


class Decision(Base):
    """What was decided, under the topic that was being discussed."""

    __tablename__ = "retro_decisions"
    __table_args__ = (Index("ix_retro_decisions_retro", "workspace_id", "retro_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    workspace_id: Mapped[int] = mapped_column(ForeignKey("workspaces.id"))
    retro_id: Mapped[int] = mapped_column(ForeignKey("retros.id"))
    topic_id: Mapped[int | None] = mapped_column(ForeignKey("retro_topics.id"))
    text: Mapped[str] = mapped_column(String(300))
    written_by: Mapped[str] = mapped_column(String(32))
    written_at: Mapped[datetime]


class RetroAction(Base):
    """An action item that came of a retro, and of which topic."""

    __tablename__ = "retro_actions"
    __table_args__ = (Index("ix_retro_actions_retro", "workspace_id", "retro_id"),)

    workspace_id: Mapped[int] = mapped_column(ForeignKey("workspaces.id"), primary_key=True)
    action_id: Mapped[int] = mapped_column(ForeignKey("action_items.id"), primary_key=True)
    retro_id: Mapped[int] = mapped_column(ForeignKey("retros.id"))
    topic_id: Mapped[int | None] = mapped_column(ForeignKey("retro_topics.id"))


class Score(Base):
    """What one person says of a launch, from 1 to 5."""

    __tablename__ = "retro_scores"

    workspace_id: Mapped[int] = mapped_column(ForeignKey("workspaces.id"), primary_key=True)
    retro_id: Mapped[int] = mapped_column(ForeignKey("retros.id"), primary_key=True)
    launch_id: Mapped[int] = mapped_column(ForeignKey("launches.id"), primary_key=True)
    #: Whose it is. Once an anonymous retro is closed: random.
    voter: Mapped[str] = mapped_column(String(32), primary_key=True)
    #: Whether it works as intended, and whether it is what users needed; None: not said.
    works: Mapped[int | None]
    needed: Mapped[int | None]
