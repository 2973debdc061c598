"""How many calls a burst of changes of one message comes to."""

import asyncio
from collections.abc import AsyncIterator
from time import perf_counter

from slackapp.core.clock import SystemClock
from slackapp.core.database import create_engine
from slackapp.outbox.rules import Pacing
from tests.benchmarks.protocol import Bench, Benchmark, Goal, Pair
from tests.support.post_office import opened

CHANGES, SECONDS = 1000, 10.0
#: Calls that would do.
MOST = 12


async def _burst(bench: Bench) -> AsyncIterator[Pair]:
    changes, seconds = (100, 1.0) if bench.quick else (CHANGES, SECONDS)
    engine = create_engine(await bench.databases.postgresql())
    async with opened(engine, SystemClock(), paced=True) as office:
        relay = office.relay(pacing=Pacing())
        running, began = asyncio.create_task(relay.run()), perf_counter()
        for number in range(changes):
            await office.say("poll", f"{number} votes")
            await asyncio.sleep(max(0.0, began + (number + 1) * seconds / changes - perf_counter()))
        async with asyncio.timeout(10):
            while office.shown != [f"{changes - 1} votes"]:  # noqa: ASYNC110 - Slack tells nobody
                await asyncio.sleep(0.05)
        relay.stop()
        await running
        calls = office.calls("chat.postMessage") + office.calls("chat.update")
        assert all(call.ok for call in office.slack.calls)
    await engine.dispose()
    yield Pair(calls, MOST)


BENCHMARKS = (
    Benchmark(
        "coalesce",
        f"How many calls are {CHANGES:,} changes of one message in {SECONDS:g} s, the last of them shown?",
        "a dozen",
        "calls",
        _burst,
        Goal(at_most=1.0),
    ),
)
