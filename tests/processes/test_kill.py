"""The app as a process, killed at random moments: nothing acknowledged is lost, nothing is doubled."""

import asyncio
import random
import signal
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from slackapp.playground.slack.records import Channel
from slackapp.playground.slack.remote import RemoteStandIn
from tests.support.processes import ClockFile, free_port, posts, record_launch, replica, stand_in

START = datetime(2026, 9, 7, 8, 0, tzinfo=UTC)


def showing(slack: RemoteStandIn, channel: Channel, words: str) -> list[str]:
    return [message.shown for message in slack.messages(channel) if words in message.shown]


@pytest.mark.parametrize("over", ["socket", "http"])
async def test_what_was_acknowledged_before_a_kill_arrives_once(tmp_path: Path, over: str) -> None:
    seed = random.randrange(1_000_000)  # noqa: S311 - guards nothing
    print(f"seed {seed}")  # noqa: T201 - shown when the test fails
    moments = random.Random(seed)  # noqa: S311 - guards nothing
    clock = ClockFile(tmp_path / "clock", START)
    port = free_port()
    url = f"http://127.0.0.1:{port}/slack/events" if over == "http" else None
    async with stand_in(tmp_path, clock, request_url=url) as slack:
        settings = {
            **slack.environment(),
            "AFTERLAUNCH_DATABASE_URL": f"sqlite+aiosqlite:///{tmp_path / 'app.db'}",
            "AFTERLAUNCH_CLOCK_FILE": str(clock.path),
        }
        mara, team = slack.person("Mara Lind"), slack.channel("team-onboarding")
        titles = [f"Release {number}" for number in range(3)]
        async with replica(settings, tmp_path, port=port) as app:
            for title in titles:
                await app.started()
                await record_launch(mara, title, team)
                await asyncio.sleep(moments.uniform(0, 0.06))
                await app.end(signal.SIGKILL)
            await app.started()
            await slack.until(lambda: len(showing(slack, team, "Release")) == 3)

            clock.turn(START + timedelta(days=7, hours=1))
            await asyncio.sleep(moments.uniform(0, 0.4))
            await app.end(signal.SIGKILL)
            await app.started()
            await slack.until(lambda: showing(slack, mara.dm, "What happened to"))
            assert await app.end(signal.SIGTERM) == 0
        assert [len(showing(slack, team, title)) for title in titles] == [1, 1, 1]
        [question] = showing(slack, mara.dm, "What happened to")
        assert all(title in question for title in titles)
        assert set(posts(slack).values()) == {1}
        assert posts(slack).total() == 4


async def test_a_signal_ends_it_cleanly_and_nothing_is_lost(tmp_path: Path) -> None:
    clock = ClockFile(tmp_path / "clock", START)
    async with stand_in(tmp_path, clock) as slack:
        settings = {
            **slack.environment(),
            "AFTERLAUNCH_DATABASE_URL": f"sqlite+aiosqlite:///{tmp_path / 'app.db'}",
            "AFTERLAUNCH_CLOCK_FILE": str(clock.path),
        }
        mara, team = slack.person("Mara Lind"), slack.channel("team-onboarding")
        async with replica(settings, tmp_path) as app:
            for number, how in enumerate((signal.SIGTERM, signal.SIGINT)):
                await app.started()
                await record_launch(mara, f"Release {number}", team)
                before = time.monotonic()
                assert await app.end(how) == 0
                assert time.monotonic() - before < 5
            await app.started()
            await slack.until(lambda: len(showing(slack, team, "Release")) == 2)
            assert set(posts(slack).values()) == {1}
            assert slack.troubles == []


async def test_it_is_ready_only_while_slack_can_reach_it(tmp_path: Path) -> None:
    clock = ClockFile(tmp_path / "clock", START)
    settings = {
        "AFTERLAUNCH_DATABASE_URL": f"sqlite+aiosqlite:///{tmp_path / 'app.db'}",
        "AFTERLAUNCH_CLOCK_FILE": str(clock.path),
    }
    async with replica(settings, tmp_path) as app:
        async with stand_in(tmp_path, clock) as slack:
            app.settings = {**settings, **slack.environment()}
            await app.start()
            assert await app.health() == 0
            await app.becomes(200)
            assert await app.health("/healthz") == 200
        await app.becomes(503)
        assert await app.health("/healthz") == 200
        assert await app.end(signal.SIGTERM) == 0
