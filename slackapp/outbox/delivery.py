"""Delivers one claimed message, so that being killed at any point of it loses and doubles nothing."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any, Literal, TypeVar

import structlog
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy import case, func
from sqlalchemy.exc import SQLAlchemyError

from slackapp.core.clock import monotonic
from slackapp.core.database import wire_now
from slackapp.core.fault_points import Point, reached
from slackapp.core.group_commit import GroupCommit
from slackapp.core.telemetry import Telemetry
from slackapp.core.transaction import Failed, Transactions, Tx
from slackapp.outbox import batches, claims, pace, rules
from slackapp.outbox.claims import Claim
from slackapp.outbox.models import OutboxMessage, State
from slackapp.outbox.notices import tell_responsible
from slackapp.outbox.rules import Pacing
from slackapp.slack.client import Post, find, not_after, open_direct, post, redraw
from slackapp.slack.outcomes import Done, NotSent, Outcome, Refused, TokenTrouble, Unknown

log = structlog.get_logger()

Written = TypeVar("Written")

#: What Slack says when there is nothing to reply to.
_NO_THREAD = frozenset(
    {"cannot_reply_to_message", "message_not_found", "thread_not_found"}
    | {"restricted_action_non_threadable_channel"}
)

#: What may have arrived settles from now on.
_SETTLING_ANEW = case((OutboxMessage.last_send.is_not(None), wire_now()))


@dataclass(frozen=True)
class RelaySettings:
    """Lengths in seconds of wire time."""

    lease: float = 60.0
    #: Kept back of the lease, for what passes between the last check and the wire.
    margin: float = 15.0
    settle: float = 15.0
    poll: float = 0.5
    #: Places that messages may be on their way to at once, and how many of them may be in one workspace.
    lanes: int = 40
    share: int = 20
    unknown_outcome: Literal["reconcile", "retry", "hold"] = "reconcile"
    pacing: Pacing = field(default_factory=Pacing)


class Delivery:
    def __init__(
        self,
        transactions: Transactions,
        client_for: Callable[[int], AsyncWebClient | None],
        settings: RelaySettings,
        telemetry: Telemetry,
    ) -> None:
        self._transactions, self._client_for, self._settings = transactions, client_for, settings
        self._telemetry = telemetry
        self._announcing = GroupCommit(self._announce_group)
        self._arriving = GroupCommit(self._arrive_group)

    async def finish(self) -> None:
        """Return when nothing is being written any more."""
        await self._announcing.finish()
        await self._arriving.finish()

    async def deliver(self, claim: Claim) -> float:
        """Returns how many seconds nothing more can be sent to the same place: mostly 0."""
        row = claim.row
        client = self._client_for(row.workspace_id)
        assert client is not None
        channel = row.posted_channel or row.channel_id or claim.direct
        if channel is None:
            # What went before it in its lane may have opened it.
            async with self._transactions.read(row.workspace_id) as tx:
                channel = await claims.direct_of(tx, row.user_id or "")
        if channel is None:
            # Slack can update and search a direct message only by its channel id.
            opened = await open_direct(client, row.user_id or "")
            self._count(pace.OPEN, opened)
            if not isinstance(opened, Done):
                return await self._not_ready(claim, pace.OPEN, opened)
            channel = str(opened.data["channel"]["id"])
        if row.ts is None and row.last_send is not None:
            return await self._clear_up(client, claim, channel)
        return await self._send(client, claim, channel)

    async def put_back(self, claim: Claim, wait: float) -> None:
        """Leave it to whoever comes next, `wait` seconds from now or later.

        Without a wait it is as it was before the claim: what died on the wire still has to settle.
        """
        later: dict[str, Any] = {"retry_at": wire_now() + wait, "last_send": _SETTLING_ANEW} if wait else {}
        await self._write(claim.row, leased_until=0.0, **later)

    async def broken(self, claim: Claim, error: Exception) -> None:
        """Something unexpected happened: it is tried again later, and given up in the end."""
        row = claim.row
        attempts = row.attempts + 1
        if rules.given_up(attempts, claim.at, row.first_attempt):
            await self._die(row, rules.BROKEN, maybe_shown=_unclear(row, {}), attempts=attempts)
            return
        self._put_off(rules.BROKEN)
        wait = max(self._settings.settle, rules.back_off(claim.at - (row.first_attempt or claim.at)))
        await self._write(
            row,
            attempts=attempts,
            first_attempt=func.coalesce(OutboxMessage.first_attempt, claim.at),
            reason=type(error).__name__,
            last_send=_SETTLING_ANEW,
            retry_at=wire_now() + wait,
            leased_until=0.0,
        )

    async def _clear_up(self, client: AsyncWebClient, claim: Claim, channel: str) -> float:
        """An earlier send may have arrived: send again only once it is certain that it did not."""
        row, settings = claim.row, self._settings
        assert row.last_send is not None
        assert row.sent_from is not None
        # Whoever sent it and never put it back is gone, or stopped. Then it settles from now on: a clock may
        # have jumped since that send.
        since = claim.at if row.retry_at <= row.last_send else row.last_send
        if claim.at < since + settings.settle:
            await self._write(row, last_send=since, retry_at=since + settings.settle, leased_until=0.0)
            return 0.0
        if settings.unknown_outcome == "hold":
            await self._die(row, rules.UNKNOWN_OUTCOME, maybe_shown=True, last_send=None)
            return 0.0
        if settings.unknown_outcome == "reconcile":
            found = await find(client, _as_post(row, channel), row.sent_from)
            await reached(Point.SEARCHED)
            if not isinstance(found, Done):
                return await self._not_ready(claim, pace.method_of(row), found)
            arrived = found.data["ts"] is not None
            self._telemetry.reconciled.labels("found" if arrived else "not_found").inc()
            log.info("outbox.searched", found=arrived)
            if arrived:
                await self._arrived(claim, row, str(found.data["ts"]))
                return 0.0
        return await self._send(client, claim, channel)

    async def _send(self, client: AsyncWebClient, claim: Claim, channel: str) -> float:
        if not self._still_owned(claim):
            await self.put_back(claim, 0.0)
            return 0.0
        row = await self._announce(claim, channel)
        await reached(Point.ANNOUNCED)
        if row is None:
            await self.put_back(claim, 0.0)
            return 0.0
        if not self._still_owned(claim):
            self._telemetry.fenced.inc()
            log.warning("outbox.fenced")
            return 0.0
        log.debug("outbox.announced", channel=channel, revision=row.sending)
        message = _as_post(row, channel)
        method = pace.POST if row.ts is None else pace.UPDATE
        with not_after(self._until(claim)):
            outcome = await (post(client, message) if row.ts is None else redraw(client, message, row.ts))
        self._count(method, outcome)
        await reached(Point.ANSWERED)
        if isinstance(outcome, Done) and row.ts is None and not isinstance(outcome.data.get("ts"), str):
            outcome = Unknown("no_ts")
        wait = await self._record(claim, row, method, outcome)
        await reached(Point.RECORDED)
        return wait

    async def _announce(self, claim: Claim, channel: str) -> OutboxMessage | None:
        """The message as it is wanted this moment; None if it is not to be sent now."""
        row = claim.row
        new_direct = row.user_id is not None and channel not in (claim.direct, row.posted_channel)
        if not new_direct and row.reply_to is None:
            fresh = await _or_alone(self._announcing((row, channel)))
            if fresh is not None:
                return fresh
        async with self._transactions.begin(row.workspace_id, wakes=False) as tx:
            fresh = await claims.about_to_send(tx, row, channel)
            if new_direct and row.user_id is not None:
                await claims.keep_direct(tx, row.user_id, channel)
        return fresh

    async def _announce_group(
        self, sends: Sequence[tuple[OutboxMessage, str]]
    ) -> Mapping[int, OutboxMessage]:
        async with self._transactions.install() as session:
            return await batches.announce(session, self._transactions.clock.now(), sends)

    async def _arrive_group(self, shown: Sequence[tuple[OutboxMessage, str]]) -> Mapping[int, bool]:
        async with self._transactions.install() as session:
            return await batches.arrived(session, self._settings.pacing.redraw, shown)

    def _still_owned(self, claim: Claim) -> bool:
        """A worker paused past its lease does not own the message any more, and only its watch can tell."""
        return monotonic() < self._until(claim)

    def _until(self, claim: Claim) -> float:
        return claim.taken + self._settings.lease - self._settings.margin

    async def _record(self, claim: Claim, row: OutboxMessage, method: str, outcome: Outcome) -> float:
        if isinstance(outcome, Done):
            await self._arrived(claim, row, row.ts or str(outcome.data["ts"]))
        elif isinstance(outcome, Unknown):
            await self._unknown(row, outcome)
        elif isinstance(outcome, Refused):
            await self._token_works(claim)
            await self._refused(row, outcome)
        else:
            assert row.last_send is not None
            return await self._later(replace(claim, row=row), method, outcome, row.last_send, last_send=None)
        return 0.0

    async def _arrived(self, claim: Claim, row: OutboxMessage, ts: str) -> None:
        assert row.sent_from is not None
        # What pauses a workspace ends in the same transaction as what shows that it is over.
        done = not claim.probing and await _or_alone(self._arriving((row, ts)))
        if not done:
            look = batches.as_arrived(self._settings.pacing.redraw)
            done = await self._write(row, resume=claim.probing, ts=ts, **look)
        if done:
            late = (row.sent_from - row.due_at).total_seconds()
            if row.ts is None:
                self._telemetry.lateness.observe(max(late, 0.0))
            log.info("outbox.sent", ts=ts, revision=row.sending, late=late, new=row.ts is None)

    async def _unknown(self, row: OutboxMessage, outcome: Unknown) -> None:
        """A post is looked for after a while; an update is simply made again."""
        assert row.last_send is not None
        log.warning("outbox.unknown", reason=outcome.reason)
        attempts = row.attempts + 1
        if rules.given_up(attempts, row.last_send, row.first_attempt):
            await self._die(row, rules.UNKNOWN_OUTCOME, maybe_shown=True, attempts=attempts)
            return
        self._put_off(outcome.reason)
        tried = row.last_send - (row.first_attempt or row.last_send)
        await self._write(
            row,
            attempts=attempts,
            reason=outcome.reason,
            # It settles from now: this process may have been stopped between `last_send` and the call.
            last_send=None if row.ts else wire_now(),
            retry_at=wire_now() + max(self._settings.settle, rules.back_off(tried)),
            leased_until=0.0,
        )

    async def _not_ready(
        self, claim: Claim, method: str, outcome: NotSent | Unknown | Refused | TokenTrouble
    ) -> float:
        """A call that prepares the send failed. It may be repeated whatever came of it."""
        if isinstance(outcome, Refused):
            await self._token_works(claim)
            # While it is unknown whether it arrived, `last_send` stays: trying again looks for it first.
            await self._die(claim.row, outcome.reason, maybe_shown=_unclear(claim.row, {}))
            return 0.0
        if isinstance(outcome, Unknown):
            outcome = NotSent(outcome.reason)
        return await self._later(claim, method, outcome, claim.at)

    async def _later(
        self,
        claim: Claim,
        method: str,
        outcome: NotSent | TokenTrouble,
        now: float,
        **values: Any,  # noqa: ANN401 - column values
    ) -> float:
        """This time nothing was sent. Slack's own wait and trouble with the token are no attempts of ours."""
        row = claim.row
        log.info("outbox.not_sent", method=method, reason=outcome.reason)
        self._put_off(outcome.reason)
        first = row.first_attempt or now
        scope: str | None = None
        if isinstance(outcome, TokenTrouble):
            scope = method if outcome.reason in rules.OF_ONE_METHOD else pace.EVERYTHING
            wait, values["first_attempt"] = rules.TOKEN_WAIT, None
        elif outcome.wait is not None:
            scope, wait = method, outcome.wait
        elif rules.given_up(0, now, first):
            await self._die(row, rules.OUT_OF_REACH, maybe_shown=_unclear(row, values), **values)
            return 0.0
        else:
            wait = rules.back_off(now - first)
            values["first_attempt"] = func.coalesce(OutboxMessage.first_attempt, now)
        async with self._transactions.begin(row.workspace_id, wakes=False) as tx:
            kept = await claims.write(
                tx, row, reason=outcome.reason, leased_until=0.0, retry_at=wire_now() + wait, **values
            )
            if scope is not None:
                await pace.close(tx.session, row.workspace_id, scope, wait)
        if not kept:
            self._lost()
        await reached(Point.SNOOZED)
        return wait

    async def _token_works(self, claim: Claim) -> None:
        """Slack refuses the message and not the token: if this one went first, the others may follow."""
        if claim.probing:
            async with self._transactions.begin(claim.row.workspace_id) as tx:
                await pace.resume(tx.session, claim.row.workspace_id)

    async def _refused(self, row: OutboxMessage, outcome: Refused) -> None:
        known: dict[str, Any] = {"last_send": None, "leased_until": 0.0}
        if row.ts is not None and outcome.reason == "message_not_found":
            await self._write(row, state=State.GONE, reason=outcome.reason, **known)
            return
        if row.ts is None and row.thread_ts is not None and outcome.reason in _NO_THREAD:
            await self._write(row, reply_to=None, in_thread=None, **known)
            return
        plainer = outcome.reason == "invalid_blocks" and row.fallback is not None
        change: dict[str, Any] = (
            {"blocks": row.fallback, "fallback": None}
            if plainer
            else {"state": State.DEAD, "reason": outcome.reason}
        )
        log.warning("outbox.refused", reason=outcome.reason, plainer=plainer)

        async def keep(tx: Tx) -> None:
            wanted = OutboxMessage.wanted == row.sending
            if not await claims.write(tx, row, only_if=wanted, **known, **change):
                # What is wanted by now is not what Slack refused.
                await claims.write(tx, row, **known)
            elif not plainer:
                self._telemetry.dead.labels(self._telemetry.reason(outcome.reason)).inc()
                await _announce(tx, row, outcome.reason, maybe_shown=row.ts is not None)

        await self._transactions.run(row.workspace_id, keep)

    async def _die(
        self,
        row: OutboxMessage,
        reason: str,
        *,
        maybe_shown: bool,
        **values: Any,  # noqa: ANN401 - column values
    ) -> None:
        """Keep it with its reason, and let follow what follows, in one transaction."""

        async def keep(tx: Tx) -> bool:
            # What was withdrawn meanwhile nobody misses.
            waiting = OutboxMessage.state == State.WAITING
            kept = await claims.write(
                tx, row, only_if=waiting, state=State.DEAD, reason=reason, leased_until=0.0, **values
            )
            if kept:
                await _announce(tx, row, reason, maybe_shown=maybe_shown)
            return kept

        if await self._transactions.run(row.workspace_id, keep):
            log.warning("outbox.dead", reason=reason)
            self._telemetry.dead.labels(self._telemetry.reason(reason)).inc()

    async def _write(self, row: OutboxMessage, *, resume: bool = False, **values: Any) -> bool:  # noqa: ANN401 - column values
        """False if the claim is lost: somebody else has the message."""
        async with self._transactions.begin(row.workspace_id, wakes=False) as tx:
            kept = await claims.write(tx, row, **values)
            if resume:
                await pace.resume(tx.session, row.workspace_id)
        if not kept:
            self._lost()
        return kept

    def _put_off(self, reason: str) -> None:
        self._telemetry.retries.labels(self._telemetry.reason(reason)).inc()

    def _lost(self) -> None:
        self._telemetry.fenced.inc()
        log.warning("outbox.claim_lost")

    def _count(self, method: str, outcome: Outcome) -> None:
        self._telemetry.outcomes.labels(method, type(outcome).__name__).inc()


async def _or_alone(writing: Awaitable[Written | None]) -> Written | None:
    """What a group's commit wrote; None if that is not known, and each is written alone, as it has to be."""
    try:
        return await writing
    except (SQLAlchemyError, OSError):
        return None


def _as_post(row: OutboxMessage, channel: str) -> Post:
    return Post(channel, row.uid, row.text, row.blocks, row.thread_ts, row.broadcast)


def _unclear(row: OutboxMessage, change: Mapping[str, Any]) -> bool:
    """Whether people see it in an older look, or may see it: a send of it was never cleared up."""
    return row.ts is not None or change.get("last_send", row.last_send) is not None


async def _announce(tx: Tx, row: OutboxMessage, reason: str, *, maybe_shown: bool) -> None:
    """Tell whoever is responsible, and let follow what follows.

    What follows takes locks of its own after this row's, in the other order than those who say how the
    message should look. Where the two meet the database ends one of them, which is then done again.
    """
    death = rules.Dead(row.key, reason, row.user_id, row.channel_id, maybe_shown)
    for follows in (partial(tell_responsible, tx, row, reason), partial(tx.emit, death)):
        done = await tx.attempt(follows)
        if isinstance(done, Failed):
            # Or it would be tried for ever: it is dead all the same.
            log.error("outbox.death_not_told", exc_info=done.error)
