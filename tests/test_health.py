"""Health is true: each answer changes when what it speaks of changes."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp
import pytest
from sqlalchemy import text

from slackapp.app import App, build, running
from slackapp.core.clock import TurnedClock
from slackapp.core.database import create_engine
from slackapp.core.settings import Settings, load
from slackapp.core.shipped import shipped
from slackapp.playground.slack import StandIn
from tests.support.postgres import Server
from tests.support.world import listening


class Health:
    def __init__(self, app: App, url: str) -> None:
        self.app, self._url = app, url

    async def ask(self, path: str) -> tuple[int, dict[str, bool]]:
        async with aiohttp.ClientSession() as session, session.get(f"{self._url}{path}") as response:
            return response.status, await response.json()

    async def ready(self) -> dict[str, bool]:
        """What is not ready; nothing once all is."""
        status, checks = await self.ask("/readyz")
        assert (status == 200) == all(checks.values())
        return {name: good for name, good in checks.items() if not good}

    async def becomes(self, checks: dict[str, bool]) -> None:
        async with asyncio.timeout(60):
            while await self.ready() != checks:  # noqa: ASYNC110 - health tells nobody by itself
                await asyncio.sleep(0.02)


@asynccontextmanager
async def healthy(slack: StandIn, url: str, clock: TurnedClock) -> AsyncIterator[Health]:
    settings = load(
        Settings,
        **slack.environment(),
        AFTERLAUNCH_DATABASE_URL=url,
        AFTERLAUNCH_HEARTBEAT_SECONDS="0.1",
    )
    async with build(settings, clock) as app, running(app), listening(app) as events:
        yield Health(app, events.removesuffix("/slack/events"))


@pytest.fixture
async def slack(clock: TurnedClock) -> AsyncIterator[StandIn]:
    async with StandIn.serve(shipped("manifest.yml"), clock=lambda: clock.now().timestamp()) as slack:
        yield slack


async def test_a_running_app_is_alive_and_soon_ready(
    slack: StandIn, database_url: str, clock: TurnedClock
) -> None:
    async with healthy(slack, database_url, clock) as health:
        assert await health.ask("/healthz") == (200, {"relay": True})
        await health.becomes({})


async def test_an_app_that_was_built_but_does_not_run_is_neither(
    slack: StandIn, sqlite_url: str, clock: TurnedClock
) -> None:
    settings = load(Settings, **slack.environment(), AFTERLAUNCH_DATABASE_URL=sqlite_url)
    async with build(settings, clock) as app, listening(app) as events:
        health = Health(app, events.removesuffix("/slack/events"))
        assert await health.ask("/healthz") == (503, {"relay": False})
        assert await health.ready() == {"heartbeat": False, "slack": False}


async def test_without_its_relay_it_is_not_alive(slack: StandIn, sqlite_url: str, clock: TurnedClock) -> None:
    async with healthy(slack, sqlite_url, clock) as health:
        assert health.app.relaying is not None
        health.app.relaying.cancel()
        await asyncio.gather(health.app.relaying, return_exceptions=True)
        assert await health.ask("/healthz") == (503, {"relay": False})


async def test_without_its_socket_it_is_not_ready_until_it_is_back(
    slack: StandIn, sqlite_url: str, clock: TurnedClock
) -> None:
    async with healthy(slack, sqlite_url, clock) as health:
        await health.becomes({})
        assert health.app.socket is not None
        await health.app.socket.disconnect_async()  # type: ignore[no-untyped-call]
        assert await health.ready() == {"slack": False}
        await health.app.socket.client.connect_to_new_endpoint()
        await health.becomes({})


async def test_an_address_that_is_spent_is_replaced(
    slack: StandIn, sqlite_url: str, clock: TurnedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("slackapp.app.RENEW", 0.1)
    async with healthy(slack, sqlite_url, clock) as health:
        await health.becomes({})
        assert health.app.socket is not None
        client = health.app.socket.client
        spent, client.ping_interval = client.wss_uri, 0.05
        await client.disconnect()  # type: ignore[no-untyped-call]
        # As after an outage in which the address was handed out and could not be used: Slack refuses it now.
        connecting = asyncio.create_task(client.connect())  # type: ignore[no-untyped-call]
        await health.becomes({})
        await connecting
        assert client.wss_uri != spent


async def test_without_its_heartbeat_it_is_not_ready(
    slack: StandIn, sqlite_url: str, clock: TurnedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with healthy(slack, sqlite_url, clock) as health:
        await health.becomes({})
        await health.app.heartbeat.stop()
        assert health.app.heartbeat._last is not None
        later = health.app.heartbeat._last + 11
        monkeypatch.setattr("slackapp.heartbeat.monotonic", lambda: later)
        assert await health.ready() == {"heartbeat": False}


async def test_on_an_older_schema_it_is_not_ready_and_on_a_newer_versions_it_is(
    slack: StandIn, database_url: str, clock: TurnedClock
) -> None:
    """A replica serves on while a newer version's first one has upgraded the database."""
    async with healthy(slack, database_url, clock) as health:
        await health.becomes({})
        engine = create_engine(database_url)
        for revision, missing in (("0001", {"schema": False}), ("9999", {})):
            async with engine.begin() as connection:
                await connection.execute(text(f"UPDATE alembic_version SET version_num = '{revision}'"))  # noqa: S608 - one of the two above
            assert await health.ready() == missing
        await engine.dispose()


async def test_without_its_database_it_is_not_ready_and_keeps_running(
    slack: StandIn, postgres_server: Server, postgres_template: str, clock: TurnedClock
) -> None:
    name = await postgres_server.create(template=postgres_template)
    async with healthy(slack, postgres_server.url(name), clock) as health:
        await health.becomes({})
        await postgres_server.drop(name)
        await health.becomes({"database": False, "schema": False})
        await asyncio.sleep(0.2)  # beats, and looks at the outbox, that find nothing
        assert await health.ask("/healthz") == (200, {"relay": True})


async def test_a_database_that_comes_back_is_used_again(
    slack: StandIn, postgres_server: Server, postgres_template: str, clock: TurnedClock
) -> None:
    name = await postgres_server.create(template=postgres_template)
    async with healthy(slack, postgres_server.url(name), clock) as health:
        await health.becomes({})
        await postgres_server.drop(name)
        await health.becomes({"database": False, "schema": False})
        await postgres_server.create(template=postgres_template, name=name)
        await health.becomes({})
    await postgres_server.drop(name)
