"""How fast a thousand people vote at once on two replicas, beside a poll kept in one document."""

import asyncio
import json
import sys
from collections.abc import AsyncIterator, Sequence
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
from slackapp.features.retros import queries
from slackapp.features.retros.models import Purse, RetroPerson, Topic, Vote
from slackapp.features.retros.rules import Part, Phase, status_key
from slackapp.features.retros.service import status
from slackapp.features.workspaces.models import Channel, Person
from slackapp.features.workspaces.service import install
from slackapp.outbox.models import OutboxMessage, OutboxPace, State
from slackapp.playground.slack import StandIn
from tests.benchmarks.protocol import Bench, Benchmark, Goal, Notes, Pair, interleaved
from tests.benchmarks.voting import CAP, EACH, POLLS
from tests.support.retros import collecting

VOTERS, TOPICS, REPLICAS = 1000, 20, 2
ROUNDS = 5

#: Who, for which topic, and how many votes they want there.
Click = tuple[str, int, int]


@dataclass
class _Poll:
    """A retro that is voted in, and the same as a document; and what Slack hears of either."""

    slack: StandIn
    engine: AsyncEngine
    transactions: Transactions
    url: str
    workspace_id: int
    retro_id: int
    topics: Sequence[int]
    voters: int

    async def vote(self, how: str) -> tuple[float, Notes]:
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
            click = (f"U{number}", self.topics[number % len(self.topics)], 1)
            for double in range(1 + number % 2):
                shares[(number // 2 + double) % REPLICAS].append(click)
        return shares

    async def _replica(self, how: str, clicks: Sequence[Click]) -> asyncio.subprocess.Process:
        given = json.dumps({"workspace": self.workspace_id, "retro": self.retro_id, "clicks": clicks})
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "tests.benchmarks.voting", how, self.url),
            *(self.slack.api_url, self.slack.bot_token, given),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
        )
        assert await _line(process) == b"ready\n"
        return process

    async def _empty(self) -> None:
        """Nobody has voted, and nothing was said to Slack lately."""
        poll = {
            "name": "R-1", "channel": self.slack.channel("team-onboarding").id, "closed": False, "votes": {},
            "topics": [f"Topic {number}" for number in range(len(self.topics))],
        }  # fmt: skip
        async with self.transactions.begin(self.workspace_id) as tx:
            for table in (Vote, Purse, OutboxMessage, OutboxPace):
                await tx.session.execute(delete(table))
            await tx.session.execute(delete(POLLS))
            await tx.session.execute(insert(POLLS).values(id=self.retro_id, document=poll))
            await status.redraw(tx, await queries.retro(tx, self.retro_id))
        # Neither pays for what the run before left behind.
        async with self.engine.connect() as connection:
            fresh = await connection.execution_options(isolation_level="AUTOCOMMIT")
            await fresh.execute(text("VACUUM ANALYZE"))

    async def _shown(self) -> None:
        """Wait until Slack shows how it stands."""
        async with asyncio.timeout(30):
            while await self._waits():  # noqa: ASYNC110 - the replicas are other processes
                await asyncio.sleep(0.02)

    async def _waits(self) -> bool:
        async with self.transactions.everywhere() as session:
            state = await session.scalar(
                select(OutboxMessage.state).where(OutboxMessage.key == status_key(self.retro_id))
            )
        return state == State.WAITING

    async def _kept(self, how: str) -> int:
        """Voters whose one vote is there."""
        async with self.transactions.everywhere() as session:
            if how == "document":
                poll = (await session.execute(select(POLLS.c.document))).scalar_one()
                return sum(sum(mine.values()) == 1 for mine in poll["votes"].values())
            return await session.scalar(select(func.count()).select_from(Vote)) or 0


async def _line(process: asyncio.subprocess.Process) -> bytes:
    assert process.stdout is not None
    return await process.stdout.readline()


async def _tell(process: asyncio.subprocess.Process) -> None:
    assert process.stdin is not None
    process.stdin.write(b"\n")
    await process.stdin.drain()


@asynccontextmanager
async def _opened(bench: Bench) -> AsyncIterator[_Poll]:
    url, voters = await bench.databases.postgresql(), 40 if bench.quick else VOTERS
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
        async with transactions.begin(workspace_id) as tx:
            retro = await collecting(tx, channel=channel.id, facilitator="U0")
            who = {"workspace_id": workspace_id, "retro_id": retro.id}
            people = [f"U{number}" for number in range(voters)]
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
            tx.session.add_all(RetroPerson(**who, user_id=id_, part=Part.INVITED) for id_ in people)
            topics = [Topic(**who, name=f"Topic {number}") for number in range(TOPICS)]
            tx.session.add_all(topics)
            retro.phase, retro.votes_each, retro.votes_cap = Phase.VOTE, EACH, CAP
        ids = [topic.id for topic in topics]
        yield _Poll(slack, engine, transactions, url, workspace_id, retro.id, ids, voters)
    await engine.dispose()


async def _beside_a_document(bench: Bench) -> AsyncIterator[Pair]:
    async with _opened(bench) as poll:
        async for pair in interleaved(
            bench, ROUNDS, lambda: poll.vote("ours"), lambda: poll.vote("document")
        ):
            yield pair


BENCHMARKS = (
    Benchmark(
        "voters.postgresql",
        f"How many clicks a second do {REPLICAS} replicas take when {VOTERS:,} people vote at once?",
        "the poll as one JSON document under a row lock, its message drawn in the same transaction",
        "per s",
        _beside_a_document,
        Goal(at_least=4.0),
    ),
)
