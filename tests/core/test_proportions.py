"""Wilson's interval: against published numbers, and what holds of any."""

from math import sqrt
from statistics import NormalDist

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slackapp.core.proportions import Interval, Proportion, wilson

#: How many out of how many.
SAMPLES = st.integers(1, 400).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of)))
CONFIDENCES = st.floats(0.5, 0.999)


def test_three_of_five_at_ninety_percent() -> None:
    assert wilson(3, 5).low == pytest.approx(0.272, abs=0.0005)
    assert wilson(3, 5).high == pytest.approx(0.857, abs=0.0005)


def test_what_newcombe_has() -> None:
    """Newcombe, Two-sided confidence intervals for the single proportion, 1998, table I: method 3, 95 %."""
    for count, of, low, high in [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ]:
        found = wilson(count, of, 0.95)
        assert found.low == pytest.approx(low, abs=5e-5)
        assert found.high == pytest.approx(high, abs=5e-5)


@given(SAMPLES, CONFIDENCES)
def test_its_ends_are_the_shares_from_which_the_sample_is_just_that_far_off(
    sample: tuple[int, int], confidence: float
) -> None:
    count, of = sample
    z = NormalDist().inv_cdf((1 + confidence) / 2)
    found = wilson(count, of, confidence)
    for share in (found.low, found.high):
        assert abs(count / of - share) == pytest.approx(z * sqrt(share * (1 - share) / of), abs=1e-7)


@given(SAMPLES, CONFIDENCES)
def test_it_lies_around_the_share_and_is_mirrored_with_it(sample: tuple[int, int], confidence: float) -> None:
    count, of = sample
    found, mirrored = wilson(count, of, confidence), wilson(of - count, of, confidence)
    assert 0 <= found.low <= count / of <= found.high <= 1
    assert mirrored.low == pytest.approx(1 - found.high)
    assert mirrored.high == pytest.approx(1 - found.low)


@given(SAMPLES)
def test_more_of_the_same_narrows_it_and_more_certainty_widens_it(sample: tuple[int, int]) -> None:
    count, of = sample
    width = _width(wilson(count, of))
    assert _width(wilson(2 * count, 2 * of)) < width < _width(wilson(count, of, 0.95))


def _width(found: Interval) -> float:
    return found.high - found.low


@pytest.mark.parametrize(("count", "of"), [(0, 0), (1, 0), (-1, 5), (6, 5)])
def test_what_is_no_sample_has_none(count: int, of: int) -> None:
    with pytest.raises(ValueError, match="no sample"):
        wilson(count, of)


@pytest.mark.parametrize(("count", "of"), [(1, 0), (-1, 5), (6, 5)])
def test_there_are_no_more_than_all(count: int, of: int) -> None:
    with pytest.raises(ValueError, match="There are no"):
        Proportion(count, of)


def test_percents_are_whole_and_never_surer_than_what_is() -> None:
    assert [Proportion(count, 8).percent for count in (0, 1, 4, 8)] == [0, 13, 50, 100]
    assert Proportion(0, 0).percent == 0
    assert Interval(0.272, 0.857).percents == (27, 86)
    assert Interval(0.29, 0.57).percents == (29, 57)
    assert Proportion(3, 5).interval == wilson(3, 5)


def test_no_line_breaks_between_a_number_and_its_sign() -> None:
    assert Proportion(2, 5).in_percent == "40\N{NO-BREAK SPACE}%"
