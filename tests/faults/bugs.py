"""Bugs to plant into the relay of a worker's process, each under its name: what the suite has to catch.

They are put where the rule stands that they break, by the names the product has today; a name that is gone
fails when the bug is planted.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import aiohttp
from slack_sdk.http_retry.builtin_async_handlers import async_default_handlers
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy import ColumnElement, and_, false, update

from slackapp.core.database import wire_now
from slackapp.core.transaction import Tx
from slackapp.outbox import batches, claims, queue, rules
from slackapp.outbox.claims import Claim
from slackapp.outbox.delivery import Delivery
from slackapp.outbox.models import OutboxMessage, State
from slackapp.outbox.queue import Queue
from slackapp.outbox.recording import Recorder
from slackapp.outbox.relay import Relay
from slackapp.outbox.rules import RelaySettings
from slackapp.slack import client as slack_client
from slackapp.slack import outcomes
from slackapp.slack.client import Slack

BUGS: dict[str, Callable[[], None]] = {}


def plant(name: str) -> None:
    """For the whole of this process. KeyError for a name that is none of them."""
    BUGS[name]()


def bug(plant: Callable[[], None]) -> Callable[[], None]:
    BUGS[plant.__name__] = plant
    return plant


def swap(owner: Any, name: str, make: Callable[[Any], Any]) -> None:  # noqa: ANN401 - a class or a module
    """Put what `make` makes of it in its place. AttributeError if the product has no such name any more."""
    setattr(owner, name, make(getattr(owner, name)))


@bug
def settles_from_the_first_try() -> None:
    """Settling is counted from the first send of all, not from the last."""

    def clear_up(before: Callable[..., Awaitable[float]]) -> Callable[..., Awaitable[float]]:
        async def patched(self: Delivery, client: AsyncWebClient, claim: Claim, channel: str) -> float:
            claim.row.last_send = claim.row.first_attempt
            claim.row.retry_at = (claim.row.first_attempt or 0.0) + 0.001
            return await before(self, client, claim, channel)

        return patched

    swap(Delivery, "_clear_up", clear_up)
    swap(Recorder, "_unknown", lambda _: _forget_to_wait)


async def _forget_to_wait(recorder: Recorder, row: OutboxMessage, outcome: outcomes.Unknown) -> None:
    await recorder.write(
        row, attempts=row.attempts + 1, reason=outcome.reason, retry_at=wire_now(), leased_until=0.0
    )


@bug
def searches_without_settling() -> None:
    """History is searched at once."""

    def settle_never(before: Callable[..., None]) -> Callable[..., None]:
        def patched(
            self: Relay, transactions: object, client_for: object, settings: RelaySettings, *others: object
        ) -> None:
            before(self, transactions, client_for, replace(settings, settle=0.0), *others)

        return patched

    swap(Relay, "__init__", settle_never)


@bug
def sends_again_without_a_search() -> None:
    """What is in doubt is sent again."""
    swap(Delivery, "_clear_up", lambda _: Delivery._send)


@bug
def shares_again_without_a_look() -> None:
    """A file of which nobody knows whether it is shared is taken not to be."""

    def share(before: Callable[..., Awaitable[float]]) -> Callable[..., Awaitable[float]]:
        async def patched(self: Delivery, client: AsyncWebClient, claim: Claim, channel: str) -> float:
            if claim.row.shown:
                return await before(self, client, claim, channel)
            again = claim if claim.row.reason in rules.ANEW else replace(claim, file_id=claim.row.file_id)
            return await self._send(client, again, channel)

        return patched

    swap(Delivery, "_clear_up_file", share)


@bug
def never_looks_at_its_watch() -> None:
    """A worker that was stopped goes on as if its lease were not over."""
    swap(Delivery, "_still_owned", lambda _: lambda self, claim: True)  # noqa: ARG005 - as it is called
    looks_at_its_watch_too_soon()


@bug
def looks_at_its_watch_too_soon() -> None:
    """The last look comes before the connection, and not before the first byte."""
    swap(slack_client, "_last_look", lambda _: aiohttp.TraceConfig)


@bug
def posts_then_marks() -> None:
    """Nothing says that a send follows."""

    def note_nothing(before: Callable[..., Awaitable[OutboxMessage | None]]) -> Callable[..., Any]:
        async def patched(self: Delivery, claim: Claim, channel: str) -> OutboxMessage | None:
            row = await before(self, claim, channel)
            if row is not None:
                await self._recorder.write(row, last_send=None)
            return row

        return patched

    swap(Delivery, "_announce", note_nothing)


@bug
def marks_then_posts() -> None:
    """What is about to be sent counts as sent."""

    def mark(before: Callable[..., Awaitable[OutboxMessage | None]]) -> Callable[..., Any]:
        async def patched(self: Delivery, claim: Claim, channel: str) -> OutboxMessage | None:
            row = await before(self, claim, channel)
            if row is not None:
                await self._recorder.write(row, state=State.SENT, shown=row.sending)
            return row

        return patched

    swap(Delivery, "_announce", mark)


@bug
def writes_without_its_fence() -> None:
    """Whoever once had the message writes what came of it."""

    def mine_for_ever(_: object) -> Callable[[Tx, OutboxMessage], ColumnElement[bool]]:
        return lambda tx, row: and_(OutboxMessage.workspace_id == tx.workspace_id, OutboxMessage.id == row.id)

    swap(claims, "_held", mine_for_ever)


@bug
def lets_the_sdk_retry() -> None:
    """The client has the SDK's own retry handlers."""

    def with_handlers(before: Callable[[Slack, str | None], AsyncWebClient]) -> Callable[..., AsyncWebClient]:
        def patched(self: Slack, token: str | None) -> AsyncWebClient:
            client = before(self, token)
            client.retry_handlers = async_default_handlers()
            return client

        return patched

    swap(Slack, "client", with_handlers)


@bug
def ignores_retry_after() -> None:
    """Slack says how long to wait, and nobody reads it."""
    for module in (slack_client, outcomes):
        swap(module, "seconds", lambda _: lambda written: 0.0)  # noqa: ARG005 - as it is called


@bug
def sends_what_is_withdrawn() -> None:
    """That nobody wants the message any more is not looked at again before the send."""

    def want(before: Callable[..., Awaitable[OutboxMessage | None]]) -> Callable[..., Any]:
        async def patched(self: Delivery, claim: Claim, channel: str) -> OutboxMessage | None:
            withdrawn = claim.row.withdrawn
            await self._recorder.write(claim.row, withdrawn=False)
            row = await before(self, claim, channel)
            await self._recorder.write(claim.row, withdrawn=withdrawn)
            return row

        return patched

    swap(Delivery, "_announce", want)


@bug
def replies_before_its_parent() -> None:
    """A reply waits for nobody."""

    class Nobody:
        def where(self, *_: object) -> ColumnElement[bool]:
            return false()

    swap(queue, "exists", lambda _: Nobody)


@bug
def sends_early() -> None:
    """What is due tomorrow is due."""

    def tomorrow(before: Callable[..., Awaitable[Sequence[Claim]]]) -> Callable[..., Any]:
        async def patched(self: Queue, session: Any, now: datetime, **among: Any) -> Sequence[Claim]:  # noqa: ANN401 - as it is
            return await before(self, session, now + timedelta(days=1), **among)

        return patched

    swap(Queue, "claim", tomorrow)


@bug
def leases_for_ever() -> None:
    """What a killed worker had is nobody else's."""

    def long(before: Callable[..., None]) -> Callable[..., None]:
        def patched(self: Queue, lease: float, *others: Any) -> None:  # noqa: ANN401 - as it is
            before(self, lease + 3600, *others)

        return patched

    swap(Queue, "__init__", long)


@bug
def takes_the_newest_for_shown() -> None:
    """After a send the message is thought to look as it is wanted by now, not as it was sent."""

    def newest(before: Callable[..., dict[str, object]]) -> Callable[..., dict[str, object]]:
        return lambda redraw: {**before(redraw), "shown": OutboxMessage.wanted, "state": State.SENT}

    swap(batches, "as_arrived", newest)


@bug
def gives_no_reason() -> None:
    """What Slack refuses is dead, and nobody can tell why."""

    def silently(before: Callable[..., Awaitable[bool]]) -> Callable[..., Any]:
        async def patched(tx: Tx, row: OutboxMessage, *only_if: object, **values: Any) -> bool:  # noqa: ANN401 - as it is
            done = await before(tx, row, *only_if, **values)
            if done and values.get("state") == State.DEAD:
                await tx.session.execute(
                    update(OutboxMessage).where(OutboxMessage.id == row.id).values(reason=None)
                )
            return done

        return patched

    swap(claims, "write", silently)


@bug
def mixes_up_tokens() -> None:
    """Each workspace's messages are sent with the other's token."""

    def other(before: Callable[..., None]) -> Callable[..., None]:
        def patched(self: Relay, transactions: Any, client_for: Any, *others: Any) -> None:  # noqa: ANN401 - as it is
            before(self, transactions, lambda workspace_id: client_for(3 - workspace_id), *others)

        return patched

    swap(Relay, "__init__", other)


@bug
def prints_its_token() -> None:
    """A token stands in the log."""

    def loudly(before: Callable[[Slack, str | None], AsyncWebClient]) -> Callable[..., AsyncWebClient]:
        def patched(self: Slack, token: str | None) -> AsyncWebClient:
            print("using", token)  # noqa: T201 - that is the bug
            return before(self, token)

        return patched

    swap(Slack, "client", loudly)


@bug
def ends_in_a_hurry() -> None:
    """A worker that is told to end drops what it does."""

    def drop(before: Callable[..., Awaitable[int]]) -> Callable[..., Any]:
        async def patched(self: Relay) -> int:
            if self._stopping.is_set():
                raise SystemExit(3)
            return await before(self)

        return patched

    swap(Relay, "drain", drop)
