"""What a whole app costs that has nothing to do, while many messages wait in the future."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime
from time import perf_counter

import aiohttp

from tests.benchmarks.processes import used
from tests.benchmarks.protocol import Bench, Benchmark, Goal, Pair
from tests.support import outboxes
from tests.support.outboxes import AHEAD
from tests.support.processes import ClockFile, free_port, stand_in

WAITING = 100_000
#: Seconds of looking, each time.
SECONDS = 20.0
ROUNDS = 3


def _idle(on: str) -> Callable[[Bench], AsyncIterator[Pair]]:
    async def pairs(bench: Bench) -> AsyncIterator[Pair]:
        url = await (bench.databases.postgresql() if on == "postgresql" else bench.databases.sqlite())
        async with outboxes.opened(url) as outbox:
            await outbox.fill(1000 if bench.quick else WAITING, datetime.now(UTC) + AHEAD, apart=1.0)
            await outbox.settle()
        port = free_port()
        clock = ClockFile(bench.folder / "clock", datetime.now(UTC))
        address = f"http://127.0.0.1:{port}"
        async with stand_in(bench.folder, clock, request_url=f"{address}/slack/events") as slack:
            environment = {
                **os.environ, **slack.environment(),
                "AFTERLAUNCH_DATABASE_URL": url, "AFTERLAUNCH_PORT": str(port),
                "AFTERLAUNCH_HEARTBEAT_SECONDS": "5", "AFTERLAUNCH_LOG_LEVEL": "warning",
            }  # fmt: skip
            app = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "slackapp", "run", env=environment
            )
            try:
                await _ready(address)
                # The first beat, and what is done once, are over.
                await asyncio.sleep(1.0 if bench.quick else 6.0)
                for number in range(1 if bench.quick else ROUNDS):
                    bench.progress(f"look {number + 1} of {ROUNDS}")
                    before, began = used(app.pid), perf_counter()
                    await asyncio.sleep(2.0 if bench.quick else SECONDS)
                    yield Pair(used(app.pid) - before, perf_counter() - began)
            finally:
                app.terminate()
                await app.wait()

    return pairs


async def _ready(address: str) -> None:
    async with asyncio.timeout(30), aiohttp.ClientSession() as session:
        while True:
            try:
                async with session.get(f"{address}/readyz") as response:
                    if response.status == 200:
                        return
            except aiohttp.ClientConnectionError:
                pass
            await asyncio.sleep(0.1)


BENCHMARKS = tuple(
    Benchmark(
        f"idle.{on}",
        f"How much of a core does an idle app use, with {WAITING:,} messages waiting in the future?",
        "one core",
        "s",
        _idle(on),
        Goal(at_most=0.01),
    )
    for on in ("postgresql", "sqlite")
)
