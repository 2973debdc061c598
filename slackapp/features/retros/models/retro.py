"""A retro, numbered per workspace (people see R-7): its phases, people and launches; series, and offers."""

from datetime import datetime, time

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from slackapp.core.database import Base


class Retro(Base):
    __tablename__ = "retros"
    __table_args__ = (
        UniqueConstraint("workspace_id", "number"),
        # One at a time in a channel.
        Index(
            "ix_retros_open",
            "workspace_id",
            "channel_id",
            unique=True,
            postgresql_where="ended_at IS NULL",
            sqlite_where="ended_at IS NULL",
        ),
        Index("ix_retros_channel", "workspace_id", "channel_id", "number"),
        Index(
            "ix_retros_phase_ends",
            "phase_ends_at",
            postgresql_where="phase_ends_at IS NOT NULL",
            sqlite_where="phase_ends_at IS NOT NULL",
        ),
        Index(
            "ix_retros_reminds",
            "reminds_at",
            postgresql_where="reminds_at IS NOT NULL",
            sqlite_where="reminds_at IS NOT NULL",
        ),
        Index(
            "ix_retros_forgets",
            "forgets_at",
            postgresql_where="forgets_at IS NOT NULL",
            sqlite_where="forgets_at IS NOT NULL",
        ),
        Index(
            "ix_retros_calls_roll",
            "calls_roll_at",
            postgresql_where="calls_roll_at IS NOT NULL",
            sqlite_where="calls_roll_at IS NOT NULL",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    workspace_id: Mapped[int] = mapped_column(ForeignKey("workspaces.id"))
    number: Mapped[int]
    channel_id: Mapped[str] = mapped_column(String(32))
    facilitator_id: Mapped[str] = mapped_column(String(32))
    opened_by: Mapped[str] = mapped_column(String(32))
    opened_at: Mapped[datetime]
    #: Closed or cancelled; None while it is open.
    ended_at: Mapped[datetime | None]
    #: The series it belongs to.
    series_id: Mapped[int | None] = mapped_column(ForeignKey("retro_series.id"))

    #: One of `rules.Template`, and the columns as people read them.
    template: Mapped[str] = mapped_column(String(32))
    columns: Mapped[list[str]]
    #: It may be turned on later, and never off.
    is_anonymous: Mapped[bool]
    #: Held in one sitting, with minutes instead of days.
    is_live: Mapped[bool]
    #: Everybody in the channel may take part. Otherwise those invited by name.
    whole_channel: Mapped[bool]
    #: When Slack is asked who is in the channel. None once that is known, and where only some are invited.
    calls_roll_at: Mapped[datetime | None]

    #: One of `rules.Phase`.
    phase: Mapped[str] = mapped_column(String(16))
    #: Counts the changes of phase, back ones too: whoever changes it says which one they saw.
    step: Mapped[int] = mapped_column(default=0)
    phase_began_at: Mapped[datetime]
    #: The phase's deadline. None where it has none, or once it has passed and was not enough.
    phase_ends_at: Mapped[datetime | None]
    #: When those invited who have not handed in are reminded.
    reminds_at: Mapped[datetime | None]
    #: When it is forgotten whom the phases that are over reminded. None where nothing is left of that.
    forgets_at: Mapped[datetime | None]
    #: Since then what is handed in is late: collecting was to be over, or was over once.
    late_since: Mapped[datetime | None]
    #: The lengths of the phases that end by themselves, and of one topic's discussion.
    collect_minutes: Mapped[int]
    vote_minutes: Mapped[int]
    topic_minutes: Mapped[int | None]

    #: Votes for each person; None: as many as `rules.suggested_votes` says once the topics are known.
    votes_each: Mapped[int | None]
    #: At most so many of them on one topic.
    votes_cap: Mapped[int]

    #: The key under which notes know their author until they are revealed; None when nothing is left to link.
    reveal_key: Mapped[str | None] = mapped_column(String(64))

    #: What happened to users. Empty until it is answered.
    impact: Mapped[str] = mapped_column(Text)
    impact_by: Mapped[str | None] = mapped_column(String(32))
    #: Closed without an answer to that, by a click that said so.
    impact_skipped: Mapped[bool] = mapped_column(default=False)

    @property
    def label(self) -> str:
        return f"R-{self.number}"


class PhaseEntry(Base):
    """The log of a retro's phases: one row for each that was begun, also by going back."""

    __tablename__ = "retro_phases"

    workspace_id: Mapped[int] = mapped_column(ForeignKey("workspaces.id"), primary_key=True)
    retro_id: Mapped[int] = mapped_column(ForeignKey("retros.id"), primary_key=True)
    step: Mapped[int] = mapped_column(primary_key=True)
    phase: Mapped[str] = mapped_column(String(16))
    began_at: Mapped[datetime]
    #: Who began it; None if its time had come.
    began_by: Mapped[str | None] = mapped_column(String(32))


class RetroPerson(Base):
    """Somebody who was invited, or helps to facilitate."""

    __tablename__ = "retro_people"

    workspace_id: Mapped[int] = mapped_column(ForeignKey("workspaces.id"), primary_key=True)
    retro_id: Mapped[int] = mapped_column(ForeignKey("retros.id"), primary_key=True)
    user_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    #: One of `rules.Part`.
    part: Mapped[str] = mapped_column(String(16), primary_key=True)


class RetroLaunch(Base):
    """A launch that the retro looks back on."""

    __tablename__ = "retro_launches"
    __table_args__ = (Index("ix_retro_launches_launch", "workspace_id", "launch_id"),)

    workspace_id: Mapped[int] = mapped_column(ForeignKey("workspaces.id"), primary_key=True)
    retro_id: Mapped[int] = mapped_column(ForeignKey("retros.id"), primary_key=True)
    launch_id: Mapped[int] = mapped_column(ForeignKey("launches.id"), primary_key=True)


class Series(Base):
    """Retros that recur in a channel. At most one series runs there."""

    __tablename__ = "retro_series"
    __table_args__ = (
        Index(
            "ix_retro_series_running",
            "workspace_id",
            "channel_id",
            unique=True,
            postgresql_where="ended_at IS NULL",
            sqlite_where="ended_at IS NULL",
        ),
        Index(
            "ix_retro_series_next",
            "next_at",
            postgresql_where="next_at IS NOT NULL",
            sqlite_where="next_at IS NOT NULL",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    workspace_id: Mapped[int] = mapped_column(ForeignKey("workspaces.id"))
    channel_id: Mapped[str] = mapped_column(String(32))
    facilitator_id: Mapped[str] = mapped_column(String(32))
    template: Mapped[str] = mapped_column(String(32))
    columns: Mapped[list[str]]
    is_anonymous: Mapped[bool]
    is_live: Mapped[bool]
    whole_channel: Mapped[bool]
    #: Who is invited by name.
    people: Mapped[list[str]]
    co_facilitators: Mapped[list[str]]
    collect_minutes: Mapped[int]
    vote_minutes: Mapped[int]
    topic_minutes: Mapped[int | None]
    votes_each: Mapped[int | None]
    votes_cap: Mapped[int]
    #: Every so many weeks, at this time of this zone; the weekday is that of `next_at` there.
    weeks: Mapped[int]
    at: Mapped[time]
    zone: Mapped[str] = mapped_column(String(64))
    #: When the next one opens; None once it ended.
    next_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]


class Offer(Base):
    """A significant launch whose retro is offered once: at its first reading, or when this moment comes."""

    __tablename__ = "retro_offers"
    __table_args__ = (
        Index(
            "ix_retro_offers_due",
            "due_at",
            postgresql_where="due_at IS NOT NULL",
            sqlite_where="due_at IS NOT NULL",
        ),
    )

    workspace_id: Mapped[int] = mapped_column(ForeignKey("workspaces.id"), primary_key=True)
    launch_id: Mapped[int] = mapped_column(ForeignKey("launches.id"), primary_key=True)
    #: None once it was offered, or is not to be.
    due_at: Mapped[datetime | None]
