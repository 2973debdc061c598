"""Workspaces, their channels and people, what these settled, and the counters that number what people see."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

from sqlalchemy import ForeignKey, Index, String, false
from sqlalchemy.orm import Mapped, mapped_column

from slackapp.core.database import Base
from slackapp.core.slackbot import SLACKBOT
from slackapp.core.working_time import zone_of


class Workspace(Base):
    __tablename__ = "workspaces"

    id: Mapped[int] = mapped_column(primary_key=True)
    team_id: Mapped[str] = mapped_column(String(32), unique=True)
    name: Mapped[str] = mapped_column(String(255))
    installed_at: Mapped[datetime]
    #: Two letters of ISO 3166-1: whose weekends and holidays count, unless channel or person say otherwise.
    country: Mapped[str | None] = mapped_column(String(2))
    #: The local time of the morning's message, unless the person says otherwise.
    morning: Mapped[time | None]


class Channel(Base):
    """A team's channel: what Slack last told us of it, and what the team settled."""

    __tablename__ = "channels"

    workspace_id: Mapped[int] = mapped_column(ForeignKey("workspaces.id"), primary_key=True)
    channel_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    name: Mapped[str] = mapped_column(String(255))
    is_private: Mapped[bool]
    is_archived: Mapped[bool]
    #: Whether the app is in it, and so may post.
    is_member: Mapped[bool]
    country: Mapped[str | None] = mapped_column(String(2))


class ChannelMember(Base):
    """Somebody in a private channel. Of public ones, which anybody may read, no members are kept."""

    __tablename__ = "channel_members"
    __table_args__ = (Index("ix_channel_members_user", "workspace_id", "user_id"),)

    workspace_id: Mapped[int] = mapped_column(ForeignKey("workspaces.id"), primary_key=True)
    channel_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    user_id: Mapped[str] = mapped_column(String(32), primary_key=True)


class Person(Base):
    """A member of the workspace, as Slack last told us, and what they settled for themselves."""

    __tablename__ = "people"

    workspace_id: Mapped[int] = mapped_column(ForeignKey("workspaces.id"), primary_key=True)
    user_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    name: Mapped[str] = mapped_column(String(255))
    #: A zone's name, such as Europe/Stockholm; None when Slack knows none.
    tz: Mapped[str | None] = mapped_column(String(64))
    is_admin: Mapped[bool] = mapped_column(default=False)
    is_bot: Mapped[bool] = mapped_column(default=False)
    #: A guest, or somebody of another organisation.
    is_guest: Mapped[bool] = mapped_column(default=False)
    #: Of those the latter.
    is_stranger: Mapped[bool] = mapped_column(default=False, server_default=false())
    deleted: Mapped[bool] = mapped_column(default=False)
    country: Mapped[str | None] = mapped_column(String(2))
    morning: Mapped[time | None]
    #: One of `rules.Function`.
    function: Mapped[str | None] = mapped_column(String(16))
    #: They were asked for it once, and are not asked again.
    asked_function: Mapped[bool] = mapped_column(default=False, server_default=false())

    @property
    def is_away(self) -> bool:
        """Whether this is no colleague: a guest, somebody of another organisation, somebody who left."""
        return self.is_guest or self.deleted

    @property
    def is_app(self) -> bool:
        return self.is_bot or self.user_id == SLACKBOT

    @property
    def can_be_asked(self) -> bool:
        """Whether this is a colleague who would answer."""
        return not (self.is_app or self.is_away)

    @property
    def zone(self) -> ZoneInfo:
        return zone_of(self.tz)


class Counter(Base):
    """The last number given, for each kind of thing that people see numbered."""

    __tablename__ = "counters"

    workspace_id: Mapped[int] = mapped_column(ForeignKey("workspaces.id"), primary_key=True)
    name: Mapped[str] = mapped_column(String(32), primary_key=True)
    value: Mapped[int]
