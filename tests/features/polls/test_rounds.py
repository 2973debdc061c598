"""Rounds that learn whom they mean, begin by themselves once, or are skipped; and those that are held."""

import asyncio
from datetime import date, time, timedelta
from typing import Any

from sqlalchemy import select

from slackapp.core.clock import TurnedClock
from slackapp.core.jobs import Roll
from slackapp.core.recurrence import Every, Weekday
from slackapp.core.transaction import Transactions, Tx
from slackapp.features.polls import queries
from slackapp.features.polls.models import Poll, Round
from slackapp.features.polls.rules import Audience, PollDraft, Recurring, Stage, Way
from slackapp.features.polls.service import closing, progress, recurring, roll, starting, stopping
from slackapp.features.workspaces.models import Person
from slackapp.features.workspaces.queries import person
from slackapp.features.workspaces.rules import Function
from slackapp.features.workspaces.service import introduce, keep_room
from slackapp.outbox.models import OutboxMessage, State
from slackapp.slack.people import Profile
from slackapp.slack.rooms import Room
from tests.conftest import START
from tests.support.polls import begun, drafted, knows_all, private_room
from tests.support.recorded import messages

WEEKLY = Recurring(Every.WEEK, Weekday.MONDAY, time(8))
NEXT = START + timedelta(days=7)

FIVE = [f"U{n}" for n in range(1, 6)]


async def rolled(tx: Tx, draft: PollDraft, *there: str) -> Round:
    """Its first round, once Slack said who is in its public channel."""
    _, round_ = await begun(tx, draft)
    await roll.keep(tx, Roll("C1", frozenset(there)))
    await roll.settle(tx, 10)
    return round_


def asked_there(**otherwise: Any) -> PollDraft:  # noqa: ANN401 - whatever the draft holds
    return drafted(audience=Audience.CHANNEL, way=Way.CHANNEL, **otherwise)


async def test_a_named_poll_stands_in_its_channel_before_it_is_known_who_is_there(tx: Tx) -> None:
    _, round_ = await begun(tx, asked_there())
    assert (round_.stage, (await queries.progress(tx, round_)).meant) == (Stage.OPEN, None)
    await knows_all(tx, ["UBOT"], is_bot=True)
    await knows_all(tx, ["UGUEST"], is_restricted=True)
    await knows_all(tx, ["UGONE"], deleted=True)
    await roll.keep(tx, Roll("C1", frozenset({*FIVE, "UBOT", "UGUEST", "UGONE", "USLACKBOT"})))
    await roll.settle(tx, 10)
    # Another heartbeat looks before Slack was asked who they are: some of them may be apps.
    waits = round_.calls_roll_at
    assert waits == tx.now
    await knows_all(tx, FIVE)
    await roll.settle(tx, 10)
    assert (round_.calls_roll_at, await queries.meant(tx, round_)) == (None, [*FIVE, "UGUEST"])


async def test_an_anonymous_poll_asks_nobody_before_that_and_not_of_too_few(tx: Tx) -> None:
    await knows_all(tx, FIVE)
    draft = asked_there(is_anonymous=True)
    enough = await rolled(tx, draft, *FIVE)
    few = await rolled(tx, draft, *FIVE[:4])
    _, unknown = await begun(tx, draft)
    await roll.settle(tx, 10)
    assert [each.stage for each in (enough, few, unknown)] == [Stage.OPEN, Stage.HELD, Stage.READYING]
    assert unknown.calls_roll_at == tx.now + roll.AGAIN
    assert [m.key for m in await messages(tx, "U1")] == [f"polls:{few.id}:held"]


async def test_of_functions_those_in_the_channel_are_asked(tx: Tx) -> None:
    await knows_all(tx, [*FIVE, "U9"])
    for user_id in ("U2", "U3", "U9"):
        (await person(tx, user_id)).function = Function.DATA
    draft = drafted(audience=Audience.FUNCTIONS, functions=[Function.DATA], way=Way.CHANNEL)
    there = await rolled(tx, draft, *FIVE)
    assert (there.stage, await queries.meant(tx, there)) == (Stage.OPEN, ["U2", "U3"])
    nobody = await rolled(tx, draft, "U4", "U5")
    assert nobody.stage == Stage.CALLED_OFF
    [told] = await messages(tx, "U1")
    assert "Nobody in the channel has said" in told.text


async def test_more_than_a_thousand_are_not_asked_one_by_one(tx: Tx) -> None:
    just_enough = [f"U{n}" for n in range(1000)]
    await keep_room(tx, Room("C1", "team", is_private=False, is_archived=False, is_member=True))
    tx.session.add_all(
        Person(workspace_id=tx.workspace_id, user_id=each, name=each, is_bot=each == "UBOT")
        for each in (*just_enough, "UMORE", "UBOT")
    )
    await tx.session.flush()
    most = await rolled(tx, drafted(audience=Audience.CHANNEL), *just_enough, "UBOT")
    assert (most.stage, (await queries.progress(tx, most)).meant) == (Stage.OPEN, 1000)
    many = [*just_enough, "UMORE"]
    direct = await rolled(tx, drafted(audience=Audience.CHANNEL), *many)
    hidden = await rolled(tx, asked_there(is_anonymous=True), *many)
    assert [each.stage for each in (direct, hidden)] == [Stage.CALLED_OFF, Stage.OPEN]
    assert (await queries.progress(tx, hidden)).meant is None
    _, told = await messages(tx, "U1")
    assert "More than 1,000" in told.text


async def test_what_waits_until_its_deadline_is_called_off(
    transactions: Transactions, workspace_id: int, clock: TurnedClock
) -> None:
    async with transactions.begin(workspace_id) as tx:
        _, held = await begun(tx, drafted(people=["U2"], is_anonymous=True))
        _, unknown = await begun(tx, asked_there(is_anonymous=True))
    clock.turn(START + timedelta(days=1))
    async with transactions.begin(workspace_id) as tx:
        for each in (held, unknown):
            await stopping.time_is_up(tx, each.id)
        rounds = list(await tx.session.scalars(select(Round).order_by(Round.id)))
        assert {(each.stage, each.closed_at) for each in rounds} == {(Stage.CALLED_OFF, tx.now)}
        of_held, of_unknown = await messages(tx, "U1")
        assert (of_held.state, "before anybody was asked" in of_unknown.text) == (State.CANCELLED, True)


async def rounds_of(transactions: Transactions, workspace_id: int) -> list[tuple[date, Stage]]:
    async with transactions.read(workspace_id) as tx:
        found = await tx.session.scalars(select(Round).order_by(Round.number))
        return [(each.occurs_on, Stage(each.stage)) for each in found]


async def test_of_two_heartbeats_one_begins_each(
    transactions: Transactions, workspace_id: int, clock: TurnedClock
) -> None:
    """Also those that the other one began while this one waited for the first: none is a week early."""
    async with transactions.begin(workspace_id) as tx:
        polls = [await begun(tx, drafted(people=["U2"], recurring=WEEKLY)) for _ in range(3)]
    clock.turn(NEXT)
    async with transactions.begin(workspace_id) as tx:
        for _, first in polls:
            await stopping.time_is_up(tx, first.id)
    beats = [transactions.run(workspace_id, lambda tx: recurring.open_due(tx, 10)) for _ in range(4)]
    await asyncio.gather(*beats)
    assert await rounds_of(transactions, workspace_id) == [
        *[(START.date(), Stage.CLOSED)] * 3,
        *[(NEXT.date(), Stage.OPEN)] * 3,
    ]
    async with transactions.read(workspace_id) as tx:
        assert set(await tx.session.scalars(select(Poll.next_at))) == {NEXT + timedelta(days=7)}


async def test_what_cannot_be_held_is_skipped_and_the_one_after_it_is_not(
    transactions: Transactions, workspace_id: int, clock: TurnedClock
) -> None:
    async def begins(
        weeks: int, *, late: timedelta = timedelta(0), is_archived: bool = False, is_member: bool = True
    ) -> bool:
        clock.turn(NEXT + timedelta(weeks=weeks) + late)
        async with transactions.begin(workspace_id) as tx:
            there = Room("C1", "team", is_private=False, is_archived=is_archived, is_member=is_member)
            await keep_room(tx, there)
            before = len(list(await tx.session.scalars(select(Round.id))))
            await recurring.open_due(tx, 10)
            return len(list(await tx.session.scalars(select(Round.id)))) > before

    async with transactions.begin(workspace_id) as tx:
        _, first = await begun(tx, drafted(people=["U2"], recurring=WEEKLY))
    assert not await begins(0)  # the first is open still
    async with transactions.begin(workspace_id) as tx:
        await stopping.time_is_up(tx, first.id)
    assert not await begins(1, is_archived=True)
    assert not await begins(2, is_member=False)
    assert not await begins(3, late=timedelta(days=1, minutes=1))
    assert await begins(4, late=timedelta(hours=23))


async def test_whoever_made_it_hears_of_rounds_that_fell_due_while_the_app_was_down(
    transactions: Transactions, workspace_id: int, clock: TurnedClock
) -> None:
    async def told(weeks: int, *, is_archived: bool = False) -> list[str]:
        clock.turn(NEXT + timedelta(weeks=weeks, days=2))
        async with transactions.begin(workspace_id) as tx:
            there = Room("C1", "team", is_private=False, is_archived=is_archived, is_member=True)
            await keep_room(tx, there)
            await recurring.open_due(tx, 10)
            await recurring.open_due(tx, 10)
            return [each.text.partition(". ")[2] for each in (await messages(tx, "U1"))[1:]]

    async with transactions.begin(workspace_id) as tx:
        await begun(tx, drafted(people=["U2"], recurring=WEEKLY))
    one = "The round of 14 Sep 2026 was skipped: the app was not running. The next is on 21 Sep 2026."
    several = (
        "The rounds from 21 Sep 2026 on were skipped: the app was not running. The next is on 5 Oct 2026."
    )
    assert await told(0) == [one]
    assert await told(2) == [one, several]
    # There it could not have been held either.
    assert await told(3, is_archived=True) == [one, several]


async def test_one_that_cannot_begin_keeps_no_other_from_it(
    transactions: Transactions, workspace_id: int, clock: TurnedClock
) -> None:
    async with transactions.begin(workspace_id) as tx:
        draft = drafted(people=["U2"], recurring=WEEKLY)
        broken, its_first = await begun(tx, draft)
        broken.audience = "unheard of"
        sound, first = await begun(tx, draft)
    clock.turn(NEXT)
    async with transactions.begin(workspace_id) as tx:
        for round_id in (its_first.id, first.id):
            await stopping.time_is_up(tx, round_id)
        await recurring.open_due(tx, 10)
        found = await tx.session.scalars(select(Round.poll_id).where(Round.number == 2))
        assert found.all() == [sound.id]


async def test_of_who_left_nothing_is_asked_and_their_poll_goes_to_an_admin(
    transactions: Transactions, workspace_id: int, clock: TurnedClock
) -> None:
    async with transactions.begin(workspace_id) as tx:
        await knows_all(tx, ["UADMIN"], is_admin=True)
        draft = drafted(people=["U2", "U3"], is_anonymous=True, recurring=WEEKLY)
        poll = await starting.start(tx, "U1", draft, channel_id="C1", anyway=True)
    clock.turn(NEXT)
    async with transactions.begin(workspace_id) as tx:
        first = await queries.current(tx, poll.id)
        assert first is not None
        await stopping.time_is_up(tx, first.id)
        for user_id in ("U1", "U2"):
            await introduce(tx, Profile(id=user_id, team_id="T1", deleted=True))
        await recurring.open_due(tx, 10)
        second = await queries.current(tx, poll.id)
        assert second is not None
        assert (second.stage, await queries.meant(tx, second)) == (Stage.HELD, ["U3"])
        assert [m.key for m in await messages(tx, "UADMIN")] == [f"polls:{second.id}:held"]
        await starting.release(tx, second.id, by="UADMIN", named=True)
        assert second.stage == Stage.OPEN


async def test_a_channel_archived_before_the_deadline_keeps_nothing_from_being_closed(
    transactions: Transactions, workspace_id: int, clock: TurnedClock
) -> None:
    async with transactions.begin(workspace_id) as tx:
        await private_room(tx, ["U1", "U2"])
        _, round_ = await begun(tx, asked_there())
        await keep_room(tx, Room("C1", "team", is_private=True, is_archived=True, is_member=False))
    clock.turn(START + timedelta(days=1))
    async with transactions.begin(workspace_id) as tx:
        await stopping.time_is_up(tx, round_.id)
        assert (await queries.round_(tx, round_.id)).stage == Stage.CLOSED
        said = await tx.session.scalars(select(OutboxMessage.key).where(OutboxMessage.channel_id == "C1"))
        assert said.all() == [f"polls:{round_.id}:round"]


async def test_nobody_is_sent_to_an_archived_channel_for_results(tx: Tx) -> None:
    await private_room(tx, ["U1", "U2"])
    _, round_ = await begun(tx, drafted(people=["U2"]))
    await keep_room(tx, Room("C1", "team", is_private=True, is_archived=True, is_member=False))
    for ends in (False, True):
        if ends:
            await closing.close(tx, round_.id, by=None)
        await progress.tell(tx, round_)
        shown = str((await messages(tx, "U1"))[-1].blocks)
        assert "is archived, so nothing is posted there" in shown
        assert ("This round is closed" in shown) == ends
