"""The playground's world: nobody in it depends on how fast the machine is."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing

import pytest
from sqlalchemy.engine import make_url

from slackapp.outbox.relay import BURST
from slackapp.playground.world import World, world
from slackapp.slack.frame import ON_THE_WAY, SLACK_WAITS
from tests.conftest import START
from tests.support.world import LAUNCH


@pytest.fixture
async def place(sqlite_url: str) -> AsyncIterator[World]:
    async with world(sqlite_url, START) as made:
        made.slack.add_channel("team", [made.slack.add_person("Mara Lind", tz="Europe/Stockholm")])
        yield made


@asynccontextmanager
async def held_up(sqlite_url: str) -> AsyncIterator[None]:
    """Nobody else can write meanwhile, as though the machine had no time for them."""
    path = make_url(sqlite_url).database or ""
    with closing(sqlite3.connect(path, isolation_level=None, check_same_thread=False)) as other:
        # The app may be writing, and has to come to its end.
        await asyncio.to_thread(other.execute, "BEGIN IMMEDIATE")
        yield


async def test_whoever_acts_is_answered_however_long_it_takes(place: World, sqlite_url: str) -> None:
    mara = place.slack.person("Mara Lind")
    async with held_up(sqlite_url):
        typing = asyncio.create_task(mara.command("/launch", "A new onboarding", place.slack.channel("team")))
        # By then anybody whom Slack asks for an answer would say that it takes longer than usual.
        await asyncio.sleep(SLACK_WAITS - ON_THE_WAY + 0.1)
        assert not typing.done()
    assert await typing is None
    assert (await mara.modal()).shown
    assert not place.slack.troubles


async def test_by_hand_nothing_is_delivered_before_somebody_sees_to_it(place: World) -> None:
    mara, team = place.slack.person("Mara Lind"), place.slack.channel("team")
    with place.app.by_hand():
        await mara.command("/launch", "A new onboarding", team)
        await mara.modal()
        for field, value in LAUNCH.items():
            mara.fill(field, value)
        assert await mara.submit() == {}
        await asyncio.sleep(2 * BURST)
        assert not place.slack.messages(team)
        await place.turning.settle()
        assert place.slack.messages(team)
