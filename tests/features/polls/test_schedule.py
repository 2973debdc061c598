"""When rounds are held and for how long, and when people are asked and reminded."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slackapp.core.errors import FieldError
from slackapp.core.recurrence import Every, Recurrence, Weekday
from slackapp.core.working_time import Calendar, local_date, local_moment
from slackapp.features.polls.rules import Recurring
from slackapp.features.polls.rules.schedule import (
    LONGEST,
    SHORTEST,
    asked_at,
    check_length,
    last_moment,
    most_days,
    ready_at,
    reminded_at,
    round_after,
    second_round,
)
from tests.support.polls import drafted

STOCKHOLM = ZoneInfo("Europe/Stockholm")
ZONES = st.sampled_from(
    [
        "America/New_York",
        "Africa/Cairo",
        "Australia/Lord_Howe",
        "Pacific/Kiritimati",
        "Pacific/Pago_Pago",
        "Etc/GMT+12",
        "Europe/Stockholm",
        "UTC",
    ]
).map(ZoneInfo)
TIMES = st.times().map(lambda at: at.replace(second=0, microsecond=0))
MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2028, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001 - Hypothesis wants them naive
DAYS = st.dates(date(2026, 1, 1), date(2028, 12, 31))
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("minutes", "every", "in_own_zone", "sentence"),
    [
        (0, None, False, "deadline is past"),
        (-60, None, False, "deadline is past"),
        (SHORTEST - 1, None, False, "5 minutes at least"),
        (LONGEST + 1, None, False, "30 days at most"),
        (6 * 1440 + 1, Every.WEEK, False, "Asked every week, a round may be open for 6 days at most"),
        (5 * 1440 + 1, Every.WEEK, True, "open for 5 days at most"),
        (27 * 1440 + 1, Every.MONTH, False, "Asked every month, a round may be open for 27 days at most"),
    ],
)
def test_a_deadline_that_does_not_work_is_said_at_its_field(
    minutes: int,
    every: Every | None,
    in_own_zone: bool,  # noqa: FBT001 - a table of cases
    sentence: str,
) -> None:
    again = every and Recurring(every, Weekday.MONDAY, time(10), in_own_zone=in_own_zone)
    with pytest.raises(FieldError, match=sentence) as error:
        check_length(drafted(open_minutes=minutes, recurring=again))
    assert set(error.value.fields) == {"open_minutes"}


@given(MOMENTS, st.sampled_from(Every), st.sampled_from(Weekday), TIMES, ZONES, st.booleans(), st.data())
def test_what_is_open_as_long_as_it_may_be_is_over_before_the_next(  # noqa: PLR0913, PLR0917 - what a round depends on
    now: datetime,
    every: Every,
    weekday: Weekday,
    at: time,
    zone: ZoneInfo,
    own: bool,  # noqa: FBT001 - Hypothesis gives it
    data: st.DataObject,
) -> None:
    open_for = timedelta(days=most_days(every, in_own_zone=own))
    how = Recurrence(every, weekday, at)
    day, begins = second_round(now, now + open_for, how, zone, in_own_zone=own)
    assert begins > now + open_for
    for _ in range(3):
        zones = data.draw(st.lists(ZONES, min_size=1)) if own else [zone]
        closes_at = last_moment(day, at, zones) + open_for
        assert all(local_moment(day, at, each) >= begins for each in zones)
        following, next_begins = round_after(day, begins, how, zone, in_own_zone=own)
        assert closes_at < next_begins
        day, begins = following, next_begins


@given(MOMENTS, DAYS, st.sampled_from(Every), TIMES, ZONES, st.booleans())
def test_what_was_missed_is_not_made_up_for(
    now: datetime,
    day: date,
    every: Every,
    at: time,
    zone: ZoneInfo,
    own: bool,  # noqa: FBT001 - Hypothesis gives it
) -> None:
    how = Recurrence(every, Weekday(day.weekday()), at)
    next_day, moment = round_after(day, now, how, zone, in_own_zone=own)
    assert moment == ready_at(next_day, at, zone, in_own_zone=own) > now
    assert next_day > day
    assert next_day.weekday() == day.weekday()


@given(DAYS, TIMES, ZONES, st.sampled_from(["SE", "US", "AE", None]), st.timedeltas(DAY, 9 * DAY))
def test_people_are_asked_on_the_first_day_they_work(
    day: date, at: time, zone: ZoneInfo, country: str | None, until: timedelta
) -> None:
    calendar = Calendar(zone, country)
    deadline = local_moment(day, at, zone) + until
    found = asked_at(day, at, zone, calendar, deadline)
    days = [day + n * DAY for n in range(12)]
    works = [each for each in days if calendar.is_working_day(local_date(local_moment(each, at, zone), zone))]
    first = local_moment(works[0], at, zone)
    assert found == (first if first < deadline else None)


def test_easter_is_spent_unasked() -> None:
    """People in Sweden are away from Good Friday on, and back on Tuesday, at the same time of day."""
    friday, calendar = date(2026, 4, 3), Calendar(STOCKHOLM, "SE")
    tuesday = local_moment(date(2026, 4, 7), time(10), STOCKHOLM)
    assert asked_at(friday, time(10), STOCKHOLM, calendar, tuesday + DAY) == tuesday
    assert asked_at(friday, time(10), STOCKHOLM, calendar, tuesday) is None


@pytest.mark.parametrize(
    ("open_for", "before"),
    [
        (timedelta(minutes=119), None),
        (timedelta(hours=2), timedelta(hours=1)),
        (timedelta(hours=47), timedelta(hours=23.5)),
        (timedelta(days=2), DAY),
        (timedelta(days=6), DAY),
    ],
)
def test_people_are_reminded_a_day_before_or_halfway(open_for: timedelta, before: timedelta | None) -> None:
    begun = datetime(2026, 9, 7, 8, 0, tzinfo=UTC)
    closes_at = begun + open_for
    assert reminded_at(begun, closes_at) == (None if before is None else closes_at - before)
