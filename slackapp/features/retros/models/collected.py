"""What people hand in. No table here holds a moment, or a number that rises with each row.

Where SQLite would give each row a hidden number of that kind, the table has none (`WITHOUT ROWID`): what is
stored does not say in which order it came.
"""

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from slackapp.core.database import Base

_UNORDERED = {"sqlite_with_rowid": False}


class Note(Base):
    """One card."""

    __tablename__ = "retro_notes"
    __table_args__ = (
        Index("ix_retro_notes_retro", "workspace_id", "retro_id"),
        Index("ix_retro_notes_topic", "workspace_id", "topic_id"),
        _UNORDERED,
    )

    workspace_id: Mapped[int] = mapped_column(ForeignKey("workspaces.id"), primary_key=True)
    #: Random, and another one once notes are revealed.
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    retro_id: Mapped[int] = mapped_column(ForeignKey("retros.id"))
    #: Which of the retro's columns it is in, from 0; -1: it waited for this retro.
    column: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    #: Who wrote it; never kept in an anonymous retro.
    author_id: Mapped[str | None] = mapped_column(String(32))
    #: Of an anonymous retro, until notes are revealed: by it their author finds it again.
    author_mac: Mapped[str | None] = mapped_column(String(64))
    #: Handed in after collecting was to be over.
    is_late: Mapped[bool] = mapped_column(default=False)
    #: Its place among all notes, drawn by lot when they are revealed; None before.
    position: Mapped[int | None]
    topic_id: Mapped[int | None] = mapped_column(ForeignKey("retro_topics.id"))
    #: The message it was taken from.
    source_link: Mapped[str | None] = mapped_column(Text)


class Hand(Base):
    """Somebody who has handed in, or said that they have nothing to say."""

    __tablename__ = "retro_hands"
    __table_args__ = (_UNORDERED,)

    workspace_id: Mapped[int] = mapped_column(ForeignKey("workspaces.id"), primary_key=True)
    retro_id: Mapped[int] = mapped_column(ForeignKey("retros.id"), primary_key=True)
    user_id: Mapped[str] = mapped_column(String(32), primary_key=True)


class PrivateWord(Base):
    """What somebody told the facilitator privately. Who it was is not kept."""

    __tablename__ = "retro_private_words"
    __table_args__ = (Index("ix_retro_private_words_retro", "workspace_id", "retro_id"), _UNORDERED)

    workspace_id: Mapped[int] = mapped_column(ForeignKey("workspaces.id"), primary_key=True)
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    retro_id: Mapped[int] = mapped_column(ForeignKey("retros.id"))
    text: Mapped[str] = mapped_column(Text)


class WaitingNote(Base):
    """A note for the channel's next retro. Nobody knows if that will be anonymous, so no author is kept."""

    __tablename__ = "retro_waiting_notes"
    __table_args__ = (Index("ix_retro_waiting_notes_channel", "workspace_id", "channel_id"), _UNORDERED)

    workspace_id: Mapped[int] = mapped_column(ForeignKey("workspaces.id"), primary_key=True)
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    channel_id: Mapped[str] = mapped_column(String(32))
    text: Mapped[str] = mapped_column(Text)
    source_link: Mapped[str | None] = mapped_column(Text)


class WaitingLaunch(Base):
    """A launch that the channel's next retro is to look back on."""

    __tablename__ = "retro_waiting_launches"

    workspace_id: Mapped[int] = mapped_column(ForeignKey("workspaces.id"), primary_key=True)
    channel_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    launch_id: Mapped[int] = mapped_column(ForeignKey("launches.id"), primary_key=True)
