"""A replica told to end while Slack is slow puts back what it has not begun; another does the rest."""

import asyncio
import signal
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from slackapp.core.clock import FileClock
from slackapp.core.database import create_engine, wire_now
from slackapp.core.transaction import Transactions
from slackapp.features.workspaces.models import Workspace
from slackapp.outbox import service as outbox
from slackapp.outbox.models import OutboxMessage, State
from slackapp.playground.slack import Fault
from slackapp.slack.blocks import Message, paragraph
from tests.support.processes import ClockFile, posts, replica, stand_in

START = datetime(2026, 9, 7, 8, 0, tzinfo=UTC)
LANES, IN_LANE = 10, 4
#: Seconds from SIGTERM to the end, on any machine.
PROMISED = 15.0
#: Seconds after which the replica gives up a call, and those it waits then for what may still come.
GIVEN_UP, SETTLE = 2.0, 1.5


@asynccontextmanager
async def database(url: str, clock: ClockFile) -> AsyncIterator[Transactions]:
    engine = create_engine(url)
    yield Transactions(engine, FileClock(clock.path), {}, {})
    await engine.dispose()


async def say(transactions: Transactions, channels: Sequence[str]) -> None:
    """Four messages to each of the channels, all at once."""
    async with transactions.everywhere() as session:
        [workspace_id] = await session.scalars(select(Workspace.id))
    async with transactions.begin(workspace_id) as tx:
        for number in range(IN_LANE):
            for channel in channels:
                words = f"{channel} {number}"
                message = Message(words, [paragraph(words)])
                await outbox.say(tx, f"draining:{channel}:{number}", outbox.Channel(channel), message)


async def rows(session: AsyncSession) -> Sequence[OutboxMessage]:
    return (await session.scalars(select(OutboxMessage).order_by(OutboxMessage.id))).all()


async def test_what_was_not_begun_is_free_at_once_and_what_was_on_the_wire_is_cleared_up_by_another_replica(
    tmp_path: Path, postgres_url: str
) -> None:
    clock = ClockFile(tmp_path / "clock", START)
    async with stand_in(tmp_path, clock) as slack, database(postgres_url, clock) as transactions:
        channels = [slack.add_channel(f"room-{number}").id for number in range(LANES)]
        settings = {
            **slack.environment(),
            "AFTERLAUNCH_DATABASE_URL": postgres_url,
            "AFTERLAUNCH_CLOCK_FILE": str(clock.path),
            "AFTERLAUNCH_HTTP_TIMEOUT_SECONDS": str(GIVEN_UP),
            "AFTERLAUNCH_LEASE_SECONDS": "8",
            "AFTERLAUNCH_SETTLE_SECONDS": str(SETTLE),
        }
        async with replica(settings, tmp_path, name="one") as one:
            await one.started()
            # Half of the rooms get it at once, and half only after the replica has given up.
            for number, channel in enumerate(channels):
                fault = Fault.slow(30) if number % 2 else Fault.late(GIVEN_UP + SETTLE / 2)
                slack.faults.always("chat.postMessage", fault, channel=channel)
            await say(transactions, channels)
            await slack.until(lambda: slack.faults.befallen.total() == LANES, wait=10)
            began = time.monotonic()
            assert await one.end(signal.SIGTERM) == 0
            assert time.monotonic() - began < PROMISED
        assert slack.faults.befallen.total() == LANES
        async with transactions.everywhere() as session:
            left, now = await rows(session), await session.scalar(select(wire_now()))
        assert now is not None
        on_the_wire = [row for row in left if row.last_send is not None]
        assert {row.channel_id for row in on_the_wire} == set(channels)
        assert len(on_the_wire) == LANES
        put_back = [row for row in left if row.last_send is None]
        assert {row.fence for row in put_back} == {1}
        assert all(row.leased_until == 0.0 for row in left)
        assert all(row.retry_at <= now for row in put_back)

        slack.faults.clear()
        await hurry(transactions)
        async with replica(settings, tmp_path, name="two") as two:
            await two.started()
            async with asyncio.timeout(60):
                while await waiting(transactions):  # noqa: ASYNC110 - the database tells nobody by itself
                    await asyncio.sleep(0.1)
            assert await two.end(signal.SIGTERM) == 0
        async with transactions.everywhere() as session:
            shown = {(row.posted_channel, row.ts) for row in await rows(session)}
        assert set(posts(slack).values()) == {1}
        assert shown == {
            (channel.id, message.ts) for channel in slack.channels() for message in slack.messages(channel)
        }


async def hurry(transactions: Transactions) -> None:
    """Wait for nothing but what has to settle."""
    async with transactions.install() as session:
        settled = OutboxMessage.last_send + SETTLE
        await session.execute(update(OutboxMessage).values(retry_at=func.coalesce(settled, 0.0)))


async def waiting(transactions: Transactions) -> int:
    async with transactions.everywhere() as session:
        found = await session.scalar(
            select(func.count()).select_from(OutboxMessage).where(OutboxMessage.state != State.SENT)
        )
    return found or 0
