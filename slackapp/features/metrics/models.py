"""Readings: what a metric was, when, and who says so."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from slackapp.core.database import Base


class Reading(Base):
    """A reading is never changed: one taken back is marked so, and a new one is made."""

    __tablename__ = "readings"

    id: Mapped[int] = mapped_column(primary_key=True)
    workspace_id: Mapped[int] = mapped_column(ForeignKey("workspaces.id"), index=True)
    metric: Mapped[str] = mapped_column(String(200))
    #: In the metric's unit.
    value: Mapped[Decimal]
    unit: Mapped[str] = mapped_column(String(20))
    #: The day on which the metric had this value.
    observed_on: Mapped[date]
    note: Mapped[str] = mapped_column(Text)
    entered_by: Mapped[str] = mapped_column(String(32))
    entered_at: Mapped[datetime]
    taken_back_at: Mapped[datetime | None]
