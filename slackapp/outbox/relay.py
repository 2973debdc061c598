"""The relay: makes Slack look as the outbox says. Each place has its lane: a slow one delays no other."""

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from math import inf

import structlog
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.exc import SQLAlchemyError

from slackapp.core.clock import monotonic
from slackapp.core.fault_points import Point, reached
from slackapp.core.telemetry import Telemetry
from slackapp.core.transaction import Transactions, would_fail_the_next
from slackapp.outbox.claims import Claim, release
from slackapp.outbox.delivery import Delivery
from slackapp.outbox.jumps import Watch, make_good
from slackapp.outbox.pace import Lane, lane_of
from slackapp.outbox.queue import Queue
from slackapp.outbox.recording import Recorder
from slackapp.outbox.rules import FIRST_WAIT, TOKEN_WAIT, RelaySettings

log = structlog.get_logger()

#: Seconds between two looks of a relay that every commit wakes.
BURST = 0.05
#: Seconds that a look for what has settled comes later, since the database counts by its own clock.
AFTER = 0.01

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
        telemetry: Telemetry,
        look: Look = no_look,
    ) -> None:
        self._transactions, self._settings, self._look = transactions, settings, look
        self._client_for, self._telemetry = client_for, telemetry
        self._recorder = Recorder(transactions, settings, telemetry)
        self._delivery = Delivery(transactions, client_for, settings, self._recorder, telemetry)
        self._queue = Queue(settings.lease, settings.lanes, settings.share, settings.pacing)
        self._watch = Watch()
        self._stopping, self._on_its_own = asyncio.Event(), asyncio.Event()
        self._on_its_own.set()
        #: Two claims at once would open the same lane twice.
        self._draining = asyncio.Lock()
        self._lanes: dict[Lane, asyncio.Task[None]] = {}
        #: What this worker owns, by the messages' ids.
        self._owned: dict[int, Claim] = {}
        #: Set once only so many lanes are left that a claim is worth while.
        self._room = asyncio.Event()
        self._enough = 0
        #: When it last looked for something to deliver.
        self._looked = 0.0
        #: Workspaces whose token this worker does not have, and until when it leaves them alone.
        self._strangers: dict[int, float] = {}

    async def run(self) -> None:
        """Deliver what is due, again and again, until `stop`."""
        woken = monotonic()
        try:
            while not self._stopping.is_set():
                await self._on_its_own.wait()
                try:
                    await self._drain_since(woken)
                except (SQLAlchemyError, OSError) as error:
                    log.warning("outbox.database_unreachable", error=str(error))
                except Exception:  # the edge: a relay that died would deliver nothing more, and say nothing
                    log.exception("outbox.claim_failed")
                woken = await self._something_happens()
            await reached(Point.DRAINING)
            await self.drain()
        finally:
            for lane in self._lanes.values():
                lane.cancel()
            await asyncio.gather(*self._lanes.values(), return_exceptions=True)
            await self._delivery.finish()
            await self._recorder.finish()
            if self._owned:
                await self._release()

    async def _release(self) -> None:
        """There was no time to finish these: what was not begun is for whoever comes next."""
        try:
            async with self._transactions.install() as session:
                await release(session, self._owned.values())
        except (SQLAlchemyError, OSError) as error:
            # Then the leases run out.
            log.warning("outbox.database_unreachable", error=str(error))

    def stop(self) -> None:
        """Claim nothing more. `run` finishes what is on the wire, puts the rest back, and returns."""
        self._stopping.set()
        self.go_on()

    def pause(self) -> None:
        """From now on only `drain` and `deliver_next` deliver, until it is to `go_on`."""
        self._on_its_own.clear()

    def go_on(self) -> None:
        """Look for what may have been left lying."""
        self._on_its_own.set()
        self._transactions.committed.set()

    async def drain(self) -> int:
        """Deliver until nothing more can be delivered now; returns how many messages were taken on.

        Several callers take turns.
        """
        async with self._draining:
            return await self._drain()

    async def deliver_next(self) -> int:
        """Deliver one batch of what can be delivered now; returns how many messages were taken on.

        For whoever looks by themselves what is left then. Takes turns with `drain`.
        """
        async with self._draining:
            self._transactions.committed.clear()
            batch = await self._claim(frozenset(self._lanes))
            self._open_lanes(batch)
            self._enough = 0
            while self._lanes:
                await asyncio.wait(self._lanes.values())
            return len(batch)

    async def _drain_since(self, woken: float) -> None:
        """Deliver, unless somebody else has looked since then, and nothing was committed or settled since."""
        async with self._draining:
            is_settled = self._delivery.settled_at + AFTER <= monotonic()
            if self._looked <= woken or self._transactions.committed.is_set() or is_settled:
                await self._drain()

    async def _drain(self) -> int:
        taken = 0
        while True:
            self._transactions.committed.clear()
            busy = frozenset(self._lanes)
            batch = await self._claim(busy)
            taken += len(batch)
            self._open_lanes(batch)
            if not batch and not busy:
                return taken
            # Each claim costs about the same: the next one follows when half of the lanes are over.
            self._enough = len(busy.union(self._lanes)) // 2
            if len(batch) < self._settings.lanes and len(self._lanes) > self._enough:
                await self._something_happens()

    async def _something_happens(self) -> float:
        """Wait for somebody's commit or for room, and at most until it is time to look again; says when."""
        # Room that there was before did not help.
        self._room.clear()
        woken = [asyncio.create_task(each.wait()) for each in (self._transactions.committed, self._room)]
        try:
            await asyncio.wait(woken, timeout=self._patience(), return_when=asyncio.FIRST_COMPLETED)
        finally:
            for each in woken:
                each.cancel()
        happened = monotonic()
        if self._transactions.committed.is_set() and not self._stopping.is_set():
            await self._let_burst_pass()
        return happened

    def _patience(self) -> float:
        """Seconds until it is time to look again: sooner where something will have settled by then."""
        left = self._delivery.settled_at + AFTER - monotonic()
        if left <= 0:
            self._delivery.settled_at = inf
            return self._settings.poll
        return min(self._settings.poll, left)

    async def _let_burst_pass(self) -> None:
        """Commits that follow one another closely are one look, unless there is room for more anyway."""
        rest = self._looked + BURST - monotonic()
        with suppress(TimeoutError):
            await asyncio.wait_for(self._room.wait(), max(rest, 0.0))

    async def _claim(self, busy: frozenset[Lane]) -> list[Claim]:
        if self._stopping.is_set() or len(busy) >= self._settings.lanes:
            return []
        began = self._looked = monotonic()
        self._strangers = {each: until for each, until in self._strangers.items() if began < until}
        async with self._transactions.install() as session:
            if by := await self._watch.jumped(session):
                log.warning("outbox.clock_jumped", seconds=round(by))
                await make_good(session, lease=self._settings.lease, settle=self._settings.settle)
            claims = await self._queue.claim(
                session, self._transactions.clock.now(), busy=busy, strangers=self._strangers.keys()
            )
        if by:
            self._watch.made_good()
        self._telemetry.claim_time.observe(monotonic() - began)
        self._telemetry.claimed.inc(len(claims))
        if claims:
            await reached(Point.CLAIMED)
        return claims

    def _open_lanes(self, batch: Sequence[Claim]) -> None:
        lanes: dict[Lane, list[Claim]] = defaultdict(list)
        for claim in batch:
            lanes[lane_of(claim.row)].append(claim)
            self._owned[claim.row.id] = claim
        for name, lane in lanes.items():
            self._lanes[name] = asyncio.create_task(self._deliver_in_order(name, lane))

    async def _deliver_in_order(self, name: Lane, lane: Sequence[Claim]) -> None:
        """Once something cannot be sent now, what comes after it waits a moment, too, and keeps its place."""
        wait = 0.0
        for claim in lane:
            row = claim.row
            with structlog.contextvars.bound_contextvars(
                delivery=row.id, key=row.key, workspace=row.workspace_id, fence=row.fence
            ):
                try:
                    log.debug("outbox.claimed")
                    wait = await self._see_to(claim, wait)
                except Exception as error:  # noqa: BLE001 - the edge: one message must not stop the others
                    await self._set_aside(claim, error)
            del self._owned[row.id]
        del self._lanes[name]
        if len(self._lanes) <= self._enough:
            self._room.set()

    async def _see_to(self, claim: Claim, wait: float) -> float:
        """How long what comes after it has to wait, in seconds."""
        if self._client_for(claim.row.workspace_id) is None:
            # Another worker may have its token.
            self._strangers[claim.row.workspace_id] = monotonic() + TOKEN_WAIT
            await self._recorder.put_back(claim, 0.0)
            return 0.0
        if wait or self._stopping.is_set():
            # What is in its way may be the other message's own trouble: it does not wait for that to end.
            await self._recorder.put_back(claim, min(wait, FIRST_WAIT))
            return wait
        await self._look_at_channel(claim)
        return await self._delivery.deliver(claim)

    async def _set_aside(self, claim: Claim, error: Exception) -> None:
        if not would_fail_the_next(error):
            log.error("outbox.delivery_failed", exc_info=error)
            try:
                await self._recorder.broken(claim, error)
            except (SQLAlchemyError, OSError) as trouble:
                error = trouble
            except Exception:  # the edge: or its lane would never come free
                log.exception("outbox.not_set_aside")
                return
            else:
                return
        # Nothing is known to be written: the lease runs out, and it is cleared up.
        log.warning("outbox.database_unreachable", error=str(error))

    async def _look_at_channel(self, claim: Claim) -> None:
        """Slack tells nobody that a channel was made private: when something is said there we ask."""
        if claim.row.channel_id is not None:
            await self._look([(claim.row.workspace_id, claim.row.channel_id)])
