"""Direct messages that ask: to each at their time, told to whoever made the poll; and the one reminder."""

import asyncio
from datetime import UTC, datetime, time, timedelta

import pytest
from sqlalchemy import select, update

from slackapp.core.clock import TurnedClock
from slackapp.core.recurrence import Every, Weekday
from slackapp.core.transaction import Transactions, Tx
from slackapp.features.polls import queries
from slackapp.features.polls.jobs.asking import tell
from slackapp.features.polls.models import Round, RoundPerson
from slackapp.features.polls.rules import Answer, Audience, Recurring, Stage, Way
from slackapp.features.polls.service import (
    answering,
    asking,
    progress,
    recurring,
    reminding,
    starting,
    stopping,
)
from slackapp.features.workspaces.queries import person
from slackapp.features.workspaces.service import introduce
from slackapp.outbox.models import OutboxMessage, State
from slackapp.outbox.rules import Dead
from slackapp.slack.people import Profile
from tests.conftest import START
from tests.support.polls import begun, drafted, knows_all, private_room
from tests.support.recorded import messages

SIXTY = [f"U{n:02}" for n in range(60)]
OWN = Recurring(Every.WEEK, Weekday.MONDAY, time(10), in_own_zone=True)


async def asked(tx: Tx, round_id: int) -> set[str]:
    """Who has a direct message that asks."""
    found = await tx.session.scalars(
        select(OutboxMessage.user_id).where(OutboxMessage.key.startswith(f"polls:{round_id}:ask:"))
    )
    return {each for each in found if each is not None}


async def test_sixty_are_asked_once_by_two_heartbeats_in_batches(
    transactions: Transactions, workspace_id: int
) -> None:
    async with transactions.begin(workspace_id) as tx:
        await knows_all(tx, SIXTY)
        _, round_ = await begun(tx, drafted(people=SIXTY))
        assert (round_.is_asking, await asked(tx, round_.id)) == (False, set())
    beats = [transactions.run(workspace_id, lambda tx: asking.ask_due(tx, 15)) for _ in range(4)]
    await asyncio.gather(*beats)
    async with transactions.begin(workspace_id) as tx:
        assert await asked(tx, round_.id) == set(SIXTY)
        assert {row.wanted for row in await tx.session.scalars(select(OutboxMessage))} == {1}


async def test_its_maker_is_told_how_far_it_is_until_all_arrived(tx: Tx) -> None:
    await knows_all(tx, SIXTY)
    _, round_ = await begun(tx, drafted(people=SIXTY))

    async def told() -> str:
        await progress.keep_up(tx, round_.id)
        return (await messages(tx, "U1"))[-1].text

    assert "0 of 60 asked" in (await messages(tx, "U1"))[-1].text
    await asking.ask_due(tx)
    for arrived, state in ((SIXTY[:40], State.SENT), (SIXTY[40:59], State.SENT)):
        assert round_.is_asking
        keys = [f"polls:{round_.id}:ask:{each}" for each in arrived]
        await tx.session.execute(
            update(OutboxMessage).where(OutboxMessage.key.in_(keys)).values(ts="1.0", state=state)
        )
        await told()
    assert (await told()).startswith("P-1: 59 of 60 asked")
    # Slack will not take the last one.
    last = OutboxMessage.key == f"polls:{round_.id}:ask:{SIXTY[59]}"
    await tx.session.execute(update(OutboxMessage).where(last).values(state=State.DEAD))
    assert (await told()).startswith("P-1: 59 of 60 asked")
    assert not round_.is_asking


async def test_of_whom_it_cannot_be_told_how_far_it_is_keeps_nobody_else_from_being_told(tx: Tx) -> None:
    _, broken = await begun(tx, drafted(people=["U2"]))
    await begun(tx, drafted(people=["U2"]))
    for _ in range(2):
        await asking.ask_due(tx)
    (await queries.question(tx, broken.question_id)).kind = "unheard of"
    await tx.session.execute(
        update(OutboxMessage).where(OutboxMessage.key.contains(":ask:")).values(ts="1.0", state=State.SENT)
    )
    await tell(tx)
    assert set(await tx.session.scalars(select(Round.is_asking))) == {False}
    assert (await messages(tx, "U1"))[-1].text.startswith("P-2: 1 of 1 asked")


async def test_who_left_meanwhile_is_not_asked_and_not_meant(tx: Tx) -> None:
    people = ["U2", "U3", "U4", "U5"]
    await private_room(tx, ["U1", *people])
    await knows_all(tx, people)
    _, round_ = await begun(tx, drafted(people=people))
    await introduce(tx, Profile(id="U2", team_id="T1", deleted=True))
    await introduce(tx, Profile(id="U3", team_id="T1", is_restricted=True))
    await private_room(tx, ["U1", "U5"])
    await asking.ask_due(tx)
    assert await asked(tx, round_.id) == {"U5"}
    assert await queries.meant(tx, round_) == ["U5"]


async def test_whom_slack_lets_nobody_write_to_is_not_meant(tx: Tx) -> None:
    _, round_ = await begun(tx, drafted(people=["U2", "U3"]))
    await asking.ask_due(tx)
    for key in (f"polls:{round_.id}:ask:U2", f"polls:{round_.id}:remind:U3"):
        user_id = key.rsplit(":", 1)[1]
        await tx.emit(Dead(key, "cannot_dm_bot", user_id, None, maybe_shown=False))
    assert await queries.meant(tx, round_) == ["U3"]


async def test_nobody_is_asked_in_a_round_that_is_closed(tx: Tx) -> None:
    _, round_ = await begun(tx, drafted(people=["U2"]))
    round_.closes_at = tx.now
    await stopping.time_is_up(tx, round_.id)
    await asking.ask_due(tx)
    assert await asked(tx, round_.id) == set()
    assert (await tx.session.scalars(select(RoundPerson.is_asked))).all() == [True]


async def test_each_is_asked_at_their_own_time_on_their_own_working_day(
    transactions: Transactions, workspace_id: int, clock: TurnedClock
) -> None:
    """Monday 14 September 2026: in New Zealand clocks are 12 hours ahead of UTC, in New York 4 behind."""
    zones = {"UNZ": "Pacific/Auckland", "USE": "Europe/Stockholm", "UNY": "America/New_York"}
    async with transactions.begin(workspace_id) as tx:
        for user_id, tz in zones.items():
            await introduce(tx, Profile(id=user_id, team_id="T1", tz=tz))
        poll, first = await begun(tx, drafted(people=list(zones), recurring=OWN))
        # In the first round nobody is asked in the evening, or at four in the morning.
        assert {each.user_id: each.asks_at for each in await tx.session.scalars(select(RoundPerson))} == {
            "USE": START,
            "UNY": datetime(2026, 9, 7, 13, 0, tzinfo=UTC),
            "UNZ": datetime(2026, 9, 7, 21, 0, tzinfo=UTC),
        }
        assert first.closes_at == datetime(2026, 9, 8, 21, 0, tzinfo=UTC)
    assert poll.next_at == datetime(2026, 9, 13, 20, 0, tzinfo=UTC)
    clock.turn(poll.next_at)
    async with transactions.begin(workspace_id) as tx:
        await stopping.time_is_up(tx, first.id)
        await recurring.open_due(tx, 10)
        second = await queries.current(tx, poll.id)
        assert second is not None
        rows = await tx.session.execute(
            select(RoundPerson.user_id, RoundPerson.asks_at).where(RoundPerson.round_id == second.id)
        )
        assert {row.user_id: row.asks_at for row in rows} == {
            "UNZ": datetime(2026, 9, 13, 22, 0, tzinfo=UTC),
            "USE": datetime(2026, 9, 14, 8, 0, tzinfo=UTC),
            "UNY": datetime(2026, 9, 14, 14, 0, tzinfo=UTC),
        }
        # It is open for a day from the last one's moment on.
        assert second.closes_at == datetime(2026, 9, 15, 14, 0, tzinfo=UTC)


@pytest.mark.parametrize(("days", "stage"), [(1, Stage.CALLED_OFF), (3, Stage.OPEN)])
async def test_people_on_holiday_are_asked_when_they_are_back_or_not_in_this_round(
    transactions: Transactions, workspace_id: int, clock: TurnedClock, days: int, stage: Stage
) -> None:
    """Monday 21 to Wednesday 23 September 2026 are holidays in Japan."""
    fortnightly = Recurring(Every.FORTNIGHT, Weekday.MONDAY, time(8))
    async with transactions.begin(workspace_id) as tx:
        await knows_all(tx, ["UYUKI"], tz="Asia/Tokyo")
        (await person(tx, "UYUKI")).country = "JP"
        draft = drafted(people=["UYUKI"], open_minutes=days * 1440 + 60, recurring=fortnightly)
        poll, first = await begun(tx, draft)
    clock.turn(START + timedelta(days=14))
    async with transactions.begin(workspace_id) as tx:
        await stopping.time_is_up(tx, first.id)
        await recurring.open_due(tx, 10)
        second = await queries.last_round(tx, poll.id)
        assert second is not None
        assert (second.number, second.stage) == (2, stage)
        asks_at = await tx.session.scalar(
            select(RoundPerson.asks_at).where(RoundPerson.round_id == second.id)
        )
        if stage is Stage.OPEN:
            assert asks_at == START + timedelta(days=17)
        else:
            assert "on holiday" in (await messages(tx, "U1"))[-1].text


@pytest.mark.parametrize("way", [Way.DIRECT, Way.CHANNEL])
async def test_those_who_are_silent_are_reminded_once(
    transactions: Transactions, workspace_id: int, clock: TurnedClock, way: Way
) -> None:
    people = ["U2", "U3", "UFAR"]
    async with transactions.begin(workspace_id) as tx:
        await private_room(tx, people)
        await knows_all(tx, people[:2])
        await knows_all(tx, ["UFAR"], tz="Pacific/Honolulu")
        audience = Audience.PEOPLE if way is Way.DIRECT else Audience.CHANNEL
        draft = drafted(people=people, way=way, audience=audience, open_minutes=3 * 1440)
        poll = await starting.start(tx, "U2", draft, channel_id="C1")
        round_ = await queries.current(tx, poll.id)
        assert round_ is not None
        await asking.ask_due(tx)
        for message in await tx.session.scalars(select(OutboxMessage).where(OutboxMessage.user_id == "U3")):
            message.ts, message.state = "1.0", State.SENT
        await answering.answer(tx, "U2", round_.id, Answer(option=1))
        assert round_.reminds_at == START + timedelta(days=2)

    async def reminded(at: datetime) -> tuple[set[str], datetime | None]:
        clock.turn(at)
        async with transactions.begin(workspace_id) as tx:
            await reminding.remind(tx, round_.id)
            keys = await tx.session.scalars(
                select(OutboxMessage.user_id).where(OutboxMessage.key.contains(":remind:"))
            )
            return {str(each) for each in keys}, (await queries.round_(tx, round_.id)).reminds_at

    # At eight in the morning nobody is at work yet.
    assert await reminded(START + timedelta(days=2)) == (set(), START + timedelta(days=2, hours=1))
    nine, far = START + timedelta(days=2, hours=1), START + timedelta(days=2, hours=11)
    assert await reminded(nine) == ({"U3"}, far)
    async with transactions.begin(workspace_id) as tx:
        earlier = await tx.session.scalar(
            select(OutboxMessage).where(OutboxMessage.key == f"polls:{round_.id}:ask:U3")
        )
        assert (earlier is not None) == (way is Way.DIRECT)
        if earlier is not None:
            assert earlier.withdrawn
            assert "was asked once more, in a newer message" in str(earlier.blocks)
    assert await reminded(far) == ({"U3", "UFAR"}, None)


async def test_nobody_is_reminded_of_what_is_over_soon(tx: Tx) -> None:
    _, short = await begun(tx, drafted(people=["U2"], open_minutes=119))
    _, never = await begun(tx, drafted(people=["U2"], reminds=False))
    assert (short.reminds_at, never.reminds_at) == (None, None)
    assert set(await tx.session.scalars(select(Round.stage))) == {Stage.OPEN}
