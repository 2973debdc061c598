"""What fails of one person, or of one prompt, waits for hours; nobody else waits for it."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, text, update
from sqlalchemy.ext.asyncio import AsyncEngine
from structlog.testing import capture_logs

from slackapp import wiring
from slackapp.core.clock import TurnedClock
from slackapp.core.telemetry import Telemetry
from slackapp.core.transaction import Transactions, Tx
from slackapp.features.prompts import queries
from slackapp.features.prompts.models import Prompt, PromptState
from slackapp.features.prompts.rules import Ask, ToChannel, next_try
from slackapp.heartbeat import Heartbeat
from slackapp.slack.blocks import Message
from tests.support.recorded import messages, recorded

MORNING = datetime(2026, 9, 9, 9, 30, tzinfo=UTC)

Poison = Callable[[Tx, Ask], Awaitable[Message | None]]


async def a_bug(tx: Tx, surface: Ask) -> None:
    del tx
    raise LookupError(surface.subject_id)


async def a_refused_statement(tx: Tx, surface: Ask) -> None:
    """After it PostgreSQL takes nothing more in the transaction, unless it is undone to a savepoint."""
    del surface
    await tx.session.execute(text("UPDATE prompts SET user_id = NULL"))


class Poisoned:
    """A heartbeat whose questions about these subjects fail, as long as they are poisoned."""

    def __init__(self, engine: AsyncEngine, clock: TurnedClock, poison: Poison) -> None:
        self.subjects, self.people = set[int](), set[str]()
        self._poison = poison
        parts = {**wiring.PARTS, Ask: (*wiring.PARTS[Ask], self._fails)}
        self.transactions = Transactions(engine, clock, wiring.EVENTS, parts)
        self.telemetry = Telemetry()
        self.heartbeat = Heartbeat(self.transactions, wiring.JOBS, 10.0, self.telemetry)

    async def _fails(self, tx: Tx, surface: Ask) -> Message | None:
        if surface.subject_id in self.subjects or surface.user_id in self.people:
            return await self._poison(tx, surface)
        return None


@pytest.fixture
def poisoned(engine: AsyncEngine, clock: TurnedClock) -> Poisoned:
    return Poisoned(engine, clock, a_refused_statement)


async def launches(tx: Tx, user: str, *titles: str) -> list[int]:
    """Launches of this person; the subjects of the questions about them that are due on this morning."""
    for title in titles:
        await recorded(tx, by=user, title=title, day="2026-09-02")
    found = await tx.session.scalars(
        select(Prompt.subject_id)
        .where(Prompt.workspace_id == tx.workspace_id, Prompt.user_id == user, Prompt.next_at <= MORNING)
        .order_by(Prompt.id)
    )
    return list(found)


def titles(said: Sequence[object], *wanted: str) -> set[str]:
    return {title for title in wanted if title in repr(said)}


async def test_one_person_who_always_fails_keeps_nobody_else_waiting(
    poisoned: Poisoned, workspace_id: int, clock: TurnedClock
) -> None:
    async with poisoned.transactions.begin(workspace_id) as tx:
        for user in ("U1", "U2", "U3"):
            await launches(tx, user, f"Of {user}")
    poisoned.people = {"U2"}
    clock.turn(MORNING)
    with capture_logs() as logs:
        await poisoned.heartbeat.beat()
        await poisoned.heartbeat.beat()
    async with poisoned.transactions.begin(workspace_id) as tx:
        assert [len(await messages(tx, user)) for user in ("U1", "U2", "U3")] == [1, 0, 1]
        [waiting] = await queries.set_aside(tx)
        assert (waiting.user_id, waiting.failures, waiting.next_at) == ("U2", 1, MORNING + timedelta(hours=1))
        assert waiting.state == PromptState.WAITING
    told = [entry for entry in logs if entry["event"] == "prompts.set_aside"]
    assert [(entry["prompt"], entry["exc_info"] is not None) for entry in told] == [(waiting.id, True)]
    assert poisoned.heartbeat.recent


async def test_it_is_tried_again_ever_more_rarely_until_it_works(
    poisoned: Poisoned, workspace_id: int, clock: TurnedClock
) -> None:
    async with poisoned.transactions.begin(workspace_id) as tx:
        await launches(tx, "U1", "Poisoned")
    poisoned.people = {"U1"}
    clock.turn(MORNING)
    waits = []
    for _ in range(3):
        await poisoned.heartbeat.beat()
        async with poisoned.transactions.begin(workspace_id) as tx:
            [waiting] = await queries.set_aside(tx)
        assert waiting.next_at is not None
        waits.append(waiting.next_at - clock.now())
        # The next morning, since at no other time of day anybody is asked.
        clock.turn(clock.now() + timedelta(days=1))
    assert waits == [timedelta(hours=hours) for hours in (1, 2, 4)]
    poisoned.people = set()
    clock.turn(datetime(2026, 9, 14, 9, 30, tzinfo=UTC))
    await poisoned.heartbeat.beat()
    async with poisoned.transactions.begin(workspace_id) as tx:
        assert await queries.set_aside(tx) == []
        assert len(await messages(tx, "U1")) == 1


@pytest.mark.parametrize("poison", [a_bug, a_refused_statement])
async def test_of_several_questions_the_others_are_asked_without_the_one_that_fails(
    engine: AsyncEngine, workspace_id: int, clock: TurnedClock, poison: Poison
) -> None:
    poisoned = Poisoned(engine, clock, poison)
    async with poisoned.transactions.begin(workspace_id) as tx:
        subjects = await launches(tx, "U1", "First", "Spoilt", "Third")
    poisoned.subjects = {subjects[1]}
    clock.turn(MORNING)
    await poisoned.heartbeat.beat()
    async with poisoned.transactions.begin(workspace_id) as tx:
        [message] = await messages(tx, "U1")
        assert titles(message.blocks, "First", "Spoilt", "Third") == {"First", "Third"}
        assert [prompt.subject_id for prompt in await queries.set_aside(tx)] == [subjects[1]]


async def test_a_step_that_fails_after_silence_keeps_nobody_else_waiting(
    engine: AsyncEngine, workspace_id: int, clock: TurnedClock
) -> None:
    async def fails(tx: Tx, event: ToChannel) -> None:
        await a_refused_statement(tx, Ask(event.kind, event.subject_id, ""))

    transactions = Transactions(engine, clock, {**wiring.EVENTS, ToChannel: (fails,)}, wiring.PARTS)
    async with transactions.begin(workspace_id) as tx:
        await launches(tx, "U1", "Unanswered")
        await tx.session.execute(
            update(Prompt).where(Prompt.next_at <= MORNING).values(state=PromptState.ASKED, step=3)
        )
        await launches(tx, "U1", "Of the same person")
        await launches(tx, "U2", "Of another")
    clock.turn(MORNING)
    await Heartbeat(transactions, wiring.JOBS, 10.0, Telemetry()).beat()
    async with transactions.begin(workspace_id) as tx:
        assert [len(await messages(tx, user)) for user in ("U1", "U2")] == [1, 1]
        [waiting] = await queries.set_aside(tx)
        assert (waiting.step, waiting.state, waiting.channel_asked) == (3, PromptState.ASKED, False)


async def test_trouble_of_the_database_is_nobodys_fault(
    engine: AsyncEngine, workspace_id: int, clock: TurnedClock
) -> None:
    async def gone(tx: Tx, surface: Ask) -> None:
        del tx, surface
        raise ConnectionResetError

    poisoned = Poisoned(engine, clock, gone)
    async with poisoned.transactions.begin(workspace_id) as tx:
        await launches(tx, "U1", "Anything")
    poisoned.people = {"U1"}
    clock.turn(MORNING)
    await poisoned.heartbeat.beat()
    assert not poisoned.heartbeat.recent
    async with poisoned.transactions.begin(workspace_id) as tx:
        assert await queries.set_aside(tx) == []


def test_it_waits_for_hours_and_at_most_for_a_day() -> None:
    assert [next_try(n) / timedelta(hours=1) for n in (0, 1, 2, 3, 4, 5, 1000)] == [1, 2, 4, 8, 16, 24, 24]
