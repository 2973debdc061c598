"""The next of a series opens once, with those of its people who are still there, or is skipped."""

import asyncio
from datetime import time, timedelta

import pytest
from sqlalchemy import select

from slackapp.core.clock import TurnedClock
from slackapp.core.errors import FieldError, UserError
from slackapp.core.transaction import Transactions, Tx
from slackapp.features.retros import queries
from slackapp.features.retros.models import Retro, Series
from slackapp.features.retros.rules import Every, Part, Recurrence, RetroDraft, Weekday
from slackapp.features.retros.service import phases, recurring, series
from slackapp.features.retros.service.starting import start
from slackapp.features.workspaces.service import introduce, keep_room
from slackapp.slack.people import Profile
from slackapp.slack.rooms import Room
from tests.conftest import START
from tests.support.recorded import knows

WEEKLY = Recurrence(Every.WEEK, Weekday.MONDAY, time(10, 0))
DRAFT = RetroDraft(is_anonymous=False, recurrence=WEEKLY)
#: A week after the first, held on a Monday, at ten in UTC.
NEXT = START + timedelta(days=7, hours=2)


async def begun(tx: Tx, draft: RetroDraft = DRAFT) -> Series:
    """A series whose first retro is over."""
    first = await start(tx, "U1", draft, channel_id="C1")
    await phases.cancel(tx, first.id, by="U1")
    found: Series | None = await tx.session.scalar(select(Series).where(Series.id == first.series_id))
    assert found is not None
    assert found.next_at == NEXT
    return found


async def retros(tx: Tx) -> list[Retro]:
    found = await tx.session.scalars(
        select(Retro).where(Retro.workspace_id == tx.workspace_id).order_by(Retro.number)
    )
    return list(found)


async def test_of_two_heartbeats_one_opens_it(
    transactions: Transactions, workspace_id: int, clock: TurnedClock
) -> None:
    async with transactions.begin(workspace_id) as tx:
        await begun(tx)
    clock.turn(NEXT)
    beats = [transactions.run(workspace_id, lambda tx: recurring.open_due(tx, 10)) for _ in range(4)]
    await asyncio.gather(*beats)
    async with transactions.read(workspace_id) as tx:
        assert [(each.label, each.ended_at is None) for each in await retros(tx)] == [
            ("R-1", False),
            ("R-2", True),
        ]
        [found] = (await tx.session.scalars(select(Series))).all()
        assert found.next_at == NEXT + timedelta(days=7)


async def test_it_is_as_the_one_before_without_those_who_left(
    transactions: Transactions, workspace_id: int, clock: TurnedClock
) -> None:
    draft = RetroDraft(
        is_anonymous=False,
        whole_channel=False,
        people=["U2", "U3", "U4"],
        co_facilitators=["U2", "U5"],
        is_live=True,
        votes_each=4,
        recurrence=WEEKLY,
    )
    async with transactions.begin(workspace_id) as tx:
        await begun(tx, draft)
        await introduce(tx, Profile(id="U3", deleted=True))
        await introduce(tx, Profile(id="U4", is_restricted=True))
        await introduce(tx, Profile(id="U5", is_restricted=True))
    clock.turn(NEXT)
    async with transactions.begin(workspace_id) as tx:
        await recurring.open_due(tx, 10)
        retro = (await retros(tx))[-1]
        assert (retro.label, retro.is_live, retro.votes_each, retro.is_anonymous) == ("R-2", True, 4, False)
        assert await queries.people(tx, retro.id, Part.INVITED) == ["U2", "U4"]
        assert await queries.people(tx, retro.id, Part.CO_FACILITATOR) == ["U2"]


async def test_in_place_of_a_facilitator_who_left_somebody_else_leads_on(
    transactions: Transactions, workspace_id: int, clock: TurnedClock
) -> None:
    async with transactions.begin(workspace_id) as tx:
        draft = RetroDraft(is_anonymous=False, co_facilitators=["U2", "U3"], recurrence=WEEKLY)
        found = await begun(tx, draft)
        await introduce(tx, Profile(id="U1", deleted=True))
        assert await series.may_end(tx, found, "U3")
        assert not await series.may_end(tx, found, "U1")
    clock.turn(NEXT)
    async with transactions.begin(workspace_id) as tx:
        await recurring.open_due(tx, 10)
        retro = (await retros(tx))[-1]
        assert (retro.label, retro.facilitator_id) == ("R-2", "U2")
        assert await queries.people(tx, retro.id, Part.CO_FACILITATOR) == ["U3"]


async def test_what_cannot_be_held_is_skipped_and_the_one_after_it_is_not(
    transactions: Transactions, workspace_id: int, clock: TurnedClock
) -> None:
    async def opened(weeks: int, *, is_archived: bool = False, late: timedelta = timedelta(0)) -> list[str]:
        clock.turn(NEXT + timedelta(weeks=weeks) + late)
        async with transactions.begin(workspace_id) as tx:
            await keep_room(tx, Room("C1", "team", False, is_archived, True))  # noqa: FBT003 - as Slack tells of it
            await recurring.open_due(tx, 10)
        async with transactions.read(workspace_id) as tx:
            return [each.label for each in await retros(tx) if each.ended_at is None]

    async with transactions.begin(workspace_id) as tx:
        await begun(tx)
    assert await opened(0, is_archived=True) == []
    assert await opened(1, late=timedelta(days=1, minutes=1)) == []
    assert await opened(2, late=timedelta(hours=23)) == ["R-2"]
    assert await opened(3) == ["R-2"]


async def test_one_that_cannot_be_opened_keeps_no_other_from_opening(
    transactions: Transactions, workspace_id: int, clock: TurnedClock
) -> None:
    async with transactions.begin(workspace_id) as tx:
        broken = await begun(tx)
        broken.template = "unheard of"
        other = await start(tx, "U1", DRAFT, channel_id="C2")
        await phases.cancel(tx, other.id, by="U1")
    clock.turn(NEXT)
    async with transactions.begin(workspace_id) as tx:
        await recurring.open_due(tx, 10)
    async with transactions.read(workspace_id) as tx:
        assert [each.channel_id for each in await retros(tx) if each.ended_at is None] == ["C2"]
        assert set(await tx.session.scalars(select(Series.next_at))) == {NEXT + timedelta(days=7)}


async def test_a_series_is_ended_by_whoever_leads_it_once(tx: Tx) -> None:
    await knows(tx, "U1", name="Mara")
    await knows(tx, "U9", admin=True)
    found = await begun(tx)
    with pytest.raises(FieldError, match="every week on Monday at 10:00") as again:
        await start(tx, "U1", DRAFT, channel_id="C1")
    assert set(again.value.fields) == {"recurs"}
    with pytest.raises(UserError, match="facilitator Mara"):
        await series.end(tx, found.id, "U2")
    await series.end(tx, found.id, "U9")
    with pytest.raises(UserError, match="do not recur any more"):
        await series.end(tx, found.id, "U1")
    assert (found.next_at, found.ended_at) == (None, tx.now)
