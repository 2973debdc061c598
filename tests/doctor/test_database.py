"""The database: within reach, of the right revision, of one mind about the time; and left as it is."""

import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text

from slackapp.core.database import create_engine
from slackapp.playground.slack import StandIn
from tests.support.examined import Examined, examined
from tests.support.postgres import Server


@pytest.fixture
async def empty_postgres_url(postgres_server: Server) -> AsyncIterator[str]:
    name = await postgres_server.create()
    yield postgres_server.url(name)
    await postgres_server.drop(name)


async def look(slack: StandIn, url: str) -> Examined:
    return await examined(**slack.environment(), AFTERLAUNCH_DATABASE_URL=url)


def files(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()]


async def do(url: str, *statements: str) -> None:
    engine = create_engine(url)
    async with engine.begin() as connection:
        for statement in statements:
            await connection.execute(text(statement))
    await engine.dispose()


async def test_a_file_that_is_not_there_yet_is_fine_and_is_not_made(slack: StandIn, folder: Path) -> None:
    found = await look(slack, f"sqlite+aiosqlite:///{folder}/new/a.db")
    assert found.wrong == []
    assert "will be made at the first start" in found.said("database")
    assert "Nothing is recorded yet." in found.said("channels")
    assert files(folder) == []


async def test_a_file_that_cannot_be_made_is_wrong(slack: StandIn, folder: Path) -> None:
    (folder / "letter.txt").write_text("Dear all", encoding="utf-8")
    found = await look(slack, f"sqlite+aiosqlite:///{folder}/letter.txt/a.db")
    assert "cannot be written to. Choose another place" in found.said("database")
    assert "database" in found.wrong


async def test_somebody_elses_file_is_left_as_it_is(slack: StandIn, folder: Path) -> None:
    file = folder / "recipes.db"
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("CREATE TABLE recipes (name TEXT)")
    before = file.read_bytes()
    found = await look(slack, f"sqlite+aiosqlite:///{file}")
    assert "At revision none" in found.said("schema")
    assert files(folder) == ["recipes.db"]
    assert file.read_bytes() == before


@pytest.mark.parametrize("opening", ["Dear all, this is no database.\n", "SQLite format 3\0"])
async def test_a_file_that_is_no_database_is_wrong(slack: StandIn, folder: Path, opening: str) -> None:
    (folder / "letter.txt").write_text(opening + "It never was one.\n" * 99, encoding="utf-8")
    found = await look(slack, f"sqlite+aiosqlite:///{folder}/letter.txt")
    assert found.wrong == ["database", "channels", "messages", "questions"]
    assert "file is not a database. Check AFTERLAUNCH_DATABASE_URL." in found.said("database")


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("postgresql+asyncpg://ada:opensesame@127.0.0.1:1/afterlaunch", "Connect call failed"),
        ("postgresql+asyncpg://ada:opensesame@127.0.0.1:1/afterlaunch?sslmode=require", "'sslmode'"),
    ],
)
async def test_a_server_out_of_reach_is_wrong_and_its_password_not_shown(
    slack: StandIn, url: str, reason: str
) -> None:
    found = await look(slack, url)
    assert found.wrong == ["database", "channels", "messages", "questions"]
    assert reason in found.said("database")
    assert "opensesame" not in "".join(map(found.said, found.names))


async def test_an_old_schema_is_wrong_on_postgresql_and_stays_old(
    slack: StandIn, empty_postgres_url: str
) -> None:
    for _ in range(2):
        found = await look(slack, empty_postgres_url)
        assert found.wrong == ["schema", "channels", "messages", "questions"]
        assert found.said("schema").startswith("At revision none, and this version needs ")
        assert found.said("schema").endswith(" Run `afterlaunch db upgrade`.")


async def test_a_schema_of_a_newer_version_is_not_to_be_upgraded(slack: StandIn, database_url: str) -> None:
    await do(database_url, "UPDATE alembic_version SET version_num = '9999'")
    found = await look(slack, database_url)
    assert "schema" in found.wrong
    assert found.said("schema").endswith("A newer version has upgraded it: start that one.")


async def test_a_table_that_is_missing_is_said_and_keeps_nothing_else_from_being_looked_at(
    slack: StandIn, database_url: str
) -> None:
    row = f"(1, '{slack.team_id}', 'Ferrybridge', '2026-09-07 08:00:00')"
    installed = f"INSERT INTO workspaces (id, team_id, name, installed_at) VALUES {row}"  # noqa: S608 - an id of the stand-in's own
    await do(database_url, installed, "DROP TABLE outbox", "ALTER TABLE launches RENAME TO lost")
    found = await look(slack, database_url)
    assert found.wrong == ["channels", "messages"]
    assert "launches" in found.said("channels")
    assert "outbox" in found.said("messages")


async def test_a_database_whose_clock_runs_ahead_is_wrong(slack: StandIn, postgres_url: str) -> None:
    name = postgres_url.rpartition("/")[2].partition("?")[0]
    await do(
        postgres_url,
        "CREATE SCHEMA ahead",
        "CREATE FUNCTION ahead.clock_timestamp() RETURNS timestamptz LANGUAGE sql "
        "AS 'SELECT pg_catalog.clock_timestamp() + interval ''90 seconds'''",
        f'ALTER DATABASE "{name}" SET search_path = ahead, public, pg_catalog',
    )
    found = await look(slack, postgres_url)
    assert found.wrong == ["database clock"]
    assert "This machine's clock is 90 seconds behind the database's." in found.said("database clock")


async def test_wrong_settings_do_not_keep_the_database_from_being_looked_at(postgres_url: str) -> None:
    found = await examined(AFTERLAUNCH_DATABASE_URL=postgres_url, AFTERLAUNCH_SETTLE_SECONDS="-1")
    assert found.wrong == ["settings", "settings", "Slack"]
    assert "SLACK_BOT_TOKEN is not set." in found.said("settings")
    assert found.names[3:] == ["database", "schema", "database clock", "messages", "questions"]


async def test_a_wrong_database_setting_is_said_once() -> None:
    found = await examined(
        SLACK_BOT_TOKEN="xoxb-1", SLACK_APP_TOKEN="xapp-1", AFTERLAUNCH_DATABASE_URL="mysql://nowhere"
    )
    assert found.names == ["settings", "Slack"]
