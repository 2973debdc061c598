"""Many answer at once, from two processes, and the round is closed meanwhile: nothing is lost or doubled."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import TypeVar

import pytest
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncEngine

from slackapp import wiring
from slackapp.core.clock import TurnedClock
from slackapp.core.database import create_engine
from slackapp.core.errors import UserError
from slackapp.core.transaction import Transactions, Tx
from slackapp.features.polls import queries
from slackapp.features.polls.models import Choice, Response
from slackapp.features.polls.rules import Answer, Kind, QuestionDraft, Results, Way
from slackapp.features.polls.service import drawing
from slackapp.features.polls.service.answering import answer, withdraw
from slackapp.features.polls.service.closing import close
from slackapp.outbox import stale
from slackapp.outbox.models import OutboxMessage, OutboxStale
from tests.support.open_rounds import asking

T = TypeVar("T")
Do = Callable[[int, Callable[[Tx], Awaitable[object]]], Awaitable[bool]]

PEOPLE = [f"U{number}" for number in range(100, 300)]
FIVE = ["Cake", "Pricing", "Handover", "Android", "Budget"]
SINGLE = QuestionDraft(Kind.SINGLE, "Which one?", options=FIVE)
SOME = QuestionDraft(Kind.MULTIPLE, "Which ones?", options=FIVE)

#: What one process does at once.
_AT_ONCE = 8


@pytest.fixture
async def do(
    engine: AsyncEngine, transactions: Transactions, workspace_id: int, clock: TurnedClock
) -> AsyncIterator[Do]:
    """Use cases on one of two processes, as far as the database can tell; whether it was not refused."""
    other = create_engine(engine.url.render_as_string(hide_password=False))
    each = [transactions, Transactions(other, clock, wiring.EVENTS, wiring.PARTS)]
    turns = [asyncio.Semaphore(_AT_ONCE) for _ in each]

    async def done(which: int, use: Callable[[Tx], Awaitable[object]]) -> bool:
        async with turns[which % 2]:
            try:
                await each[which % 2].run(workspace_id, use)
            except UserError:
                return False
        return True

    yield done
    await other.dispose()


def says(person: str, round_id: int, said: Answer) -> Callable[[Tx], Awaitable[object]]:
    return lambda tx: answer(tx, person, round_id, said)


async def test_two_hundred_answer_at_once_half_of_them_twice(
    transactions: Transactions, workspace_id: int, do: Do
) -> None:
    async with transactions.begin(workspace_id) as tx:
        round_ = await asking(tx, SINGLE, is_anonymous=True)

    async def click(number: int, person: str) -> None:
        # Every second presses twice, at both; every fifth thinks better of it afterwards.
        place = number % 5
        said = says(person, round_.id, Answer(option=place))
        assert all(await asyncio.gather(*(do(number + twice, said) for twice in range(1 + number % 2))))
        if place == 0:
            assert await do(number + 1, says(person, round_.id, Answer(option=4)))

    await asyncio.gather(*(click(number, person) for number, person in enumerate(PEOPLE)))
    async with transactions.begin(workspace_id) as tx:
        closed = await close(tx, round_.id, by=None)
        assert closed.answered == len(PEOPLE)
        assert list((await queries.results(tx, closed)).counts) == [0, 40, 40, 40, 80]
        # Who says the same again changes nothing that would have to be drawn.
        assert await tx.session.scalar(select(func.count()).select_from(OutboxStale)) == len(PEOPLE) + 40


async def test_whoever_is_told_that_it_was_taken_is_counted_in_a_round_closed_meanwhile(
    transactions: Transactions, workspace_id: int, do: Do
) -> None:
    async with transactions.begin(workspace_id) as tx:
        round_ = await asking(tx, SOME)
    taken: dict[str, tuple[int, ...]] = {}
    reports: list[Results] = []

    async def click(number: int, person: str) -> None:
        chosen = (number % 5, 4)[: 1 + (number % 5 != 4)]
        for turn, choices in enumerate((chosen, (1, 2))[: 1 + number % 2]):
            said = says(person, round_.id, Answer(choices=choices))
            both = await asyncio.gather(do(number + turn, said), do(number, said))
            if any(both):
                taken[person] = choices

    async def end() -> None:
        async def use(tx: Tx) -> None:
            reports.append(await queries.results(tx, await close(tx, round_.id, by=None)))

        await asyncio.gather(do(0, use), do(1, use))

    clicks = [click(number, person) for number, person in enumerate(PEOPLE[:60])]
    await asyncio.gather(*clicks[:20], end(), *clicks[20:40])
    before = len(taken)
    await asyncio.gather(*clicks[40:])
    assert 0 < len(taken) == before
    async with transactions.read(workspace_id) as tx:
        closed = await queries.round_(tx, round_.id)
        found = await queries.results(tx, closed)
        kept = {person: await queries.own_answer(tx, closed, person) for person in taken}
    assert [report.counts for report in reports] == [found.counts] * 2
    assert closed.answered == found.answered == len(taken)
    assert {person: said and said.choices for person, said in kept.items()} == taken


async def test_answers_changed_and_withdrawn_at_once_leave_nothing_behind(
    transactions: Transactions, workspace_id: int, do: Do
) -> None:
    async with transactions.begin(workspace_id) as tx:
        round_ = await asking(tx, SOME)

    def clicks(person: str) -> list[Callable[[Tx], Awaitable[object]]]:
        said = [says(person, round_.id, Answer(choices=choices)) for choices in ((0, 1), (1, 2, 3), (4,))]
        return [*said, lambda tx: withdraw(tx, person, round_.id), *said]

    each = [click for person in PEOPLE[:4] for click in clicks(person)]
    assert all(await asyncio.gather(*(do(number, click) for number, click in enumerate(each))))
    async with transactions.begin(workspace_id) as tx:
        for person in PEOPLE[:4]:
            own = await queries.own_answer(tx, round_, person)
            assert own is None or own.choices in {(0, 1), (1, 2, 3), (4,)}
            await withdraw(tx, person, round_.id)
        for table in (Response, Choice):
            assert await tx.session.scalar(select(func.count()).select_from(table)) == 0


@pytest.mark.parametrize("way", Way)
async def test_what_was_to_be_drawn_while_the_round_closed_shows_it_closed(
    transactions: Transactions, workspace_id: int, way: Way
) -> None:
    async with transactions.begin(workspace_id) as tx:
        round_ = await asking(tx, SINGLE, way=way, people=["U2"])
        await drawing.draw(tx, round_)
        await answer(tx, "U2", round_.id, Answer(option=1))
    async with transactions.begin(workspace_id) as tx:
        await close(tx, round_.id, by=None)
        other = asyncio.create_task(transactions.run(workspace_id, stale.draw))
        # So long it waits for this one, which has not ended yet.
        await asyncio.sleep(0.05)
    await other
    async with transactions.begin(workspace_id) as tx:
        look = select(OutboxMessage.key, OutboxMessage.wanted).order_by(OutboxMessage.id)
        before = (await tx.session.execute(look)).all()
        await drawing.draw(tx, await queries.round_(tx, round_.id))
        assert (await tx.session.execute(look)).all() == before
