"""When people may be asked."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slackapp.core.working_time import MORNING, Calendar
from slackapp.features.prompts.rules import EVENING, another_morning, daily_key, may_ask_now

ZONES = st.sampled_from(
    ["Europe/Stockholm", "America/New_York", "Pacific/Auckland", "Asia/Kolkata", "Australia/Lord_Howe", "UTC"]
).map(ZoneInfo)
MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2028, 1, 1)).map(lambda at: at.replace(tzinfo=UTC))  # noqa: DTZ001 - Hypothesis takes naive bounds


@given(MOMENTS, ZONES)
def test_people_are_asked_on_working_days_from_morning_to_evening_where_they_are(
    now: datetime, zone: ZoneInfo
) -> None:
    local = now.astimezone(zone)
    assert may_ask_now(now, Calendar(zone)) == (
        local.weekday() < 5 and time(9, 30) <= local.time() < time(18)
    )


@given(MOMENTS, ZONES)
def test_what_waits_is_asked_on_a_later_morning_that_allows_it(now: datetime, zone: ZoneInfo) -> None:
    later = another_morning(now, Calendar(zone))
    assert now < later <= now + timedelta(days=4)
    assert later.astimezone(zone).time() == MORNING
    assert may_ask_now(later, Calendar(zone))


@pytest.mark.parametrize(("at", "asked"), [(MORNING, True), (EVENING, False)])
def test_the_morning_belongs_to_the_day_and_the_evening_does_not(at: time, asked: bool) -> None:  # noqa: FBT001 - a table of expectations
    zone = ZoneInfo("Asia/Tokyo")
    now = datetime.combine(datetime(2026, 9, 7, tzinfo=zone).date(), at, tzinfo=zone)
    assert may_ask_now(now, Calendar(zone)) == asked


def test_each_person_has_one_message_a_day() -> None:
    monday, tuesday = datetime(2026, 9, 7, tzinfo=UTC).date(), datetime(2026, 9, 8, tzinfo=UTC).date()
    assert len({daily_key(user, day) for user in ("U1", "U2") for day in (monday, tuesday)}) == 4
