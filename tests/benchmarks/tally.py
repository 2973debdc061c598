"""What it costs to count a round of ten thousand answers, beside SQL that somebody wrote by hand."""

from collections.abc import AsyncIterator, Callable
from time import perf_counter

from sqlalchemy import insert, text

from slackapp import wiring
from slackapp.core.clock import SystemClock
from slackapp.core.database import create_engine
from slackapp.core.transaction import Transactions
from slackapp.features.polls import queries
from slackapp.features.polls.models import Response
from slackapp.features.polls.rules import Kind, QuestionDraft
from slackapp.features.workspaces.service import install
from tests.benchmarks.protocol import Bench, Benchmark, Notes, Pair, interleaved
from tests.support.open_rounds import asking

ANSWERS, ROUNDS, EACH = 10_000, 7, 50
WHICH = QuestionDraft(Kind.SINGLE, "What next?", options=[f"Option {number}" for number in range(10)])

_BY_HAND = text(
    "SELECT option, count(*) FROM poll_responses WHERE workspace_id = :workspace AND round_id = :round "
    "GROUP BY option"
)


def _beside_sql(database: str) -> Callable[[Bench], AsyncIterator[Pair]]:
    async def pairs(bench: Bench) -> AsyncIterator[Pair]:
        on = bench.databases
        engine = create_engine(await (on.postgresql() if database == "postgresql" else on.sqlite()))
        transactions = Transactions(engine, SystemClock(), wiring.EVENTS, wiring.PARTS)
        async with transactions.install() as session:
            id_ = await install(session, team_id="T1", name="Ferrybridge", now=transactions.clock.now())
        async with transactions.begin(id_) as tx:
            round_id = (await asking(tx, WHICH)).id
            kept = {"workspace_id": id_, "round_id": round_id}
            rows = [{**kept, "responder": f"U{n}", "option": n % 10} for n in range(ANSWERS)]
            await tx.session.execute(insert(Response.__table__), rows)  # type: ignore[arg-type]
        async with engine.connect() as connection:
            await connection.execute(text("ANALYZE"))
            await connection.commit()

        async def ours() -> tuple[float, Notes]:
            began = perf_counter()
            for _ in range(EACH):
                async with transactions.read(id_) as tx:
                    found = await queries.results(tx, await queries.round_(tx, round_id))
                    assert list(found.counts) == [ANSWERS // 10] * 10
            return (perf_counter() - began) / EACH * 1000, {}

        async def by_hand() -> tuple[float, Notes]:
            began = perf_counter()
            for _ in range(EACH):
                async with transactions.read(id_) as tx:
                    rows = await tx.session.execute(_BY_HAND, {"workspace": id_, "round": round_id})
                    assert dict(rows.tuples().all()) == dict.fromkeys(range(10), ANSWERS // 10)
            return (perf_counter() - began) / EACH * 1000, {}

        async for pair in interleaved(bench, ROUNDS, ours, by_hand):
            yield pair
        await engine.dispose()

    return pairs


BENCHMARKS = tuple(
    Benchmark(
        f"tally.{database}",
        f"What does it cost to say what a round of {ANSWERS:,} answers came to?",
        "one GROUP BY written by hand",
        "ms",
        _beside_sql(database),
    )
    for database in ("postgresql", "sqlite")
)
