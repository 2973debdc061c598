"""Half a minute without the database: nobody waits in vain, and afterwards all goes on by itself."""

import asyncio
import re
import signal
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from slackapp.playground.slack.records import Channel
from slackapp.playground.slack.remote import RemotePerson, RemoteStandIn
from tests.support.database_wire import DatabaseWire, Mood, stretched
from tests.support.postgres import Server
from tests.support.processes import ClockFile, Replica, posts, record_launch, replica, stand_in
from tests.support.world import LAUNCH

START = datetime(2026, 9, 7, 8, 0, tzinfo=UTC)
#: Seconds: longer than any statement or connection is waited for.
GONE = 30.0

NOTHING_CHANGED = re.compile("nothing was changed|takes longer than usual")


async def silence(wire: DatabaseWire) -> None:
    """The server's machine is gone: nothing answers, and nobody says so."""
    wire.mood = Mood.SILENT


async def test_half_a_minute_without_a_database(
    tmp_path: Path, postgres_server: Server, postgres_template: str
) -> None:
    async def lived_through(name: str, trouble: Callable[[DatabaseWire], Awaitable[None]]) -> None:
        folder = tmp_path / name
        folder.mkdir()
        database = await postgres_server.create(template=postgres_template)
        async with stretched(postgres_server.url(database)) as wire:
            await live_through(folder, wire, trouble)
        await postgres_server.drop(database)

    # Most of it is waiting, so both wait at once.
    async with asyncio.TaskGroup() as both:
        both.create_task(lived_through("refused", DatabaseWire.cut))
        both.create_task(lived_through("silent", silence))


async def live_through(
    folder: Path, wire: DatabaseWire, trouble: Callable[[DatabaseWire], Awaitable[None]]
) -> None:
    clock = ClockFile(folder / "clock", START)
    async with stand_in(folder, clock) as slack:
        settings = {
            **slack.environment(),
            "AFTERLAUNCH_DATABASE_URL": wire.url,
            "AFTERLAUNCH_CLOCK_FILE": str(clock.path),
        }
        mara, ines = slack.person("Mara Lind"), slack.person("Ines Okafor")
        team = slack.channel("team-onboarding")
        async with replica(settings, folder) as app:
            await app.started()
            await mara.command("/launch", "Release 2", team)
            await mara.modal()
            for name, value in LAUNCH.items():
                mara.fill(name, value)
            await record_launch(ines, "Release 1", team)
            # Its card is on its way.
            await trouble(wire)
            ends = time.monotonic() + GONE
            clock.turn(START + timedelta(days=7, hours=1))
            await people_are_told(mara, team)
            await app.becomes(503)
            await is_alive_until(app, ends)
            await (wire.connect() if wire.mood is Mood.PASSES else passes(wire))
            await app.becomes(200)
            await slack.until(lambda: shown(slack, team, "Release 1"))
            await slack.until(lambda: shown(slack, ines.dm, "What happened to"))
            # The form stood open all the while, with what was typed into it.
            assert await mara.submit() == {}
            await slack.until(lambda: shown(slack, team, "Release 2"))
            # Recorded a week after its day, it is asked about at once.
            await slack.until(lambda: shown(slack, mara.dm, "What happened to"))
            assert await app.end(signal.SIGTERM) == 0
        assert set(posts(slack).values()) == {1}
        assert posts(slack).total() == 4


async def people_are_told(mara: RemotePerson, team: Channel) -> None:
    """In time for Slack, which would say that nobody answered."""
    answer = await mara.command("/launch", "list", team)
    assert answer is not None
    assert NOTHING_CHANGED.search(answer.shown)
    [told] = (await mara.submit()).values()
    assert NOTHING_CHANGED.search(told)


async def is_alive_until(app: Replica, moment: float) -> None:
    """Whoever watches it has no reason to start it anew."""
    while time.monotonic() < moment:
        assert await app.health("/healthz") == 200
        assert await app.health() == 503
        await asyncio.sleep(1)


async def passes(wire: DatabaseWire) -> None:
    wire.mood = Mood.PASSES


def shown(slack: RemoteStandIn, channel: Channel, words: str) -> list[str]:
    return [message.shown for message in slack.messages(channel) if words in message.shown]
