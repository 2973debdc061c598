"""What is asked at each beat, and by each click, is found by an index among many retros."""

from collections.abc import Awaitable, Callable
from functools import partial

from sqlalchemy import Executable, text
from sqlalchemy.ext.asyncio import AsyncEngine

from slackapp.core.transaction import Transactions, Tx
from slackapp.features.retros import queries
from slackapp.features.retros.jobs import JOBS
from slackapp.features.retros.queries import notes, topics
from slackapp.features.retros.service import votes
from tests.support.plans import plans_of, read_whole

LARGE = (
    "retros",
    "retro_people",
    "retro_notes",
    "retro_hands",
    "retro_votes",
    "retro_topics",
    "retro_purses",
)

_MANY = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 4000)"
_FILL = (
    """INSERT INTO retros (id, workspace_id, number, channel_id, facilitator_id, opened_by, opened_at,
        ended_at, template, columns, is_anonymous, is_live, whole_channel, phase, step, phase_began_at,
        collect_minutes, vote_minutes, votes_cap, impact, impact_skipped)
    SELECT i, 1, i, 'C' || (i % 200), 'U1', 'U1', CURRENT_TIMESTAMP, CURRENT_TIMESTAMP, 'alignment',
        '["One"]', {true}, {true}, {true}, 'closed', 3, CURRENT_TIMESTAMP, 7, 3, 3, '', {true} FROM n""",
    """INSERT INTO retro_people (workspace_id, retro_id, user_id, part)
    SELECT 1, i, 'U' || each, 'invited' FROM n, (SELECT 1 AS each UNION SELECT 2 UNION SELECT 3) AS people""",
    "INSERT INTO retro_hands (workspace_id, retro_id, user_id) SELECT 1, i, 'U1' FROM n",
    """INSERT INTO retro_topics (id, workspace_id, retro_id, name, is_draft, is_single)
    SELECT i, 1, i, 'Cake', {true}, {true} FROM n""",
    """INSERT INTO retro_notes (workspace_id, id, retro_id, "column", text, is_late, position, topic_id)
    SELECT 1, 'note' || i, i, 0, 'Cake', {true}, 1, i FROM n""",
    "INSERT INTO retro_purses (workspace_id, retro_id, user_id, remaining) SELECT 1, i, 'U1', 1 FROM n",
    """INSERT INTO retro_votes (workspace_id, topic_id, user_id, slot, retro_id)
    SELECT 1, i, 'U1', 1, i FROM n""",
)


async def test_nothing_is_read_whole(
    transactions: Transactions, workspace_id: int, engine: AsyncEngine
) -> None:
    await _fill(engine)
    async with transactions.begin(workspace_id) as tx:
        for use in (*_beats(tx), *_clicks(tx, 7)):
            found = await plans_of(tx.session, use)
            assert read_whole(found, *LARGE) == [], found


def _beats(tx: Tx) -> list[Callable[[], Awaitable[object]]]:
    asked: list[Executable] = []
    for job in JOBS:
        asked += [ask(tx.now) for ask in (job.due, job.rooms, job.people) if ask is not None]
        if job.next_at is not None:
            asked.append(job.next_at(tx))
        if job.members is not None:
            asked.append(job.members.wanted(tx.now))
    return [partial(tx.session.execute, each) for each in asked]


def _clicks(tx: Tx, retro_id: int) -> list[Callable[[], Awaitable[object]]]:
    async def own() -> None:
        await notes.own(tx, await queries.retro(tx, retro_id), "U1")

    async def ballot() -> None:
        await topics.ballot(tx, await queries.retro(tx, retro_id), "U1")

    async def give_back() -> None:
        await votes.give_back(tx, await queries.retro(tx, retro_id), [retro_id])

    return [
        own,
        ballot,
        lambda: queries.progress(tx, retro_id),
        lambda: queries.open_in(tx, "C7"),
        lambda: topics.tally(tx, retro_id),
        give_back,
    ]


async def _fill(engine: AsyncEngine) -> None:
    on_postgresql = engine.dialect.name == "postgresql"
    async with engine.begin() as connection:
        for statement in _FILL:
            into, _, rows = statement.format(true="true" if on_postgresql else "1").partition("SELECT")
            await connection.execute(text(f"{into} {_MANY} SELECT {rows}"))
        await connection.execute(text("ANALYZE"))
