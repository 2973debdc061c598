"""Workspaces, people, and the counters that number what people see."""

from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from slackapp.core.database import Base
from slackapp.core.working_time import Calendar, zone_of


class Workspace(Base):
    __tablename__ = "workspaces"

    id: Mapped[int] = mapped_column(primary_key=True)
    team_id: Mapped[str] = mapped_column(String(32), unique=True)
    name: Mapped[str] = mapped_column(String(255))
    installed_at: Mapped[datetime]


class Person(Base):
    """A member of the workspace, as Slack last told us."""

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
    deleted: Mapped[bool] = mapped_column(default=False)

    @property
    def can_be_asked(self) -> bool:
        """Whether this is a colleague who would answer. Slack's own helper is no bot by its profile."""
        return not (self.is_bot or self.is_guest or self.deleted or self.user_id == "USLACKBOT")

    @property
    def zone(self) -> ZoneInfo:
        return zone_of(self.tz)

    @property
    def calendar(self) -> Calendar:
        return Calendar(self.zone)


class Counter(Base):
    """The last number given, for each kind of thing that people see numbered."""

    __tablename__ = "counters"

    workspace_id: Mapped[int] = mapped_column(ForeignKey("workspaces.id"), primary_key=True)
    name: Mapped[str] = mapped_column(String(32), primary_key=True)
    value: Mapped[int]
