"""Fixtures shared by all tests: real databases, a clock turned by hand, and a world to tell stories in."""

import asyncio
import gc
import os
import shutil
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import structlog
from hypothesis import HealthCheck, settings
from sqlalchemy.ext.asyncio import AsyncEngine

from slackapp import wiring
from slackapp.core import schema
from slackapp.core.clock import TurnedClock
from slackapp.core.database import create_engine
from slackapp.core.transaction import Transactions, Tx
from slackapp.features.workspaces.service import install
from tests.support import dialects, postgres
from tests.support.world import World, inhabited

# A busy machine is slow, and that is no finding.
settings.register_profile(
    "ours", max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("ours")
# As the app itself does. Left alone, structlog draws all that the frames of an error hold: seconds for each.
_plainly = structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback)
structlog.configure(processors=[*structlog.get_config()["processors"][:-1], _plainly])
dialects.share()
# Python looks for garbage after every 700 new objects, which is a tenth of all time here.
gc.set_threshold(10_000)

#: A Monday morning.
START = datetime(2026, 9, 7, 8, 0, tzinfo=UTC)


def pytest_collection_finish() -> None:
    """What is there by now stays, and need not be gone through again and again."""
    gc.freeze()


@pytest.fixture(scope="session", autouse=True)
def _no_settings_from_outside() -> None:
    """What a developer has in the environment must not reach a test."""
    for name in [name for name in os.environ if name.startswith(("SLACK_", "AFTERLAUNCH_"))]:
        if name != postgres.URL_VARIABLE:
            del os.environ[name]


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[postgres.Server]:
    with postgres.serve(durable=False) as server:
        yield server


async def _migrate(url: str) -> None:
    engine = create_engine(url)
    await schema.upgrade(engine)
    await engine.dispose()


@pytest.fixture(scope="session")
def postgres_template(postgres_server: postgres.Server) -> str:
    """A migrated database, to be copied for each test."""
    name = asyncio.run(postgres_server.create())
    asyncio.run(_migrate(postgres_server.url(name)))
    return name


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sqlite") / "template.db"
    asyncio.run(_migrate(f"sqlite+aiosqlite:///{path}"))
    return path


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """A migrated SQLite database of the test's own."""
    shutil.copy(sqlite_template, tmp_path / "afterlaunch.db")
    return f"sqlite+aiosqlite:///{tmp_path / 'afterlaunch.db'}"


@pytest.fixture
async def postgres_url(postgres_server: postgres.Server, postgres_template: str) -> AsyncIterator[str]:
    """A migrated PostgreSQL database of the test's own."""
    name = await postgres_server.create(template=postgres_template)
    yield postgres_server.url(name)
    await postgres_server.drop(name)


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest) -> str:
    """A migrated database of the test's own, once on each of the two."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture
async def engine(database_url: str) -> AsyncIterator[AsyncEngine]:
    engine = create_engine(database_url)
    yield engine
    await engine.dispose()


@pytest.fixture
def clock() -> TurnedClock:
    return TurnedClock(START)


@pytest.fixture
def transactions(engine: AsyncEngine, clock: TurnedClock) -> Transactions:
    return Transactions(engine, clock, wiring.EVENTS, wiring.PARTS)


@pytest.fixture
async def workspace_id(transactions: Transactions) -> int:
    async with transactions.install() as session:
        return await install(session, team_id="T1", name="Ferrybridge", now=START)


@pytest.fixture
async def tx(transactions: Transactions, workspace_id: int) -> AsyncIterator[Tx]:
    """A transaction on a real database, for services."""
    async with transactions.begin(workspace_id) as tx:
        yield tx


@pytest.fixture
async def world(sqlite_url: str, clock: TurnedClock) -> AsyncIterator[World]:
    """The app behind real HTTP and the stand-in for Slack, with a few people in a team's channel."""
    async with inhabited(sqlite_url, clock) as world:
        yield world
        world.check()


@pytest.fixture
async def worlds(database_url: str, clock: TurnedClock) -> AsyncIterator[World]:
    """The same on both databases."""
    async with inhabited(database_url, clock) as world:
        yield world
        world.check()
