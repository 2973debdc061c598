"""The relay: makes Slack look as the outbox says. Each place has its lane: a slow one delays no other."""

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable, Sequence

import structlog
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.exc import SQLAlchemyError

from slackapp.core.transaction import Transactions
from slackapp.outbox import claims
from slackapp.outbox.claims import Claim
from slackapp.outbox.delivery import Delivery, RelaySettings

log = structlog.get_logger()

#: Asks Slack what these channels (workspace, channel) are now, as far as it can be asked.
Look = Callable[[Sequence[tuple[int, str]]], Awaitable[None]]


async def no_look(rooms: Sequence[tuple[int, str]]) -> None:
    """Asks nobody: what was known of the channels has to do."""
    del rooms


class Relay:
    """One worker. Any number of them may run on one database."""

    def __init__(
        self,
        transactions: Transactions,
        client_for: Callable[[int], AsyncWebClient | None],
        settings: RelaySettings,
        look: Look = no_look,
    ) -> None:
        self._transactions, self._settings, self._look = transactions, settings, look
        self._delivery = Delivery(transactions, client_for, settings)
        self._stopping = asyncio.Event()
        self._lanes: dict[str, asyncio.Task[None]] = {}

    async def run(self) -> None:
        """Deliver what is due, again and again, until `stop`."""
        try:
            while not self._stopping.is_set():
                try:
                    await self.drain()
                except (SQLAlchemyError, OSError) as error:
                    log.warning("outbox.database_unreachable", error=str(error))
                except Exception:  # the edge: a relay that died would deliver nothing more, and say nothing
                    log.exception("outbox.claim_failed")
                await self._something_happens()
            await self.drain()
        finally:
            for lane in self._lanes.values():
                lane.cancel()
            await asyncio.gather(*self._lanes.values(), return_exceptions=True)

    def stop(self) -> None:
        """Claim nothing more. `run` finishes what is on the wire, puts the rest back, and returns."""
        self._stopping.set()
        self._transactions.committed.set()

    async def drain(self) -> int:
        """Deliver until nothing more can be delivered now; returns how many messages were taken on."""
        taken = 0
        while True:
            self._transactions.committed.clear()
            busy = frozenset(self._lanes)
            batch = await self._claim(busy)
            taken += len(batch)
            self._open_lanes(batch)
            if batch:
                continue
            if not busy:
                return taken
            if busy <= self._lanes.keys():
                await self._something_happens()

    async def _something_happens(self) -> None:
        """Wait for a commit or the end of a lane, and at most until it is time to look again."""
        commit = asyncio.create_task(self._transactions.committed.wait())
        try:
            await asyncio.wait(
                {commit, *self._lanes.values()},
                timeout=self._settings.poll,
                return_when=asyncio.FIRST_COMPLETED,
            )
        finally:
            commit.cancel()

    async def _claim(self, busy: frozenset[str]) -> list[Claim]:
        if self._stopping.is_set() or len(busy) >= self._settings.batch:
            return []
        async with self._transactions.install() as session:
            return await claims.claim(
                session,
                now=self._transactions.clock.now(),
                lease=self._settings.lease,
                batch=self._settings.batch,
                busy=busy,
            )

    def _open_lanes(self, batch: Sequence[Claim]) -> None:
        lanes: dict[str, list[Claim]] = defaultdict(list)
        for claim in batch:
            lanes[claim.lane].append(claim)
        for name, lane in lanes.items():
            self._lanes[name] = asyncio.create_task(self._deliver_in_order(name, lane))

    async def _deliver_in_order(self, name: str, lane: Sequence[Claim]) -> None:
        """Once something cannot be sent now, what comes after it waits as long and keeps its place."""
        wait = 0.0
        for claim in lane:
            with structlog.contextvars.bound_contextvars(outbox=claim.row.id, key=claim.row.key):
                try:
                    if wait or self._stopping.is_set():
                        await self._delivery.put_back(claim, wait)
                    else:
                        await self._look_at_channel(claim)
                        wait = await self._delivery.deliver(claim)
                except Exception:  # the edge: one message must not stop the others; its lease runs out
                    log.exception("outbox.delivery_failed")
        del self._lanes[name]

    async def _look_at_channel(self, claim: Claim) -> None:
        """Slack tells nobody that a channel was made private: when something is said there we ask."""
        if claim.row.channel_id is not None:
            await self._look([(claim.row.workspace_id, claim.row.channel_id)])
