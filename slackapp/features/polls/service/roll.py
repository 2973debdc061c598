"""Who is in the public channel that a round is for: kept with that round alone."""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import delete, select

from slackapp.core.due import Due
from slackapp.core.jobs import Roll
from slackapp.core.transaction import Tx
from slackapp.features.polls import queries
from slackapp.features.polls.models import Poll, Round, RoundPerson
from slackapp.features.polls.queries.audience import count_known, of_functions, those_meant
from slackapp.features.polls.rules import Audience, Stage
from slackapp.features.polls.rules.schedule import MOST_MEANT
from slackapp.features.polls.service import drawing, rounds

#: Not everybody in a channel is a person, and of whom that is so is known a little later.
MOST_THERE = MOST_MEANT + 100
#: Where Slack said nothing, it is asked again after so long.
AGAIN = timedelta(minutes=5)
#: So long it waits for Slack to say who of them is an app; it tells of few people a minute.
UNTIL_KNOWN = timedelta(minutes=2)

DUE = Due(Round, Round.calls_roll_at, Round.id)


async def keep(tx: Tx, roll: Roll) -> None:
    """Keep who is there with each round that waits for it. Who of them are apps is looked at after."""
    found = await tx.session.scalars(
        select(Round.id)
        .join(Poll, Poll.id == Round.poll_id)
        .where(
            Round.workspace_id == tx.workspace_id,
            Poll.workspace_id == tx.workspace_id,
            Poll.channel_id == roll.channel_id,
            Round.calls_roll_at <= tx.now,
            Round.closed_at.is_(None),
        )
        .order_by(Round.id)
    )
    for round_id in found.all():
        await _keep(tx, round_id, roll)


async def _keep(tx: Tx, round_id: int, roll: Roll) -> None:
    poll, round_ = await queries.locked(tx, round_id)
    if round_.calls_roll_at is None or round_.closed_at is not None:
        return
    there = roll.user_ids
    if poll.audience == Audience.FUNCTIONS:
        there &= await of_functions(tx, poll.functions)
    if not there:
        await _known(tx, poll, round_, 0)
    elif await rounds.add_people(tx, round_, sorted(there), MOST_THERE) is None:
        await _known(tx, poll, round_, None)


async def settle(tx: Tx, limit: int) -> None:
    """Leave out apps, whoever left and who else is not meant; then people are asked."""
    await DUE.each_alone(tx, _settle, limit)


async def _settle(tx: Tx, round_id: int) -> None:
    poll, round_ = await queries.locked(tx, round_id)
    if round_.calls_roll_at is None:
        return
    there = await queries.meant(tx, round_)
    if round_.closed_at is not None:
        round_.calls_roll_at = None
    elif there:
        fitting = await those_meant(tx, poll, there)
        # Of whom Slack told nothing yet may be apps, ours among them.
        known = await count_known(tx, fitting)
        if known < len(fitting) and tx.now < round_.opened_at + UNTIL_KNOWN:
            return
        are_too_many = known > MOST_MEANT
        await _leave_out(tx, round_, there if are_too_many else sorted(set(there) - set(fitting)))
        await _known(tx, poll, round_, None if are_too_many else len(fitting))
    else:
        round_.calls_roll_at = tx.now + AGAIN
    await tx.session.flush()


async def _known(tx: Tx, poll: Poll, round_: Round, meant: int | None) -> None:
    round_.calls_roll_at = None
    await tx.session.flush()
    if round_.stage == Stage.READYING:
        await rounds.go_on(tx, poll, round_, meant=meant)
    elif meant:
        await drawing.soon(tx, round_)


async def _leave_out(tx: Tx, round_: Round, user_ids: Sequence[str]) -> None:
    await tx.session.execute(
        delete(RoundPerson).where(
            RoundPerson.workspace_id == tx.workspace_id,
            RoundPerson.round_id == round_.id,
            RoundPerson.user_id.in_(user_ids),
        )
    )
