"""The relay: makes Slack look as the outbox says, and survives being killed at any point of it."""

import asyncio
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import structlog
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy import case
from sqlalchemy.exc import SQLAlchemyError

from slackapp.core.clock import monotonic
from slackapp.core.database import wire_now
from slackapp.core.transaction import Transactions
from slackapp.outbox import claims, rules
from slackapp.outbox.claims import Claim
from slackapp.outbox.models import OutboxMessage, State
from slackapp.outbox.notices import tell_responsible
from slackapp.slack.client import Post, find, open_direct, post, redraw
from slackapp.slack.outcomes import Done, NotSent, Outcome, Refused, TokenTrouble, Unknown

log = structlog.get_logger()


@dataclass(frozen=True)
class RelaySettings:
    """Lengths in seconds of wire time."""

    lease: float = 60.0
    #: Kept back of the lease, for what passes between the last check and the wire.
    margin: float = 15.0
    settle: float = 15.0
    poll: float = 1.0
    batch: int = 20
    unknown_outcome: Literal["reconcile", "retry", "hold"] = "reconcile"


class Relay:
    """One worker. Any number of them may run on one database."""

    def __init__(
        self,
        transactions: Transactions,
        client_for: Callable[[int], AsyncWebClient | None],
        settings: RelaySettings,
    ) -> None:
        self._transactions, self._client_for, self._settings = transactions, client_for, settings
        self._stopping = asyncio.Event()
        self._directs: dict[tuple[int, str], str] = {}

    async def run(self) -> None:
        """Deliver what is due, again and again, until `stop`."""
        while not self._stopping.is_set():
            self._transactions.committed.clear()
            try:
                await self.drain()
            except (SQLAlchemyError, OSError) as error:
                log.warning("outbox.database_unreachable", error=str(error))
                await asyncio.sleep(self._settings.poll)
            await self._next_turn()

    def stop(self) -> None:
        """Claim nothing more; what is being delivered is finished by `run`, which then returns."""
        self._stopping.set()
        self._transactions.committed.set()

    async def drain(self) -> int:
        """Deliver until nothing more can be delivered now; returns how many messages were taken on."""
        taken = 0
        while not self._stopping.is_set():
            batch = await self._claim()
            if not batch:
                break
            taken += len(batch)
            lanes: dict[tuple[int, str], list[Claim]] = defaultdict(list)
            for claim in batch:
                row = claim.row
                lanes[row.workspace_id, row.channel_id or row.user_id or ""].append(claim)
            await asyncio.gather(*(self._deliver_in_order(lane) for lane in lanes.values()))
        return taken

    async def _next_turn(self) -> None:
        try:
            async with asyncio.timeout(self._settings.poll):
                await self._transactions.committed.wait()
        except TimeoutError:
            return

    async def _claim(self) -> list[Claim]:
        async with self._transactions.install() as session:
            return await claims.claim(
                session,
                now=self._transactions.clock.now(),
                lease=self._settings.lease,
                batch=self._settings.batch,
            )

    async def _deliver_in_order(self, lane: Sequence[Claim]) -> None:
        for claim in lane:
            with structlog.contextvars.bound_contextvars(outbox=claim.row.id, key=claim.row.key):
                try:
                    await self._deliver(claim)
                except Exception:  # the edge: one message must not stop the others; its lease runs out
                    log.exception("outbox.delivery_failed")

    async def _deliver(self, claim: Claim) -> None:
        row = claim.row
        client = self._client_for(row.workspace_id)
        if client is None:
            await self._later(row, TokenTrouble("not_installed"))
            return
        channel = row.posted_channel or row.channel_id or await self._open_direct(client, row)
        if channel is None:
            return
        if row.ts is None and row.last_send is not None and not await self._clear_up(client, claim, channel):
            return
        if row.ts is None and row.withdrawn:
            await self._write(row, state=State.CANCELLED, last_send=None, leased_until=0.0)
            return
        await self._send(client, claim, channel)

    async def _open_direct(self, client: AsyncWebClient, row: OutboxMessage) -> str | None:
        """Slack can update and search a direct message only by its channel id."""
        person = (row.workspace_id, row.user_id or "")
        if person not in self._directs:
            outcome = await open_direct(client, person[1])
            if not isinstance(outcome, Done):
                # Opening is safe to repeat, so an unknown outcome is as good as none.
                await self._later(row, NotSent(outcome.reason) if isinstance(outcome, Unknown) else outcome)
                return None
            self._directs[person] = outcome.data["channel"]["id"]
        return self._directs[person]

    async def _clear_up(self, client: AsyncWebClient, claim: Claim, channel: str) -> bool:
        """An earlier send may have arrived. True once it is certain that it did not, and may be repeated."""
        row, settings = claim.row, self._settings
        assert row.last_send is not None
        assert row.sent_from is not None
        if claim.at < row.last_send + settings.settle:
            await self._write(row, retry_at=OutboxMessage.last_send + settings.settle, leased_until=0.0)
            return False
        if settings.unknown_outcome == "retry":
            return True
        if settings.unknown_outcome == "hold":
            await self._die(row, "unknown_outcome", last_send=None)
            return False
        found = await find(client, self._as_post(row, channel, row.thread_ts), row.sent_from)
        if isinstance(found, Done) and found.data["ts"] is not None:
            log.info("outbox.reconciled", ts=found.data["ts"])
            await self._arrived(row, channel, found.data["ts"])
            return False
        if isinstance(found, Done):
            log.info("outbox.not_arrived")
            return True
        await self._write(
            row, reason=found.reason, leased_until=0.0, retry_at=wire_now() + rules.back_off(0.0)
        )
        return False

    async def _send(self, client: AsyncWebClient, claim: Claim, channel: str) -> None:
        if not self._still_owned(claim):
            await self._write(claim.row, leased_until=0.0)
            return
        async with self._transactions.begin(claim.row.workspace_id) as tx:
            row = await claims.about_to_send(tx, claim.row, claim.thread_ts)
        if row is None:
            return
        if not self._still_owned(claim):
            log.warning("outbox.fenced")
            return
        message = self._as_post(row, channel, claim.thread_ts)
        if row.ts is None:
            outcome = await post(client, message)
        else:
            outcome = await redraw(client, message, row.ts)
        await self._record(row, channel, outcome)

    def _still_owned(self, claim: Claim) -> bool:
        """A worker paused past its lease does not own the message any more, and only its watch can tell."""
        return monotonic() < claim.taken + self._settings.lease - self._settings.margin

    async def _record(self, row: OutboxMessage, channel: str, outcome: Outcome) -> None:
        if isinstance(outcome, Done):
            await self._arrived(row, channel, row.ts or str(outcome.data["ts"]))
        elif isinstance(outcome, Unknown):
            await self._unknown(row, outcome)
        elif isinstance(outcome, Refused):
            await self._refused(row, outcome)
        else:
            await self._later(row, outcome)

    async def _arrived(self, row: OutboxMessage, channel: str, ts: str) -> None:
        await self._write(
            row,
            ts=ts,
            posted_channel=channel,
            shown=row.sending,
            state=case((OutboxMessage.wanted > row.sending, State.WAITING), else_=State.SENT),
            last_send=None,
            attempts=0,
            first_attempt=None,
            retry_at=0.0,
            leased_until=0.0,
            reason=None,
        )

    async def _unknown(self, row: OutboxMessage, outcome: Unknown) -> None:
        """A post is looked for after a while; an update is simply made again."""
        assert row.last_send is not None
        log.warning("outbox.unknown", reason=outcome.reason)
        if rules.given_up(row.attempts + 1, row.last_send, row.first_attempt):
            await self._die(row, outcome.reason)
            return
        tried = row.last_send - (row.first_attempt or row.last_send)
        await self._write(
            row,
            attempts=row.attempts + 1,
            reason=outcome.reason,
            last_send=None if row.ts else row.last_send,
            retry_at=row.last_send + max(self._settings.settle, rules.back_off(tried)),
            leased_until=0.0,
        )

    async def _later(self, row: OutboxMessage, outcome: NotSent | TokenTrouble | Refused) -> None:
        """Nothing was sent. Slack's own wait and trouble with the token are no attempts of ours."""
        if isinstance(outcome, Refused):
            await self._refused(row, outcome)
            return
        log.info("outbox.not_sent", reason=outcome.reason)
        waits: dict[str, Any] = {"reason": outcome.reason, "last_send": None, "leased_until": 0.0}
        if isinstance(outcome, TokenTrouble):
            waits |= {"first_attempt": None, "retry_at": wire_now() + rules.TOKEN_WAIT}
        elif outcome.wait is not None:
            waits |= {"retry_at": wire_now() + outcome.wait}
        elif row.last_send and rules.given_up(0, row.last_send, row.first_attempt):
            await self._die(row, outcome.reason, last_send=None)
            return
        else:
            tried = (row.last_send or 0.0) - (row.first_attempt or row.last_send or 0.0)
            waits |= {"retry_at": wire_now() + rules.back_off(tried)}
        await self._write(row, **waits)

    async def _refused(self, row: OutboxMessage, outcome: Refused) -> None:
        if row.ts is not None and outcome.reason == "message_not_found":
            await self._write(row, state=State.GONE, last_send=None, leased_until=0.0, reason=outcome.reason)
        elif outcome.reason == "invalid_blocks" and row.fallback is not None:
            await self._write(row, blocks=row.fallback, fallback=None, last_send=None, leased_until=0.0)
        else:
            await self._die(row, outcome.reason, last_send=None)

    async def _die(self, row: OutboxMessage, reason: str, **values: Any) -> None:  # noqa: ANN401 - column values
        """Keep it with its reason, and tell whoever is responsible, in one transaction.

        While it is unknown whether it arrived, `last_send` stays, so that trying again looks for it first.
        """
        log.warning("outbox.dead", reason=reason)
        async with self._transactions.begin(row.workspace_id) as tx:
            if await claims.write(tx, row, state=State.DEAD, reason=reason, leased_until=0.0, **values):
                await tell_responsible(tx, row, reason)

    async def _write(self, row: OutboxMessage, **values: Any) -> None:  # noqa: ANN401 - column values
        async with self._transactions.begin(row.workspace_id) as tx:
            if not await claims.write(tx, row, **values):
                log.warning("outbox.claim_lost")

    @staticmethod
    def _as_post(row: OutboxMessage, channel: str, thread_ts: str | None) -> Post:
        return Post(channel, row.uid, row.text, row.blocks, thread_ts, row.broadcast)
