"""The outbox: one row a message, as it should look and as Slack last showed it; and the pace of sending."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from slackapp.core.database import Base


class State(StrEnum):
    #: Slack does not show the wanted revision yet.
    WAITING = "waiting"
    #: Slack shows the wanted revision.
    SENT = "sent"
    #: Slack will not take it; the reason stands beside it, and a person may try again.
    DEAD = "dead"
    #: Somebody deleted it in Slack; it is not posted again.
    GONE = "gone"
    #: Withdrawn before Slack ever showed it.
    CANCELLED = "cancelled"


class OutboxMessage(Base):
    """Columns named in seconds are wire time on the database's clock; the others are story time."""

    __tablename__ = "outbox"
    __table_args__ = (
        UniqueConstraint("workspace_id", "key"),
        UniqueConstraint("workspace_id", "uid"),
        # What a claim reads: it stays as small as what is waiting, however many were sent.
        Index(
            "ix_outbox_waiting",
            "due_at",
            postgresql_where="state = 'waiting'",
            sqlite_where="state = 'waiting'",
        ),
        # The same, workspace by workspace, for giving each its turn.
        Index(
            "ix_outbox_turns",
            "workspace_id",
            "due_at",
            postgresql_where="state = 'waiting'",
            sqlite_where="state = 'waiting'",
        ),
        Index("ix_outbox_reply_to", "workspace_id", "reply_to"),
        # By where Slack shows it, for whoever replies there.
        Index("ix_outbox_shown", "workspace_id", "posted_channel", "ts"),
        Index(
            "ix_outbox_dead",
            "workspace_id",
            "channel_id",
            postgresql_where="state = 'dead'",
            sqlite_where="state = 'dead'",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    workspace_id: Mapped[int] = mapped_column(ForeignKey("workspaces.id"))
    #: `{feature}:{id}:{surface}[:{occurrence}]`
    key: Mapped[str] = mapped_column(String(200))
    #: The opaque id the message's metadata carries, by which it is found again in a channel's history.
    uid: Mapped[str] = mapped_column(String(32))

    #: Where it goes: a channel, or a person, whose direct message is opened before the first send.
    channel_id: Mapped[str | None] = mapped_column(String(32))
    user_id: Mapped[str | None] = mapped_column(String(32))
    #: The key of the message whose thread it belongs to.
    reply_to: Mapped[str | None] = mapped_column(String(200))
    #: Or the thread of a person's own message, by its timestamp.
    in_thread: Mapped[str | None] = mapped_column(String(32))
    broadcast: Mapped[bool] = mapped_column(default=False)
    #: Who is told when Slack will not take it.
    responsible_id: Mapped[str | None] = mapped_column(String(32))

    text: Mapped[str] = mapped_column(Text)
    blocks: Mapped[list[dict[str, Any]]]
    fallback: Mapped[list[dict[str, Any]] | None]
    #: Of a file: its name and what is in it. It is shared with `text` beside it, and never redrawn.
    file_name: Mapped[str | None] = mapped_column(String(150))
    file_content: Mapped[str | None] = mapped_column(Text)
    #: Slack's id of the file, kept before the file is completed; by it is found out whether it was shared.
    file_id: Mapped[str | None] = mapped_column(String(32))

    state: Mapped[str] = mapped_column(String(16), default=State.WAITING)
    #: Counts how often the wanted look changed.
    wanted: Mapped[int] = mapped_column(default=1)
    #: The revision Slack shows; 0 before the first.
    shown: Mapped[int] = mapped_column(default=0)
    #: No longer wanted at all: not posted if it was not yet, without buttons if it was.
    withdrawn: Mapped[bool] = mapped_column(default=False)
    #: Where it was sent, and where Slack shows it. `ts` is text: a number would lose its trailing zeros.
    posted_channel: Mapped[str | None] = mapped_column(String(32))
    ts: Mapped[str | None] = mapped_column(String(32))
    #: The thread it was sent to, kept for finding it again.
    thread_ts: Mapped[str | None] = mapped_column(String(32))

    due_at: Mapped[datetime]
    #: Seconds: not before.
    retry_at: Mapped[float] = mapped_column(default=0.0)
    #: Seconds: owned by one worker until then.
    leased_until: Mapped[float] = mapped_column(default=0.0)
    #: Raised by every claim; a write under an older number finds no row.
    fence: Mapped[int] = mapped_column(default=0)
    attempts: Mapped[int] = mapped_column(default=0)
    #: Seconds: when the first attempt was made, for giving up.
    first_attempt: Mapped[float | None]
    #: Seconds: set right before a send and emptied once its outcome is known.
    last_send: Mapped[float | None]
    #: Story time of that send, where the search in history begins.
    sent_from: Mapped[datetime | None]
    #: The revision that send carried.
    sending: Mapped[int] = mapped_column(default=0)
    #: Slack's error, of the last attempt that failed.
    reason: Mapped[str | None] = mapped_column(String(200))


class OutboxPace(Base):
    """When Slack may next be called for one purpose in one workspace; shared by all workers.

    Where there is no row, at once.
    """

    __tablename__ = "outbox_pace"
    __table_args__ = (
        Index(None, "next_at"),
        Index(
            "ix_outbox_pace_paused", "workspace_id", postgresql_where="scope = ''", sqlite_where="scope = ''"
        ),
    )

    workspace_id: Mapped[int] = mapped_column(ForeignKey("workspaces.id"), primary_key=True)
    #: A channel or person that is posted to, a method of the Web API, or "" for all of the workspace.
    scope: Mapped[str] = mapped_column(String(64), primary_key=True)
    #: Seconds on the database's clock: the next slot that nobody took.
    next_at: Mapped[float]
    #: The same, as Slack said it: until then nobody calls, whoever holds a slot.
    closed_until: Mapped[float] = mapped_column(default=0.0)


class OutboxDirect(Base):
    """The channel of each direct message that was ever opened: it stays the same."""

    __tablename__ = "outbox_directs"

    workspace_id: Mapped[int] = mapped_column(ForeignKey("workspaces.id"), primary_key=True)
    user_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    channel_id: Mapped[str] = mapped_column(String(32))


class OutboxStale(Base):
    """Somebody changed what a message shows, and left it to others to draw it anew.

    One row for each change, so that those who change much at once do not wait for each other.
    """

    __tablename__ = "outbox_stale"
    __table_args__ = (Index(None, "workspace_id", "key"),)

    workspace_id: Mapped[int] = mapped_column(ForeignKey("workspaces.id"), primary_key=True)
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    key: Mapped[str] = mapped_column(String(200))
