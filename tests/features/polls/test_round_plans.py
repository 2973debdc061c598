"""What the clock asks of polls at each beat is found by an index among many rounds."""

from collections.abc import Awaitable, Callable
from functools import partial

from sqlalchemy import Executable, text
from sqlalchemy.ext.asyncio import AsyncEngine

from slackapp.core.transaction import Transactions, Tx
from slackapp.features.polls import queries
from slackapp.features.polls.jobs import JOBS
from slackapp.features.polls.service import recurring
from tests.support.plans import plans_of, read_whole

LARGE = ("polls", "poll_rounds", "poll_round_people", "poll_questions", "poll_people", "outbox")

_MANY = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 4000)"
_FILL = (
    """INSERT INTO polls (id, workspace_id, number, channel_id, created_by, created_at, template, thread,
        is_anonymous, way, audience, functions, shows, by_function, open_minutes, reminds, zone, in_own_zone)
    SELECT i, 1, i, 'C' || (i % 200), 'U1', CURRENT_TIMESTAMP, '', '', {true}, 'direct', 'people', '[]',
        'live', {true}, 60, {true}, 'UTC', {true} FROM n""",
    """INSERT INTO poll_questions (id, workspace_id, poll_id, version, kind, text, details, options, unit)
    SELECT i, 1, i, 1, 'yes_no', 'Cake', '', '[]', '' FROM n""",
    """INSERT INTO poll_rounds (id, workspace_id, poll_id, number, occurs_on, question_id, stage, opened_at,
        closes_at, closed_at, is_asking, is_withheld)
    SELECT i, 1, i, 1, '2026-01-05', i, 'closed', CURRENT_TIMESTAMP, CURRENT_TIMESTAMP, CURRENT_TIMESTAMP,
        {false}, {false} FROM n""",
    """INSERT INTO poll_people (workspace_id, poll_id, user_id)
    SELECT 1, i, 'U' || each FROM n, (SELECT 1 AS each UNION SELECT 2 UNION SELECT 3) AS people""",
    """INSERT INTO poll_round_people (workspace_id, round_id, user_id, asks_at, is_asked)
    SELECT 1, i, 'U' || each, CURRENT_TIMESTAMP, {true}
    FROM n, (SELECT 1 AS each UNION SELECT 2 UNION SELECT 3) AS people""",
    """INSERT INTO outbox (workspace_id, key, uid, broadcast, text, blocks, state, wanted, shown, withdrawn,
        due_at, retry_at, leased_until, fence, attempts, sending)
    SELECT 1, 'polls:' || i || ':ask:U' || each, i || '-' || each, {false}, '', '[]', 'sent', 1, 1, {false},
        CURRENT_TIMESTAMP, 0, 0, 0, 0, 0
    FROM n, (SELECT 1 AS each UNION SELECT 2 UNION SELECT 3) AS people""",
)


async def test_nothing_is_read_whole(
    transactions: Transactions, workspace_id: int, engine: AsyncEngine
) -> None:
    await _fill(engine)
    async with transactions.begin(workspace_id) as tx:
        round_ = await queries.round_(tx, 7)
        uses: list[Callable[[], Awaitable[object]]] = [
            *(partial(tx.session.execute, each) for each in _beats(tx)),
            *(partial(job.upcoming, tx) for job in JOBS if job.upcoming is not None),
            partial(queries.current, tx, 7),
            partial(queries.last_round, tx, 7),
            partial(queries.latest_question, tx, 7),
            partial(queries.progress, tx, round_),
            partial(queries.has_arrived, tx, round_),
            partial(recurring.open_due, tx, 10),
        ]
        for use in uses:
            found = await plans_of(tx.session, use)
            assert read_whole(found, *LARGE) == [], found


def _beats(tx: Tx) -> list[Executable]:
    asked: list[Executable] = []
    for job in JOBS:
        asked += [ask(tx.now) for ask in (job.due, job.rooms, job.people) if ask is not None]
        if job.next_at is not None:
            asked.append(job.next_at(tx))
        if job.members is not None:
            asked.append(job.members.wanted(tx.now))
    return asked


async def _fill(engine: AsyncEngine) -> None:
    on_postgresql = engine.dialect.name == "postgresql"
    words = {"true": "true", "false": "false"} if on_postgresql else {"true": "1", "false": "0"}
    async with engine.begin() as connection:
        for statement in _FILL:
            into, _, rows = statement.format(**words).partition("SELECT")
            await connection.execute(text(f"{into} {_MANY} SELECT {rows}"))
        await connection.execute(text("ANALYZE"))
