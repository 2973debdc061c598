"""Procrastinate with one task: to post a direct message, as ours is posted."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from time import perf_counter
from typing import Any

import procrastinate
import psycopg
from slack_sdk.web.async_client import AsyncWebClient

from slackapp.slack.client import Post, post
from slackapp.slack.outcomes import Done
from tests.benchmarks.databases import dsn
from tests.support.outboxes import LOOK


@dataclass
class Peer:
    """Procrastinate on a database of its own."""

    url: str
    app: Any
    task: Any
    #: Whom the task posts with.
    clients: list[AsyncWebClient] = field(default_factory=list)
    _worker: int | None = None

    async def defer(self, count: int) -> None:
        """Jobs that may run at once."""
        jobs = [
            {"channel": f"D{i % 1000}", "uid": f"uid{i}", "text": LOOK.text, "blocks": LOOK.documents()}
            for i in range(count)
        ]
        await self.task.batch_defer_async(*jobs)

    async def wait_for(self, count: int, *, known: bool) -> None:
        """So many jobs wait in the future; the database has looked at its tables, or never does."""
        if not known:
            await self._run("ALTER TABLE procrastinate_jobs SET (autovacuum_enabled = off)")
        # One statement of theirs for all would take minutes: their triggers tell each of every worker.
        await self._run("ALTER TABLE procrastinate_jobs DISABLE TRIGGER USER")
        await self._run(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, args, scheduled_at) "  # noqa: S608 - a number
            "SELECT 'default', 'deliver', '{}', now() + interval '2 days' + i * interval '30 s' "
            f"FROM generate_series(1, {count}) AS i"
        )
        await self._run("ALTER TABLE procrastinate_jobs ENABLE TRIGGER USER")
        if known:
            await self.settle()
        await self.fetches(10)

    async def fetches(self, number: int, read: Callable[[], float] = perf_counter) -> list[float]:
        """What each of so many fetches adds to what is read, when one job may run."""
        manager, taken = self.app.job_manager, []
        if self._worker is None:
            self._worker = await manager.register_worker()
        for _ in range(number):
            await self.defer(1)
            began = read()
            job = await manager.fetch_job(queues=None, worker_id=self._worker)
            taken.append(read() - began)
            assert job is not None
            await manager.finish_job(job=job, status=procrastinate.jobs.Status.SUCCEEDED, delete_job=False)
        return taken

    async def backends(self) -> list[int]:
        """The server's processes that work for this database."""
        found = await self.app.connector.execute_query_all_async(
            "SELECT pid FROM pg_stat_activity WHERE datname = current_database()"
        )
        return [row["pid"] for row in found]

    async def settle(self) -> None:
        """Let the database know its tables, and have them in memory."""
        await self._run("VACUUM ANALYZE")

    async def empty(self) -> None:
        await self._run("TRUNCATE procrastinate_jobs, procrastinate_events CASCADE")

    async def delivered(self) -> int:
        async with await psycopg.AsyncConnection.connect(dsn(self.url)) as connection:
            found = await connection.execute(
                "SELECT count(*) FROM procrastinate_jobs WHERE status = 'succeeded'"
            )
            row = await found.fetchone()
            assert row is not None
            return int(row[0])

    async def work(self, concurrency: int) -> None:
        """Until no job may run any more."""
        await self.app.run_worker_async(
            concurrency=concurrency, wait=False, listen_notify=False, install_signal_handlers=False
        )

    async def _run(self, statement: str) -> None:
        async with await psycopg.AsyncConnection.connect(dsn(self.url), autocommit=True) as connection:
            await connection.execute(statement)


@asynccontextmanager
async def opened(url: str, *, fresh: bool = False) -> AsyncIterator[Peer]:
    """With as many connections as ours has. `fresh`: its tables are to be made."""
    app = procrastinate.App(
        connector=procrastinate.PsycopgConnector(conninfo=dsn(url), min_size=10, max_size=20)
    )
    peer = Peer(url, app, None)

    @app.task(name="deliver")  # type: ignore[untyped-decorator,unused-ignore] # the peer may be installed or not
    async def deliver(channel: str, uid: str, text: str, blocks: list[dict[str, Any]]) -> None:
        outcome = await post(peer.clients[0], Post(channel, uid, text, blocks))
        assert isinstance(outcome, Done)

    peer.task = deliver
    async with app.open_async():
        if fresh:
            await app.schema_manager.apply_schema_async()
        yield peer
