"""The app as a process whose wall clock jumps by an hour, and the database's with it: each message once."""

import signal
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from slackapp.playground.slack import Fault
from slackapp.playground.slack.records import Channel
from slackapp.playground.slack.remote import RemoteStandIn
from tests.support.faketime import WallClock
from tests.support.processes import ClockFile, free_port, posts, record_launch, replica, stand_in

START = datetime(2026, 9, 7, 8, 0, tzinfo=UTC)
JUMPS = [pytest.param(timedelta(hours=1), id="forward"), pytest.param(timedelta(hours=-1), id="back")]


@pytest.fixture
def wall(tmp_path: Path) -> WallClock:
    return WallClock(tmp_path / "wall")


def settings_of(slack: RemoteStandIn, clock: ClockFile, wall: WallClock, folder: Path) -> Mapping[str, str]:
    return {
        **slack.environment(),
        **wall.environment(),
        "AFTERLAUNCH_DATABASE_URL": f"sqlite+aiosqlite:///{folder / 'app.db'}",
        "AFTERLAUNCH_CLOCK_FILE": str(clock.path),
        # A call that is held must outlast the jump.
        "AFTERLAUNCH_HTTP_TIMEOUT_SECONDS": "8",
        "AFTERLAUNCH_LEASE_SECONDS": "14",
        "AFTERLAUNCH_LOG_LEVEL": "info",
        "AFTERLAUNCH_PACING": "slack",
    }


def shown(slack: RemoteStandIn, channel: Channel, words: str) -> list[str]:
    return [message.shown for message in slack.messages(channel) if words in message.shown]


@pytest.mark.parametrize("by", JUMPS)
async def test_messages_under_way_before_and_after_a_jump_arrive_once(
    tmp_path: Path, wall: WallClock, by: timedelta
) -> None:
    clock = ClockFile(tmp_path / "clock", START)
    async with stand_in(tmp_path, clock) as slack:
        mara, team = slack.person("Mara Lind"), slack.channel("team-onboarding")
        async with replica(settings_of(slack, clock, wall, tmp_path), tmp_path) as app:
            await app.started()
            await record_launch(mara, "Before", team)
            await slack.until(lambda: shown(slack, team, "Before"))

            slack.faults.next("chat.postMessage", Fault.HELD)
            await record_launch(mara, "Meanwhile", team)
            await slack.until(lambda: slack.faults.held)
            wall.jump(by)
            await wall.seen_in(app)
            slack.faults.release("chat.postMessage")
            await slack.until(lambda: shown(slack, team, "Meanwhile"))

            await record_launch(mara, "After", team)
            await slack.until(lambda: shown(slack, team, "After"))
            clock.turn(START + timedelta(days=7, hours=1))
            await slack.until(lambda: shown(slack, mara.dm, "What happened to"))
            assert await app.health("/healthz") == 200
            assert await app.end(signal.SIGTERM) == 0
        assert set(posts(slack).values()) == {1}
        assert posts(slack).total() == 4
        assert slack.troubles == []


async def test_over_http_a_clock_that_is_wrong_by_an_hour_lets_nothing_in_and_the_log_says_why(
    tmp_path: Path, wall: WallClock
) -> None:
    clock, port = ClockFile(tmp_path / "clock", START), free_port()
    async with stand_in(tmp_path, clock, request_url=f"http://127.0.0.1:{port}/slack/events") as slack:
        mara, team = slack.person("Mara Lind"), slack.channel("team-onboarding")
        async with replica(settings_of(slack, clock, wall, tmp_path), tmp_path, port=port) as app:
            await app.started()
            wall.jump(timedelta(hours=1))
            await wall.seen_in(app)
            await mara.command("/launch", "Refused", team)
            assert not mara.has_modal
            log = app.log.read_text(encoding="utf-8")
            assert "gate.refused" in log
            assert "reason=timestamp" in log
            wall.jump(timedelta(hours=-1))
            await wall.seen_in(app)
            await record_launch(mara, "Let in", team)
            await slack.until(lambda: shown(slack, team, "Let in"))
            assert await app.end(signal.SIGTERM) == 0
        assert set(posts(slack).values()) == {1}
