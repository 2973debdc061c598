"""What taking on one due message costs, however many wait in the future, beside procrastinate's fetch."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from datetime import UTC, datetime, timedelta
from itertools import count
from statistics import median, quantiles
from time import perf_counter

from sqlalchemy import text

from slackapp.outbox import batches
from slackapp.outbox.queue import Queue
from slackapp.outbox.rules import Budget, Pacing
from tests.benchmarks.protocol import Bench, Benchmark, Curve, Goal, Notes, Pair, Point, interleaved
from tests.support import outboxes
from tests.support.outboxes import AHEAD, Outbox

WAITING = 100_000
SIZES = (0, 1_000, 10_000, 100_000, 1_000_000)
#: Claims in one run.
CLAIMS = 40
#: Seconds between two messages that wait.
APART = 30.0

#: Every slot is kept and looked at, and none has to be waited for.
_SOON = Budget(1e-6, 1000)
PACED = Pacing(_SOON, _SOON, _SOON, _SOON, _SOON)

_keys = count(2_000_000)

Peer = Callable[[int], Awaitable[tuple[float, Notes]]]


async def claims(outbox: Outbox, number: int = CLAIMS) -> list[float]:
    """Seconds each of so many claims takes, when one message is due, from the pool to the commit."""
    queue, taken = Queue(60.0, 40, 20, PACED), []
    for _ in range(number):
        key, now = next(_keys), datetime.now(UTC)
        await outbox.fill(1, now - timedelta(seconds=1), first=key, people=1000)
        began = perf_counter()
        async with outbox.transactions.install() as session:
            [claim] = await queue.claim(session, now)
        taken.append(perf_counter() - began)
        assert claim.row.key == f"bench:{key}"
        # As it goes on in its life: otherwise it would wait beside the next one.
        async with outbox.transactions.install() as session:
            sends = await batches.announce(session, now, [(claim.row, "D0")])
            assert await batches.arrived(session, 0.0, [(sends[0], "1700000000.000100")])
    return taken


def _figure(taken: list[float]) -> tuple[float, Notes]:
    return median(taken) * 1000, {"p95 ms": quantiles(taken, n=20)[-1] * 1000}


async def _waiting(outbox: Outbox, size: int, *, known: bool = True) -> None:
    """So many messages wait in the future; the database has looked at its tables, or never does."""
    if not known:
        async with outbox.engine.begin() as connection:
            await connection.execute(text("ALTER TABLE outbox SET (autovacuum_enabled = off)"))
    await outbox.fill(size, datetime.now(UTC) + AHEAD, apart=APART)
    if known:
        await outbox.settle()
    await claims(outbox, 10)


def _against_none(on: str) -> Callable[[Bench], AsyncIterator[Pair]]:
    async def pairs(bench: Bench) -> AsyncIterator[Pair]:
        async with AsyncExitStack() as stack:
            full = await stack.enter_async_context(outboxes.opened(await _fresh(bench, on)))
            none = await stack.enter_async_context(outboxes.opened(await _fresh(bench, on)))
            await _waiting(full, 1000 if bench.quick else WAITING)
            await _waiting(none, 0)

            async def run(outbox: Outbox) -> tuple[float, Notes]:
                return _figure(await claims(outbox))

            async for pair in interleaved(bench, 9, lambda: run(full), lambda: run(none)):
                yield pair

    return pairs


def _against_procrastinate(*, known: bool) -> Callable[[Bench], AsyncIterator[Pair]]:
    async def pairs(bench: Bench) -> AsyncIterator[Pair]:
        from tests.benchmarks import peer  # noqa: PLC0415 - what it imports is there with the peers alone

        size = 1000 if bench.quick else WAITING
        async with (
            outboxes.opened(await bench.databases.postgresql()) as outbox,
            peer.opened(await bench.databases.empty(), fresh=True) as procrastinate,
        ):
            await _waiting(outbox, size, known=known)
            await procrastinate.wait_for(size, known=known)

            async def ours() -> tuple[float, Notes]:
                return _figure(await claims(outbox))

            async def theirs() -> tuple[float, Notes]:
                return _figure(await procrastinate.fetches(CLAIMS))

            async for pair in interleaved(bench, 7, ours, theirs):
                yield pair

    return pairs


def _curve(on: str) -> Callable[[Bench], AsyncIterator[Point]]:
    async def points(bench: Bench) -> AsyncIterator[Point]:
        for size in SIZES[:2] if bench.quick else SIZES:
            bench.progress(f"{size:,} waiting")
            async with outboxes.opened(await _fresh(bench, on)) as outbox:
                await _waiting(outbox, size)
                for _ in range(3):
                    taken = await claims(outbox)
                    yield Point(size, median(taken), {"p95 ms": quantiles(taken, n=20)[-1] * 1000})

    return points


async def _curve_of_procrastinate(bench: Bench) -> AsyncIterator[Point]:
    from tests.benchmarks import peer  # noqa: PLC0415 - what it imports is there with the peers alone

    for size in SIZES[:2] if bench.quick else SIZES:
        bench.progress(f"{size:,} waiting")
        async with peer.opened(await bench.databases.empty(), fresh=True) as procrastinate:
            await procrastinate.wait_for(size, known=True)
            for _ in range(3):
                taken = await procrastinate.fetches(20)
                yield Point(size, median(taken), {"p95 ms": quantiles(taken, n=20)[-1] * 1000})


async def _fresh(bench: Bench, on: str) -> str:
    return await (bench.databases.postgresql() if on == "postgresql" else bench.databases.sqlite())


_QUESTION = f"How long does it take to claim one due message while {WAITING:,} wait in the future (p50)?"
_PEERS = ("procrastinate", "psycopg")

BENCHMARKS: tuple[Benchmark | Curve, ...] = (
    *(
        Benchmark(
            f"claim.{on}.backlog",
            _QUESTION,
            "the same with none waiting",
            "ms",
            _against_none(on),
            Goal(at_most=1.5),
        )
        for on in ("postgresql", "sqlite")
    ),
    Benchmark(
        "claim.postgresql.procrastinate",
        _QUESTION,
        "procrastinate's fetch of one job, with as many in the future; both vacuumed and analyzed",
        "ms",
        _against_procrastinate(known=True),
        Goal(at_most=0.05),
        requires=_PEERS,
    ),
    Benchmark(
        "claim.postgresql.unanalyzed",
        _QUESTION,
        "procrastinate's fetch of one job, with as many in the future; neither ever vacuumed",
        "ms",
        _against_procrastinate(known=False),
        requires=_PEERS,
    ),
    *(
        Curve(
            f"claim.{on}.curve",
            "How does claiming one due message grow with those that wait in the future?",
            "messages waiting",
            _curve(on),
            Goal(at_most=0.05),
        )
        for on in ("postgresql", "sqlite")
    ),
    Curve(
        "claim.procrastinate.curve",
        "How does procrastinate's fetch grow with the jobs that are scheduled in the future?",
        "jobs scheduled",
        _curve_of_procrastinate,
        requires=_PEERS,
    ),
)
