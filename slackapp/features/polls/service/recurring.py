"""Beginning a poll's next round when its time has come."""

from datetime import date, datetime
from functools import partial

import structlog
from sqlalchemy import update

from slackapp.core.due import Due
from slackapp.core.recurrence import Every, Recurrence, Weekday, day_after, is_too_late
from slackapp.core.transaction import Failed, Tx
from slackapp.core.working_time import zone_of
from slackapp.features.polls import queries
from slackapp.features.polls.blocks import called_off as words
from slackapp.features.polls.models import Poll
from slackapp.features.polls.queries.audience import meant_now
from slackapp.features.polls.rules.keys import skipped_key
from slackapp.features.polls.rules.schedule import round_after
from slackapp.features.polls.service.managing import manager
from slackapp.features.polls.service.rounds import open_round
from slackapp.features.workspaces.queries import channel
from slackapp.outbox import service as outbox

log = structlog.get_logger()

DUE = Due(Poll, Poll.next_at, Poll.id)


async def open_due(tx: Tx, limit: int) -> None:
    """Begin what is due, so many at most. What cannot be held is skipped, and the log says why."""
    for poll_id in await DUE.ids(tx, limit):
        await _open(tx, await queries.poll(tx, poll_id))


async def _open(tx: Tx, poll: Poll) -> None:
    poll_id, due_at = poll.id, poll.next_at
    if due_at is None or due_at > tx.now:
        # Stopped meanwhile, or begun by another heartbeat: what stands here now is the one after it.
        return
    day = await _take(tx, poll)
    if day is None:
        return
    done = await tx.attempt(partial(_begin, tx, poll, day, due_at))
    if isinstance(done, Failed):
        # The others that are due begin all the same, and so does the one after it.
        log.error("polls.opening_failed", poll=poll_id, exc_info=done.error)
    elif done is not None:
        log.info("polls.skipped", poll=poll_id, day=day.isoformat(), why=done)


async def _begin(tx: Tx, poll: Poll, day: date, due_at: datetime) -> str | None:
    """None once it is begun, else why it cannot be."""
    if is_too_late(due_at, tx.now):
        if await _no_place(tx, poll) is None:
            await _tell(tx, poll, day)
        return "its time passed while nobody was looking"
    if (why := await _why_not(tx, poll)) is None:
        await open_round(tx, poll, day)
    return why


async def _take(tx: Tx, poll: Poll) -> date | None:
    """The day of the round that was due. Of two heartbeats one is told so: the next moment stands then."""
    day, due_at, poll_id = poll.next_on, poll.next_at, poll.id
    assert day is not None
    assert poll.every is not None
    assert poll.at is not None
    how = Recurrence(Every(poll.every), Weekday(day.weekday()), poll.at)
    next_on, next_at = round_after(day, tx.now, how, zone_of(poll.zone), in_own_zone=poll.in_own_zone)
    taken = await tx.session.scalar(
        update(Poll)
        .where(Poll.workspace_id == tx.workspace_id, Poll.id == poll_id, Poll.next_at == due_at)
        .values(next_on=next_on, next_at=next_at)
        .returning(Poll.id)
        .execution_options(synchronize_session="fetch")
    )
    return None if taken is None else day


async def _tell(tx: Tx, poll: Poll, day: date) -> None:
    """Whoever made it would wait for what nobody was asked."""
    if (who := await manager(tx, poll)) is None:
        return
    assert poll.every is not None
    message = words.skipped(
        poll,
        await queries.latest_question(tx, poll.id),
        day,
        several=poll.next_on != day_after(day, Every(poll.every)),
    )
    await outbox.say(tx, skipped_key(poll.id, day), outbox.Direct(who), message)


async def _why_not(tx: Tx, poll: Poll) -> str | None:
    if (why := await _no_place(tx, poll)) is not None:
        return why
    if (open_one := await queries.current(tx, poll.id)) is not None:
        return f"its round {open_one.number} is open"
    meant = await meant_now(tx, poll)
    return "nobody is left whom it asks" if meant is not None and not meant else None


async def _no_place(tx: Tx, poll: Poll) -> str | None:
    there = await channel(tx, poll.channel_id)
    if there is not None and there.is_archived:
        return "its channel is archived"
    if there is not None and not there.is_member:
        return "the app is not in its channel"
    return None
