"""The contract of delivery holds in every order of steps and faults, and not without one of its rules."""

import pytest

from tests.faults.model import JUMPS, NEEDLESS, PLANTED, TWICE, check
from tests.faults.steps import Rules


@pytest.mark.parametrize("lag", range(3))
@pytest.mark.parametrize("settle", range(4))
def test_a_message_is_posted_once_if_it_settles_for_longer_than_the_history_lags(
    settle: int, lag: int
) -> None:
    assert check(Rules(settle=settle, lag=lag)).broken == (None if settle > lag else TWICE)


def test_a_message_that_changes_meanwhile_is_posted_once_and_shown_as_it_is_wanted() -> None:
    assert check(Rules(revisions=2)).broken is None


@pytest.mark.parametrize("name", PLANTED)
def test_without_one_of_its_rules_the_contract_does_not_hold(name: str) -> None:
    rule, breaks = PLANTED[name]
    assert check(Rules(**rule)).broken == breaks


@pytest.mark.parametrize("name", NEEDLESS)
def test_what_is_said_to_guard_against_nothing_does_not(name: str) -> None:
    assert check(Rules(**NEEDLESS[name])).broken is None


@pytest.mark.parametrize("name", JUMPS)
def test_a_jump_of_the_databases_clock(name: str) -> None:
    jump, breaks = JUMPS[name]
    assert check(Rules(**jump)).broken == breaks


def test_the_shortest_way_to_a_double_says_what_happens() -> None:
    assert check(Rules(self_fence=False)).trace == (
        "worker 1 claims the message",
        "a tick passes (4 times)",
        "worker 1 notes last_send",
        "worker 2 claims the message",
        "a tick passes (3 times)",
        "worker 1 sends; Slack accepts and answers",
        "worker 2 puts it back, to settle",
        "worker 2 claims the message",
        "worker 2 does not find it in the history",
        "worker 2 notes last_send",
        "worker 2 sends; Slack accepts and answers",
    )
