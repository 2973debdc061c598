"""What a report reads is found by an index, among a thousand launches, activities and rounds elsewhere."""

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from slackapp.core.transaction import Transactions
from slackapp.features.discovery.queries.report import report
from tests.support.plans import plans, read_whole

LARGE = (
    "discovery_activities",
    "discovery_present",
    "discovery_contributions",
    "launches",
    "launch_people",
    "people",
    "polls",
    "poll_questions",
    "poll_rounds",
    "poll_responses",
)

_MANY = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 4000)"
#: In 400 channels, most of it in the time the report is about.
_FILL = (
    """INSERT INTO people (workspace_id, user_id, name, is_admin, is_bot, is_guest, is_stranger, deleted,
        function, asked_function)
    SELECT 1, 'U' || i, 'Mara', {false}, {false}, {false}, {false}, {false}, 'engineering', {true} FROM n""",
    """INSERT INTO launches (id, workspace_id, number, channel_id, recorder_id, owner_id, title, problem,
        audience, outcomes, because, day, slips, kind, systems, goal, expected_value, significant,
        unlocks, unit, checkpoints, state, recorded_at, version, override_reason, guardrail_loss)
    SELECT i, 1, i, 'C' || (i % 400), 'U1', 'U1', 'Cake', '', '', '', '', '2026-08-01', 0, 'feature', '[]',
        '', '', {false}, '', '', '[7, 30]', 'out', '2026-08-01', 1, '', {false} FROM n""",
    """INSERT INTO launch_people (workspace_id, launch_id, user_id, part, said_at)
    SELECT 1, i, 'U' || i, 'before_spec', '2026-08-01' FROM n""",
    """INSERT INTO polls (id, workspace_id, number, channel_id, created_by, created_at, template, thread,
        is_anonymous, way, audience, functions, shows, by_function, open_minutes, reminds, zone, in_own_zone)
    SELECT i, 1, i, 'C' || (i % 400), 'U1', '2026-08-01',
        CASE WHEN i % 800 < 400 THEN 'participation' ELSE 'trust' END, '', {false}, 'channel', 'channel',
        '[]', 'live', {true}, 60, {false}, 'UTC', {false} FROM n""",
    """INSERT INTO poll_questions (id, workspace_id, poll_id, version, kind, text, details, options, unit)
    SELECT i, 1, i, 1, 'yes_no', 'Cake?', '', '[]', '' FROM n""",
    """INSERT INTO poll_rounds (id, workspace_id, poll_id, number, occurs_on, question_id, stage, opened_at,
        closes_at, closed_at, is_asking, answered, is_withheld)
    SELECT i, 1, i, 1, '2026-08-01', i, 'closed', '2026-08-01', '2026-08-02', '2026-08-02', {false}, 3,
        {false} FROM n""",
    """INSERT INTO poll_responses (workspace_id, round_id, responder, option, function)
    SELECT 1, i, 'U' || each, 1, 'engineering'
    FROM n, (SELECT 1 AS each UNION SELECT 2 UNION SELECT 3) AS people""",
    """INSERT INTO discovery_activities (id, workspace_id, channel_id, kind, day, launch_id, before_spec,
        note, logged_by, logged_at)
    SELECT i, 1, 'C' || (i % 400), 'interview', '2026-08-01', i, {true}, '', 'U1', '2026-08-01' FROM n""",
    """INSERT INTO discovery_present (workspace_id, activity_id, function)
    SELECT 1, i, 'engineering' FROM n""",
    """INSERT INTO discovery_contributions (workspace_id, activity_id, kind)
    SELECT 1, i, 'constraint' FROM n""",
)


async def test_nothing_is_read_whole(
    transactions: Transactions, workspace_id: int, engine: AsyncEngine
) -> None:
    await _fill(engine)
    async with transactions.begin(workspace_id) as tx:
        made = await report(tx, "U1", "C7")
        found = await plans(tx, lambda tx: report(tx, "U2", "C7"))
    assert (made.activities, made.early.count, made.rounds, len(made.opinions)) == (10, 10, 5, 1)
    assert made.weeks_with_engineer.count == 1
    assert read_whole(found, *LARGE) == [], found
    # SQLite has no statistics, and may take an index by which all of the workspace is read.
    assert [line for line in found if line.endswith("(workspace_id=?)")] == [], found


async def _fill(engine: AsyncEngine) -> None:
    on_postgresql = engine.dialect.name == "postgresql"
    words = {"true": "true", "false": "false"} if on_postgresql else {"true": "1", "false": "0"}
    async with engine.begin() as connection:
        for statement in _FILL:
            into, _, rows = statement.format(**words).partition("SELECT")
            await connection.execute(text(f"{into} {_MANY} SELECT {rows}"))
        if on_postgresql:
            await connection.execute(text("ANALYZE"))
