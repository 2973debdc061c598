"""How late one workspace's messages are while another has thousands due, or was told by Slack to wait."""

import asyncio
import random
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from datetime import UTC, datetime, timedelta
from itertools import count
from statistics import median, quantiles
from typing import Any

from slackapp.outbox.models import State
from tests.benchmarks.processes import echo, relaying
from tests.benchmarks.protocol import Bench, Benchmark, Goal, Notes, Pair, interleaved
from tests.support import outboxes
from tests.support.outboxes import Outbox

SMALL, LARGE = 1, 2
BACKLOG = 10_000
#: Messages of the small workspace, and seconds between two of them, of which half is left to chance: its own
#: pace never holds them up, and they come at any moment between two looks.
MESSAGES, APART = 40, 0.25
#: Seconds between two looks of the relay: mostly ours, so that what others cause shows.
POLL = 0.05

_keys = count(5_000_000)


def _beside(pacing: str, *, limited: bool = False) -> Callable[[Bench], AsyncIterator[Pair]]:
    async def pairs(bench: Bench) -> AsyncIterator[Pair]:
        tokens = {str(LARGE): "xoxb-limited"} if limited else {}
        async with AsyncExitStack() as stack:
            api_url = await stack.enter_async_context(echo())
            url = await bench.databases.postgresql()
            outbox = await stack.enter_async_context(outboxes.opened(url, workspaces=2))

            async def run(backlog: int) -> tuple[float, Notes]:
                return await _lateness(outbox, api_url, backlog, pacing=pacing, tokens=tokens)

            size = 500 if bench.quick else BACKLOG
            async for pair in interleaved(bench, 5, lambda: run(size), lambda: run(0)):
                yield pair

    return pairs


async def _lateness(outbox: Outbox, api_url: str, backlog: int, **chosen: Any) -> tuple[float, Notes]:  # noqa: ANN401 - see relays.py
    """The median in milliseconds, of what the small workspace has due one by one."""
    chance = random.Random(1)  # noqa: S311 - guards nothing
    await outbox.empty()
    past = datetime.now(UTC) - timedelta(hours=1)
    await outbox.fill(backlog, past, workspaces=(LARGE, LARGE), people=1000, apart=0.001)
    await outbox.settle()
    async with relaying(outbox.url, api_url, poll=POLL, **chosen):
        # The first answers are in, and what is paced has used up its burst.
        await asyncio.sleep(1.0)
        for _ in range(MESSAGES):
            await outbox.fill(1, datetime.now(UTC), first=next(_keys), workspaces=(SMALL, SMALL), people=1000)
            await asyncio.sleep(APART * chance.uniform(0.75, 1.25))
        left = await outbox.count(State.WAITING)
        async with asyncio.timeout(60):
            while len(late := await outbox.lateness(SMALL)) < MESSAGES:  # noqa: ASYNC110 - the database tells nobody
                await asyncio.sleep(0.1)
    p95 = quantiles(late, n=20)[-1] * 1000
    return median(late) * 1000, {"p95 ms": p95, "of the other's left at the end": left}


_QUESTION = "How late are one workspace's messages (p50)"

BENCHMARKS = (
    Benchmark(
        "fairness.unpaced",
        f"{_QUESTION} while another has {BACKLOG:,} due, and Slack sets no pace?",
        "the same workspace alone",
        "ms",
        _beside("off"),
        Goal(at_most=2.0),
    ),
    Benchmark(
        "fairness.paced",
        f"{_QUESTION} while another has {BACKLOG:,} due, at Slack's pace?",
        "the same workspace alone",
        "ms",
        _beside("slack"),
        Goal(at_most=2.0),
    ),
    Benchmark(
        "fairness.limited",
        f"{_QUESTION} while another has {BACKLOG:,} due and each of its calls is answered with 429?",
        "the same workspace alone",
        "ms",
        _beside("off", limited=True),
        Goal(at_most=2.0),
    ),
)
