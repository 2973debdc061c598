"""Ending a poll that recurs, and what is done when a round's time is up."""

from slackapp.core.errors import UserError
from slackapp.core.transaction import Tx
from slackapp.features.polls import queries
from slackapp.features.polls.models import Poll
from slackapp.features.polls.rules import Stage
from slackapp.features.polls.rules.permissions import Doing
from slackapp.features.polls.service import calling_off, closing
from slackapp.features.polls.service.permitting import check


async def stop(tx: Tx, user_id: str, poll_id: int) -> Poll:
    """Hold no further round. One that is open goes on to its deadline.

    Raises `UserError` for who may not, and where no round would follow.
    """
    poll = await queries.poll(tx, poll_id, lock=True)
    await check(tx, user_id, poll, Doing.MANAGE)
    if poll.next_at is None:
        raise UserError(f"{poll.label} has no further round.")
    poll.next_at = poll.next_on = None
    poll.ended_at = tx.now
    await tx.session.flush()
    return poll


async def time_is_up(tx: Tx, round_id: int) -> None:
    """Close it; one that still waits to be held asks nobody any more."""
    poll, round_ = await queries.locked(tx, round_id)
    if round_.closed_at is not None or round_.closes_at > tx.now:
        return
    if round_.stage == Stage.OPEN:
        await closing.close(tx, round_id, by=None)
    else:
        await calling_off.call_off(tx, poll, round_, by=None)
