"""When retros recur, whatever clocks do in between."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slackapp.core.working_time import local_date
from slackapp.features.retros.rules import (
    WEEKS,
    Recurrence,
    Weekday,
    first_after,
    is_too_late,
    next_after,
    when_next,
)

NEW_YORK = ZoneInfo("America/New_York")
ZONES = st.sampled_from(
    ["America/New_York", "Africa/Cairo", "Australia/Lord_Howe", "Europe/Stockholm", "Asia/Tokyo", "UTC"]
).map(ZoneInfo)
TIMES = st.times().map(lambda at: at.replace(second=0, microsecond=0))
MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2028, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001 - Hypothesis wants them naive


@pytest.mark.parametrize(
    ("now", "weeks", "weekday", "day"),
    [
        # A Monday: next week's, and the one after that.
        (date(2026, 9, 7), 1, Weekday.MONDAY, date(2026, 9, 14)),
        (date(2026, 9, 7), 2, Weekday.MONDAY, date(2026, 9, 21)),
        # Held on a Friday, from now on on Mondays.
        (date(2026, 9, 11), 1, Weekday.MONDAY, date(2026, 9, 14)),
        (date(2026, 9, 11), 4, Weekday.SUNDAY, date(2026, 10, 11)),
    ],
)
def test_the_first_is_held_now_and_the_second_so_many_weeks_later(
    now: date, weeks: int, weekday: Weekday, day: date
) -> None:
    noon = datetime.combine(now, time(12, 0), UTC)
    found = first_after(noon, Recurrence(weeks, weekday, time(10, 0)), ZoneInfo("UTC"))
    assert found == datetime.combine(day, time(10, 0), UTC)


def test_the_time_of_day_stays_when_clocks_change() -> None:
    """On 1 November 2026 they go back in New York, on 14 March 2027 forward."""
    before = datetime(2026, 10, 28, 14, 0, tzinfo=UTC)
    after = next_after(before, before, weeks=1, at=time(10, 0), zone=NEW_YORK)
    assert after == datetime(2026, 11, 4, 15, 0, tzinfo=UTC)
    skipped = datetime(2027, 3, 7, 7, 30, tzinfo=UTC)
    gap = next_after(skipped, skipped, weeks=1, at=time(2, 30), zone=NEW_YORK)
    assert gap == datetime(2027, 3, 14, 7, 30, tzinfo=UTC)  # 03:30 there
    again = next_after(gap, gap, weeks=1, at=time(2, 30), zone=NEW_YORK)
    assert again == datetime(2027, 3, 21, 6, 30, tzinfo=UTC)


@given(MOMENTS, st.sampled_from(WEEKS), st.sampled_from(Weekday), TIMES, ZONES)
def test_each_comes_so_many_weeks_after_the_one_before_on_its_day(
    now: datetime, weeks: int, weekday: Weekday, at: time, zone: ZoneInfo
) -> None:
    moment = first_after(now, Recurrence(weeks, weekday, at), zone)
    assert now < moment
    for _ in range(4):
        following = next_after(moment, moment, weeks=weeks, at=at, zone=zone)
        between = following - moment - timedelta(weeks=weeks)
        assert abs(between) <= timedelta(hours=1)
        # A skipped hour before midnight ends on the next day.
        assert (local_date(following, zone).weekday() - weekday) % 7 in {0, 1}
        moment = following


@given(MOMENTS, st.sampled_from(WEEKS), TIMES, ZONES, st.timedeltas(timedelta(0), timedelta(weeks=30)))
def test_after_an_outage_the_next_is_yet_to_come_and_in_step(
    due: datetime, weeks: int, at: time, zone: ZoneInfo, late: timedelta
) -> None:
    due = next_after(due, due, weeks=weeks, at=at, zone=zone)
    now = due + late
    found = next_after(due, now, weeks=weeks, at=at, zone=zone)
    assert found > now
    in_step, moment = set(), due
    while moment <= now:
        moment = next_after(moment, moment, weeks=weeks, at=at, zone=zone)
        in_step.add(moment)
    assert found == max(in_step)


def test_one_that_is_a_day_late_is_not_held() -> None:
    due = datetime(2026, 9, 7, 8, 0, tzinfo=UTC)
    assert not is_too_late(due, due + timedelta(days=1))
    assert is_too_late(due, due + timedelta(days=1, seconds=1))


def test_it_is_said_in_words() -> None:
    due = datetime(2026, 9, 7, 8, 0, tzinfo=UTC)
    assert when_next(due, weeks=2, at=time(10, 0), zone="Europe/Stockholm") == (
        "every two weeks on Monday at 10:00 (Europe/Stockholm), next on 7 Sep 2026"
    )
