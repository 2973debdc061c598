"""How delivering grows with workers, with what is due, and claiming with how much is claimed at once."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from statistics import median
from time import perf_counter

from slackapp.outbox.models import State
from slackapp.outbox.queue import Queue
from tests.benchmarks.claim import PACED
from tests.benchmarks.deliver import filled
from tests.benchmarks.processes import deliver, echo
from tests.benchmarks.protocol import Bench, Curve, Goal, Point
from tests.support import outboxes

WORKERS = (1, 2, 3)
DUE = (100, 300, 1_000, 3_000, 10_000)
BATCHES = (1, 2, 5, 10, 20, 40)


async def _with_workers(bench: Bench) -> AsyncIterator[Point]:
    due = 100 if bench.quick else 2000
    async with echo() as api_url, outboxes.opened(await bench.databases.postgresql()) as outbox:
        for _ in range(1 if bench.quick else 3):
            for workers in WORKERS:
                bench.progress(f"{workers} workers")
                await filled(outbox, due)
                seconds, _ = await deliver("ours", outbox.url, api_url, 20, workers=workers)
                assert await outbox.count(State.SENT) == due
                yield Point(workers, seconds, {"per s": due / seconds})


async def _with_due(bench: Bench) -> AsyncIterator[Point]:
    async with echo() as api_url, outboxes.opened(await bench.databases.postgresql()) as outbox:
        for _ in range(1 if bench.quick else 3):
            for due in DUE[:2] if bench.quick else DUE:
                bench.progress(f"{due:,} due")
                await filled(outbox, due)
                seconds, _ = await deliver("ours", outbox.url, api_url, 20)
                assert await outbox.count(State.SENT) == due
                yield Point(due, seconds, {"per s": due / seconds})


async def _with_batch(bench: Bench) -> AsyncIterator[Point]:
    async with outboxes.opened(await bench.databases.postgresql()) as outbox:
        for most in BATCHES:
            bench.progress(f"{most} at once")
            for _ in range(1 if bench.quick else 3):
                await outbox.empty()
                await outbox.fill(150, datetime.now(UTC) - timedelta(hours=1), apart=0.001)
                await outbox.settle()
                taken = []
                for _ in range(150 // most if most > 10 else 15):
                    queue, began = Queue(60.0, most, most, PACED), perf_counter()
                    async with outbox.transactions.install() as session:
                        assert len(await queue.claim(session, datetime.now(UTC))) == most
                    taken.append(perf_counter() - began)
                yield Point(most, median(taken), {"ms a message": median(taken) / most * 1000})


BENCHMARKS = (
    Curve(
        "scaling.workers",
        "How does the time for 2,000 due messages shrink with workers (-1: in proportion)?",
        "workers",
        _with_workers,
    ),
    Curve(
        "scaling.due",
        "How does the time to deliver grow with what is due?",
        "messages due",
        _with_due,
        Goal(at_most=1.1),
    ),
    Curve(
        "scaling.batch",
        "How does the time of a claim grow with the messages it takes?",
        "messages claimed",
        _with_batch,
        Goal(at_most=0.6),
    ),
)
