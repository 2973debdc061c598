"""Delivers what is due in a database, as a process of its own, and says how long that took.

`python -m tests.benchmarks.worker HOW DATABASE_URL API_URL TOKEN CONCURRENCY` says `ready`, waits for a
line, and prints one JSON object when nothing is due any more: `seconds` of time and of `cpu`, `rss` in bytes.
"""

import asyncio
import json
import os
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from time import perf_counter, process_time

import asyncpg
from slack_sdk.web.async_client import AsyncWebClient

from slackapp.core import logging
from slackapp.core.clock import SystemClock
from slackapp.core.database import create_engine
from slackapp.core.telemetry import Telemetry
from slackapp.core.transaction import Transactions
from slackapp.outbox.relay import Relay
from slackapp.outbox.rules import UNPACED, RelaySettings
from slackapp.slack.client import Post, Slack, post
from slackapp.slack.outcomes import Done
from tests.benchmarks.databases import dsn
from tests.benchmarks.processes import resident

Deliver = Callable[[], Awaitable[object]]


@asynccontextmanager
async def ours(url: str, client: AsyncWebClient, concurrency: int) -> AsyncIterator[Deliver]:
    engine = create_engine(url)
    settings = RelaySettings(pacing=UNPACED, lanes=2 * concurrency, share=concurrency)
    transactions = Transactions(engine, SystemClock(), {}, {})
    async with engine.connect():
        pass
    yield Relay(transactions, lambda _: client, settings, Telemetry()).drain
    await engine.dispose()


@asynccontextmanager
async def bare(url: str, client: AsyncWebClient, concurrency: int) -> AsyncIterator[Deliver]:
    """What nearly every bot does: post, then mark. Killed in between it posts once more."""
    async with asyncpg.create_pool(dsn(url), min_size=10, max_size=20) as pool:

        async def lane(rows: AsyncIterator[asyncpg.Record]) -> None:
            async for row in rows:
                message = Post(f"D{row['user_id'][1:]}", row["uid"], row["text"], json.loads(row["blocks"]))
                outcome = await post(client, message)
                assert isinstance(outcome, Done)
                await pool.execute(
                    "UPDATE outbox SET state = 'sent', ts = $2 WHERE id = $1", row["id"], outcome.data["ts"]
                )

        async def deliver() -> None:
            found = await pool.fetch("SELECT * FROM outbox WHERE state = 'waiting' AND due_at <= now()")

            async def one_by_one() -> AsyncIterator[asyncpg.Record]:
                while found:
                    yield found.pop()

            await asyncio.gather(*(lane(one_by_one()) for _ in range(concurrency)))

        yield deliver


@asynccontextmanager
async def procrastinate(url: str, client: AsyncWebClient, concurrency: int) -> AsyncIterator[Deliver]:
    from tests.benchmarks import peer  # noqa: PLC0415 - what it imports is there with the peers alone

    async with peer.opened(url) as opened:
        opened.clients.append(client)
        yield lambda: opened.work(concurrency)


@asynccontextmanager
async def wire(count: str, client: AsyncWebClient, concurrency: int) -> AsyncIterator[Deliver]:
    """So many posts without any database: as fast as posting can be."""
    from tests.support.outboxes import LOOK  # noqa: PLC0415 - only here

    documents, numbers = LOOK.documents(), iter(range(int(count)))

    async def lane() -> None:
        for number in numbers:
            outcome = await post(client, Post(f"D{number % 1000}", f"uid{number}", LOOK.text, documents))
            assert isinstance(outcome, Done)

    async def deliver() -> None:
        await asyncio.gather(*(lane() for _ in range(concurrency)))

    yield deliver


HOW = {"ours": ours, "bare": bare, "procrastinate": procrastinate, "wire": wire}


async def main(how: str, url: str, api_url: str, token: str, concurrency: str) -> None:
    slack = Slack(api_url, 10.0)
    async with HOW[how](url, slack.client(token), int(concurrency)) as deliver:
        print("ready", flush=True)  # noqa: T201 - whoever started it waits for it
        await asyncio.to_thread(sys.stdin.readline)
        cpu, began = process_time(), perf_counter()
        await deliver()
        found = {"seconds": perf_counter() - began, "cpu": process_time() - cpu, "rss": resident(os.getpid())}
    await slack.close()
    print(json.dumps(found))  # noqa: T201 - this is what it is run for


if __name__ == "__main__":
    logging.configure(level="warning")
    asyncio.run(main(*sys.argv[1:]))
