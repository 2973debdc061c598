"""Which replies mean that a launch is out."""

import pytest

from slackapp.features.launches.rules import says_it_is_out


@pytest.mark.parametrize(
    "reply", ["yes", "Yes.", "Yep, it's out!", "it\u2019s live now", "SHIPPED", "it went out"]
)
def test_a_plain_yes_means_that_it_is_out(reply: str) -> None:
    assert says_it_is_out(reply)


@pytest.mark.parametrize(
    "reply", ["", "no", "not yet", "yes, on Monday", "out for half of the users", "tomorrow", "?", "44 %"]
)
def test_anything_else_could_mean_another_day(reply: str) -> None:
    assert not says_it_is_out(reply)
