"""Many vote at once, on two replicas: nobody is over budget, nothing is lost, and one draws for all."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from typing import TypeVar

import pytest
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncEngine

from slackapp import wiring
from slackapp.core.clock import TurnedClock
from slackapp.core.database import create_engine
from slackapp.core.errors import UserError
from slackapp.core.transaction import Transactions, Tx
from slackapp.features.retros import queries
from slackapp.features.retros.models import Vote
from slackapp.features.retros.queries import topics as found
from slackapp.features.retros.rules import Phase, status_key
from slackapp.features.retros.rules.topics import Placing
from slackapp.features.retros.service import phases, topics, votes
from slackapp.outbox import stale
from slackapp.outbox.models import OutboxMessage
from tests.support.topics import board, named, noted, with_notes, worth

T = TypeVar("T")

FIVE = ["Cake", "Pricing", "Handover", "Android", "Budget"]


class Replicas:
    """Two processes on one database, as far as the database can tell."""

    def __init__(self, each: Sequence[Transactions], workspace_id: int) -> None:
        self.each, self.workspace_id = each, workspace_id
        #: A process does so many use cases at once.
        self._turns = [asyncio.Semaphore(8) for _ in each]

    async def do(self, number: int, use: Callable[[Tx], Awaitable[T]]) -> T | UserError:
        """On one of the two; what it refuses is returned."""
        which = number % len(self.each)
        async with self._turns[which]:
            try:
                return await self.each[which].run(self.workspace_id, use)
            except UserError as error:
                return error


@pytest.fixture
async def replicas(
    engine: AsyncEngine, transactions: Transactions, workspace_id: int, clock: TurnedClock
) -> AsyncIterator[Replicas]:
    other = create_engine(engine.url.render_as_string(hide_password=False))
    yield Replicas([transactions, Transactions(other, clock, wiring.EVENTS, wiring.PARTS)], workspace_id)
    await other.dispose()


async def voting(tx: Tx) -> tuple[int, list[int]]:
    about = await with_notes(tx, FIVE, to=Phase.VOTE)
    return about.id, await named(tx, about, *FIVE)


async def test_a_hundred_people_vote_at_once_half_of_them_twice(replicas: Replicas) -> None:
    made = await replicas.do(0, voting)
    assert not isinstance(made, UserError)
    retro_id, (cake, pricing, handover, *_) = made
    people = [f"U{n + 100}" for n in range(100)]

    def cast(user_id: str, topic: int, wanted: int) -> Callable[[Tx], Awaitable[None]]:
        return lambda tx: votes.cast(tx, user_id, retro_id, topic, wanted)

    # Every second presses twice, and every fourth wants one more than they have, at the same moment.
    clicks: list[Callable[[Tx], Awaitable[None]]] = []
    for number, person in enumerate(people):
        clicks += [cast(person, cake, 3)] * (1 + number % 2)
        clicks += [cast(person, pricing, 1)] * (number % 4 == 0)
    outcomes = await asyncio.gather(*(replicas.do(number, click) for number, click in enumerate(clicks)))
    assert {type(each) for each in outcomes} <= {type(None), UserError}

    async def check(tx: Tx) -> None:
        about = await queries.retro(tx, retro_id)
        assert await worth(tx, about) == dict.fromkeys(people, 3)
        by_person = await tx.session.execute(
            select(Vote.user_id, Vote.topic_id, func.count()).group_by(Vote.user_id, Vote.topic_id)
        )
        cast_by: dict[str, dict[int, int]] = {}
        for user_id, topic, count in by_person:
            cast_by.setdefault(user_id, {})[topic] = count
        # Whichever of their clicks came first was heeded, and the other refused.
        assert all(cast_by[person] in ({cake: 3}, {pricing: 1}) for person in people)
        assert handover not in {topic for each in cast_by.values() for topic in each}
        before = await _wanted(tx, retro_id)
        await stale.draw(tx)
        assert await _wanted(tx, retro_id) == before + 1
        assert "100 voted" in await _shown(tx, retro_id)

    done = await replicas.do(0, check)
    assert done is None


async def test_votes_cast_while_topics_merge_follow_or_are_refused(replicas: Replicas) -> None:
    made = await replicas.do(0, voting)
    assert not isinstance(made, UserError)
    retro_id, (cake, pricing, handover, *_) = made
    people = [f"U{n + 100}" for n in range(12)]

    async def merge(tx: Tx) -> None:
        await topics.merge(tx, "U1", retro_id, [cake, pricing], "Sweet deals")

    def cast(user_id: str, topic: int) -> Callable[[Tx], Awaitable[None]]:
        return lambda tx: votes.cast(tx, user_id, retro_id, topic, 1)

    clicks = [cast(person, topic) for person in people for topic in (cake, pricing, handover)]
    clicks.insert(len(clicks) // 2, merge)
    outcomes = await asyncio.gather(*(replicas.do(number, click) for number, click in enumerate(clicks)))
    refused = [each for each in outcomes if isinstance(each, UserError)]
    assert all("part of “Sweet deals” now" in error.sentence for error in refused)

    async def check(tx: Tx) -> None:
        about = await queries.retro(tx, retro_id)
        assert set((await worth(tx, about)).values()) == {3}
        for person in people:
            mine = await found.votes_of(tx, retro_id, person)
            assert mine[min(cake, pricing)] == mine[handover] == 1
            assert (await found.ballot(tx, about, person)).remaining == 1

    await replicas.do(0, check)


async def test_no_vote_is_counted_after_the_vote_was_over(replicas: Replicas) -> None:
    made = await replicas.do(0, voting)
    assert not isinstance(made, UserError)
    retro_id, ids = made
    people = [f"U{n + 100}" for n in range(16)]

    async def end(tx: Tx) -> int:
        about = await queries.retro(tx, retro_id)
        await phases.advance(tx, retro_id, by="U1", step=about.step)
        return sum((await found.tally(tx, retro_id)).values())

    def cast(user_id: str) -> Callable[[Tx], Awaitable[None]]:
        return lambda tx: votes.cast(tx, user_id, retro_id, ids[0], 1)

    clicks: list[Callable[[Tx], Awaitable[int | None]]] = [cast(person) for person in people]
    clicks.insert(8, end)
    outcomes = await asyncio.gather(*(replicas.do(number, click) for number, click in enumerate(clicks)))
    heeded = sum(1 for each in outcomes if each is None)
    refused = [each for each in outcomes if isinstance(each, UserError)]
    assert all("is over" in error.sentence for error in refused)
    [counted] = [each for each in outcomes if isinstance(each, int)]
    assert counted == heeded == len(people) - len(refused)


async def test_people_who_group_at_once_lose_no_note_and_put_none_into_two_topics(replicas: Replicas) -> None:
    texts = [f"{word} {'abcdefghijklm'[n]}" for n, word in enumerate(FIVE * 3) if n < 13]

    async def grouping(tx: Tx) -> tuple[int, list[str]]:
        about = await with_notes(tx, texts, to=Phase.GROUP)
        await topics.start_over(tx, "U2", about.id)
        return about.id, await noted(tx, about, *texts)

    made = await replicas.do(0, grouping)
    assert not isinstance(made, UserError)
    retro_id, notes = made

    def put(number: int) -> Callable[[Tx], Awaitable[str]]:
        chosen = [notes[(number + each) % len(notes)] for each in range(4)]
        return lambda tx: topics.put(tx, f"U{number}", retro_id, Placing(chosen, name=f"Topic {number}"))

    await asyncio.gather(*(replicas.do(number, put(number)) for number in range(12)))

    async def check(tx: Tx) -> None:
        there = await board(tx, await queries.retro(tx, retro_id))
        assert sorted(text for each in there.values() for text in each) == sorted(texts)
        assert all(there.values())

    await replicas.do(0, check)


async def _wanted(tx: Tx, retro_id: int) -> int:
    found: int | None = await tx.session.scalar(
        select(OutboxMessage.wanted).where(OutboxMessage.key == status_key(retro_id))
    )
    assert found is not None
    return found


async def _shown(tx: Tx, retro_id: int) -> str:
    blocks = await tx.session.scalar(
        select(OutboxMessage.blocks).where(OutboxMessage.key == status_key(retro_id))
    )
    return str(blocks)
