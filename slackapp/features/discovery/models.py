"""What was found out before and while something was built, with whom, and what a senior engineer said."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from slackapp.core.database import Base


class Activity(Base):
    """Something done to find out what to build. Who was there is known by function alone."""

    __tablename__ = "discovery_activities"
    __table_args__ = (
        Index("ix_discovery_activities_channel", "workspace_id", "channel_id", "day"),
        Index("ix_discovery_activities_launch", "workspace_id", "launch_id"),
        # A round is logged once, however often it is said to be closed.
        UniqueConstraint("workspace_id", "round_id"),
        # Its message stays under its id: removed, it must not become another's.
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    workspace_id: Mapped[int] = mapped_column(ForeignKey("workspaces.id"))
    channel_id: Mapped[str] = mapped_column(String(32))
    #: One of `rules.ActivityKind`.
    kind: Mapped[str] = mapped_column(String(32))
    day: Mapped[date]
    launch_id: Mapped[int | None] = mapped_column(ForeignKey("launches.id"))
    #: Whether it was before the spec; None: not said.
    before_spec: Mapped[bool | None]
    #: What came of it, in a sentence.
    note: Mapped[str] = mapped_column(Text)
    weeks_saved: Mapped[Decimal | None]
    logged_by: Mapped[str] = mapped_column(String(32))
    logged_at: Mapped[datetime]
    #: The round of a poll that counted who was there.
    round_id: Mapped[int | None] = mapped_column(ForeignKey("poll_rounds.id"))


class Present(Base):
    """A function that was there."""

    __tablename__ = "discovery_present"

    workspace_id: Mapped[int] = mapped_column(ForeignKey("workspaces.id"), primary_key=True)
    activity_id: Mapped[int] = mapped_column(ForeignKey("discovery_activities.id"), primary_key=True)
    #: One of `workspaces.rules.Function`.
    function: Mapped[str] = mapped_column(String(16), primary_key=True)


class Contribution(Base):
    """What engineering brought to it."""

    __tablename__ = "discovery_contributions"

    workspace_id: Mapped[int] = mapped_column(ForeignKey("workspaces.id"), primary_key=True)
    activity_id: Mapped[int] = mapped_column(ForeignKey("discovery_activities.id"), primary_key=True)
    #: One of `rules.Contributed`.
    kind: Mapped[str] = mapped_column(String(32), primary_key=True)


class Consideration(Base):
    """The technical considerations that the senior engineer named on a planned launch was asked for."""

    __tablename__ = "discovery_considerations"

    workspace_id: Mapped[int] = mapped_column(ForeignKey("workspaces.id"), primary_key=True)
    launch_id: Mapped[int] = mapped_column(ForeignKey("launches.id"), primary_key=True)
    text: Mapped[str] = mapped_column(Text)
    said_by: Mapped[str] = mapped_column(String(32))
    said_at: Mapped[datetime]
    #: The outbox key of the message that says a reply was taken for it; None where no reply was.
    echo: Mapped[str | None] = mapped_column(String(200))
