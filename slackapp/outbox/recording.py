"""Writes what came of a claimed message, as long as the claim holds."""

from collections.abc import Awaitable, Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeVar

import structlog
from sqlalchemy import case, func
from sqlalchemy.exc import SQLAlchemyError

from slackapp.core.database import wire_now
from slackapp.core.fault_points import Point, reached
from slackapp.core.group_commit import GroupCommit
from slackapp.core.telemetry import Telemetry
from slackapp.core.transaction import Transactions, Tx
from slackapp.outbox import batches, claims, pace, rules
from slackapp.outbox.claims import Claim
from slackapp.outbox.deaths import announce
from slackapp.outbox.models import OutboxMessage, State
from slackapp.outbox.rules import RelaySettings
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


class Recorder:
    def __init__(self, transactions: Transactions, settings: RelaySettings, telemetry: Telemetry) -> None:
        self._transactions, self._settings, self._telemetry = transactions, settings, telemetry
        self._arriving = GroupCommit(self._arrive_group)

    async def finish(self) -> None:
        """Return when nothing is being written any more."""
        await self._arriving.finish()

    async def put_back(self, claim: Claim, wait: float) -> None:
        """Leave it to whoever comes next, `wait` seconds from now or later.

        Without a wait it is as it was before the claim: what died on the wire still has to settle.
        """
        later: dict[str, Any] = {"retry_at": wire_now() + wait, "last_send": _SETTLING_ANEW} if wait else {}
        await self.write(claim.row, leased_until=0.0, **later)

    async def broken(self, claim: Claim, error: Exception) -> None:
        """Something unexpected happened: it is tried again later, and given up in the end."""
        row = claim.row
        attempts = row.attempts + 1
        if rules.given_up(attempts, claim.at, row.first_attempt):
            await self.die(row, rules.BROKEN, maybe_shown=_unclear(row, {}), attempts=attempts)
            return
        self._put_off(rules.BROKEN)
        wait = max(self._settings.settle, rules.back_off(claim.at - (row.first_attempt or claim.at)))
        await self.write(
            row,
            attempts=attempts,
            first_attempt=func.coalesce(OutboxMessage.first_attempt, claim.at),
            reason=type(error).__name__,
            last_send=_SETTLING_ANEW,
            retry_at=wire_now() + wait,
            leased_until=0.0,
        )

    async def record(self, claim: Claim, row: OutboxMessage, method: str, outcome: Outcome) -> float:
        if isinstance(outcome, Done) and method == pace.SHARE:
            await self._taken(claim, row)
        elif isinstance(outcome, Done):
            await self.arrived(claim, row, row.ts or str(outcome.data["ts"]))
        elif isinstance(outcome, Refused) and method == pace.SHARE and outcome.reason in rules.LOST:
            await self._token_works(claim)
            await self._unknown(row, Unknown(outcome.reason))
        elif isinstance(outcome, Unknown):
            await self._unknown(row, outcome)
        elif isinstance(outcome, Refused):
            await self._token_works(claim)
            await self._refused(row, outcome)
        else:
            assert row.last_send is not None
            return await self._later(replace(claim, row=row), method, outcome, row.last_send, last_send=None)
        return 0.0

    async def arrived(self, claim: Claim, row: OutboxMessage, ts: str) -> None:
        assert row.sent_from is not None
        # What pauses a workspace ends in the same transaction as what shows that it is over.
        done = not claim.probing and await or_alone(self._arriving((row, ts)))
        if not done:
            look = batches.as_arrived(self._settings.pacing.redraw)
            done = await self.write(row, resume=claim.probing, ts=ts, **look)
        if done:
            late = (row.sent_from - row.due_at).total_seconds()
            if row.ts is None:
                self._telemetry.lateness.observe(max(late, 0.0))
            log.info("outbox.sent", ts=ts, revision=row.sending, late=late, new=row.ts is None)

    async def _arrive_group(self, shown: Sequence[tuple[OutboxMessage, str]]) -> Mapping[int, bool]:
        async with self._transactions.install() as session:
            return await batches.arrived(session, self._settings.pacing.redraw, shown)

    async def _taken(self, claim: Claim, row: OutboxMessage) -> None:
        """Slack shares the file, and tells only when it is asked again where that is."""
        await self.write(
            row,
            resume=claim.probing,
            shown=row.sending,
            attempts=0,
            reason=rules.NOT_SHOWN_YET,
            last_send=wire_now(),
            retry_at=wire_now() + rules.FIRST_LOOK,
            leased_until=0.0,
        )

    async def not_shown_yet(self, claim: Claim) -> None:
        """It is not shared again, since Slack said that it will be. If it never is, a person has to look."""
        row = claim.row
        attempts = row.attempts + 1
        if rules.given_up(attempts, claim.at, row.first_attempt):
            await self.die(row, rules.UNKNOWN_OUTCOME, maybe_shown=True, attempts=attempts)
            return
        wait = rules.back_off(claim.at - (row.first_attempt or claim.at))
        await self.write(row, attempts=attempts, retry_at=wire_now() + wait, leased_until=0.0)

    async def gone(self, row: OutboxMessage, reason: str) -> None:
        """Somebody deleted it in Slack."""
        await self.write(row, state=State.GONE, reason=reason, last_send=None, leased_until=0.0)

    async def _unknown(self, row: OutboxMessage, outcome: Unknown) -> None:
        """A post is looked for after a while; an update is simply made again."""
        assert row.last_send is not None
        log.warning("outbox.unknown", reason=outcome.reason)
        attempts = row.attempts + 1
        if rules.given_up(attempts, row.last_send, row.first_attempt):
            await self.die(row, rules.UNKNOWN_OUTCOME, maybe_shown=True, attempts=attempts)
            return
        self._put_off(outcome.reason)
        tried = row.last_send - (row.first_attempt or row.last_send)
        await self.write(
            row,
            attempts=attempts,
            reason=outcome.reason,
            # It settles from now: this process may have been stopped between `last_send` and the call.
            last_send=None if row.ts else wire_now(),
            retry_at=wire_now() + max(self._settings.settle, rules.back_off(tried)),
            leased_until=0.0,
        )

    async def not_ready(
        self, claim: Claim, method: str, outcome: NotSent | Unknown | Refused | TokenTrouble
    ) -> float:
        """A call that prepares the send failed. It may be repeated whatever came of it."""
        if isinstance(outcome, Refused):
            await self._token_works(claim)
            # While it is unknown whether it arrived, `last_send` stays: trying again looks for it first.
            await self.die(claim.row, outcome.reason, maybe_shown=_unclear(claim.row, {}))
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
            await self.die(row, rules.OUT_OF_REACH, maybe_shown=_unclear(row, values), **values)
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
            await self.gone(row, outcome.reason)
            return
        if row.ts is None and row.thread_ts is not None and outcome.reason in _NO_THREAD:
            await self.write(row, reply_to=None, in_thread=None, **known)
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
                await announce(tx, row, outcome.reason, maybe_shown=row.ts is not None)

        await self._transactions.run(row.workspace_id, keep)

    async def die(
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
                await announce(tx, row, reason, maybe_shown=maybe_shown)
            return kept

        if await self._transactions.run(row.workspace_id, keep):
            log.warning("outbox.dead", reason=reason)
            self._telemetry.dead.labels(self._telemetry.reason(reason)).inc()

    async def write(self, row: OutboxMessage, *, resume: bool = False, **values: Any) -> bool:  # noqa: ANN401 - column values
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

    def count(self, method: str, outcome: Outcome) -> None:
        self._telemetry.outcomes.labels(method, type(outcome).__name__).inc()


async def or_alone(writing: Awaitable[Written | None]) -> Written | None:
    """What a group's commit wrote; None if that is not known, and each is written alone, as it has to be."""
    try:
        return await writing
    except (SQLAlchemyError, OSError):
        return None


def _unclear(row: OutboxMessage, change: Mapping[str, Any]) -> bool:
    """Whether people see it in an older look, or may see it: a send of it was never cleared up."""
    return row.ts is not None or change.get("last_send", row.last_send) is not None
