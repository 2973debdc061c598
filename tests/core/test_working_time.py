"""Working mornings at the edges of the calendar, and what holds for every zone and day."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from slackapp.core.working_time import (
    MORNING,
    is_working_day,
    local_date,
    local_moment,
    morning_of,
    next_morning,
    zone_of,
)

NEW_YORK = ZoneInfo("America/New_York")
APIA = ZoneInfo("Pacific/Apia")

zones = st.sampled_from(sorted(available_timezones() - {"localtime"})).map(ZoneInfo)
days = st.dates(date(1980, 1, 1), date(2090, 12, 31))
moments = st.datetimes(datetime(1980, 1, 1), datetime(2090, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001 bounds must be naive


@pytest.mark.parametrize(
    ("zone", "day", "at", "shown"),
    [
        ("America/New_York", date(2027, 3, 14), time(2, 30), "2027-03-14T03:30:00-04:00"),
        ("America/New_York", date(2027, 11, 7), time(1, 30), "2027-11-07T01:30:00-04:00"),
        ("Africa/Cairo", date(2027, 4, 30), time(0, 30), "2027-04-30T01:30:00+03:00"),
        ("Australia/Lord_Howe", date(2027, 10, 3), time(2, 15), "2027-10-03T02:45:00+11:00"),
        ("Pacific/Apia", date(2011, 12, 30), time(9, 30), "2011-12-31T09:30:00+14:00"),
        ("Europe/Berlin", date(2027, 6, 1), time(9, 30), "2027-06-01T09:30:00+02:00"),
    ],
)
def test_a_local_time_has_one_moment(zone: str, day: date, at: time, shown: str) -> None:
    moment = local_moment(day, at, ZoneInfo(zone))
    assert moment.tzinfo is UTC
    assert moment.astimezone(ZoneInfo(zone)).isoformat() == shown


def test_of_a_time_that_comes_twice_the_first_is_taken_whatever_fold_is_handed_in() -> None:
    assert local_moment(date(2027, 11, 7), time(1, 30, fold=1), NEW_YORK) == datetime(
        2027, 11, 7, 5, 30, tzinfo=UTC
    )


def test_the_weekend_waits_for_monday() -> None:
    monday = datetime(2027, 3, 15, 13, 30, tzinfo=UTC)
    assert morning_of(date(2027, 3, 13), NEW_YORK) == monday
    assert morning_of(date(2027, 3, 14), NEW_YORK) == monday
    assert morning_of(date(2027, 3, 15), NEW_YORK) == monday


def test_a_friday_that_never_was_is_no_morning() -> None:
    monday = local_moment(date(2012, 1, 2), MORNING, APIA)
    assert morning_of(date(2011, 12, 30), APIA) == monday
    assert next_morning(local_moment(date(2011, 12, 29), time(9, 30), APIA), APIA) == monday


def test_the_morning_itself_is_not_after_itself() -> None:
    friday = local_moment(date(2027, 3, 12), MORNING, NEW_YORK)
    just_before = friday - timedelta(microseconds=1)
    assert next_morning(just_before, NEW_YORK) == friday
    # The clock change of that weekend makes this 71 hours, not 72.
    assert next_morning(friday, NEW_YORK) - friday == timedelta(hours=71)


def test_the_day_is_the_readers_day() -> None:
    moment = datetime(2027, 3, 14, 22, 0, tzinfo=UTC)
    assert local_date(moment, ZoneInfo("Asia/Tokyo")) == date(2027, 3, 15)
    assert local_date(moment, NEW_YORK) == date(2027, 3, 14)


def test_a_moment_without_a_zone_is_refused() -> None:
    naive = datetime(2027, 3, 14, 9, 30)  # noqa: DTZ001 the point of the test
    with pytest.raises(ValueError, match="time zone"):
        local_date(naive, NEW_YORK)
    with pytest.raises(ValueError, match="time zone"):
        next_morning(naive, NEW_YORK)


@pytest.mark.parametrize(
    "name",
    [None, "", " ", "Mars/Olympus", "America", "../etc/passwd", "/etc/passwd", "a\0b", "x" * 5000, "\ud800"],
)
def test_a_zone_nobody_knows_is_utc(name: str | None) -> None:
    assert zone_of(name) == ZoneInfo("UTC")


def test_a_zone_slack_names_is_that_zone() -> None:
    assert zone_of("America/New_York") is NEW_YORK


@given(st.text())
def test_no_name_of_a_zone_ever_raises(name: str) -> None:
    assert isinstance(zone_of(name), ZoneInfo)


@given(days, zones)
@example(date(2011, 12, 30), APIA)
def test_a_morning_is_half_past_nine_on_a_working_day(day: date, zone: ZoneInfo) -> None:
    morning = morning_of(day, zone)
    shown = morning.astimezone(zone)
    assert morning.tzinfo is UTC
    assert is_working_day(shown.date())
    assert shown.date() >= day
    # No zone has changed its clocks across 09:30 since 1980, so a morning never moves.
    assert shown.time() == MORNING
    assert morning_of(shown.date(), zone) == morning


@given(days, st.integers(0, 40), zones)
def test_a_later_day_never_has_an_earlier_morning(day: date, later: int, zone: ZoneInfo) -> None:
    assert morning_of(day, zone) <= morning_of(day + timedelta(days=later), zone)


@given(moments, st.timedeltas(timedelta(0), timedelta(days=10)), zones)
def test_later_moments_have_later_mornings(moment: datetime, later: timedelta, zone: ZoneInfo) -> None:
    assert next_morning(moment, zone) <= next_morning(moment + later, zone)


@given(moments, zones)
def test_the_next_morning_is_the_first_one_after(moment: datetime, zone: ZoneInfo) -> None:
    morning = next_morning(moment, zone)
    assert moment < morning <= moment + timedelta(days=5)
    assert is_working_day(local_date(morning, zone))
    assert morning.astimezone(zone).time() == MORNING
    assert next_morning(morning - timedelta(microseconds=1), zone) == morning
    today = morning_of(local_date(moment, zone), zone)
    assert morning == today or today <= moment


@given(days, st.times(), zones)
def test_a_moment_shows_the_time_asked_for_or_the_gap_later(day: date, at: time, zone: ZoneInfo) -> None:
    shown = local_moment(day, at, zone).astimezone(zone).replace(tzinfo=None, fold=0)
    moved = shown - datetime.combine(day, at)
    assert timedelta(0) <= moved <= timedelta(days=1)
