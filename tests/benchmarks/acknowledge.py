"""How soon a submitted launch is acknowledged, committed with its messages, beside a bare Bolt app."""

import asyncio
import json
import os
import signal
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from statistics import median, quantiles
from time import monotonic

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy import func, select

from slackapp.core.database import create_engine
from slackapp.features.launches.models import Launch
from slackapp.playground.slack.remote import RemoteStandIn
from tests.benchmarks.processes import run_time
from tests.benchmarks.protocol import Bench, Benchmark, Goal, Notes, Pair, interleaved
from tests.benchmarks.submits import LENGTH, Team
from tests.support.processes import ClockFile, free_port, stand_in

PEOPLE = 20
CHANNELS = 10
#: Submits before anything is measured: by then everybody is known, and what is cached is in the cache.
WARM_UP = 100

#: What a person reads whose submit is not recorded within the time Slack gives.
LATE = "This takes longer than usual."

#: Seconds after which nothing more is coming: longer than anything waits for a connection to the database.
QUIET = 8.0

Urls = Callable[[Bench], Awaitable[str]]


@dataclass(frozen=True)
class Load:
    """What came of many requests."""

    #: Acceptances a second.
    throughput: float
    #: Seconds, of every answer.
    latencies: list[float]
    #: Milliseconds of a core for each request, deliveries meanwhile included.
    core: float
    #: Answers that it takes longer than usual.
    late: int


@dataclass
class Server:
    """A process that answers Slack. Whoever is not measured stands still."""

    process: asyncio.subprocess.Process
    port: int
    folder: Path
    #: How many launches are recorded once those are that were sent (so many); None where none ever are.
    recorded: Callable[[int], Awaitable[int]] | None = None
    sent: int = 0
    accepted: int = 0

    async def ready(self) -> None:
        async with asyncio.timeout(30), aiohttp.ClientSession() as session:
            while True:
                try:
                    async with session.get(f"http://127.0.0.1:{self.port}/readyz") as response:
                        if response.status == 200:
                            return
                except aiohttp.ClientConnectionError:
                    pass
                await asyncio.sleep(0.1)

    async def load(self, requests: Iterable[bytes], connections: int) -> Load:
        """Send them all. Each has to be accepted, or answered that it takes longer.

        What was accepted has to be recorded, and nothing that was not sent.
        """
        file = self.folder / "requests"
        prepared = list(requests)
        file.write_bytes(b"".join(len(each).to_bytes(LENGTH, "big") + each for each in prepared))
        before = run_time([self.process.pid])
        self.process.send_signal(signal.SIGCONT)
        client = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "tests.benchmarks.load", str(self.port), str(connections), str(file)),
            stdout=asyncio.subprocess.PIPE,
        )
        said, _ = await client.communicate()
        found = json.loads(said)
        # An acceptance closes the modal: it has no body.
        accepted = found["answers"].pop("200 ", 0)
        late = sum(number for answer, number in found["answers"].items() if LATE in answer)
        assert accepted + late == len(prepared), found["answers"]
        self.sent += len(prepared)
        self.accepted += accepted
        if self.recorded is not None:
            recorded = await self.recorded(self.sent)
            assert self.accepted <= recorded <= self.sent, (self.accepted, recorded, self.sent)
            # Of one that was not accepted the person knows: its form still stands open.
            self.sent = self.accepted = recorded
        self.process.send_signal(signal.SIGSTOP)
        core = (run_time([self.process.pid]) - before) / len(prepared)
        return Load(accepted / found["seconds"], found["latencies"], core, late)


@asynccontextmanager
async def served(
    folder: Path, port: int, environment: Mapping[str, str], *command: str
) -> AsyncIterator[Server]:
    with (folder / f"{port}.log").open("wb") as log:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", *command, env={**os.environ, **environment}, stderr=log
        )
    try:
        server = Server(process, port, folder)
        await server.ready()
        yield server
    finally:
        process.send_signal(signal.SIGCONT)
        process.terminate()
        await process.wait()


@asynccontextmanager
async def side_by_side(bench: Bench, url: str) -> AsyncIterator[tuple[Team, Server, Server]]:
    """Ours and the bare app, with the stand-in that both know, each a process of its own."""
    async with AsyncExitStack() as stack:
        ours, peer = free_port(), free_port()
        clock = ClockFile(bench.folder / "clock", datetime.now(UTC))
        slack = await stack.enter_async_context(
            stand_in(bench.folder, clock, request_url=f"http://127.0.0.1:{ours}/slack/events")
        )
        environment = slack.environment()
        team = await _team(slack, environment)
        environment |= {
            "AFTERLAUNCH_DATABASE_URL": url,
            "AFTERLAUNCH_PORT": str(ours),
            "AFTERLAUNCH_LOG_LEVEL": "warning",
        }
        start = stack.enter_async_context
        app = await start(served(bench.folder, ours, environment, "slackapp", "run"))
        bare = await start(served(bench.folder, peer, environment, "tests.benchmarks.bare_bolt", str(peer)))
        # Whoever submits has typed the command there before, so the channel is known as well.
        for channel in (each for each in slack.channels() if each.id in team.channels):
            await slack.person("Person 0").command("/launch", "help", channel)
        app.recorded = partial(_recorded, url)
        for each in (app, bare):
            await each.load(team.requests(WARM_UP), 4)
        yield team, app, bare


async def _team(slack: RemoteStandIn, environment: Mapping[str, str]) -> Team:
    people = [slack.add_person(f"Person {number}", tz="Europe/Stockholm") for number in range(PEOPLE)]
    channels = [slack.add_channel(f"team-{number}", people) for number in range(CHANNELS)]
    client = AsyncWebClient(environment["SLACK_BOT_TOKEN"], base_url=environment["SLACK_API_URL"])
    who = await client.auth_test()
    return Team(
        who["team_id"],
        [person.id for person in people],
        [channel.id for channel in channels],
        environment["SLACK_SIGNING_SECRET"],
    )


async def _recorded(url: str, most: int) -> int:
    """How many launches the database holds, once that is so many, or nothing has come for a while."""
    engine = create_engine(url)
    found, since = -1, monotonic()
    while found < most and monotonic() - since < QUIET:
        async with engine.connect() as connection:
            now = await connection.scalar(select(func.count()).select_from(Launch)) or 0
        if now != found:
            found, since = now, monotonic()
        await asyncio.sleep(0.05)
    await engine.dispose()
    return found


def _one_after_the_other(urls: Urls) -> Callable[[Bench], AsyncIterator[Pair]]:
    return lambda bench: _pairs(bench, urls, 20 if bench.quick else 200, 1)


def _a_hundred_at_once(urls: Urls) -> Callable[[Bench], AsyncIterator[Pair]]:
    return lambda bench: _pairs(bench, urls, 200 if bench.quick else 500, 100)


async def _pairs(bench: Bench, urls: Urls, number: int, connections: int) -> AsyncIterator[Pair]:
    url = await urls(bench)
    async with side_by_side(bench, url) as (team, app, bare):

        async def run(server: Server) -> tuple[float, Notes]:
            found = await server.load(team.requests(number), connections)
            middle = median(found.latencies) * 1000
            high = quantiles(found.latencies, n=100)[-1] * 1000
            notes: Notes = {"p50 ms": middle, "p99 ms": high, "core ms": found.core, "late": found.late}
            return (middle if connections == 1 else found.throughput), notes

        async for pair in interleaved(bench, 9, lambda: run(app), lambda: run(bare)):
            yield pair


async def _postgresql(bench: Bench) -> str:
    return await bench.databases.postgresql()


async def _sqlite(bench: Bench) -> str:
    return await bench.databases.sqlite()


_QUESTION = "a signed /launch submit, acknowledged with its launch and messages committed"
_PEER = "a bare Bolt AsyncApp in its default mode that does nothing but acknowledge"

BENCHMARKS = (
    Benchmark(
        "acknowledge.postgresql.one",
        f"How long does {_QUESTION}, take, one after the other (p50)?",
        _PEER,
        "ms",
        _one_after_the_other(_postgresql),
        Goal(at_most=0.35),
    ),
    Benchmark(
        "acknowledge.postgresql.hundred",
        f"How many of {_QUESTION}, are there a second, a hundred at once?",
        _PEER,
        "per s",
        _a_hundred_at_once(_postgresql),
        Goal(at_least=0.6),
    ),
    Benchmark(
        "acknowledge.sqlite.one",
        f"How long does {_QUESTION}, take on SQLite, one after the other (p50)?",
        _PEER,
        "ms",
        _one_after_the_other(_sqlite),
    ),
    Benchmark(
        "acknowledge.sqlite.hundred",
        f"How many of {_QUESTION}, are there a second on SQLite, a hundred at once?",
        _PEER,
        "per s",
        _a_hundred_at_once(_sqlite),
    ),
)
