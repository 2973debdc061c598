"""The plan is the same for one seed, another for another, and asks of nobody what they could not do."""

import re
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slackapp.playground.history import discovered, polls
from slackapp.playground.history.company import (
    FIRST_DAY,
    INES,
    JUN,
    MARA,
    NELL,
    ON_LEAVE,
    OSKAR,
    RAVI,
    TOMAS,
    Member,
)
from slackapp.playground.history.diary import at_work, moment, morning
from slackapp.playground.history.dice import Dice
from slackapp.playground.history.plan import END, START, plan
from slackapp.playground.history.shipped import LAUNCHES

SEEDS = st.integers(0, 2**32)
MOMENTS = st.datetimes(datetime(2026, 5, 4), datetime(2026, 10, 30), timezones=st.just(UTC))  # noqa: DTZ001 - Hypothesis adds the zone


def when(seed: int) -> list[tuple[datetime, str]]:
    return [(entry.at, entry.who.name) for entry in plan(seed)]


def test_one_seed_is_one_plan_and_another_seed_another() -> None:
    assert when(7) == when(7)
    assert when(7) != when(8)


@pytest.mark.parametrize("seed", range(5))
def test_the_plan_goes_by_time_from_the_first_day_to_the_last(seed: int) -> None:
    moments = [at for at, _ in when(seed)]
    assert moments == sorted(moments)
    assert START < moments[0] < START + timedelta(hours=1)
    assert END - timedelta(hours=1) < moments[-1] < END


@pytest.mark.parametrize("seed", range(5))
def test_nobody_acts_before_they_come_or_after_they_leave(seed: int) -> None:
    for at, name in when(seed):
        assert name != RAVI.name or at >= moment("Wed 1 Jul 09:20", MARA)
        assert name != OSKAR.name or at <= moment("Fri 14 Aug 17:30", OSKAR)


@pytest.mark.parametrize("seed", range(5))
def test_who_has_no_charger_does_nothing_on_leave(seed: int) -> None:
    first, last = ON_LEAVE[TOMAS]
    days = {at.date() for at, name in when(seed) if name == TOMAS.name}
    assert not [day for day in days if first <= day <= last]
    assert min(days) < first < last < max(days)


@pytest.mark.parametrize("seed", range(5))
def test_people_act_by_day(seed: int) -> None:
    for entry in plan(seed):
        local = entry.at.astimezone(ZoneInfo(entry.who.zone))
        assert local.weekday() < 5, entry
        assert 7 <= local.hour < 19, (local, entry.who)


@pytest.mark.parametrize("seed", range(5))
def test_polls_and_discovery_stop_the_clock_a_few_times_alone(seed: int) -> None:
    assert sum(1 for _ in (*polls.acts(seed), *discovered.acts(seed))) < 100


def test_everybody_has_something_to_do_and_no_two_launches_one_title() -> None:
    guests = {member.name for member in FIRST_DAY if member.guest}
    assert {member.name for member in (*FIRST_DAY, RAVI)} - guests <= {name for _, name in when(7)}
    assert len({launch.title for launch in LAUNCHES}) == len(LAUNCHES) == 28


@given(SEEDS, st.integers(-50, 50), st.integers(0, 90))
def test_a_number_falls_into_its_range_with_as_many_decimals(seed: int, low: int, width: int) -> None:
    least, most = Decimal(low) / 10, Decimal(low + width) / 10
    said = Dice(seed, "a number").say(f"{{{least:.1f}~{most:.1f}}} %")
    found = re.fullmatch(r"(-?[0-9]+\.[0-9]) %", said)
    assert found
    assert least <= Decimal(found[1]) <= most


@given(SEEDS)
def test_words_are_one_of_those_written_and_the_same_for_the_same_name(seed: int) -> None:
    said = Dice(seed, "words").say("It is {good|fair}{.|, so far.}")
    assert said in {f"It is {how}{end}" for how in ("good", "fair") for end in (".", ", so far.")}
    assert said == Dice(seed, "words").say("It is {good|fair}{.|, so far.}")


def test_a_day_of_the_diary_is_on_its_weekday() -> None:
    assert moment("Tue 12 May 10:20", MARA) == datetime(2026, 5, 12, 8, 20, tzinfo=UTC)
    with pytest.raises(ValueError, match="Mon 12 May 10:20 is a Tuesday"):
        moment("Mon 12 May 10:20", MARA)


def test_a_morning_is_the_persons_own_and_no_saturday() -> None:
    assert morning(date(2026, 10, 31), NELL, 5) == datetime(2026, 11, 2, 14, 35, tzinfo=UTC)


@given(MOMENTS, st.sampled_from([MARA, JUN, NELL, INES]))
def test_at_work_is_never_earlier_and_always_in_working_hours(at: datetime, who: Member) -> None:
    then = at_work(at, who)
    local = then.astimezone(ZoneInfo(who.zone))
    assert at - timedelta(minutes=1) <= then <= at + timedelta(days=4)
    assert local.weekday() < 5
    assert 9 <= local.hour < 18
