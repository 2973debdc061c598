"""How long to wait, and when to give up."""

from hypothesis import given
from hypothesis import strategies as st

from slackapp.outbox.rules import ATTEMPTS, FIRST_WAIT, GIVE_UP, JITTER, LONGEST_WAIT, back_off, given_up


@given(st.floats(0, 1e6))
def test_a_wait_is_as_long_as_what_was_tried_within_its_bounds(tried: float) -> None:
    wait = back_off(tried)
    assert FIRST_WAIT * (1 - JITTER) <= wait <= LONGEST_WAIT * (1 + JITTER)
    if FIRST_WAIT <= tried <= LONGEST_WAIT:
        assert tried * (1 - JITTER) <= wait <= tried * (1 + JITTER)


def test_waits_differ_between_workers() -> None:
    assert len({back_off(100.0) for _ in range(20)}) > 1


def test_waiting_doubles_what_was_tried_so_that_a_day_takes_some_thirty_tries() -> None:
    tried, tries = 0.0, 0
    while not given_up(0, tried, 0.0):
        tried += back_off(tried)
        tries += 1
    assert 24 <= tries <= 45


@given(st.integers(0, 20), st.floats(0, 2 * GIVE_UP))
def test_it_is_given_up_after_eight_sends_or_a_day(attempts: int, tried: float) -> None:
    assert given_up(attempts, 1e9 + tried, 1e9) == (attempts >= ATTEMPTS or 1e9 + tried - 1e9 >= GIVE_UP)


def test_what_was_never_tried_is_not_given_up() -> None:
    assert not given_up(0, 1e9, None)
    assert (ATTEMPTS, GIVE_UP) == (8, 86_400)
