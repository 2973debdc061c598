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
from tests.benchmarks.processes import run_time
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

#: As many as one claim takes.
BATCH = 40

_keys = count(100_000)

Peer = Callable[[int], Awaitable[tuple[float, Notes]]]


async def claims(
    outbox: Outbox, number: int = CLAIMS, read: Callable[[], float] = perf_counter
) -> list[float]:
    """What each of so many claims adds to what is read, when one message is due: with its transaction."""
    return [await _claim(outbox, 1, read) for _ in range(number)]


async def _claim(outbox: Outbox, due: int, read: Callable[[], float]) -> float:
    now, first = datetime.now(UTC), next(_keys) * BATCH
    await outbox.fill(due, now - timedelta(seconds=1), first=first, people=BATCH)
    queue, began = Queue(60.0, BATCH, BATCH, PACED), read()
    async with outbox.transactions.install() as session:
        claimed = await queue.claim(session, now)
    added = read() - began
    assert {claim.row.key for claim in claimed} == {f"bench:{first + each}" for each in range(due)}
    # As it goes on in their lives: otherwise they would wait beside the next ones.
    async with outbox.transactions.install() as session:
        sends = await batches.announce(session, now, [(claim.row, "D0") for claim in claimed])
        shown = await batches.arrived(session, 0.0, [(row, "1700000000.000100") for row in sends.values()])
    assert len(shown) == due
    return added


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


def _against_procrastinate(*, known: bool, due: int = 1) -> Callable[[Bench], AsyncIterator[Pair]]:
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
                return _figure([await _claim(outbox, due, perf_counter) / due for _ in range(CLAIMS)])

            async def theirs() -> tuple[float, Notes]:
                return _figure(await procrastinate.fetches(CLAIMS))

            async for pair in interleaved(bench, 7, ours, theirs):
                yield pair

    return pairs


async def _on_the_server(bench: Bench) -> AsyncIterator[Pair]:
    from tests.benchmarks import peer  # noqa: PLC0415 - what it imports is there with the peers alone

    size = 1000 if bench.quick else WAITING
    async with (
        outboxes.opened(await bench.databases.postgresql()) as outbox,
        peer.opened(await bench.databases.empty(), fresh=True) as procrastinate,
    ):
        await _waiting(outbox, size)
        await procrastinate.wait_for(size, known=True)
        our_backends, their_backends = await outbox.backends(), await procrastinate.backends()

        async def ours() -> tuple[float, Notes]:
            return median(await claims(outbox, read=lambda: run_time(our_backends))), {}

        async def theirs() -> tuple[float, Notes]:
            return median(await procrastinate.fetches(CLAIMS, read=lambda: run_time(their_backends))), {}

        async for pair in interleaved(bench, 9, ours, theirs):
            yield pair


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
        "claim.postgresql.batch",
        f"How long does a claim of {BATCH} due messages take for each of them, while {WAITING:,} wait (p50)?",
        "procrastinate's fetch, which takes one at a time, with as many in the future",
        "ms",
        _against_procrastinate(known=True, due=BATCH),
        Goal(at_most=0.05),
        requires=_PEERS,
    ),
    Benchmark(
        "claim.postgresql.server",
        f"How long is the server busy with claiming one due message while {WAITING:,} wait (p50)?",
        "procrastinate's fetch of one job, with as many in the future; both vacuumed and analyzed",
        "ms",
        _on_the_server,
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
