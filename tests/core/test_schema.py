"""The migrations build exactly what the models say, on both databases, whoever starts them and how often."""

import asyncio
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, inspect, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncEngine

import slackapp.wiring  # noqa: F401 - every table is known once the wiring is
from slackapp.core import schema
from slackapp.core.database import Base, create_engine, rebuilding
from slackapp.core.schema import SchemaError
from slackapp.features.launches.rules import metric_key
from tests.support.postgres import Server


@pytest.fixture(params=["sqlite", "postgres"])
async def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[str]:
    """An empty database, once on each of the two."""
    if request.param == "sqlite":
        yield f"sqlite+aiosqlite:///{tmp_path / 'empty.db'}"
        return
    server: Server = request.getfixturevalue("postgres_server")
    name = await server.create()
    yield server.url(name)
    await server.drop(name)


@pytest.fixture
async def empty(empty_url: str) -> AsyncIterator[AsyncEngine]:
    engine = create_engine(empty_url)
    yield engine
    await engine.dispose()


async def tables(engine: AsyncEngine) -> set[str]:
    async with engine.connect() as connection:
        return set(await connection.run_sync(lambda c: inspect(c).get_table_names()))


async def test_an_empty_database_is_brought_up_to_date(empty: AsyncEngine) -> None:
    assert await schema.current(empty) is None
    await schema.upgrade(empty)
    assert await schema.current(empty) == schema.newest()
    await schema.upgrade(empty)
    assert await tables(empty) == {*Base.metadata.tables, "alembic_version"}


async def test_the_migrations_build_what_the_models_say(engine: AsyncEngine) -> None:
    def differences(connection: Connection) -> list[object]:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "compare_server_default": True}
        )
        return list(compare_metadata(context, Base.metadata))

    async with engine.connect() as connection:
        assert await connection.run_sync(differences) == []


async def test_a_column_the_migrations_forgot_would_be_seen(engine: AsyncEngine) -> None:
    async with engine.begin() as connection:
        await connection.execute(text("ALTER TABLE outbox DROP COLUMN reason"))
        found = await connection.run_sync(
            lambda c: compare_metadata(MigrationContext.configure(c), Base.metadata)
        )
    assert [change[0] for change in found] == ["add_column"]


async def test_partial_indexes_are_partial(engine: AsyncEngine) -> None:
    """What compares metadata does not look at the condition."""
    query = {
        "sqlite": "SELECT sql FROM sqlite_master WHERE name = 'ix_outbox_waiting'",
        "postgresql": "SELECT indexdef FROM pg_indexes WHERE indexname = 'ix_outbox_waiting'",
    }[engine.dialect.name]
    async with engine.connect() as connection:
        sql = await connection.scalar(text(query))
    assert sql is not None
    assert "WHERE" in sql


async def test_the_way_back_leaves_nothing(engine: AsyncEngine) -> None:
    async with rebuilding(engine).begin() as connection:
        await connection.run_sync(lambda c: command.downgrade(schema._config(c), "base"))
    assert await tables(engine) == {"alembic_version"}
    await schema.upgrade(engine)
    assert await schema.current(engine) == schema.newest()


async def test_a_migration_that_fails_leaves_nothing(empty: AsyncEngine) -> None:
    async with empty.begin() as connection:
        await connection.execute(text("CREATE TABLE outbox (id INTEGER)"))
    with pytest.raises(Exception, match="already exists"):
        await schema.upgrade(empty)
    assert await tables(empty) <= {"outbox", "alembic_version"}
    assert await schema.current(empty) is None


async def test_sqlite_migrates_itself_and_postgresql_stops_with_a_sentence(empty: AsyncEngine) -> None:
    if empty.dialect.name == "sqlite":
        await schema.require_current(empty)
        assert await schema.current(empty) == schema.newest()
        return
    with pytest.raises(SchemaError, match=r"at revision none, .* needs .*`afterlaunch db upgrade`"):
        await schema.require_current(empty)
    await schema.upgrade(empty)
    await schema.require_current(empty)


async def test_a_database_of_a_newer_version_stops_the_start(engine: AsyncEngine) -> None:
    async with engine.begin() as connection:
        await connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(SchemaError, match=r"9999.* a newer version has upgraded it\. Start that one\."):
        await schema.require_current(engine)


UPGRADE = """
import asyncio, sys
from slackapp.core import schema
from slackapp.core.database import create_engine

async def upgrade():
    engine = create_engine(sys.argv[1])
    print("ready", flush=True)
    sys.stdin.readline()
    await schema.upgrade(engine)
    assert await schema.current(engine) == schema.newest()
    await engine.dispose()

asyncio.run(upgrade())
"""


async def test_several_upgrades_at_once_all_end_well(empty_url: str) -> None:
    processes = [
        await asyncio.create_subprocess_exec(
            sys.executable, "-c", UPGRADE, empty_url, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        for _ in range(3)
    ]
    for process in processes:
        assert process.stdout is not None
        assert await process.stdout.readline() == b"ready\n"
    ended = await asyncio.gather(*(process.communicate(b"go\n") for process in processes))
    assert [process.returncode for process in processes] == [0, 0, 0], ended


INCREMENTS = """
import asyncio, sys
from sqlalchemy import text
from slackapp.core.database import create_engine

async def count():
    engine = create_engine(sys.argv[1])
    print("ready", flush=True)
    sys.stdin.readline()
    for _ in range(300):
        async with engine.begin() as connection:
            value = await connection.scalar(text("SELECT value FROM counters"))
            await connection.execute(text("UPDATE counters SET value = :value"), {"value": value + 1})
    await engine.dispose()

asyncio.run(count())
"""


async def test_two_processes_lose_no_update_on_one_sqlite_file(sqlite_url: str) -> None:
    engine = create_engine(sqlite_url)
    async with engine.begin() as connection:
        await connection.execute(
            text(
                "INSERT INTO workspaces (id, team_id, name, installed_at)"
                " VALUES (1, 'T1', 'Ferrybridge', '2026-09-07 08:00:00.000000')"
            )
        )
        await connection.execute(text("INSERT INTO counters VALUES (1, 'launches', 0)"))
    processes = [
        await asyncio.create_subprocess_exec(
            sys.executable, "-c", INCREMENTS, sqlite_url, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        for _ in range(2)
    ]
    for process in processes:
        assert process.stdout is not None
        await process.stdout.readline()
    await asyncio.gather(*(process.communicate(b"go\n") for process in processes))
    assert [process.returncode for process in processes] == [0, 0]
    async with engine.connect() as connection:
        assert await connection.scalar(text("SELECT value FROM counters")) == 600
    await engine.dispose()


#: A launch with its question, as revision 0001 kept them.
KEPT_BEFORE = (
    "INSERT INTO workspaces (id, team_id, name, installed_at) VALUES (1, 'T1', 'Ferrybridge', {moment})",
    (
        "INSERT INTO people (workspace_id, user_id, name, tz, is_admin, is_bot, is_guest, deleted)"
        " VALUES (1, 'U1', 'Mara Lind', 'Europe/Stockholm', {no}, {no}, {no}, {no})"
    ),
    (
        "INSERT INTO launches (id, workspace_id, number, channel_id, recorder_id, owner_id, title, problem,"
        " audience, outcomes, because, day, metric, direction, unit, baseline, target, smallest_change,"
        " checkpoints, state, recorded_at, frozen_at) VALUES"
        " (7, 1, 1, 'C1', 'U1', 'U1', 'New onboarding', 'p', 'a', '', '',"
        " '2026-08-01', 'Årskort STRASSE ß', 'up', '%', '40', '50', '2.5', '[7, 30]',"
        " 'out', {moment}, {moment})"
    ),
    (
        "INSERT INTO follow_ups (id, workspace_id, launch_id, days, final, due_on, state)"
        " VALUES (3, 1, 7, 30, {yes}, '2026-08-31', 'open')"
    ),
    (
        "INSERT INTO prompts (workspace_id, user_id, kind, subject_id, state, at_once, due_at, ladder, step,"
        " snoozes, next_at) VALUES"
        " (1, 'U2', 'follow_up', 3, 'asked', {no}, {moment}, 'until_answered', 1, 0, {moment})"
    ),
)


async def test_what_an_older_version_kept_is_there_after_the_upgrade(empty: AsyncEngine) -> None:
    """SQLite builds a table anew to alter it, and what refers to it has to find it again."""
    async with rebuilding(empty).begin() as connection:
        await connection.run_sync(lambda c: command.upgrade(schema._config(c), "0001"))
    words = {"moment": "'2026-09-07 08:00:00+00'", "no": "false", "yes": "true"}
    async with empty.begin() as connection:
        for statement in KEPT_BEFORE:
            await connection.execute(text(statement.format(**words)))
    await schema.upgrade(empty)
    async with empty.begin() as connection:
        launch = (await connection.execute(text("SELECT * FROM launches"))).mappings().one()
        assert (launch["id"], launch["title"]) == (7, "New onboarding")
        assert launch["metric_key"] == metric_key("årskort strasse SS")
        assert (launch["kind"], launch["slips"], launch["version"]) == ("feature", 0, 1)
        assert await connection.scalar(text("SELECT launch_id FROM follow_ups")) == 7
        asked = (await connection.execute(text("SELECT * FROM prompts"))).mappings().one()
        # Whose matter it is, and about which channel: if that is private, nobody outside is asked.
        assert (asked["user_id"], asked["owner_id"], asked["channel_id"]) == ("U2", "U1", "C1")
        with pytest.raises(IntegrityError):
            await connection.execute(text("UPDATE follow_ups SET launch_id = 8"))


#: What only the newer version can have: a planned launch, and what it asks.
KEPT_SINCE = (
    KEPT_BEFORE[0],
    (
        "INSERT INTO launches (id, workspace_id, number, channel_id, recorder_id, owner_id, title, problem,"
        " audience, outcomes, because, day, slips, kind, systems, goal, expected_value, significant, unlocks,"
        " unit, checkpoints, state, recorded_at, version, override_reason, guardrail_loss) VALUES"
        " (1, 1, 1, 'C1', 'U1', 'U1', 'New onboarding', 'p', 'a', '', '', '2026-12-01', 0,"
        " 'feature', '[]', '', '', {no}, '', '', '[7, 30]', 'planned', {moment}, 1, '', {no})"
    ),
    (
        "INSERT INTO prompts (workspace_id, user_id, kind, subject_id, state, at_once, due_at, ladder, step,"
        " snoozes, next_at, channel_asked) VALUES"
        " (1, 'U1', 'launches.out', 1, 'waiting', {no}, {moment}, 'among_us', 0, 0, {moment}, {no})"
    ),
)


async def test_the_way_back_takes_along_what_an_older_version_cannot_keep(engine: AsyncEngine) -> None:
    words = {"moment": "'2026-09-07 08:00:00+00'", "no": "false"}
    async with engine.begin() as connection:
        for statement in KEPT_SINCE:
            await connection.execute(text(statement.format(**words)))
    async with rebuilding(engine).begin() as connection:
        await connection.run_sync(lambda c: command.downgrade(schema._config(c), "0001"))
    async with engine.begin() as connection:
        assert await connection.scalar(text("SELECT count(*) FROM launches")) == 0
        assert await connection.scalar(text("SELECT count(*) FROM prompts")) == 0


async def test_a_database_out_of_reach_is_named_without_its_password() -> None:
    engine = create_engine("postgresql+asyncpg://ann:canary@127.0.0.1:1/x?password=canary&user=bob")
    with pytest.raises(SchemaError, match=r"127\.0\.0\.1:1/x.*cannot be reached") as raised:
        await schema.check_reachable(engine)
    assert "canary" not in str(raised.value)
    await engine.dispose()
