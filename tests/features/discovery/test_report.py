"""What a report reads: of one channel, of its days, and nothing that polls withhold."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncEngine

from slackapp.core.errors import UserError
from slackapp.core.proportions import Proportion
from slackapp.core.transaction import Transactions, Tx
from slackapp.features.discovery.queries.report import report
from slackapp.features.discovery.rules import Contributed
from slackapp.features.discovery.rules.opinions import Level, Opinion
from slackapp.features.discovery.rules.report import LeftOut
from slackapp.features.launches.rules import LaunchState
from slackapp.features.metrics.rules import Verdict
from slackapp.features.polls.rules import Audience, Kind, Stage
from slackapp.features.workspaces.models import ChannelMember, Person
from slackapp.features.workspaces.rules import Function
from slackapp.features.workspaces.service import install
from tests.support.discovered import click, inhabit, log, poll_of, round_of, ship, wording

#: A Monday, as `tx.now` has it.
TODAY = date(2026, 9, 7)
ENGINEERING, PRODUCT = Function.ENGINEERING, Function.PRODUCT
#: Where it is known, who reads, the zone, the first of what was recorded, clicks, launches, three of what was
#: logged, three of polls.
MOST_STATEMENTS = 13


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


async def test_who_took_part_in_rounds_activities_and_before_specs(tx: Tx) -> None:
    await inhabit(tx)
    poll = await poll_of(tx, "participation", by_function=True)
    asked = await wording(tx, poll)
    await round_of(tx, poll, asked, ago(14), {"E1": 1, "E2": 0, "E3": 1, "P1": 1, "D1": 0, "X1": 0})
    await round_of(tx, poll, asked, ago(1), {"E1": 1, "D1": 0})
    await round_of(tx, poll, asked, ago(91), {"E1": 1})
    await log(tx, ago(3), [PRODUCT, ENGINEERING])
    await log(tx, ago(4), [PRODUCT])
    await ship(tx, ago(2), early=["E1", "P1", "X1"])

    found = await report(tx, "E1", "C1")

    assert found.rounds == 2
    assert found.said == {ENGINEERING: Proportion(2, 3), None: Proportion(2, 5)}
    assert (found.activities, found.present) == (2, {ENGINEERING: 1, PRODUCT: 2})
    assert found.clicks == {ENGINEERING: 1, PRODUCT: 1, None: 1}


async def test_weeks_are_told_by_the_day_of_each_where_the_reader_is(tx: Tx) -> None:
    await inhabit(tx, tz="America/New_York")
    launch = await ship(tx, ago(2), recorded_at=datetime(2026, 8, 1, tzinfo=UTC))
    # In New York it was Sunday still, 23:30.
    await click(tx, launch, "E1", days_ago=4.5 / 24)
    await log(tx, ago(20), [ENGINEERING])

    found = await report(tx, "E2", "C1")

    assert [str(monday) for monday, times in found.weeks if times] == ["2026-08-17", "2026-08-31"]
    assert [str(found.weeks[0][0]), str(found.weeks[-1][0])] == ["2026-07-27", "2026-09-07"]


async def test_who_is_early_clicked_was_there_before_the_spec_or_is_the_senior_who_saw_it(tx: Tx) -> None:
    await inhabit(tx)
    await ship(tx, ago(9), early=["P1"])
    await ship(tx, ago(8), early=["P1", "E1"])
    await ship(tx, ago(7), senior_before_spec=True)
    await ship(tx, ago(6), senior_before_spec=False)
    await log(tx, ago(50), [PRODUCT], launch=await ship(tx, ago(5)), before_spec=True)
    await log(tx, ago(99), [ENGINEERING], launch=await ship(tx, ago(4)), before_spec=True)
    await log(tx, ago(50), [ENGINEERING], launch=await ship(tx, ago(3)), before_spec=False)
    await log(tx, ago(50), [ENGINEERING], launch=await ship(tx, ago(2)))
    for state in (LaunchState.PLANNED, LaunchState.DROPPED):
        await ship(tx, ago(1), early=["E1"], state=state)

    found = await report(tx, "E1", "C1")

    assert found.early == Proportion(5, 8)
    assert found.early_engineer == Proportion(3, 8)


async def test_launches_by_verdict_and_by_days_after_the_plan(tx: Tx) -> None:
    await inhabit(tx)
    for verdict, late in [(Verdict.HIT, 0), (Verdict.MOVED, 2), (Verdict.FLAT, 5), (None, None)]:
        first_day = None if late is None else ago(10 + late)
        await ship(tx, ago(10), verdict=verdict, early=["E1"], first_day=first_day)
    await ship(tx, ago(10), verdict=Verdict.UNMEASURED)
    await ship(tx, ago(10), verdict=Verdict.REGRESSED, override=Verdict.HIT, first_day=ago(7))

    found = await report(tx, "E1", "C1")

    assert (found.with_engineer.launches, found.without_engineer.launches) == (4, 2)
    assert found.with_engineer.good == Proportion(2, 3)
    assert (found.with_engineer.days_late, found.with_engineer.median_late) == ([0, 2, 5], 2)
    assert found.with_engineer.on_time == Proportion(1, 3)
    assert found.without_engineer.good == Proportion(1, 1)
    assert found.without_engineer.days_late == [-3]


async def test_what_was_brought(tx: Tx) -> None:
    await inhabit(tx)
    await log(tx, ago(3), brought=[Contributed.CHEAPER, Contributed.CONSTRAINT], weeks_saved="2.5")
    await log(tx, ago(4), brought=[Contributed.CHEAPER], weeks_saved="4")
    await log(tx, ago(200), brought=[Contributed.SCOPE], weeks_saved="9")

    found = (await report(tx, "E1", "C1", 180)).brought

    assert {kind for kind, times in found.times.items() if times} == {
        Contributed.CHEAPER,
        Contributed.CONSTRAINT,
    }
    assert found.times[Contributed.CHEAPER] == 2
    assert (found.weeks_saved, found.weeks_said) == (Decimal("6.5"), 2)


async def test_opinions_are_compared_in_the_same_words_alone(tx: Tx) -> None:
    await inhabit(tx)
    everybody = {f"U{number}": 4 for number in range(5)}
    trust = await poll_of(tx, "trust", is_anonymous=True)
    old = await wording(tx, trust, "Do we trust each other?", Kind.SCALE)
    new = await wording(tx, trust, "Can you say what you think here?", Kind.SCALE, version=2)
    await round_of(tx, trust, old, ago(150), everybody)
    await round_of(tx, trust, new, ago(120), {**everybody, "U9": 1})
    await round_of(tx, trust, old, ago(60), everybody)
    await round_of(tx, trust, new, ago(30), everybody)
    morale = await poll_of(tx, "morale", is_anonymous=True)
    await round_of(tx, morale, await wording(tx, morale, "?", Kind.SCALE), ago(95), everybody)
    vision = await poll_of(tx, "vision")
    await round_of(tx, vision, await wording(tx, vision, "Clear?"), ago(5), {"E1": 1, "E2": 0, "P1": 1})

    found = await report(tx, "E1", "C1", 90)

    assert found.opinions == [
        Opinion("vision", Level(ago(5), 3, yes=Proportion(2, 3)), None),
        Opinion("trust", Level(ago(30), 5, mean=Decimal(4)), Level(ago(120), 6, mean=Decimal("3.5"))),
    ]


async def test_a_question_put_to_others_is_another_question(tx: Tx) -> None:
    await inhabit(tx)
    for audience in (Audience.CHANNEL, Audience.PEOPLE, Audience.PEOPLE):
        poll = await poll_of(tx, "vision", audience=audience)
        await round_of(tx, poll, await wording(tx, poll), ago(9), {"E1": 1, "E2": 1, "P1": 0})

    [opinion] = (await report(tx, "E1", "C1")).opinions

    assert opinion.before is None


async def test_what_polls_withhold_is_in_no_number(tx: Tx) -> None:
    await inhabit(tx)
    few = {"E1": 1, "E2": 1}
    morale = await poll_of(tx, "morale", is_anonymous=True)
    scale = await wording(tx, morale, "How is it?", Kind.SCALE)
    await round_of(tx, morale, scale, ago(9), few)
    await round_of(tx, morale, scale, ago(8), {f"U{n}": 5 for n in range(6)}, stage=Stage.OPEN)
    anonymous = await poll_of(tx, "participation", is_anonymous=True)
    await round_of(tx, anonymous, await wording(tx, anonymous), ago(9), {f"U{n}": 1 for n in range(5)})
    await round_of(tx, anonymous, await wording(tx, anonymous, version=2), ago(7), few)
    poll = await poll_of(tx, "participation", by_function=True)
    asked = await wording(tx, poll)
    await round_of(tx, poll, asked, ago(6), few, stage=Stage.OPEN)

    found = await report(tx, "E1", "C1")

    assert (found.rounds, found.said, found.opinions) == (0, {}, [])
    assert found.weeks_with_engineer.count == 0
    assert found.left_out == LeftOut(withheld=2, without_function=1)


async def test_a_report_of_fewer_days_takes_away_whole_rounds_alone(tx: Tx) -> None:
    """So the difference of two reports is what a closed round says of itself."""
    await inhabit(tx)
    poll = await poll_of(tx, "participation", by_function=True)
    asked = await wording(tx, poll)
    await round_of(tx, poll, asked, ago(29), {"E1": 1, "E2": 0, "E3": 0})
    await round_of(tx, poll, asked, ago(30), {"E1": 0, "P1": 1})

    short, long = await report(tx, "E1", "C1", 30), await report(tx, "E1", "C1", 90)

    assert short.said == {ENGINEERING: Proportion(1, 3)}
    assert long.said == {ENGINEERING: Proportion(1, 3), None: Proportion(1, 2)}


async def test_a_function_of_which_few_answered_is_told_neither_by_its_count_nor_by_its_week(tx: Tx) -> None:
    await inhabit(tx)
    poll = await poll_of(tx, "participation", by_function=True)
    asked = await wording(tx, poll)
    await log(tx, ago(60))
    few = {"E1": 1, "E2": 1, "P1": 0, "D1": 0, "X1": 0}
    await round_of(tx, poll, asked, ago(20), few)
    await round_of(tx, poll, asked, ago(6), {**few, "E3": 0})

    found = await report(tx, "E1", "C1")

    assert found.said == {ENGINEERING: Proportion(2, 3), None: Proportion(2, 8)}
    assert [str(monday) for monday, times in found.weeks if times] == ["2026-08-31"]


async def test_nothing_of_another_channel_or_workspace_is_counted(
    transactions: Transactions, workspace_id: int
) -> None:
    async with transactions.install() as session:
        other = await install(session, team_id="T2", name="Elsewhere", now=datetime(2026, 9, 1, tzinfo=UTC))
    for workspace, channel in ((workspace_id, "C2"), (other, "C1")):
        async with transactions.begin(workspace) as tx:
            await inhabit(tx)
            await ship(tx, ago(2), early=["E1"], channel=channel)
            await log(tx, ago(2), [ENGINEERING], channel=channel, brought=[Contributed.SCOPE])
            poll = await poll_of(tx, "participation", by_function=True, channel=channel)
            await round_of(tx, poll, await wording(tx, poll), ago(1), {"E1": 1})
    async with transactions.begin(workspace_id) as tx:
        assert (await report(tx, "E1", "C1")).is_empty
        # Of a launch here, something is logged there: what happens there is not shown here.
        await log(tx, ago(9), [ENGINEERING], launch=await ship(tx, ago(1)), before_spec=True, channel="C2")
        assert (await report(tx, "E1", "C1")).early == Proportion(0, 1)


async def test_it_is_for_colleagues_in_the_channel(tx: Tx) -> None:
    await inhabit(tx, private=["C2"])
    guest = Person(workspace_id=tx.workspace_id, user_id="G1", name="G1", is_guest=True)
    tx.session.add_all([guest, ChannelMember(workspace_id=tx.workspace_id, channel_id="C2", user_id="E1")])
    await tx.session.flush()
    for user, channel in (("E2", "C2"), ("G1", "C1")):
        with pytest.raises(UserError, match="members of this workspace who are in the channel"):
            await report(tx, user, channel)
    for channel in ("", "D1"):
        with pytest.raises(UserError, match="team's channel"):
            await report(tx, "E1", channel)
    assert (await report(tx, "E1", "C2")).is_empty


async def test_a_report_asks_the_database_little(tx: Tx, engine: AsyncEngine) -> None:
    await inhabit(tx)
    for number in range(30):
        await log(tx, ago(number), launch=await ship(tx, ago(number), early=["E1"]), before_spec=True)
        poll = await poll_of(tx, "trust")
        await round_of(tx, poll, await wording(tx, poll, "?", Kind.SCALE), ago(number), {"E1": 4})
    tx.session.expunge_all()
    seen: list[str] = []

    @event.listens_for(engine.sync_engine, "before_cursor_execute")
    def note(*what: object) -> None:
        seen.append(str(what[2]))

    await report(tx, "E1", "C1")
    assert len(seen) <= MOST_STATEMENTS, seen
