"""What is foretold of prompts, held to what then happens: nothing before, and that it does."""

import random
from datetime import timedelta
from functools import partial

import pytest

from slackapp.core.jobs import Upcoming
from slackapp.core.transaction import Tx
from slackapp.features.prompts import service
from slackapp.features.prompts.jobs.upcoming import upcoming
from slackapp.features.prompts.rules import Ladder
from tests.support.asking import KIND, ZONES, Asking, Put


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """Nothing in it is the database's: one will do."""
    return sqlite_url


async def happened(feature: Asking) -> tuple[int, int, int]:
    """How many messages people have, how often a channel was asked, and how much came to an end."""
    messages = [message for user in ZONES for message in await feature.messages(user)]
    return len(messages), feature.channel.total(), feature.expired.total()


async def foretold(feature: Asking) -> Upcoming | None:
    return await feature.do(upcoming)


async def answered(tx: Tx, put: Put) -> None:
    await service.answered(tx, KIND, put.subject_id, put.user_id)


@pytest.mark.parametrize("seed", range(4))
async def test_nothing_comes_before_what_is_foretold_and_that_comes(feature: Asking, seed: int) -> None:
    dice = random.Random(seed)  # noqa: S311 - makes a test's case
    users = list(ZONES)
    for subject in range(1, 9):
        user, owner, backup = dice.choice(users), dice.choice(users), dice.choice([None, *users])
        at = feature.clock.now() + timedelta(hours=dice.randrange(1, 300))
        await feature.ask(
            subject, user, ladder=dice.choice(list(Ladder)[:3]), owner=owner, backup=backup, at=at
        )
    await feature.tell(9, dice.choice(users), at=feature.clock.now() + timedelta(days=3))
    await feature.know(dice.choice(users), deleted=True)
    for _ in range(100):
        coming = await foretold(feature)
        if coming is None:
            break
        before = await happened(feature)
        await feature.turn_to(coming.at - timedelta(seconds=1))
        assert await happened(feature) == before, coming
        await feature.turn_to(coming.at)
        assert await happened(feature) != before, coming
        if dice.random() < 0.3 and feature.puts:
            put = dice.choice(feature.puts)
            await feature.do(partial(answered, put=put))
    assert await foretold(feature) is None
    assert await feature.next_due() is None


async def test_it_says_whom_and_what(feature: Asking) -> None:
    await feature.ask(1, "U2", at=feature.clock.now() + timedelta(hours=2))
    for subject in (2, 3, 4, 5):
        await feature.ask(subject, "U1", at=feature.clock.now() + timedelta(hours=1))
    said = []
    for _ in range(4):
        coming = await foretold(feature)
        assert coming is not None
        said.append(coming.what)
        await feature.turn_to(coming.at)
    assert said == [
        "U1 is asked 3 questions, the first: Question 2",
        "U2 is asked: Question 1",
        "U1 is asked: Question 5",
        "U1 is reminded of 3 questions, the first: Question 2",
    ]
