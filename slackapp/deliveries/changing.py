"""Trying dead messages again, and dropping them: all that were named, or none."""

from collections.abc import Awaitable, Callable, Sequence
from functools import partial

from slackapp.core.transaction import Tx
from slackapp.deliveries.registry import DeliveriesError, Registry
from slackapp.outbox import overview, service
from slackapp.outbox.models import OutboxMessage, State

#: Messages changed in one transaction, where all that are dead are meant.
BATCH = 100

#: `service.retry` or `service.drop`.
Change = Callable[[Tx, int], Awaitable[OutboxMessage | None]]


async def retry(registry: Registry, ids: Sequence[str]) -> list[int]:
    """Try these again. Raises `DeliveriesError`, having done nothing, if one of them cannot be."""
    return await _change(registry, ids, service.retry)


async def drop(registry: Registry, ids: Sequence[str]) -> list[int]:
    """Give these up. Raises `DeliveriesError`, having done nothing, if one of them cannot be."""
    return await _change(registry, ids, service.drop)


async def retry_all(registry: Registry, workspace_id: int, reason: str | None) -> list[int]:
    """Try again all that are dead in this workspace, of this reason if there is one; returns which."""
    async with registry.transactions.everywhere() as session:
        found = await overview.dead(session, workspace_id=workspace_id, reason=reason)
    ids = [row.id for row in reversed(found)]
    done: list[int] = []
    for start in range(0, len(ids), BATCH):
        done += await registry.transactions.run(
            workspace_id, partial(_those_still_dead, ids=ids[start : start + BATCH])
        )
    return done


async def _those_still_dead(tx: Tx, ids: Sequence[int]) -> list[int]:
    """Somebody in Slack may have been faster."""
    rows = [await service.retry(tx, each) for each in ids]
    return [row.id for row in rows if row is not None]


async def recheck(registry: Registry) -> int:
    """Have whatever is due looked for before it is posted, in every workspace; returns how much that is."""
    found = [await registry.transactions.run(each, service.recheck) for each in registry.workspaces]
    return sum(found)


async def _change(registry: Registry, ids: Sequence[str], change: Change) -> list[int]:
    rows = await registry.messages(ids)
    if len({row.workspace_id for row in rows}) > 1:
        raise DeliveriesError(
            "These are of several workspaces. Name those of one at a time. Nothing was done."
        )
    _refuse([row for row in rows if row.state != State.DEAD])

    async def all_of_them(tx: Tx) -> None:
        changed = [(row, await change(tx, row.id)) for row in rows]
        _refuse([row for row, done in changed if done is None])

    await registry.transactions.run(rows[0].workspace_id, all_of_them)
    return [row.id for row in rows]


def _refuse(rows: Sequence[OutboxMessage]) -> None:
    if rows:
        states = ", ".join(f"{row.id} ({row.state})" for row in rows)
        raise DeliveriesError(f"Not dead: {states}. Nothing was done.")
