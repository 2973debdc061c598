"""Reminding those who have not answered, once, before the deadline. Who they are is told to nobody."""

from collections.abc import Sequence

from sqlalchemy import select

from slackapp.core.transaction import Tx
from slackapp.core.working_time import working_moment
from slackapp.features.polls import blocks, queries
from slackapp.features.polls.models import Round, RoundPerson
from slackapp.features.polls.queries.audience import those_meant
from slackapp.features.polls.queries.views import view
from slackapp.features.polls.rules import Stage, Way
from slackapp.features.polls.rules.keys import ask_key, remind_key
from slackapp.features.workspaces.queries import calendar, meet
from slackapp.outbox import service as outbox
from slackapp.outbox.queries import said_of

#: People reminded in one transaction.
BATCH = 100


async def remind(tx: Tx, round_id: int) -> None:
    """Remind a batch of those who are at work now; note when the next of the others is."""
    round_ = await queries.round_(tx, round_id, lock=True)
    if round_.reminds_at is None or round_.reminds_at > tx.now:
        return
    round_.reminds_at = None
    # After an outage the time may be over: then there is nothing left to remind of.
    if round_.stage == Stage.OPEN and round_.closes_at > tx.now:
        await _remind(tx, round_)
    await tx.session.flush()


async def _remind(tx: Tx, round_: Round) -> None:
    poll = await queries.poll(tx, round_.poll_id)
    missing = await those_meant(tx, poll, await _waited_for(tx, round_, is_direct=poll.way == Way.DIRECT))
    await meet(tx, missing, poll.channel_id)
    now: list[str] = []
    for each in missing:
        moment = working_moment(tx.now, round_.closes_at, await calendar(tx, each, poll.channel_id))
        if moment is None:
            continue
        if moment <= tx.now and len(now) < BATCH:
            now.append(each)
        else:
            round_.reminds_at = min(moment, round_.reminds_at or moment)
    if not now:
        return
    shown = await view(tx, poll, round_)
    message, older = blocks.reminder(shown), blocks.reminded(shown)
    for each in now:
        await outbox.say(tx, remind_key(round_.id, each), outbox.Direct(each), message)
        if poll.way == Way.DIRECT:
            # One message asks at a time.
            await outbox.withdraw(tx, ask_key(round_.id, each), instead=older)


async def _waited_for(tx: Tx, round_: Round, *, is_direct: bool) -> Sequence[str]:
    """Those who were asked, have not answered, and were not reminded."""
    silent = await queries.silent(tx, round_)
    if is_direct:
        asked = await tx.session.scalars(
            select(RoundPerson.user_id).where(
                RoundPerson.workspace_id == tx.workspace_id,
                RoundPerson.round_id == round_.id,
                RoundPerson.is_asked,
            )
        )
        silent = sorted(set(silent) & set(asked))
    said = await said_of(tx, [remind_key(round_.id, each) for each in silent])
    return [each for each in silent if remind_key(round_.id, each) not in said]
