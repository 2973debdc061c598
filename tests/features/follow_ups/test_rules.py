"""Which checkpoints are asked about and when, and which readings can be right."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slackapp.core.errors import FieldError
from slackapp.features.follow_ups.rules import (
    ANSWERS,
    FollowUpState,
    Stand,
    Turn,
    check_reading,
    final_of,
    guardrail_block,
    guardrail_of,
    plan,
    replan,
    wrong_guardrails,
)
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


STANDS = st.dictionaries(
    st.sampled_from([7, 14, 30, 60, 90]), st.builds(Stand, st.sampled_from(FollowUpState), st.booleans())
)


@given(STANDS, CHECKPOINTS, st.integers(0, 800))
def test_after_an_edit_the_final_one_is_answered_or_asked_and_nothing_answered_is_asked_again(
    stands: dict[int, Stand], checkpoints: list[int], ago: int
) -> None:
    today = DAY + timedelta(days=ago)
    turns = replan(stands, DAY, checkpoints, today)
    open_now = {Turn.ASK, Turn.MOVE}
    answered = {days for days, stand in stands.items() if stand.state in ANSWERS}
    final = final_of(stands, checkpoints)
    assert final is not None
    is_open = final in stands and stands[final].state == FollowUpState.OPEN
    assert final in answered or turns[final] in open_now or (is_open and turns[final] == Turn.KEEP)
    for days, turn in turns.items():
        if turn in open_now:
            assert days in checkpoints
            assert not [later for later in answered if later >= days]
        if days in answered:
            assert turn == Turn.KEEP
    assert len([days for days, turn in turns.items() if turn == Turn.ASK and days <= ago]) <= 1


@given(
    st.dictionaries(
        st.sampled_from([7, 14, 30]), st.builds(Stand, st.sampled_from(FollowUpState), st.booleans())
    )
)
def test_a_launch_that_lost_its_metric_is_asked_nothing(stands: dict[int, Stand]) -> None:
    turns = replan(stands, DAY, [], DAY)
    assert set(turns.values()) <= {Turn.DROP, Turn.KEEP}
    assert {d for d, s in stands.items() if s.state == FollowUpState.OPEN} == {
        d for d, turn in turns.items() if turn == Turn.DROP
    }


OPEN, ASKED = Stand(FollowUpState.OPEN, asked=False), Stand(FollowUpState.OPEN, asked=True)
ANSWERED, LAPSED = Stand(FollowUpState.ANSWERED, asked=True), Stand(FollowUpState.LAPSED, asked=True)


@pytest.mark.parametrize(
    ("stands", "checkpoints", "ago", "turns"),
    [
        ({}, [7, 30], 40, {7: Turn.KEEP, 30: Turn.ASK}),
        ({7: ANSWERED, 30: OPEN}, [7, 14, 30], 20, {7: Turn.KEEP, 14: Turn.ASK, 30: Turn.MOVE}),
        ({7: ASKED, 30: OPEN}, [7, 60], 10, {7: Turn.KEEP, 30: Turn.DROP, 60: Turn.ASK}),
        ({7: OPEN, 30: OPEN}, [7, 30], 31, {7: Turn.LAPSE, 30: Turn.MOVE}),
        ({7: LAPSED, 30: ASKED}, [7], 31, {7: Turn.ASK, 30: Turn.DROP}),
        ({7: ANSWERED, 30: ASKED}, [7], 31, {7: Turn.KEEP, 30: Turn.DROP}),
        ({7: ANSWERED, 30: ANSWERED}, [7], 31, {7: Turn.KEEP, 30: Turn.KEEP}),
    ],
)
def test_what_an_edit_makes_of_each_question(
    stands: dict[int, Stand], checkpoints: list[int], ago: int, turns: dict[int, Turn]
) -> None:
    assert replan(stands, DAY, checkpoints, DAY + timedelta(days=ago)) == turns


@dataclass
class Churn:
    id: int
    metric: str = "Churn"
    unit: str = "%"


def test_a_guardrails_number_in_another_unit_is_said_at_its_field() -> None:
    numbers = {1: Quantity(Decimal(3), "days"), 2: Quantity(Decimal(3)), 3: None, 9: Quantity(Decimal(1))}
    wrong = wrong_guardrails(numbers, [Churn(1), Churn(2), Churn(3), Churn(4)])
    assert wrong == {"guardrail_1": "Churn is measured in %. Write the number in %."}


@pytest.mark.parametrize(
    ("block_id", "found"), [("guardrail_7", 7), ("guardrail_", None), ("value", None), ("guardrail_x", None)]
)
def test_the_input_of_a_guardrail_is_known_by_its_id(block_id: str, found: int | None) -> None:
    assert guardrail_of(block_id) == found
    assert guardrail_of(guardrail_block(7)) == 7
