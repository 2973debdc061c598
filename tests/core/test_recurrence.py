"""When something recurs, whatever clocks do in between."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from slackapp.core.recurrence import (
    Every,
    Recurrence,
    Weekday,
    day_after,
    first_after,
    first_day_after,
    is_too_late,
    next_after,
    on_days,
    when_next,
)
from slackapp.core.working_time import local_date, local_moment

NEW_YORK = ZoneInfo("America/New_York")
ZONES = st.sampled_from(
    [
        "America/New_York",
        "Africa/Cairo",
        "Australia/Lord_Howe",
        "Pacific/Apia",
        "Europe/Stockholm",
        "Asia/Tokyo",
        "UTC",
    ]
).map(ZoneInfo)
TIMES = st.times().map(lambda at: at.replace(second=0, microsecond=0))
MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2028, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001 - Hypothesis wants them naive
DAYS = st.dates(date(2000, 1, 1), date(2100, 1, 1))


@pytest.mark.parametrize(
    ("now", "every", "weekday", "day"),
    [
        # A Monday: next week's, and the one after that.
        (date(2026, 9, 7), Every.WEEK, Weekday.MONDAY, date(2026, 9, 14)),
        (date(2026, 9, 7), Every.FORTNIGHT, Weekday.MONDAY, date(2026, 9, 21)),
        # Held on a Friday, from now on on Mondays.
        (date(2026, 9, 11), Every.WEEK, Weekday.MONDAY, date(2026, 9, 14)),
        (date(2026, 9, 11), Every.FOUR_WEEKS, Weekday.SUNDAY, date(2026, 10, 11)),
        # The second Tuesday of September, and of October.
        (date(2026, 9, 7), Every.MONTH, Weekday.TUESDAY, date(2026, 10, 13)),
        # The fifth Tuesday of September, and the fourth of October.
        (date(2026, 9, 28), Every.MONTH, Weekday.TUESDAY, date(2026, 10, 27)),
    ],
)
def test_the_first_is_held_now_and_the_second_follows_it(
    now: date, every: Every, weekday: Weekday, day: date
) -> None:
    noon = datetime.combine(now, time(12, 0), UTC)
    found = first_after(noon, Recurrence(every, weekday, time(10, 0)), ZoneInfo("UTC"))
    assert found == datetime.combine(day, time(10, 0), UTC)


@pytest.mark.parametrize(
    ("before", "at", "zone", "moments"),
    [
        # Skipped, and back again a week later.
        (date(2027, 3, 7), time(2, 30), "America/New_York", ("7:30", "7:30", "6:30")),
        # Twice: the first of the two.
        (date(2027, 10, 31), time(1, 30), "America/New_York", ("5:30", "5:30", "6:30")),
        # Midnight is skipped.
        (date(2027, 4, 23), time(0, 30), "Africa/Cairo", ("22:30", "22:30", "21:30")),
        # By half an hour.
        (date(2027, 9, 26), time(2, 15), "Australia/Lord_Howe", ("15:45", "15:45", "15:15")),
        # A whole day is skipped: it is held on the next.
        (date(2011, 12, 23), time(10, 0), "Pacific/Apia", ("20:00", "20:00", "20:00")),
    ],
)
def test_it_is_held_once_a_week_whatever_clocks_do(
    before: date, at: time, zone: str, moments: tuple[str, ...]
) -> None:
    there = ZoneInfo(zone)
    found = [local_moment(before, at, there)]
    for _ in range(2):
        found.append(next_after(found[-1], found[-1], every=Every.WEEK, at=at, zone=there))
    assert [f"{moment.hour}:{moment:%M}" for moment in found] == list(moments)


def test_the_time_of_day_stays_when_clocks_change() -> None:
    """On 1 November 2026 they go back in New York."""
    before = datetime(2026, 10, 28, 14, 0, tzinfo=UTC)
    after = next_after(before, before, every=Every.WEEK, at=time(10, 0), zone=NEW_YORK)
    assert after == datetime(2026, 11, 4, 15, 0, tzinfo=UTC)


@given(MOMENTS, st.sampled_from(Every), st.sampled_from(Weekday), TIMES, ZONES)
def test_each_comes_after_the_one_before_on_its_day(
    now: datetime, every: Every, weekday: Weekday, at: time, zone: ZoneInfo
) -> None:
    moment = first_after(now, Recurrence(every, weekday, at), zone)
    assert now < moment
    for _ in range(4):
        following = next_after(moment, moment, every=every, at=at, zone=zone)
        between = following - moment - every.shortest
        assert min(abs(between), abs(between - timedelta(weeks=every is Every.MONTH))) <= timedelta(hours=1)
        # A skipped hour before midnight ends on the next day.
        assert (local_date(following, zone).weekday() - weekday) % 7 in {0, 1}
        moment = following


@given(DAYS)
@example(date(2026, 12, 31))
def test_every_month_it_is_the_same_of_its_weekdays_and_no_month_is_left_out(day: date) -> None:
    for _ in range(14):
        following = day_after(day, Every.MONTH)
        assert following.weekday() == day.weekday()
        assert min((following.day - 1) // 7, 3) == (following.day - 1) // 7 == min((day.day - 1) // 7, 3)
        assert (following.year * 12 + following.month) - (day.year * 12 + day.month) == 1
        assert on_days(Every.MONTH, following) == on_days(Every.MONTH, day)
        day = following


@given(DAYS, st.sampled_from(Every), st.sampled_from(Weekday))
def test_between_two_there_are_as_many_days_as_it_says(day: date, every: Every, weekday: Weekday) -> None:
    first = first_day_after(day, every, weekday)
    assert first.weekday() == weekday
    assert first > day
    assert day_after(first, every) - first >= every.shortest


@given(MOMENTS, st.sampled_from(Every), TIMES, ZONES, st.timedeltas(timedelta(0), timedelta(weeks=30)))
def test_after_an_outage_the_next_is_yet_to_come_and_in_step(
    due: datetime, every: Every, at: time, zone: ZoneInfo, late: timedelta
) -> None:
    due = next_after(due, due, every=every, at=at, zone=zone)
    now = due + late
    found = next_after(due, now, every=every, at=at, zone=zone)
    assert found > now
    in_step, moment = set(), due
    while moment <= now:
        moment = next_after(moment, moment, every=every, at=at, zone=zone)
        in_step.add(moment)
    assert found == max(in_step)


def test_one_that_is_a_day_late_is_not_held() -> None:
    due = datetime(2026, 9, 7, 8, 0, tzinfo=UTC)
    assert not is_too_late(due, due + timedelta(days=1))
    assert is_too_late(due, due + timedelta(days=1, seconds=1))


@pytest.mark.parametrize(
    ("every", "words"),
    [
        (Every.FORTNIGHT, "every two weeks on Monday at 10:00 (Europe/Stockholm), next on 7 Sep 2026"),
        (Every.MONTH, "every month on the first Monday at 10:00 (Europe/Stockholm), next on 7 Sep 2026"),
    ],
)
def test_it_is_said_in_words(every: Every, words: str) -> None:
    due = datetime(2026, 9, 7, 8, 0, tzinfo=UTC)
    assert when_next(due, every=every, at=time(10, 0), zone="Europe/Stockholm") == words


def test_nothing_recurs_every_three_weeks() -> None:
    assert [Every.of_weeks(weeks) for weeks in (1, 2, 4)] == [Every.WEEK, Every.FORTNIGHT, Every.FOUR_WEEKS]
    with pytest.raises(ValueError, match="every 3 weeks"):
        Every.of_weeks(3)
