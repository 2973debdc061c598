"""How fast a thousand people answer a poll at once on two replicas, beside one kept in one document."""

import asyncio
import json
import sys
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from time import perf_counter

from sqlalchemy import delete, func, insert, select, text
from sqlalchemy.ext.asyncio import AsyncEngine

from slackapp import wiring
from slackapp.core.clock import SystemClock
from slackapp.core.database import create_engine
from slackapp.core.shipped import shipped
from slackapp.core.transaction import Transactions
from slackapp.features.polls import queries
from slackapp.features.polls.models import Response
from slackapp.features.polls.rules import Kind, QuestionDraft
from slackapp.features.polls.rules.keys import round_key
from slackapp.features.polls.service import drawing
from slackapp.features.workspaces.models import Channel, Person
from slackapp.features.workspaces.service import install
from slackapp.outbox.models import OutboxMessage, OutboxPace, State
from slackapp.playground.slack import StandIn
from tests.benchmarks.protocol import Bench, Benchmark, Goal, Notes, Pair, interleaved
from tests.benchmarks.voting import POLLS
from tests.support.open_rounds import asking

VOTERS, REPLICAS = 1000, 2
ROUNDS = 5
WHICH = QuestionDraft(
    Kind.SINGLE, "What shall we build next?", options=[f"Option {number}" for number in range(5)]
)

#: Who, and which option.
Click = tuple[str, int]


@dataclass
class _Poll:
    """A round that is open, and the same as a document; and what Slack hears of either."""

    slack: StandIn
    engine: AsyncEngine
    transactions: Transactions
    url: str
    workspace_id: int
    round_id: int
    voters: int

    async def answer(self, how: str) -> tuple[float, Notes]:
        """Clicks a second, all of them committed, that these replicas took."""
        await self._empty()
        heard = len(self.slack.calls)
        shares = self._clicks()
        replicas = [await self._replica(how, share) for share in shares]
        began = perf_counter()
        for replica in replicas:
            await _tell(replica)
        found = [json.loads(await _line(replica)) for replica in replicas]
        taken = max(each["seconds"] for each in found)
        await self._shown()
        lasted = perf_counter() - began
        for replica in replicas:
            await _tell(replica)
            await replica.wait()
        assert await self._kept(how) == self.voters
        updates = sum(call.method == "chat.update" for call in self.slack.calls[heard:])
        assert updates <= lasted + 2
        cpu = sum(each["cpu"] for each in found)
        return sum(map(len, shares)) / taken, {"cpu s": cpu, "updates": updates, "until shown s": lasted}

    def _clicks(self) -> list[list[Click]]:
        """What comes to each replica. Every other click is doubled, and its double comes to the other one."""
        shares: list[list[Click]] = [[] for _ in range(REPLICAS)]
        for number in range(self.voters):
            click = (f"U{number}", number % len(WHICH.options))
            for double in range(1 + number % 2):
                shares[(number // 2 + double) % REPLICAS].append(click)
        return shares

    async def _replica(self, how: str, clicks: Sequence[Click]) -> asyncio.subprocess.Process:
        given = json.dumps({"workspace": self.workspace_id, "round": self.round_id, "clicks": clicks})
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "tests.benchmarks.voting", how, self.url),
            *(self.slack.api_url, self.slack.bot_token, given),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
        )
        assert await _line(process) == b"ready\n"
        return process

    async def _empty(self) -> None:
        """Nobody has answered, and nothing was said to Slack lately."""
        poll = {
            "question": WHICH.text, "channel": self.slack.channel("team-onboarding").id, "closed": False,
            "votes": {}, "options": list(WHICH.options),
        }  # fmt: skip
        async with self.transactions.begin(self.workspace_id) as tx:
            for table in (Response, OutboxMessage, OutboxPace):
                await tx.session.execute(delete(table))
            await tx.session.execute(delete(POLLS))
            await tx.session.execute(insert(POLLS).values(id=self.round_id, document=poll))
            await drawing.draw(tx, await queries.round_(tx, self.round_id))
        # Neither pays for what the run before left behind.
        async with self.engine.connect() as connection:
            fresh = await connection.execution_options(isolation_level="AUTOCOMMIT")
            on_sqlite = self.engine.dialect.name == "sqlite"
            await fresh.execute(text("ANALYZE" if on_sqlite else "VACUUM ANALYZE"))

    async def _shown(self) -> None:
        """Wait until Slack shows how it stands."""
        async with asyncio.timeout(30):
            while await self._waits():  # noqa: ASYNC110 - the replicas are other processes
                await asyncio.sleep(0.02)

    async def _waits(self) -> bool:
        async with self.transactions.everywhere() as session:
            state = await session.scalar(
                select(OutboxMessage.state).where(OutboxMessage.key == round_key(self.round_id))
            )
        return state == State.WAITING

    async def _kept(self, how: str) -> int:
        """People whose one answer is there."""
        async with self.transactions.everywhere() as session:
            if how == "document":
                poll = (await session.execute(select(POLLS.c.document))).scalar_one()
                return len(poll["votes"])
            return await session.scalar(select(func.count()).select_from(Response)) or 0


async def _line(process: asyncio.subprocess.Process) -> bytes:
    assert process.stdout is not None
    return await process.stdout.readline()


async def _tell(process: asyncio.subprocess.Process) -> None:
    assert process.stdin is not None
    process.stdin.write(b"\n")
    await process.stdin.drain()


@asynccontextmanager
async def _opened(bench: Bench, url: str) -> AsyncIterator[_Poll]:
    voters = 40 if bench.quick else VOTERS
    engine = create_engine(url)
    transactions = Transactions(engine, SystemClock(), wiring.EVENTS, wiring.PARTS)
    async with StandIn.serve(shipped("manifest.yml"), paced=True) as slack:
        channel = slack.add_channel("team-onboarding")
        async with engine.begin() as connection:
            await connection.run_sync(POLLS.create)
        async with transactions.install() as session:
            workspace_id = await install(
                session, team_id=slack.team_id, name="Ferrybridge", now=transactions.clock.now()
            )
        people = [f"U{number}" for number in range(voters)]
        async with transactions.begin(workspace_id) as tx:
            tx.session.add(
                Channel(
                    workspace_id=workspace_id,
                    channel_id=channel.id,
                    name=channel.name,
                    is_private=False,
                    is_archived=False,
                    is_member=True,
                )
            )
            tx.session.add_all(Person(workspace_id=workspace_id, user_id=id_, name=id_) for id_ in people)
            round_ = await asking(tx, WHICH, people=people, channel=channel.id)
        yield _Poll(slack, engine, transactions, url, workspace_id, round_.id, voters)
    await engine.dispose()


def _beside_a_document(database: str) -> Callable[[Bench], AsyncIterator[Pair]]:
    async def pairs(bench: Bench) -> AsyncIterator[Pair]:
        on = bench.databases
        url = await (on.postgresql() if database == "postgresql" else on.sqlite())
        async with _opened(bench, url) as poll:
            async for pair in interleaved(
                bench, ROUNDS, lambda: poll.answer("ours"), lambda: poll.answer("document")
            ):
                yield pair

    return pairs


BENCHMARKS = tuple(
    Benchmark(
        f"voters.{database}",
        f"How many clicks a second do {REPLICAS} replicas take when {VOTERS:,} people answer a poll at once?",
        "the poll as one JSON document under a row lock, its message drawn in the same transaction",
        "per s",
        _beside_a_document(database),
        Goal(at_least=4.0),
    )
    for database in ("postgresql", "sqlite")
)
