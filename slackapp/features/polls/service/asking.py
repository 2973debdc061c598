"""Asking people one by one, each by a direct message, when it is their time."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, select, update

from slackapp.core.due import Due
from slackapp.core.transaction import Tx
from slackapp.core.words import number
from slackapp.core.working_time import working_moment, zone_of
from slackapp.features.polls import blocks, queries
from slackapp.features.polls.models import Poll, Round, RoundPerson
from slackapp.features.polls.queries.audience import those_meant
from slackapp.features.polls.queries.views import view
from slackapp.features.polls.rules import Stage
from slackapp.features.polls.rules.keys import ask_key
from slackapp.features.polls.rules.schedule import asked_at, last_moment
from slackapp.features.workspaces.queries import calendar, meet, person
from slackapp.outbox import service as outbox
from slackapp.outbox.rules import Dead

#: People asked in one transaction.
BATCH = 100

_A_DAY = timedelta(days=1)

DUE = Due(RoundPerson, RoundPerson.asks_at, RoundPerson.round_id, (~RoundPerson.is_asked,))


@dataclass(frozen=True)
class Plan:
    #: When everybody's time has come: from then on the round is open for as long as it is to be.
    last: datetime
    #: When each is asked. Who has no working day before the deadline is left out.
    moments: Mapping[str, datetime]


async def planned(tx: Tx, poll: Poll, round_: Round) -> Plan:
    """When those meant would be asked if asking began now.

    In the first round at once: somebody said so now. Where each is asked at their own time, those are who are
    at work now, and the others when they are. Later rounds wait for each person's working day.
    """
    people = await queries.meant(tx, round_)
    if poll.at is None or (round_.number == 1 and not poll.in_own_zone):
        return Plan(tx.now, dict.fromkeys(people, tx.now))
    await meet(tx, people, poll.channel_id)
    if round_.number == 1:
        return await _at_work(tx, poll, people)
    zones = {
        each: (await person(tx, each)).zone if poll.in_own_zone else zone_of(poll.zone) for each in people
    }
    last = max(tx.now, last_moment(round_.occurs_on, poll.at, zones.values()))
    deadline = last + timedelta(minutes=poll.open_minutes)
    moments: dict[str, datetime] = {}
    for each, zone in zones.items():
        when = await calendar(tx, each, poll.channel_id)
        moment = asked_at(round_.occurs_on, poll.at, zone, when, deadline)
        if moment is not None:
            moments[each] = max(moment, tx.now)
    return Plan(last, moments)


async def _at_work(tx: Tx, poll: Poll, people: Sequence[str]) -> Plan:
    """Now, or when their next working day begins, if that is soon enough."""
    deadline = tx.now + _A_DAY + timedelta(minutes=poll.open_minutes)
    moments: dict[str, datetime] = {}
    for each in people:
        moment = working_moment(tx.now, deadline, await calendar(tx, each, poll.channel_id))
        if moment is not None:
            moments[each] = moment
    return Plan(max(moments.values(), default=tx.now), moments)


async def keep(tx: Tx, round_: Round, plan: Plan) -> None:
    """Let each be asked at their moment, and nobody else."""
    at: dict[datetime, list[str]] = defaultdict(list)
    for user_id, moment in plan.moments.items():
        at[moment].append(user_id)
    for moment, user_ids in sorted(at.items()):
        await tx.session.execute(
            update(RoundPerson)
            .where(*_of(tx, round_), RoundPerson.user_id.in_(user_ids))
            .values(asks_at=moment, is_asked=False)
        )
    await tx.session.execute(delete(RoundPerson).where(*_of(tx, round_), RoundPerson.asks_at.is_(None)))
    tx.hurry()


async def ask_due(tx: Tx, limit: int = BATCH) -> None:
    """Ask so many of those whose time has come, of the round that waits longest."""

    async def ask(tx: Tx, round_id: int) -> None:
        await _ask(tx, round_id, limit)

    await DUE.each_alone(tx, ask, limit=1)


async def _ask(tx: Tx, round_id: int, limit: int) -> None:
    # Closing it waits for this, or this for closing it: nobody is asked after.
    round_ = await queries.round_(tx, round_id, lock=True)
    if round_.stage != Stage.OPEN:
        await tx.session.execute(update(RoundPerson).where(*_of(tx, round_)).values(is_asked=True))
        return
    found = await tx.session.scalars(
        select(RoundPerson.user_id)
        .where(*_of(tx, round_), ~RoundPerson.is_asked, RoundPerson.asks_at <= tx.now)
        .order_by(RoundPerson.asks_at, RoundPerson.user_id)
        .limit(limit)
    )
    poll, due = await queries.poll(tx, round_.poll_id), found.all()
    still = await those_meant(tx, poll, due)
    await _leave_out(tx, round_, set(due) - set(still))
    message = blocks.ask(await view(tx, poll, round_))
    for each in still:
        await outbox.say(tx, ask_key(round_.id, each), outbox.Direct(each), message)
    await tx.session.execute(
        update(RoundPerson).where(*_of(tx, round_), RoundPerson.user_id.in_(still)).values(is_asked=True)
    )
    round_.is_asking = True
    await tx.session.flush()


async def undeliverable(tx: Tx, event: Dead) -> None:
    """Somebody whom Slack lets nobody write to, such as an app, is not meant by the round that tried."""
    feature, _, rest = event.key.partition(":")
    round_id, _, surface = rest.partition(":")
    if feature == "polls" and surface.startswith("ask:") and not event.maybe_shown:
        await tx.session.execute(
            delete(RoundPerson).where(
                RoundPerson.workspace_id == tx.workspace_id,
                RoundPerson.round_id == number(round_id),
                RoundPerson.user_id == event.user_id,
            )
        )


async def _leave_out(tx: Tx, round_: Round, gone: set[str]) -> None:
    """They left, or became guests, after it was planned to ask them."""
    if gone:
        await tx.session.execute(
            delete(RoundPerson).where(*_of(tx, round_), RoundPerson.user_id.in_(sorted(gone)))
        )


def _of(tx: Tx, round_: Round) -> Sequence[ColumnElement[bool]]:
    return RoundPerson.workspace_id == tx.workspace_id, RoundPerson.round_id == round_.id
