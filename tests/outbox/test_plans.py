"""Nothing that is claimed, written or listed is looked for in the whole table, at 100,000 rows."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from functools import partial

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from slackapp import wiring
from slackapp.core.clock import SystemClock
from slackapp.core.transaction import Transactions, Tx
from slackapp.outbox import batches, claims, overview, queries, service
from slackapp.outbox.claims import Claim
from slackapp.outbox.queue import WINDOW, Queue
from slackapp.outbox.rules import Pacing
from tests.support.outboxes import AHEAD, Outbox
from tests.support.plans import plans_of, read_whole

ROWS = 100_000
WORKSPACES = 20
LARGE = ("outbox", "prompts", "inbound_keys")

_NUMBERS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100000)"
_SOON = {"postgresql": "now() + interval '1 day'", "sqlite": "datetime('now', '+1 day')"}
_DEAD = """
    UPDATE outbox SET state = 'dead', reason = 'is_archived', channel_id = 'C' || id, user_id = NULL
    WHERE id % 1000 = 1
"""
_CAME_IN = """
    INSERT INTO inbound_keys (workspace_id, key, seen_at)
    SELECT 1 + i % 20, 'event:' || i, CURRENT_TIMESTAMP FROM n
"""
_PROMPTS = """
    INSERT INTO prompts (workspace_id, user_id, kind, subject_id, state, at_once, due_at, ladder, step,
        channel_asked, snoozes, next_at, failures)
    SELECT 1 + i % 20, 'U' || i, 'check', i, 'waiting', false, {soon}, 'own', 0, false, 0, {soon}, 0 FROM n
"""

Use = Callable[[], Awaitable[object]]


async def test_nothing_is_read_whole(engine: AsyncEngine) -> None:
    """All of it in one test: to fill the tables is what takes the time."""
    outbox, now = await _filled(engine), datetime.now(UTC)
    queue = Queue(60.0, 40, 20, Pacing())
    await outbox.fill(1, now - timedelta(hours=1), first=ROWS + 1)
    [claim] = await _claims(outbox, queue, now)
    # More than a claim looks at: the turns of the others are looked for as well.
    await outbox.fill(2 * WINDOW, now - timedelta(hours=1), first=ROWS + 2, workspaces=(1, 2))
    assert len(await _claims(outbox, queue, now)) > 1

    row = claim.row
    async with outbox.transactions.begin(row.workspace_id) as tx:
        for use in (
            partial(claims.about_to_send, tx, row, "D1"),
            partial(batches.announce, tx.session, now, [(row, "D1")]),
            partial(batches.arrived, tx.session, 1.0, [(row, "17.1")]),
            partial(claims.write, tx, row, leased_until=0.0),
            partial(service.revive, tx, "C1"),
            partial(_listed, tx),
        ):
            assert await _whole(tx.session, use) == []

    async with outbox.transactions.everywhere() as session:
        for job in wiring.JOBS:
            assert await _whole(session, partial(session.execute, job.due(now))) == [], job.name
            if job.rooms is not None:
                assert await _whole(session, partial(session.execute, job.rooms(now))) == [], job.name
        # This test can fail.
        for table in LARGE:
            every = text(f"SELECT * FROM {table} WHERE workspace_id + 0 = 7")  # noqa: S608 - one of three
            assert await _whole(session, partial(session.execute, every)) != []


async def _filled(engine: AsyncEngine) -> Outbox:
    """Half of the messages were sent, a few are dead; as many prompts wait, and as much came in today."""
    outbox = Outbox(str(engine.url), engine, Transactions(engine, SystemClock(), {}, {}))
    await outbox.install(WORKSPACES)
    past, later = datetime.now(UTC) - AHEAD, datetime.now(UTC) + AHEAD
    await outbox.fill(ROWS // 2, past, workspaces=(1, WORKSPACES), apart=1.0, shown=True)
    await outbox.fill(ROWS // 2, later, workspaces=(1, WORKSPACES), apart=1.0, first=ROWS // 2 + 1)
    prompts = _PROMPTS.format(soon=_SOON[engine.dialect.name])
    async with engine.begin() as connection:
        for statement in (_DEAD, _NUMBERS + _CAME_IN, _NUMBERS + prompts):
            await connection.execute(text(statement))
    await outbox.settle()
    return outbox


async def _claims(outbox: Outbox, queue: Queue, now: datetime) -> list[Claim]:
    found: list[Claim] = []

    async def claim() -> None:
        found.extend(await queue.claim(session, now))

    async with outbox.transactions.install() as session:
        assert await _whole(session, claim) == []
    return found


async def _listed(tx: Tx) -> None:
    await queries.key_of(tx, "D7", "17.7")
    await queries.dead(tx)
    await overview.counts(tx.session, tx.now)
    await overview.dead(tx.session, 50)
    await overview.waiting(tx.session, 50)


async def _whole(session: AsyncSession, use: Use) -> list[str]:
    plan = await plans_of(session, use)
    assert plan
    return read_whole(plan, *LARGE)
