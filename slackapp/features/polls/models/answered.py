"""What people answer. No table here holds a moment, or a number that rises with each row.

Where SQLite would give each row a hidden number of that kind, the table has none (`WITHOUT ROWID`): what is
stored does not say in which order it came.
"""

from decimal import Decimal

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from slackapp.core.database import Base

_UNORDERED = {"sqlite_with_rowid": False}


class Response(Base):
    """One person's answer in a round."""

    __tablename__ = "poll_responses"
    __table_args__ = (
        Index("ix_poll_responses_tally", "workspace_id", "round_id", "option"),
        _UNORDERED,
    )

    workspace_id: Mapped[int] = mapped_column(ForeignKey("workspaces.id"), primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("poll_rounds.id"), primary_key=True)
    #: Whose it is. Anonymous: the keyed hash of that while the round is open, and random once it is closed.
    responder: Mapped[str] = mapped_column(String(64), primary_key=True)
    #: What was chosen, by its place: of a single choice from 0; no 0, yes 1; of a scale from 1.
    option: Mapped[int | None]
    number: Mapped[Decimal | None]
    text: Mapped[str | None] = mapped_column(Text)
    #: The function of who answered, where answers are counted by it. Never in an anonymous poll.
    function: Mapped[str | None] = mapped_column(String(16))


class Choice(Base):
    """One of the options chosen in an answer to a multiple choice."""

    __tablename__ = "poll_choices"
    __table_args__ = (
        ForeignKeyConstraint(
            ["workspace_id", "round_id", "responder"],
            ["poll_responses.workspace_id", "poll_responses.round_id", "poll_responses.responder"],
        ),
        Index("ix_poll_choices_tally", "workspace_id", "round_id", "option"),
        _UNORDERED,
    )

    workspace_id: Mapped[int] = mapped_column(ForeignKey("workspaces.id"), primary_key=True)
    round_id: Mapped[int] = mapped_column(primary_key=True)
    responder: Mapped[str] = mapped_column(String(64), primary_key=True)
    #: By its place, from 0.
    option: Mapped[int] = mapped_column(primary_key=True)
