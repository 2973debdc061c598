"""What ten thousand workspaces cost beside one: claiming, looking for what is due, delivering."""

from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from datetime import UTC, datetime, timedelta
from statistics import median
from time import perf_counter

from slackapp import wiring
from slackapp.outbox.models import State
from tests.benchmarks.claim import claims
from tests.benchmarks.processes import deliver, echo
from tests.benchmarks.protocol import Bench, Benchmark, Goal, Notes, Pair, interleaved
from tests.support import outboxes
from tests.support.outboxes import AHEAD, Outbox

MANY = 10_000
#: Messages that wait in the future, and messages that are due, in all of them together.
WAITING, DUE = 50_000, 500
BEATS = 40


def _beside_one(on: str, measure: str) -> Callable[[Bench], AsyncIterator[Pair]]:
    async def pairs(bench: Bench) -> AsyncIterator[Pair]:
        size = 100 if bench.quick else MANY
        async with AsyncExitStack() as stack:
            api_url = await stack.enter_async_context(echo())

            async def made(workspaces: int) -> Outbox:
                url = await (bench.databases.postgresql() if on == "postgresql" else bench.databases.sqlite())
                outbox = await stack.enter_async_context(outboxes.opened(url, workspaces=workspaces))
                await _refill(outbox, workspaces)
                return outbox

            many, one = await made(size), await made(1)

            async def run(outbox: Outbox, workspaces: int) -> tuple[float, Notes]:
                if measure == "claim":
                    return median(await claims(outbox)) * 1000, {}
                if measure == "heartbeat":
                    return await _looks(outbox) * 1000, {}
                await _refill(outbox, workspaces)
                past = datetime.now(UTC) - timedelta(hours=1)
                last = min(workspaces, DUE)
                await outbox.fill(DUE, past, first=WAITING + 1, workspaces=(1, last), apart=0.001)
                seconds, _ = await deliver("ours", outbox.url, api_url, 20)
                assert await outbox.count(State.SENT) == DUE
                return seconds * 1000, {}

            rounds = 9 if measure != "deliver" else 5
            async for pair in interleaved(bench, rounds, lambda: run(many, size), lambda: run(one, 1)):
                yield pair

    return pairs


async def _refill(outbox: Outbox, workspaces: int) -> None:
    await outbox.empty()
    await outbox.fill(WAITING, datetime.now(UTC) + AHEAD, workspaces=(1, workspaces), apart=1.0)
    await outbox.settle()


async def _looks(outbox: Outbox) -> float:
    """Seconds a beat takes to see that nothing is due (p50)."""
    taken = []
    for _ in range(BEATS):
        began = perf_counter()
        for job in wiring.JOBS:
            async with outbox.transactions.everywhere() as session:
                assert not (await session.scalars(job.due(datetime.now(UTC)))).all()
        taken.append(perf_counter() - began)
    return median(taken)


_QUESTIONS = {
    "claim": "How long does it take to claim one due message (p50)",
    "heartbeat": "How long does a heartbeat take that finds nothing due (p50)",
    "deliver": f"How long do {DUE} messages take, spread over the workspaces",
}

BENCHMARKS = tuple(
    Benchmark(
        f"workspaces.{on}.{measure}",
        f"{question}, with {MANY:,} workspaces?",
        "the same with one workspace",
        "ms",
        _beside_one(on, measure),
        Goal(at_most=1.2),
    )
    for on in ("postgresql", "sqlite")
    for measure, question in _QUESTIONS.items()
)
