"""Verdicts at their exact boundaries, progress, and what a change must look like to be judged."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slackapp.core.errors import FieldError
from slackapp.features.metrics.rules import (
    Direction,
    Verdict,
    check_change,
    default_smallest_change,
    judge,
    progress,
    read_direction,
)

UP, DOWN, HOLD_UP, HOLD_DOWN = Direction.UP, Direction.DOWN, Direction.HOLD_UP, Direction.HOLD_DOWN
HIT, MOVED, FLAT = Verdict.HIT, Verdict.MOVED, Verdict.FLAT
REGRESSED, UNMEASURED = Verdict.REGRESSED, Verdict.UNMEASURED

WORST_TO_BEST = [REGRESSED, FLAT, MOVED, HIT]

directions = st.sampled_from(Direction)
values = st.decimals(-(10**6), 10**6, places=3)
steps = st.decimals("0.001", 1000, places=3)


@pytest.mark.parametrize(
    ("direction", "baseline", "target", "smallest", "actual", "verdict"),
    [
        (UP, "40", "50", "2.5", "53", HIT),
        (UP, "40", "50", "2.5", "50", HIT),
        (UP, "40", "50", "2.5", "49.999999", MOVED),
        (UP, "40", "50", "2.5", "44", MOVED),
        (UP, "40", "50", "2.5", "42.5", MOVED),
        (UP, "40", "50", "2.5", "42.499999", FLAT),
        (UP, "40", "50", "2.5", "40", FLAT),
        (UP, "40", "50", "2.5", "37.500001", FLAT),
        (UP, "40", "50", "2.5", "37.5", REGRESSED),
        (UP, "40", "50", "2.5", "10", REGRESSED),
        (UP, "40", "50", "10", "50", HIT),
        (UP, "40", "50", "10", "49.999999", FLAT),
        (DOWN, "40", "30", "2.5", "30", HIT),
        (DOWN, "40", "30", "2.5", "30.000001", MOVED),
        (DOWN, "40", "30", "2.5", "37.5", MOVED),
        (DOWN, "40", "30", "2.5", "37.500001", FLAT),
        (DOWN, "40", "30", "2.5", "42.499999", FLAT),
        (DOWN, "40", "30", "2.5", "42.5", REGRESSED),
        (UP, "-3", "1", "1", "-2", MOVED),
        (HOLD_UP, "99.9", "99.9", "0.1", "99.8", REGRESSED),
        (HOLD_UP, "99.9", "99.9", "0.1", "99.800001", HIT),
        (HOLD_UP, "99.9", "99.9", "0.1", "100", HIT),
        (HOLD_UP, "99.9", None, "0.1", "99.9", HIT),
        (HOLD_DOWN, "200", "200", "20", "220", REGRESSED),
        (HOLD_DOWN, "200", "200", "20", "219.999999", HIT),
        (HOLD_DOWN, "200", None, "20", "100", HIT),
        (UP, "40", "50", "2.5", None, UNMEASURED),
        (UP, None, "50", "2.5", "44", UNMEASURED),
        (UP, "40", None, "2.5", "44", UNMEASURED),
        (UP, "40", "50", None, "44", UNMEASURED),
        (HOLD_UP, "40", "40", None, "44", UNMEASURED),
        (UP, "40", "50", "2.5", "NaN", UNMEASURED),
        (UP, "40", "50", "2.5", "Infinity", UNMEASURED),
    ],
)
def test_a_verdict(
    direction: Direction,
    baseline: str | None,
    target: str | None,
    smallest: str | None,
    actual: str | None,
    verdict: Verdict,
) -> None:
    judged = judge(
        direction,
        baseline=_number(baseline),
        target=_number(target),
        smallest_change=_number(smallest),
        actual=_number(actual),
    )
    assert judged is verdict


@pytest.mark.parametrize(
    ("baseline", "target", "actual", "share"),
    [
        ("40", "50", "44", "0.4"),
        ("40", "30", "36", "0.4"),
        ("40", "50", "38", "-0.2"),
        ("40", "50", "53", "1.3"),
    ],
)
def test_progress(baseline: str, target: str, actual: str, share: str) -> None:
    assert progress(Decimal(baseline), Decimal(target), Decimal(actual)) == Decimal(share)


def test_without_a_way_to_go_there_is_no_progress() -> None:
    assert progress(Decimal(40), Decimal(40), Decimal(44)) is None
    assert progress(None, Decimal(50), Decimal(44)) is None
    assert progress(Decimal(40), Decimal(50), None) is None


def test_the_direction_is_read_from_the_numbers() -> None:
    assert read_direction(Decimal(40), Decimal(50)) is UP
    assert read_direction(Decimal(40), Decimal(30)) is DOWN
    assert read_direction(Decimal(-3), Decimal(-1)) is UP
    assert read_direction(Decimal(40), Decimal("40.0")) is None
    assert read_direction(None, Decimal(40)) is None


def test_anything_under_a_quarter_of_the_gap_is_no_change() -> None:
    assert default_smallest_change(Decimal(40), Decimal(50)) == Decimal("2.5")
    assert default_smallest_change(Decimal(50), Decimal(40)) == Decimal("2.5")
    assert default_smallest_change(Decimal(0), Decimal("0.000001")) == Decimal("0.000001")
    assert default_smallest_change(Decimal(40), Decimal(40)) is None
    assert default_smallest_change(Decimal(40), None) is None


@pytest.mark.parametrize(
    ("direction", "baseline", "target", "smallest", "fields"),
    [
        (UP, "40", "50", "10", set()),
        (UP, "40", "50", None, set()),
        (DOWN, "50", "40", "2.5", set()),
        (UP, None, None, None, set()),
        (HOLD_UP, "40", "40", "50", set()),
        (HOLD_UP, "40", None, "5", set()),
        (UP, "40", "50", "10.000001", {"smallest_change"}),
        (UP, "40", "50", "0", {"smallest_change"}),
        (UP, "40", "50", "-1", {"smallest_change"}),
        (UP, None, None, "0", {"smallest_change"}),
        (UP, "40", "40", "1", {"from_to"}),
        (DOWN, "40", "40", None, {"from_to"}),
        (UP, "50", "40", "2.5", {"direction"}),
        (DOWN, "40", "50", "0", {"direction", "smallest_change"}),
        (HOLD_UP, "40", "30", "2", {"direction"}),
        (HOLD_DOWN, "40", "50", "2", {"direction"}),
        (HOLD_DOWN, "40", "40", None, {"smallest_change"}),
        (HOLD_DOWN, "40", "40", "-1", {"smallest_change"}),
    ],
)
def test_a_change_that_cannot_be_judged_names_its_fields(
    direction: Direction, baseline: str | None, target: str | None, smallest: str | None, fields: set[str]
) -> None:
    named: dict[str, str] = {}
    try:
        check_change(direction, _number(baseline), _number(target), _number(smallest))
    except FieldError as error:
        named = error.fields
    assert set(named) == fields


def test_the_sentences_say_what_to_do() -> None:
    with pytest.raises(FieldError, match=r"^From 50 to 40 it goes down, but the direction says up\. Change"):
        check_change(UP, Decimal(50), Decimal(40), None)
    with pytest.raises(FieldError, match=r"^From 40 to 30 it goes down, but it is not meant to fall\. Write"):
        check_change(HOLD_UP, Decimal(40), Decimal(30), Decimal(1))
    with pytest.raises(FieldError, match=r"The whole way is 10, so .* at most that\. Write less\.$"):
        check_change(UP, Decimal(40), Decimal(50), Decimal(11))


@given(directions, values, values, steps, values, values)
def test_a_better_number_never_has_a_worse_verdict(
    direction: Direction, baseline: Decimal, target: Decimal, smallest: Decimal, one: Decimal, other: Decimal
) -> None:
    worse, better = sorted((one, other), key=lambda value: value * direction.sign)
    ranks = [
        WORST_TO_BEST.index(
            judge(direction, baseline=baseline, target=target, smallest_change=smallest, actual=actual)
        )
        for actual in (worse, better)
    ]
    assert ranks == sorted(ranks)


@given(
    directions,
    *(st.none() | st.decimals(allow_nan=False, min_value=-(10**15), max_value=10**15) for _ in range(4)),
)
def test_every_combination_has_a_verdict(
    direction: Direction,
    baseline: Decimal | None,
    target: Decimal | None,
    smallest: Decimal | None,
    actual: Decimal | None,
) -> None:
    verdict = judge(direction, baseline=baseline, target=target, smallest_change=smallest, actual=actual)
    if baseline is None or actual is None:
        assert verdict is UNMEASURED
    if direction.holds:
        assert verdict not in {MOVED, FLAT}


@given(values, values, values, steps)
def test_up_and_down_mirror_each_other(
    baseline: Decimal, target: Decimal, actual: Decimal, smallest: Decimal
) -> None:
    assert judge(UP, baseline=baseline, target=target, smallest_change=smallest, actual=actual) is judge(
        DOWN, baseline=-baseline, target=-target, smallest_change=smallest, actual=-actual
    )


@given(values, values)
def test_what_is_read_from_two_numbers_passes_the_check(baseline: Decimal, target: Decimal) -> None:
    direction = read_direction(baseline, target)
    smallest = default_smallest_change(baseline, target)
    if direction is None or smallest is None:
        assert baseline == target
        return
    check_change(direction, baseline, target, smallest)
    assert judge(direction, baseline=baseline, target=target, smallest_change=smallest, actual=target) is HIT
    assert progress(baseline, target, target) == 1


def _number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
