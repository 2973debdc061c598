"""Each step of a question comes once, on both databases: where clocks change, jump, or beat twice at once."""

import asyncio
import random
from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import update

from slackapp.core.working_time import Calendar, morning_of
from slackapp.features.prompts.jobs import ask_what_is_due
from slackapp.features.prompts.models import PromptState
from slackapp.features.prompts.rules import Ladder
from slackapp.features.workspaces.models import Person
from tests.support.asking import Asking

HOUR = timedelta(hours=1)
#: Beats on a day, around the morning of Stockholm in summer; one comes twice at the same instant.
BEATS = [time(6, 40), time(7, 30), time(7, 30), time(8, 35)]


async def settle(feature: Asking, **own: Any) -> None:  # noqa: ANN401 - columns of a person
    await feature.do(
        lambda tx: tx.session.execute(update(Person).where(Person.user_id == "U1").values(**own))
    )


async def race(feature: Asking) -> None:
    """Two heartbeats at once, then one until nothing is due."""
    await asyncio.gather(feature.do(ask_what_is_due), feature.do(ask_what_is_due))
    await feature.beat()


@pytest.mark.parametrize(
    ("zone", "country", "day", "morning", "asked"),
    [
        # In Egypt Sunday is a day of work, Friday is none; without a country it is the other way round.
        ("America/New_York", "EG", date(2027, 3, 14), time(2, 30), "2027-03-14T03:30:00-04:00"),
        ("America/New_York", "EG", date(2027, 11, 7), time(1, 30), "2027-11-07T01:30:00-04:00"),
        ("Africa/Cairo", None, date(2027, 4, 30), time(0, 30), "2027-04-30T01:30:00+03:00"),
        ("Australia/Lord_Howe", "EG", date(2027, 10, 3), time(2, 15), "2027-10-03T02:45:00+11:00"),
        ("Pacific/Apia", None, date(2011, 12, 30), time(9, 30), "2012-01-02T09:30:00+14:00"),
    ],
)
async def test_a_morning_that_is_skipped_or_comes_twice_asks_once(
    feature: Asking, zone: str, country: str | None, day: date, morning: time, asked: str
) -> None:
    where = ZoneInfo(zone)
    await feature.know("U1", tz=zone)
    await settle(feature, country=country, morning=morning)
    due = morning_of(day, Calendar(where, country, morning))
    feature.clock.turn(due - 26 * HOUR)
    await feature.ask(ladder=Ladder.ONCE, at=due)
    for hours in (-24, -1, -0.5):
        feature.clock.turn(due + hours * HOUR)
        await race(feature)
    assert feature.puts == []
    for hours in (0, 0, 0.5, 1, 1.5, 24, 25):
        feature.clock.turn(due + hours * HOUR)
        await race(feature)
    assert [put.at.astimezone(where).isoformat() for put in feature.puts] == [asked]


async def test_each_step_comes_once_while_the_clock_jumps_by_an_hour(feature: Asking) -> None:
    seed = random.randrange(1_000_000)  # noqa: S311 - guards nothing
    print(f"seed {seed}")  # noqa: T201 - shown when the test fails
    jumps = random.Random(seed)  # noqa: S311 - guards nothing
    start = feature.clock.now().date()
    await feature.ask(backup="U2")
    for number in range(24):
        for at in BEATS:
            moment = datetime.combine(start + timedelta(days=number), at, tzinfo=UTC)
            feature.clock.turn(moment + jumps.choice([-HOUR, timedelta(0), HOUR]))
            await race(feature)
    assert [put.user_id for put in feature.puts] == ["U1", "U1", "U2"]
    assert len({put.message for put in feature.puts}) == 3
    assert (feature.channel, feature.expired) == (Counter({1: 1}), Counter({1: 1}))
    assert (await feature.prompt()).state == PromptState.EXPIRED
