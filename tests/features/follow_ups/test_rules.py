"""Which checkpoints are asked about and when, and which readings can be right."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slackapp.core.errors import FieldError
from slackapp.features.follow_ups.rules import check_reading, may_answer, plan
from slackapp.features.metrics.rules import Quantity

DAY = date(2026, 9, 7)
CHECKPOINTS = st.sets(st.sampled_from([7, 14, 30, 60, 90]), min_size=1).map(sorted)


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), CHECKPOINTS, st.integers(0, 800))
def test_of_what_has_elapsed_only_the_latest_is_asked_and_all_to_come_are(
    day: date, checkpoints: list[int], ago: int
) -> None:
    today = day + timedelta(days=ago)
    planned = plan(day, checkpoints, today)
    assert [point.days for point in planned if not point.at_once] == [n for n in checkpoints if n > ago]
    assert [point.days for point in planned if point.at_once] == [n for n in checkpoints if n <= ago][-1:]
    assert [point.days for point in planned if point.final] == [checkpoints[-1]]
    assert all(point.due_on == day + timedelta(days=point.days) for point in planned)


@pytest.mark.parametrize(("user", "allowed"), [("asked", 1), ("owner", 1), ("backup", 1), ("other", 0)])
def test_the_person_asked_the_owner_and_the_backup_may_answer(user: str, allowed: int) -> None:
    who = {"asked_id": "asked", "owner_id": "owner", "backup_id": "backup"}
    assert may_answer(user, **who, channel_asked=False) == bool(allowed)
    assert may_answer(user, **who, channel_asked=True)


@pytest.mark.parametrize(
    ("written", "measured_in", "kept"),
    [("%", "%", "%"), ("", "%", "%"), ("%", "", "%"), ("day", "days", "days")],
)
def test_a_reading_is_kept_in_the_launchs_unit(written: str, measured_in: str, kept: str) -> None:
    reading = check_reading(Quantity(Decimal(44), written), measured_in, DAY, day=DAY, today=DAY)
    assert reading == Quantity(Decimal(44), kept)


@pytest.mark.parametrize(
    ("unit", "observed_on", "field"),
    [
        ("days", DAY, "value"),
        ("%", DAY - timedelta(days=1), "observed_on"),
        ("%", DAY + timedelta(days=31), "observed_on"),
    ],
)
def test_a_reading_that_cannot_be_right_is_asked_about_at_its_field(
    unit: str, observed_on: date, field: str
) -> None:
    with pytest.raises(FieldError) as refused:
        check_reading(Quantity(Decimal(44), unit), "%", observed_on, day=DAY, today=DAY + timedelta(days=30))
    assert list(refused.value.fields) == [field]
