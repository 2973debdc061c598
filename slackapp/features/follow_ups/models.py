"""Follow-ups: one question for each checkpoint of a launch."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from slackapp.core.database import Base


class FollowUp(Base):
    __tablename__ = "follow_ups"
    __table_args__ = (
        UniqueConstraint("workspace_id", "launch_id", "days"),
        Index("ix_follow_ups_channel_message", "workspace_id", "channel_message"),
        Index("ix_follow_ups_echo", "workspace_id", "echo"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    workspace_id: Mapped[int] = mapped_column(ForeignKey("workspaces.id"))
    launch_id: Mapped[int] = mapped_column(ForeignKey("launches.id"))
    #: Days after the launch.
    days: Mapped[int]
    #: The last checkpoint: it alone gives a verdict.
    final: Mapped[bool]
    due_on: Mapped[date]
    state: Mapped[str] = mapped_column(String(16))
    reading_id: Mapped[int | None] = mapped_column(ForeignKey("readings.id"))
    #: Why there is no number.
    no_number: Mapped[str | None] = mapped_column(String(32))
    #: What else changed in that time, as whoever answered knows.
    else_changed: Mapped[str] = mapped_column(Text, default="")
    #: What users said, and incidents.
    users_said: Mapped[str] = mapped_column(Text, default="")
    answered_by: Mapped[str | None] = mapped_column(String(32))
    answered_at: Mapped[datetime | None]
    #: The outbox key of the message that asks the team's channel.
    channel_message: Mapped[str | None] = mapped_column(String(200))
    #: The outbox key of the message that echoes a reply.
    echo: Mapped[str | None] = mapped_column(String(200))
