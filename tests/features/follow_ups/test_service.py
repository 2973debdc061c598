"""Planning questions and taking answers, on both databases."""

import asyncio
from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select, update

from slackapp.core.clock import TurnedClock
from slackapp.core.errors import NotFoundError, UserError
from slackapp.core.transaction import Transactions, Tx
from slackapp.features.follow_ups import parts, queries, service
from slackapp.features.follow_ups.models import FollowUp
from slackapp.features.follow_ups.rules import Given, NoNumber
from slackapp.features.launches import service as launches
from slackapp.features.launches.models import Launch
from slackapp.features.launches.rules import Card, Decision
from slackapp.features.metrics.models import Reading
from slackapp.features.metrics.rules import Quantity
from slackapp.features.prompts.jobs import ask_what_is_due
from slackapp.features.prompts.models import Prompt
from slackapp.outbox.models import OutboxMessage
from tests.conftest import START
from tests.support.recorded import LONG_OUT, another_workspace, asked_about, knows, messages, recorded
from tests.support.spaces import as_seen

TODAY = START.date()


async def answer(tx: Tx, follow_up: FollowUp, value: str = "44", by: str = "U1") -> None:
    await service.record(tx, by, follow_up.id, Given(Quantity(Decimal(value), "%"), TODAY))


async def outcome(tx: Tx, launch: Launch) -> OutboxMessage:
    found = await tx.session.scalars(
        select(OutboxMessage)
        .where(OutboxMessage.key == service.outcome_key(launch.id))
        .execution_options(populate_existing=True)
    )
    return found.one()


async def test_an_answer_measures_the_launch_and_a_decision_closes_it(tx: Tx) -> None:
    launch = await recorded(tx, day=LONG_OUT)
    follow_up = await asked_about(tx, launch)
    assert (launch.state, follow_up.state) == ("out", "open")
    with pytest.raises(UserError, match="no outcome to decide upon"):
        await service.decide(tx, "U1", follow_up.id, Decision.KEEP)
    await answer(tx, follow_up)
    assert (launch.state, launch.verdict, follow_up.state) == ("measured", "moved", "answered")
    with pytest.raises(UserError, match="has its outcome already"):
        await launches.cancel(tx, "U1", launch.id)
    await service.decide(tx, "U1", follow_up.id, Decision.KEEP)
    await service.decide(tx, "U1", follow_up.id, Decision.STOP)
    assert (launch.state, launch.decision) == ("closed", "stop")
    with pytest.raises(UserError, match="its outcome stands"):
        await service.undo(tx, "U1", follow_up.id)


async def test_undo_leaves_nothing_of_the_answer_but_a_reading_marked_as_taken_back(tx: Tx) -> None:
    launch = await recorded(tx, day=LONG_OUT)
    follow_up = await asked_about(tx, launch)
    await answer(tx, follow_up)
    assert (await outcome(tx, launch)).state == "waiting"
    await service.undo(tx, "U1", follow_up.id)
    assert (launch.state, launch.verdict) == ("out", None)
    assert (follow_up.state, follow_up.reading_id, follow_up.answered_by) == ("open", None, None)
    assert (await outcome(tx, launch)).state == "cancelled"
    readings = await tx.session.scalars(select(Reading).execution_options(populate_existing=True))
    assert readings.one().taken_back_at == tx.now
    with pytest.raises(UserError, match="taken back already"):
        await service.undo(tx, "U1", follow_up.id)
    await answer(tx, follow_up, "53")
    assert launch.verdict == "hit"
    assert (await outcome(tx, launch)).state == "waiting"


async def test_no_number_leaves_the_launch_unmeasured(tx: Tx) -> None:
    launch = await recorded(tx, day=LONG_OUT)
    follow_up = await asked_about(tx, launch)
    await service.record_no_number(tx, "U1", follow_up.id, NoNumber.DATA_MISSING)
    assert (launch.verdict, follow_up.no_number, follow_up.reading_id) == ("unmeasured", "data_missing", None)


async def test_a_cancelled_launch_takes_no_answer(tx: Tx) -> None:
    launch = await recorded(tx, day=LONG_OUT)
    follow_up = await asked_about(tx, launch)
    await launches.cancel(tx, "U1", launch.id)
    assert follow_up.state == "dropped"
    with pytest.raises(UserError, match="was cancelled"):
        await answer(tx, follow_up)


async def test_the_later_question_lapses_the_earlier_one(
    transactions: Transactions, workspace_id: int, clock: TurnedClock
) -> None:
    async with transactions.begin(workspace_id) as tx:
        launch = await recorded(tx)
    for days in (7, 30):
        clock.turn(START + timedelta(days=days, hours=2))
        async with transactions.begin(workspace_id) as tx:
            await ask_what_is_due(tx)
    async with transactions.begin(workspace_id) as tx:
        first, final = await queries.of_launch(tx, launch.id)
        assert (first.state, final.state) == ("lapsed", "open")
        with pytest.raises(UserError, match="later check"):
            await answer(tx, first)
        assert "took the place" in (await messages(tx, "U1"))[0].text


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2026-09-07", [(7, "waiting"), (30, "waiting")]),
        ("2026-08-31", [(7, "asked"), (30, "waiting")]),
        ("2026-08-08", [(30, "asked")]),
        ("2026-01-01", [(30, "asked")]),
    ],
)
async def test_of_a_launch_recorded_as_past_only_the_latest_checkpoint_is_asked(
    tx: Tx, day: str, expected: list[tuple[int, str]]
) -> None:
    await recorded(tx, day=day)
    found = await tx.session.execute(
        select(FollowUp.days, Prompt.state)
        .join(Prompt, Prompt.subject_id == FollowUp.id)
        .order_by(FollowUp.days)
    )
    assert [tuple(row) for row in found] == expected


async def test_a_past_launch_of_somebody_else_waits_for_their_one_message_of_the_day(tx: Tx) -> None:
    await recorded(tx, by="U1", owner="U2", day=LONG_OUT)
    await recorded(tx, by="U1", owner="U2", day=LONG_OUT, title="Search")
    assert await messages(tx, "U2") == []


async def test_another_workspaces_question_is_not_found(
    transactions: Transactions, workspace_id: int
) -> None:
    async with transactions.begin(workspace_id) as tx:
        launch = await recorded(tx, day=LONG_OUT)
        follow_up = await asked_about(tx, launch)
    async with transactions.begin(await another_workspace(transactions)) as tx:
        for attempt in (
            service.open_question(tx, "U1", follow_up.id),
            answer(tx, follow_up),
            service.record_no_number(tx, "U1", follow_up.id, NoNumber.DATA_MISSING),
            service.undo(tx, "U1", follow_up.id),
            service.decide(tx, "U1", follow_up.id, Decision.KEEP),
        ):
            with pytest.raises(NotFoundError):
                await attempt
        assert list(await queries.of_launch(tx, launch.id)) == []
        assert (await tx.session.scalars(queries.launches_waiting(tx))).all() == []
        with pytest.raises(NotFoundError):
            await parts.card_part(tx, Card(launch.id, date(2026, 9, 7)))


async def test_a_question_is_answered_by_whom_it_is_for(tx: Tx) -> None:
    await knows(tx, "U1", name="Mara Lind")
    follow_up = await asked_about(tx, await recorded(tx, day=LONG_OUT))
    for attempt in (
        answer(tx, follow_up, by="U3"),
        service.undo(tx, "U3", follow_up.id),
        service.decide(tx, "U3", follow_up.id, Decision.KEEP),
    ):
        with pytest.raises(UserError, match="This question is for Mara Lind"):
            await attempt


async def test_of_two_answers_at_once_one_counts_and_the_other_is_told(
    transactions: Transactions, workspace_id: int
) -> None:
    async with transactions.begin(workspace_id) as tx:
        await knows(tx, "U1", name="Mara Lind")
        await knows(tx, "U2", name="Jonas Bell")
        launch = await recorded(tx, by="U1", day=LONG_OUT)
        follow_up = await asked_about(tx, launch)
        await tx.session.execute(update(Prompt).values(user_id="U2"))  # it was passed on

    async def gives(value: str, by: str) -> None:
        async with transactions.begin(workspace_id) as tx:
            await answer(tx, follow_up, value, by)

    results = await asyncio.gather(gives("44", "U1"), gives("53", "U2"), return_exceptions=True)
    [told] = [str(result) for result in results if isinstance(result, UserError)]
    async with transactions.begin(workspace_id) as tx:
        reading = (await tx.session.scalars(select(Reading))).one()
    winner = {"U1": "Mara Lind has already recorded 44 %", "U2": "Jonas Bell has already recorded 53 %"}
    assert as_seen(told).startswith(winner[reading.entered_by])


async def test_an_answer_and_a_cancel_at_once_end_as_one_of_the_two(
    transactions: Transactions, workspace_id: int
) -> None:
    async with transactions.begin(workspace_id) as tx:
        launch = await recorded(tx, day=LONG_OUT)
        follow_up = await asked_about(tx, launch)

    async def answers() -> None:
        async with transactions.begin(workspace_id) as tx:
            await answer(tx, follow_up)

    async def cancels() -> None:
        async with transactions.begin(workspace_id) as tx:
            await launches.cancel(tx, "U1", launch.id)

    results = await asyncio.gather(answers(), cancels(), return_exceptions=True)
    assert [type(r) for r in results if r is not None] == [UserError]
    async with transactions.begin(workspace_id) as tx:
        ended = await tx.session.get(Launch, launch.id)
        assert ended is not None
        state = (await asked_about(tx, launch)).state
        assert (ended.state, state) in {("measured", "answered"), ("dropped", "dropped")}


async def test_an_answer_wins_over_the_next_checkpoint_that_is_asked_at_the_same_moment(
    transactions: Transactions, workspace_id: int, clock: TurnedClock
) -> None:
    async def asks() -> None:
        async with transactions.begin(workspace_id) as tx:
            await ask_what_is_due(tx)

    async with transactions.begin(workspace_id) as tx:
        launch = await recorded(tx)
        [first, _] = await queries.of_launch(tx, launch.id)
    clock.turn(START + timedelta(days=7, hours=2))
    await asks()
    clock.turn(START + timedelta(days=30, hours=2))
    async with transactions.begin(workspace_id) as tx:
        await service.record(tx, "U1", first.id, Given(Quantity(Decimal(42), "%"), tx.now.date()))
        asking = asyncio.create_task(asks())
        # Far enough to have seen the first question open, and held up by this transaction.
        await asyncio.wait([asking], timeout=0.3)
    await asking
    async with transactions.read(workspace_id) as tx:
        assert (await queries.follow_up(tx, first.id)).state == "answered"
