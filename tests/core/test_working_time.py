"""Working mornings at the edges of the calendar, and what holds for every zone and day."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from slackapp.core.working_time import (
    COUNTRIES,
    MORNING,
    Calendar,
    later_morning,
    local_date,
    local_moment,
    morning_of,
    next_morning,
    zone_of,
)

NEW_YORK = ZoneInfo("America/New_York")
APIA = ZoneInfo("Pacific/Apia")
CAIRO = ZoneInfo("Africa/Cairo")
STOCKHOLM = ZoneInfo("Europe/Stockholm")

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
    assert morning_of(date(2027, 3, 13), Calendar(NEW_YORK)) == monday
    assert morning_of(date(2027, 3, 14), Calendar(NEW_YORK)) == monday
    assert morning_of(date(2027, 3, 15), Calendar(NEW_YORK)) == monday


def test_a_friday_that_never_was_is_no_morning() -> None:
    monday = local_moment(date(2012, 1, 2), MORNING, APIA)
    assert morning_of(date(2011, 12, 30), Calendar(APIA)) == monday
    assert next_morning(local_moment(date(2011, 12, 29), time(9, 30), APIA), Calendar(APIA)) == monday


def test_the_morning_itself_is_not_after_itself() -> None:
    friday = local_moment(date(2027, 3, 12), MORNING, NEW_YORK)
    just_before = friday - timedelta(microseconds=1)
    assert next_morning(just_before, Calendar(NEW_YORK)) == friday
    # The clock change of that weekend makes this 71 hours, not 72.
    assert next_morning(friday, Calendar(NEW_YORK)) - friday == timedelta(hours=71)


@pytest.mark.parametrize(
    ("calendar", "day", "next_day"),
    [
        # Christmas and the day after it, then a weekend.
        (Calendar(STOCKHOLM, "SE"), date(2026, 12, 25), date(2026, 12, 28)),
        # Egypt rests on Friday and Saturday, and works on Sunday.
        (Calendar(CAIRO, "EG"), date(2026, 11, 20), date(2026, 11, 22)),
        # New Year's Day is kept in Sweden, and unknown to a calendar without a country.
        (Calendar(STOCKHOLM, "SE"), date(2027, 1, 1), date(2027, 1, 4)),
        (Calendar(STOCKHOLM), date(2027, 1, 1), date(2027, 1, 1)),
        (Calendar(STOCKHOLM, "XX"), date(2027, 1, 1), date(2027, 1, 1)),
    ],
)
def test_a_country_has_its_own_days_of_rest(calendar: Calendar, day: date, next_day: date) -> None:
    assert local_date(morning_of(day, calendar), calendar.zone) == next_day


@pytest.mark.parametrize(
    ("country", "rests"),
    [
        ("SE", {5, 6}),
        ("US", {5, 6}),
        ("SA", {4, 5}),  # Friday and Saturday
        ("EG", {4, 5}),
        ("IL", {4, 5}),
        ("AE", {5, 6}),  # since 2022; Friday and Saturday before
        ("BN", {4, 6}),
        ("IR", {4}),
        (None, {5, 6}),
        ("XX", {5, 6}),
    ],
)
def test_a_country_has_its_own_weekend(country: str | None, rests: set[int]) -> None:
    calendar = Calendar(ZoneInfo("UTC"), country)
    november = [date(2026, 11, 1) + timedelta(days=number) for number in range(30)]
    never = {day.weekday() for day in november} - {
        day.weekday() for day in november if calendar.is_working_day(day)
    }
    assert never == rests


@pytest.mark.parametrize(
    ("country", "steps"),
    [
        # From Wednesday 23 December 2026, +2, +5, +8 and +14 working days.
        (None, ["2026-12-25", "2026-12-30", "2027-01-04", "2027-01-12"]),
        # Sweden rests on the 25th, on New Year's Day and on Epiphany, the 6th of January.
        ("SE", ["2026-12-28", "2026-12-31", "2027-01-07", "2027-01-15"]),
        # Japan works at Christmas, and rests on New Year's Day and on 11 January.
        ("JP", ["2026-12-25", "2026-12-30", "2027-01-05", "2027-01-14"]),
    ],
)
def test_every_step_is_counted_in_the_working_days_of_the_country(
    country: str | None, steps: list[str]
) -> None:
    calendar = Calendar(STOCKHOLM, country)
    first = morning_of(date(2026, 12, 23), calendar)
    days = [local_date(later_morning(first, step, calendar), STOCKHOLM) for step in (2, 5, 8, 14)]
    assert [day.isoformat() for day in days] == steps


def test_who_moves_across_the_date_line_has_the_mornings_of_where_they_are() -> None:
    auckland, los_angeles = ZoneInfo("Pacific/Auckland"), ZoneInfo("America/Los_Angeles")
    there, here = Calendar(auckland, "NZ"), Calendar(los_angeles, "US")
    # Asked on Tuesday in Auckland, when it is still Monday in Los Angeles.
    asked = morning_of(date(2026, 11, 17), there)
    assert local_date(asked, los_angeles) == date(2026, 11, 16)
    after = next_morning(asked, here)
    assert after == local_moment(date(2026, 11, 17), MORNING, los_angeles)
    # It is a Tuesday again, 21 hours later: not another one on the same day by either calendar.
    assert after - asked == timedelta(hours=21)
    # Back again the next morning is three hours away: who asks once a day has to count the hours too.
    assert next_morning(after, there) - after == timedelta(hours=3)
    # Steps go on in the working days of where they are: Thanksgiving is no day of work in Los Angeles.
    first = morning_of(date(2026, 11, 25), here)
    assert local_date(later_morning(first, 2, here), los_angeles) == date(2026, 11, 30)
    first = morning_of(date(2026, 11, 25), there)
    assert local_date(later_morning(first, 2, there), auckland) == date(2026, 11, 27)


def test_the_countries_are_those_with_calendars_by_their_names() -> None:
    assert (COUNTRIES["SE"], COUNTRIES["TR"], COUNTRIES["AX"]) == ("Sweden", "Türkiye", "Åland Islands")
    assert len(COUNTRIES) > 200
    assert list(COUNTRIES).index("AX") < list(COUNTRIES).index("AL") < list(COUNTRIES).index("ZW")
    assert [code for code in COUNTRIES if len(code) != 2 or not code.isupper()] == []


@pytest.mark.parametrize("country", COUNTRIES)
def test_every_country_has_working_days(country: str) -> None:
    calendar = Calendar(ZoneInfo("UTC"), country)
    week = [date(2026, 11, 1) + timedelta(days=number) for number in range(14)]
    assert any(calendar.is_working_day(day) for day in week)
    assert any(not calendar.is_working_day(day) for day in week)


def test_a_person_may_have_another_morning() -> None:
    early = Calendar(STOCKHOLM, morning=time(7, 15))
    assert morning_of(date(2026, 11, 20), early) == datetime(2026, 11, 20, 6, 15, tzinfo=UTC)


def test_working_days_are_counted_over_holidays_and_weekends() -> None:
    swedish = Calendar(STOCKHOLM, "SE")
    # From Wednesday 23 December 2026 six working days: 24, 28, 29, 30, 31 December, and 4 January.
    first = morning_of(date(2026, 12, 23), swedish)
    assert local_date(later_morning(first, 6, swedish), STOCKHOLM) == date(2027, 1, 4)
    assert later_morning(first, 0, swedish) == first


def test_the_day_is_the_readers_day() -> None:
    moment = datetime(2027, 3, 14, 22, 0, tzinfo=UTC)
    assert local_date(moment, ZoneInfo("Asia/Tokyo")) == date(2027, 3, 15)
    assert local_date(moment, NEW_YORK) == date(2027, 3, 14)


def test_a_moment_without_a_zone_is_refused() -> None:
    naive = datetime(2027, 3, 14, 9, 30)  # noqa: DTZ001 the point of the test
    with pytest.raises(ValueError, match="time zone"):
        local_date(naive, NEW_YORK)
    with pytest.raises(ValueError, match="time zone"):
        next_morning(naive, Calendar(NEW_YORK))


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
    morning = morning_of(day, Calendar(zone))
    shown = morning.astimezone(zone)
    assert morning.tzinfo is UTC
    assert Calendar(zone).is_working_day(shown.date())
    assert shown.date() >= day
    # No zone has changed its clocks across 09:30 since 1980, so a morning never moves.
    assert shown.time() == MORNING
    assert morning_of(shown.date(), Calendar(zone)) == morning


@given(days, st.integers(0, 40), zones)
def test_a_later_day_never_has_an_earlier_morning(day: date, later: int, zone: ZoneInfo) -> None:
    calendar = Calendar(zone)
    assert morning_of(day, calendar) <= morning_of(day + timedelta(days=later), calendar)


@given(moments, st.timedeltas(timedelta(0), timedelta(days=10)), zones)
def test_later_moments_have_later_mornings(moment: datetime, later: timedelta, zone: ZoneInfo) -> None:
    calendar = Calendar(zone)
    assert next_morning(moment, calendar) <= next_morning(moment + later, calendar)


@given(moments, zones)
def test_the_next_morning_is_the_first_one_after(moment: datetime, zone: ZoneInfo) -> None:
    morning = next_morning(moment, Calendar(zone))
    assert moment < morning <= moment + timedelta(days=5)
    assert Calendar(zone).is_working_day(local_date(morning, zone))
    assert morning.astimezone(zone).time() == MORNING
    assert next_morning(morning - timedelta(microseconds=1), Calendar(zone)) == morning
    today = morning_of(local_date(moment, zone), Calendar(zone))
    assert morning == today or today <= moment


@given(days, st.times(), zones)
def test_a_moment_shows_the_time_asked_for_or_the_gap_later(day: date, at: time, zone: ZoneInfo) -> None:
    shown = local_moment(day, at, zone).astimezone(zone).replace(tzinfo=None, fold=0)
    moved = shown - datetime.combine(day, at)
    assert timedelta(0) <= moved <= timedelta(days=1)
