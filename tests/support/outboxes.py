"""Outboxes filled with any number of messages, waiting in the future or due, in any number of workspaces."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from slack_sdk.models.blocks import ContextBlock, MarkdownTextObject, SectionBlock
from sqlalchemy import func, select, text
from sqlalchemy.ext.asyncio import AsyncEngine

from slackapp.core.clock import SystemClock
from slackapp.core.database import create_engine, wire_now
from slackapp.core.transaction import Transactions
from slackapp.outbox.models import OutboxMessage, State
from slackapp.slack.blocks import Message

#: About as long as a question is.
LOOK = Message(
    "What happened after Release 7? Activation was to go from 40 % to 50 %.",
    [
        SectionBlock(text="What happened after *Release 7*? Activation was to go from 40 % to 50 %."),
        SectionBlock(text="It went out on 2 November, for teams in their first week. " * 5),
        ContextBlock(elements=[MarkdownTextObject(text="L-7, asked because it was yours.")]),
    ],
)

#: Later than any benchmark ends.
AHEAD = timedelta(days=2)

_NUMBERS = """
    WITH RECURSIVE numbers(i) AS (
        SELECT CAST(:first AS integer) UNION ALL SELECT i + 1 FROM numbers WHERE i < CAST(:last AS integer)
    )
"""
_WORKSPACE = "(CAST(:low AS integer) + i % CAST(:workspaces AS integer))"
_PERSON = "(i % CAST(:people AS integer))"
_SHOWN = f"'D' || {_PERSON}, '17.' || i"
_DUE = {
    "postgresql": "to_timestamp(CAST(:due AS double precision) + i * CAST(:apart AS double precision))",
    "sqlite": "strftime('%Y-%m-%d %H:%M:%f000', :due + i * :apart, 'unixepoch')",
}
_BLOCKS = {"postgresql": "CAST(:blocks AS jsonb)", "sqlite": ":blocks"}


@dataclass
class Outbox:
    """A migrated database whose outbox is filled at will."""

    url: str
    engine: AsyncEngine
    transactions: Transactions

    async def install(self, workspaces: int) -> None:
        """Workspaces 1, 2, 3 and so on, so many of them."""
        if not workspaces:
            return
        await self._run(
            f"{_NUMBERS} INSERT INTO workspaces (id, team_id, name, installed_at) "  # noqa: S608 - of this module
            f"SELECT i, 'T' || i, 'Team ' || i, {self._of(_DUE)} FROM numbers",
            first=1, last=workspaces, due=0.0, apart=0.0,
        )  # fmt: skip
        # Rows that come later are numbered behind these.
        if self._is_postgresql:
            await self._run("SELECT setval('workspaces_id_seq', (SELECT max(id) FROM workspaces))")

    async def fill(  # noqa: PLR0913 - what messages differ in
        self,
        count: int,
        due: datetime,
        *,
        first: int = 1,
        workspaces: tuple[int, int] = (1, 1),
        people: int = 1000,
        apart: float = 0.0,
        shown: bool = False,
    ) -> None:
        """Direct messages numbered from `first`, which take turns among these workspaces and their people.

        Each is due `apart` seconds after the one before it. All channels were opened before. If they are
        `shown`, Slack has taken all of them.
        """
        if not count:
            return
        given = {
            "first": first, "last": first + count - 1, "people": people,
            "low": workspaces[0], "workspaces": workspaces[1] - workspaces[0] + 1,
        }  # fmt: skip
        await self._run(
            f"{_NUMBERS} INSERT INTO outbox_directs (workspace_id, user_id, channel_id) "  # noqa: S608 - the same
            f"SELECT DISTINCT {_WORKSPACE}, 'U' || {_PERSON}, 'D' || {_PERSON} FROM numbers "
            "WHERE true ON CONFLICT DO NOTHING",
            **given,
        )
        columns = (
            "workspace_id, key, uid, user_id, broadcast, text, blocks, state, "
            "wanted, shown, withdrawn, due_at, retry_at, leased_until, fence, attempts, sending, "
            "posted_channel, ts"
        )
        await self._run(
            f"{_NUMBERS} INSERT INTO outbox ({columns}) "  # noqa: S608 - of this module
            f"SELECT {_WORKSPACE}, 'bench:' || i, 'uid' || i, 'U' || {_PERSON}, false, :text, "
            f"{self._of(_BLOCKS)}, '{'sent' if shown else 'waiting'}', 1, {int(shown)}, false, "
            f"{self._of(_DUE)}, 0, 0, 0, 0, {int(shown)}, {_SHOWN if shown else 'NULL, NULL'} FROM numbers",
            **given, text=LOOK.text, blocks=json.dumps(LOOK.documents()), due=due.timestamp(), apart=apart,
        )  # fmt: skip

    async def settle(self) -> None:
        """Let the database know its tables, and have them in memory."""
        async with self.engine.connect() as connection:
            fresh = await connection.execution_options(isolation_level="AUTOCOMMIT")
            await fresh.execute(text("VACUUM ANALYZE" if self._is_postgresql else "ANALYZE"))

    async def empty(self) -> None:
        tables = ("outbox", "outbox_directs", "outbox_pace")
        if self._is_postgresql:
            await self._run(f"TRUNCATE {', '.join(tables)} RESTART IDENTITY")
            return
        for table in tables:
            await self._run(f"DELETE FROM {table}")  # noqa: S608 - one of the three

    async def count(self, state: State) -> int:
        async with self.engine.connect() as connection:
            found = await connection.scalar(
                select(func.count()).select_from(OutboxMessage).where(OutboxMessage.state == state)
            )
            return found or 0

    async def backends(self) -> list[int]:
        """PostgreSQL's processes that work for this database."""
        async with self.engine.connect() as connection:
            found = await connection.execute(
                text("SELECT pid FROM pg_stat_activity WHERE datname = current_database()")
            )
            return [row.pid for row in found]

    async def held(self) -> int:
        """How many messages some worker owns this moment."""
        async with self.engine.connect() as connection:
            found = await connection.scalar(
                select(func.count()).where(
                    OutboxMessage.state == State.WAITING, OutboxMessage.leased_until > wire_now()
                )
            )
            return found or 0

    async def announced(self) -> int:
        """How many messages may be on their way, or have arrived without anybody knowing."""
        async with self.engine.connect() as connection:
            found = await connection.scalar(
                select(func.count()).where(
                    OutboxMessage.state == State.WAITING, OutboxMessage.last_send.is_not(None)
                )
            )
            return found or 0

    async def lateness(self, workspace_id: int) -> list[float]:
        """Seconds from when each sent message was due until it was sent."""
        async with self.engine.connect() as connection:
            found = await connection.execute(
                select(OutboxMessage.sent_from, OutboxMessage.due_at).where(
                    OutboxMessage.workspace_id == workspace_id, OutboxMessage.state == State.SENT
                )
            )
            return [(sent - due).total_seconds() for sent, due in found if sent is not None]

    @property
    def _is_postgresql(self) -> bool:
        return self.engine.dialect.name == "postgresql"

    def _of(self, spellings: dict[str, str]) -> str:
        return spellings[self.engine.dialect.name]

    async def _run(self, statement: str, **given: object) -> None:
        async with self.engine.begin() as connection:
            await connection.execute(text(statement), given)


@asynccontextmanager
async def opened(url: str, *, workspaces: int = 1) -> AsyncIterator[Outbox]:
    """The outbox of a migrated database that holds nothing yet."""
    engine = create_engine(url, statement_timeout=None)
    try:
        outbox = Outbox(url, engine, Transactions(engine, SystemClock(), {}, {}))
        await outbox.install(workspaces)
        yield outbox
    finally:
        await engine.dispose()
