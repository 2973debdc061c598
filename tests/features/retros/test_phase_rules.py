"""Which phase follows which, what keeps notes from being revealed, and when people are reminded."""

from datetime import UTC, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slackapp.core.working_time import Calendar, local_date, working_moment
from slackapp.features.retros.blocks.moments import lasting
from slackapp.features.retros.rules import (
    FEW_NOTES,
    FEWEST_HANDS,
    Phase,
    Stop,
    before,
    following,
    reminded_at,
    went_back,
    what_stops,
)

OPEN = [phase for phase in Phase if phase.is_open]


def way(notes: int) -> list[Phase]:
    """All phases of a retro with so many notes."""
    phases = [Phase.COLLECT]
    while phases[-1].is_open:
        phases.append(following(phases[-1], notes))
    return phases


@pytest.mark.parametrize(
    ("notes", "skipped"),
    [
        (0, {Phase.GROUP, Phase.VOTE}),
        (1, {Phase.GROUP}),
        (FEW_NOTES, {Phase.GROUP}),
        (FEW_NOTES + 1, set()),
        (500, set()),
    ],
)
def test_few_notes_need_no_grouping_and_none_no_vote(notes: int, skipped: set[Phase]) -> None:
    assert set(Phase) - set(way(notes)) == {Phase.CANCELLED, *skipped}
    assert way(notes)[-1] is Phase.CLOSED


@given(st.integers(0, 600), st.sampled_from(OPEN))
def test_going_back_leads_to_an_earlier_phase_and_on_again_to_where_one_was(notes: int, phase: Phase) -> None:
    earlier = before(phase, notes)
    if phase is Phase.COLLECT:
        assert earlier is None
        return
    assert earlier is not None
    order = list(Phase)
    assert order.index(earlier) < order.index(phase)
    assert phase in way_from(earlier, notes) or phase not in way(notes)


def way_from(phase: Phase, notes: int) -> list[Phase]:
    phases = [phase]
    while phases[-1].is_open:
        phases.append(following(phases[-1], notes))
    return phases


def test_to_group_one_can_go_back_even_if_that_was_skipped() -> None:
    assert before(Phase.VOTE, 3) is Phase.GROUP


def test_a_log_says_whether_it_went_back() -> None:
    for notes in (0, 5, 50):
        assert not any(went_back(list(pair)) for pair in pairwise(way(notes)))
    assert went_back([Phase.COLLECT, Phase.VOTE, Phase.GROUP])
    assert not went_back([Phase.COLLECT])
    assert not went_back([Phase.DISCUSS, Phase.CANCELLED])


@given(
    hands=st.integers(0, 9),
    notes=st.integers(0, 50),
    writers=st.integers(0, 9),
    is_anonymous=st.booleans(),
)
def test_nothing_is_revealed_of_so_few_that_they_could_be_told(
    hands: int, notes: int, writers: int, *, is_anonymous: bool
) -> None:
    stop = what_stops(hands=hands, notes=notes, writers=writers, is_anonymous=is_anonymous)
    if hands == 0 and notes == 0:
        assert stop is Stop.NOBODY
    elif not is_anonymous:
        assert stop is None
    else:
        few = hands < FEWEST_HANDS or 0 < writers < FEWEST_HANDS
        assert stop is (Stop.TOO_FEW if few else None)


ZONES = st.sampled_from(["Europe/Stockholm", "America/New_York", "Asia/Kolkata", "Pacific/Kiritimati"])
MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - the zone is given beside it
LENGTHS = st.integers(60, 14 * 24 * 60).map(lambda minutes: timedelta(minutes=minutes))


@given(MOMENTS, LENGTHS, ZONES, st.sampled_from([None, "SE", "IN", "IL"]))
def test_nobody_is_reminded_at_night_on_a_free_day_or_too_late(
    began_at: datetime, lasts: timedelta, zone: str, country: str | None
) -> None:
    ends_at = began_at + lasts
    planned = reminded_at(began_at, ends_at)
    assert began_at < planned < ends_at
    assert planned == began_at + lasts / 2 or planned == ends_at - timedelta(hours=24)
    calendar = Calendar(ZoneInfo(zone), country)
    moment = working_moment(planned, ends_at, calendar)
    if moment is None:
        return
    there = moment.astimezone(calendar.zone)
    assert planned <= moment < ends_at
    assert time(9) <= there.time() < time(18)
    assert calendar.is_working_day(local_date(moment, calendar.zone))


def test_whoever_works_when_it_is_planned_is_reminded_then_and_others_on_their_morning() -> None:
    planned = datetime(2026, 9, 8, 8, 0, tzinfo=UTC)
    ends_at = planned + timedelta(hours=24)

    def there(zone: str) -> datetime | None:
        return working_moment(planned, ends_at, Calendar(ZoneInfo(zone)))

    assert there("Europe/Stockholm") == planned
    assert there("America/New_York") == datetime(2026, 9, 8, 13, 0, tzinfo=UTC)
    assert there("Pacific/Honolulu") == datetime(2026, 9, 8, 19, 0, tzinfo=UTC)


def test_where_only_a_weekend_is_left_nobody_is_reminded() -> None:
    friday_evening = datetime(2026, 9, 11, 17, 0, tzinfo=UTC)
    calendar = Calendar(ZoneInfo("Europe/Stockholm"))
    assert working_moment(friday_evening, friday_evening + timedelta(days=2), calendar) is None


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (1, "1 minute"),
        (7, "7 minutes"),
        (60, "1 hour"),
        (90, "90 minutes"),
        (1440, "1 day"),
        (2880, "2 days"),
    ],
)
def test_lengths_are_said_in_the_largest_unit_that_fits(minutes: int, words: str) -> None:
    assert lasting(minutes) == words
