"""When people may be asked, what follows what, and who comes after whom."""

import itertools
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slackapp.core.working_time import Calendar, next_morning
from slackapp.features.prompts.rules import (
    APART,
    LADDERS,
    Ladder,
    To,
    daily_key,
    heirs,
    is_over,
    last_asking_step,
    may_ask_now,
    may_write_again,
    next_step_at,
    single_key,
    snoozed_until,
    turn_of_heir,
)

ZONES = st.sampled_from(
    ["Europe/Stockholm", "America/New_York", "Pacific/Auckland", "Asia/Kolkata", "Australia/Lord_Howe", "UTC"]
).map(ZoneInfo)
MORNINGS = st.sampled_from([time(6), time(9, 30), time(11, 15)])
CALENDARS = st.builds(Calendar, ZONES, st.sampled_from([None, "SE", "US", "IL"]), MORNINGS)
MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2028, 1, 1)).map(lambda at: at.replace(tzinfo=UTC))  # noqa: DTZ001 - Hypothesis takes naive bounds
LADDER = st.sampled_from(Ladder)
PEOPLE = st.sampled_from(["U1", "U2", "U3"])


@given(MOMENTS, ZONES)
def test_people_are_asked_on_working_mornings_where_they_are(now: datetime, zone: ZoneInfo) -> None:
    local = now.astimezone(zone)
    assert may_ask_now(now, Calendar(zone)) == (
        local.weekday() < 5 and time(9, 30) <= local.time() < time(12)
    )


@pytest.mark.parametrize(
    ("at", "asked"), [("09:29", False), ("09:30", True), ("11:59", True), ("12:00", False)]
)
def test_a_morning_lasts_two_hours_and_a_half(at: str, asked: bool) -> None:  # noqa: FBT001 - a table of expectations
    now = datetime.fromisoformat(f"2026-09-07T{at}:00").replace(tzinfo=ZoneInfo("Asia/Tokyo"))
    assert may_ask_now(now, Calendar(ZoneInfo("Asia/Tokyo"))) == asked


@given(MOMENTS, CALENDARS)
def test_the_next_morning_is_one_on_which_people_may_be_asked(now: datetime, calendar: Calendar) -> None:
    assert may_ask_now(next_morning(now, calendar), calendar)


def test_each_person_has_one_message_a_day_and_one_for_each_thing_asked_at_once() -> None:
    monday, tuesday = date(2026, 9, 7), date(2026, 9, 8)
    assert len({daily_key(user, day) for user in ("U1", "U2") for day in (monday, tuesday)}) == 4
    now = datetime(2026, 9, 7, tzinfo=UTC)
    assert len({single_key("U1", 1, now), single_key("U1", 2, now), single_key("U1", 1, now + APART)}) == 3


@given(MOMENTS, MOMENTS, ZONES, ZONES, st.booleans())
def test_two_mornings_of_one_person_are_half_a_day_and_a_date_or_week_apart_wherever_they_travel(
    first: datetime,
    second: datetime,
    here: ZoneInfo,
    there: ZoneInfo,
    weekly: bool,  # noqa: FBT001
) -> None:
    last_on, today = first.astimezone(here).date(), second.astimezone(there).date()
    may = may_write_again(today, second, last_on=last_on, last_at=first, weekly=weekly)
    apart = timedelta(days=7 if weekly else 1)
    assert may == (today - last_on >= apart and second - first >= timedelta(hours=12))
    assert may_write_again(today, second, last_on=None, last_at=None, weekly=weekly)


@given(LADDER, MOMENTS, CALENDARS)
def test_each_step_comes_so_many_working_days_after_the_one_before(
    ladder: Ladder, now: datetime, calendar: Calendar
) -> None:
    steps = LADDERS[ladder]
    for done, (before, after) in enumerate(itertools.pairwise(steps), start=1):
        at = next_step_at(ladder, done, now, calendar)
        assert at is not None
        first, last = now.astimezone(calendar.zone).date(), at.astimezone(calendar.zone).date()
        days = [first + timedelta(days=day) for day in range(1, (last - first).days + 1)]
        assert sum(map(calendar.is_working_day, days)) == after.after - before.after
    assert next_step_at(ladder, len(steps), now, calendar) is None


@given(LADDER, st.integers(1, 7), st.booleans())
def test_a_snooze_repeats_a_step_that_asked_a_person(ladder: Ladder, done: int, has_backup: bool) -> None:  # noqa: FBT001 - drawn by Hypothesis
    step = LADDERS[ladder][last_asking_step(ladder, done, has_backup=has_backup)]
    assert step.to in ({To.PERSON, To.BACKUP} if has_backup else {To.PERSON})


@given(MOMENTS, st.sampled_from([1, 3, 7]), CALENDARS)
def test_what_is_put_off_comes_on_a_working_morning_no_earlier(
    now: datetime, days: int, calendar: Calendar
) -> None:
    until = snoozed_until(now, days, calendar)
    assert may_ask_now(until, calendar)
    assert (until.astimezone(calendar.zone).date() - now.astimezone(calendar.zone).date()).days >= days


@given(PEOPLE, st.none() | PEOPLE, st.none() | PEOPLE)
def test_the_backup_comes_before_the_owner_and_nobody_takes_their_own_place(
    user: str, owner: str | None, backup: str | None
) -> None:
    found = heirs(user, owner_id=owner, backup_id=backup, last=False)
    assert user not in found
    assert set(found) <= {owner, backup}
    if backup not in {user, None}:
        assert found[0] == backup
    if owner not in {user, None}:
        assert found[-1] == owner


@given(PEOPLE, st.none() | PEOPLE, st.none() | PEOPLE)
def test_those_who_take_each_others_place_come_to_an_end(
    user: str, owner: str | None, backup: str | None
) -> None:
    last = False
    for _ in range(3):
        found = heirs(user, owner_id=owner, backup_id=backup, last=last)
        if not found:
            return
        # Whoever came first can be asked, it turns out, but never reached.
        user, last = found[0], True
    assert heirs(user, owner_id=owner, backup_id=backup, last=last) == ()


def test_what_is_asked_once_stays_open_unless_nobody_could_be_asked() -> None:
    over = len(LADDERS[Ladder.ONCE]) + 1
    assert not is_over(Ladder.ONCE, turn_of_heir(Ladder.ONCE) + 1, was_asked=True)
    assert not is_over(Ladder.ONCE, turn_of_heir(Ladder.ONCE), was_asked=False)
    assert is_over(Ladder.ONCE, over, was_asked=False)
    assert is_over(Ladder.AMONG_US, len(LADDERS[Ladder.AMONG_US]) + 1, was_asked=True)
