"""Launches, numbered per workspace: people see L-42."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

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
        Index("ix_launches_metric", "workspace_id", "metric_key", "day"),
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
    #: The day it was out for its users; of a planned one, the day it is to be out.
    day: Mapped[date]
    #: Of a launch that was planned: the day it was planned for at first, and how often that was moved.
    first_day: Mapped[date | None]
    slips: Mapped[int] = mapped_column(default=0)
    #: The thread of the message it was recorded from; its card and its outcome stand there.
    thread_ts: Mapped[str | None] = mapped_column(String(32))

    #: One of `rules.Kind`.
    kind: Mapped[str] = mapped_column(String(16))
    #: One of `rules.Evidence`.
    evidence: Mapped[str | None] = mapped_column(String(16))
    systems: Mapped[list[str]]
    estimated_weeks: Mapped[Decimal | None]
    goal: Mapped[str] = mapped_column(String(80))
    #: One of `rules.Bottleneck`.
    bottleneck: Mapped[str | None] = mapped_column(String(16))
    expected_value: Mapped[str] = mapped_column(String(200))
    #: Whose idea it was: one of the functions people have.
    idea_of: Mapped[str | None] = mapped_column(String(16))
    senior_id: Mapped[str | None] = mapped_column(String(32))
    #: Whether that senior engineer saw it before the spec.
    senior_before_spec: Mapped[bool | None]
    significant: Mapped[bool]
    #: The launch this one reworks, and why: one of `rules.ReworkReason`.
    reworks_id: Mapped[int | None] = mapped_column(ForeignKey("launches.id"))
    rework_reason: Mapped[str | None] = mapped_column(String(32))
    #: Of technical work: the outcome it unlocks, and who feels it: one of `rules.FeltBy`.
    unlocks: Mapped[str] = mapped_column(Text)
    felt_by: Mapped[str | None] = mapped_column(String(16))

    metric: Mapped[str | None] = mapped_column(String(80))
    #: The metric's name without case and odd spaces: by it launches on the same metric are found.
    metric_key: Mapped[str | None] = mapped_column(String(200))
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
    #: Since then baseline, target, smallest change, direction and checkpoints stand; None while planned.
    frozen_at: Mapped[datetime | None]
    #: Counts what stands: a change of it after the freeze is a new version.
    version: Mapped[int] = mapped_column(default=1)
    #: As computed from the final answer.
    verdict: Mapped[str | None] = mapped_column(String(16))
    #: What the owner says instead, why, and when. Both are kept and shown.
    override: Mapped[str | None] = mapped_column(String(16))
    override_reason: Mapped[str] = mapped_column(Text, default="")
    overridden_by: Mapped[str | None] = mapped_column(String(32))
    overridden_at: Mapped[datetime | None]
    #: A guardrail regressed.
    guardrail_loss: Mapped[bool] = mapped_column(default=False)
    decision: Mapped[str | None] = mapped_column(String(16))
    #: Whether the outcome changes what is built next; None until somebody says so.
    changes_next: Mapped[bool | None]
    dropped_by: Mapped[str | None] = mapped_column(String(32))
    dropped_at: Mapped[datetime | None]

    @property
    def label(self) -> str:
        return f"L-{self.number}"

    @property
    def first_check(self) -> date:
        """The day of its first checkpoint."""
        return self.day + timedelta(days=min(self.checkpoints))

    @property
    def standing(self) -> str | None:
        """The verdict that counts: what its owner says, or else what was computed."""
        return self.override or self.verdict


class Guardrail(Base):
    """A metric that must not get worse while the launch goes for its own."""

    __tablename__ = "guardrails"
    __table_args__ = (
        Index("ix_guardrails_launch", "workspace_id", "launch_id"),
        # An open form names it by its id, and must not mean another one later.
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    workspace_id: Mapped[int] = mapped_column(ForeignKey("workspaces.id"))
    launch_id: Mapped[int] = mapped_column(ForeignKey("launches.id"))
    metric: Mapped[str] = mapped_column(String(80))
    #: `hold_up` or `hold_down`.
    direction: Mapped[str] = mapped_column(String(16))
    unit: Mapped[str] = mapped_column(String(20))
    #: Both in the unit.
    baseline: Mapped[Decimal]
    smallest_change: Mapped[Decimal]
    #: What it was when the launch was measured.
    reading_id: Mapped[int | None] = mapped_column(ForeignKey("readings.id"))


class LaunchVersion(Base):
    """What stood before a change after the freeze, and what stood after it, as people read them."""

    __tablename__ = "launch_versions"
    __table_args__ = (UniqueConstraint("workspace_id", "launch_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    workspace_id: Mapped[int] = mapped_column(ForeignKey("workspaces.id"))
    launch_id: Mapped[int] = mapped_column(ForeignKey("launches.id"))
    #: The version this change made: 2 is the first.
    number: Mapped[int]
    changed_by: Mapped[str] = mapped_column(String(32))
    changed_at: Mapped[datetime]
    #: By the field's label.
    before: Mapped[dict[str, Any]]
    after: Mapped[dict[str, Any]]


class LaunchPerson(Base):
    """Somebody who had part in it."""

    __tablename__ = "launch_people"
    __table_args__ = (
        UniqueConstraint("workspace_id", "launch_id", "user_id", "part"),
        # What was told under an id stays with it: taken back, it must not become somebody else's.
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    workspace_id: Mapped[int] = mapped_column(ForeignKey("workspaces.id"))
    launch_id: Mapped[int] = mapped_column(ForeignKey("launches.id"))
    user_id: Mapped[str] = mapped_column(String(32))
    #: One of `rules.Took`.
    part: Mapped[str] = mapped_column(String(16))
    said_at: Mapped[datetime]
