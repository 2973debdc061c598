"""Launches, numbered per workspace: people see L-42."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from slackapp.core.database import Base


class Launch(Base):
    __tablename__ = "launches"
    __table_args__ = (
        UniqueConstraint("workspace_id", "number"),
        Index("ix_launches_channel", "workspace_id", "channel_id", "number"),
        Index("ix_launches_owner", "workspace_id", "owner_id", "number"),
        Index("ix_launches_recorder", "workspace_id", "recorder_id", "number"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    workspace_id: Mapped[int] = mapped_column(ForeignKey("workspaces.id"))
    number: Mapped[int]
    #: The team's channel: the card stands there, and the outcome is told there.
    channel_id: Mapped[str] = mapped_column(String(32))
    recorder_id: Mapped[str] = mapped_column(String(32))
    owner_id: Mapped[str] = mapped_column(String(32))
    #: Who is asked when the owner does not answer.
    backup_id: Mapped[str | None] = mapped_column(String(32))

    title: Mapped[str] = mapped_column(String(150))
    problem: Mapped[str] = mapped_column(Text)
    audience: Mapped[str] = mapped_column(Text)
    outcomes: Mapped[str] = mapped_column(Text)
    because: Mapped[str] = mapped_column(Text)
    link: Mapped[str | None] = mapped_column(Text)
    #: The day it was out for its users.
    day: Mapped[date]

    metric: Mapped[str | None] = mapped_column(String(80))
    direction: Mapped[str | None] = mapped_column(String(16))
    unit: Mapped[str] = mapped_column(String(20))
    #: These three are in the unit.
    baseline: Mapped[Decimal | None]
    target: Mapped[Decimal | None]
    smallest_change: Mapped[Decimal | None]
    #: Days after the launch on which the metric is asked for, rising; the last is final.
    checkpoints: Mapped[list[int]]

    state: Mapped[str] = mapped_column(String(16))
    recorded_at: Mapped[datetime]
    #: Since then baseline, target, smallest change, direction and checkpoints stand.
    frozen_at: Mapped[datetime]
    verdict: Mapped[str | None] = mapped_column(String(16))
    decision: Mapped[str | None] = mapped_column(String(16))
    dropped_by: Mapped[str | None] = mapped_column(String(32))
    dropped_at: Mapped[datetime | None]

    @property
    def label(self) -> str:
        return f"L-{self.number}"
