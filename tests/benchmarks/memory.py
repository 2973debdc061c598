"""Whether a worker's memory grows with what it has delivered."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

from slackapp.outbox.models import State
from tests.benchmarks.processes import echo, relaying, resident
from tests.benchmarks.protocol import Bench, Benchmark, Goal, Notes, Pair
from tests.support import outboxes

DELIVERIES = 50_000
#: By then all that is kept was met once.
WARM = 10_000
STEP = 5_000
MB = 1024 * 1024


async def _grown(bench: Bench) -> AsyncIterator[Pair]:
    due, warm, step = (1500, 500, 250) if bench.quick else (DELIVERIES, WARM, STEP)
    async with (
        echo() as api_url,
        outboxes.opened(await bench.databases.postgresql()) as outbox,
    ):
        await outbox.fill(due, datetime.now(UTC) - timedelta(days=1), people=5000, apart=0.001)
        await outbox.settle()
        curve: Notes = {}
        memory = 0.0
        async with relaying(outbox.url, api_url) as worker:
            before, reached = 0.0, 0
            while reached < due:
                await asyncio.sleep(0.1 if bench.quick else 0.5)
                sent = due - await outbox.count(State.WAITING)
                if sent < reached + step and sent < due:
                    continue
                reached = sent
                memory = resident(worker.pid) / MB
                curve[f"{sent:,} delivered"] = memory
                bench.progress(f"{sent:,} delivered, {memory:.1f} MB")
                before = before or (memory if sent >= warm else 0.0)
            yield Pair(memory, before, curve)


BENCHMARKS = (
    Benchmark(
        "memory.postgresql",
        f"How much memory does a worker hold after {DELIVERIES:,} deliveries?",
        f"the same worker after {WARM:,}",
        "MB",
        _grown,
        Goal(at_most=1.05),
    ),
)
