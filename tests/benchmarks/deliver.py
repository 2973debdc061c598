"""How fast what is due is delivered, each outcome durable, beside procrastinate doing the same task."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

from slackapp.outbox.models import State
from tests.benchmarks.processes import deliver, echo
from tests.benchmarks.protocol import Bench, Benchmark, Goal, Notes, Pair, interleaved
from tests.support import outboxes

DUE = 1000
#: Messages on their way at once: ours as it comes.
OURS = 20
#: What procrastinate is tried with; the best of them counts.
PEER = (10, 20, 40)
BARE = 20


async def _beside_procrastinate(bench: Bench) -> AsyncIterator[Pair]:
    from tests.benchmarks import peer  # noqa: PLC0415 - what it imports is there with the peers alone

    peer_url = await bench.databases.empty()
    async with (
        echo() as api_url,
        outboxes.opened(await bench.databases.postgresql()) as outbox,
        peer.opened(peer_url, fresh=True) as procrastinate,
    ):

        async def theirs_with(concurrency: int) -> tuple[float, Notes]:
            await procrastinate.empty()
            await procrastinate.defer(DUE)
            await procrastinate.settle()
            seconds, [worker] = await deliver("procrastinate", peer_url, api_url, concurrency)
            assert await procrastinate.delivered() == DUE
            return DUE / seconds, {"cpu s": worker.cpu, "concurrency": concurrency}

        found = {each: (await theirs_with(each))[0] for each in PEER}
        best = max(found, key=lambda each: found[each])
        ceiling, _ = await deliver("wire", str(DUE), api_url, OURS)

        async def mine() -> tuple[float, Notes]:
            rate, notes = await ours(outbox, api_url)
            return rate, notes | {"without a database, per s": DUE / ceiling}

        async for pair in interleaved(bench, 7, mine, lambda: theirs_with(best)):
            yield pair


async def _beside_the_bare_loop(bench: Bench) -> AsyncIterator[Pair]:
    async with echo() as api_url, outboxes.opened(await bench.databases.postgresql()) as outbox:

        async def bare() -> tuple[float, Notes]:
            await filled(outbox)
            seconds, [worker] = await deliver("bare", outbox.url, api_url, BARE)
            return DUE / seconds, {"cpu s": worker.cpu}

        async for pair in interleaved(bench, 7, lambda: ours(outbox, api_url), bare):
            yield pair


async def _sqlite_beside_postgresql(bench: Bench) -> AsyncIterator[Pair]:
    async with (
        echo() as api_url,
        outboxes.opened(await bench.databases.sqlite()) as small,
        outboxes.opened(await bench.databases.postgresql()) as outbox,
    ):
        async for pair in interleaved(bench, 5, lambda: ours(small, api_url), lambda: ours(outbox, api_url)):
            yield pair


async def ours(outbox: outboxes.Outbox, api_url: str) -> tuple[float, Notes]:
    """How many of the messages a second were sent, and known to be."""
    await filled(outbox)
    seconds, [worker] = await deliver("ours", outbox.url, api_url, OURS)
    assert await outbox.count(State.SENT) == DUE
    return DUE / seconds, {"cpu s": worker.cpu}


async def filled(outbox: outboxes.Outbox, due: int = DUE, workspaces: int = 1) -> None:
    """As many messages are due, each to somebody else, and nothing else is there."""
    await outbox.empty()
    an_hour_ago = datetime.now(UTC) - timedelta(hours=1)
    await outbox.fill(due, an_hour_ago, people=due, workspaces=(1, workspaces), apart=0.001)
    await outbox.settle()


BENCHMARKS = (
    Benchmark(
        "deliver.postgresql.procrastinate",
        f"How many of {DUE:,} due direct messages are delivered a second, each outcome durable?",
        "procrastinate on a database of its own, at its best concurrency, its task the same call",
        "per s",
        _beside_procrastinate,
        Goal(at_least=1.5),
        requires=("procrastinate", "psycopg"),
    ),
    Benchmark(
        "deliver.postgresql.bare",
        f"How many of {DUE:,} due direct messages are delivered a second, each outcome durable?",
        "a loop that posts, then marks, and doubles whatever it is killed in the middle of",
        "per s",
        _beside_the_bare_loop,
    ),
    Benchmark(
        "deliver.sqlite",
        f"How many of {DUE:,} due direct messages are delivered a second from SQLite?",
        "the same from PostgreSQL",
        "per s",
        _sqlite_beside_postgresql,
    ),
)
