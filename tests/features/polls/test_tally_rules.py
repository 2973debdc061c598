"""What comes of counts, held to plain arithmetic over the answers themselves; and who may see it when."""

import statistics
from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slackapp.features.polls.rules import Kind, Numbers, Share, Shows, Stage, may_see, why_hidden
from slackapp.features.polls.rules.tally import Tally, in_some_order, results_of
from slackapp.features.workspaces.rules import Function

numbers = st.lists(st.decimals(-1000, 1000, places=2), min_size=1, max_size=40)


def counted(values: list[Decimal]) -> Numbers:
    return Numbers(sorted(Counter(values).items()))


@given(numbers)
def test_mean_median_and_quartiles_are_those_of_the_numbers(values: list[Decimal]) -> None:
    found = counted(values)
    exact = [Fraction(value) for value in values]
    assert found.n == len(values)
    assert abs(Fraction(found.mean) - sum(exact, Fraction(0)) / len(exact)) < Fraction(1, 10**9)
    assert (found.lowest, found.highest) == (min(values), max(values))
    assert Fraction(found.median) == Fraction(statistics.median(exact))
    if len(values) > 1:
        first, second, third = statistics.quantiles(exact, n=4, method="inclusive")
        assert (Fraction(found.quartiles[0]), Fraction(found.median)) == (first, second)
        assert Fraction(found.quartiles[1]) == third


@given(st.integers(0, 10_000), st.integers(0, 10_000))
def test_a_share_is_a_whole_percent(count: int, more: int) -> None:
    percent = Share(count, count + more).percent
    assert 0 <= percent <= 100
    if count + more:
        assert abs(percent - Fraction(100 * count, count + more)) <= Fraction(1, 2)


functions = st.sampled_from([None, *Function])


@given(st.lists(st.tuples(functions, st.integers(1, 5)), max_size=30))
def test_functions_come_to_the_whole(answers: list[tuple[Function | None, int]]) -> None:
    tallies: dict[str | None, Tally] = {}
    for function, option in answers:
        tally = tallies.setdefault(function, Tally())
        tally.answered += 1
        tally.options[option] += 1
    found = results_of(Kind.SCALE, 0, None, tallies, by_function=True)
    assert found.answered == len(answers)
    assert list(found.counts) == [sum(option == place for _, option in answers) for place in range(1, 6)]
    assert sum(each.answered for each in found.by_function.values()) == len(answers)
    for place in range(5):
        assert sum(each.counts[place] for each in found.by_function.values()) == found.counts[place]
    if answers:
        assert found.numbers is not None
        assert found.numbers.median == statistics.median([Decimal(option) for _, option in answers])
    else:
        assert found.numbers is None


@given(st.lists(st.text(max_size=5), max_size=8), st.randoms())
def test_the_order_of_texts_does_not_depend_on_who_wrote_first(texts: list[str], random: object) -> None:
    other = sorted(texts, key=lambda _: random.random())  # type: ignore[attr-defined]
    assert in_some_order(texts, 7) == in_some_order(other, 7)
    assert sorted(in_some_order(texts, 7)) == sorted(texts)


@dataclass
class Poll:
    is_anonymous: bool
    shows: str


@dataclass
class Round:
    stage: str
    is_withheld: bool = False
    closed_at: datetime | None = None


@pytest.mark.parametrize("shows", Shows)
@pytest.mark.parametrize("has_answered", [False, True])
def test_an_anonymous_round_shows_nothing_before_it_is_closed(shows: Shows, *, has_answered: bool) -> None:
    poll = Poll(is_anonymous=True, shows=shows)
    assert not may_see(poll, Round(Stage.OPEN), has_answered=has_answered)
    assert may_see(poll, Round(Stage.CLOSED), has_answered=has_answered)
    hidden = why_hidden(poll, Round(Stage.CLOSED, is_withheld=True), has_answered=has_answered)
    assert hidden is not None
    assert "Fewer than 5" in hidden


@pytest.mark.parametrize(
    ("shows", "stage", "has_answered", "may"),
    [
        (Shows.LIVE, Stage.OPEN, False, True),
        (Shows.AFTER_ANSWER, Stage.OPEN, False, False),
        (Shows.AFTER_ANSWER, Stage.OPEN, True, True),
        (Shows.AT_CLOSE, Stage.OPEN, True, False),
        (Shows.AT_CLOSE, Stage.CLOSED, False, True),
        (Shows.AFTER_ANSWER, Stage.CLOSED, False, True),
        (Shows.LIVE, Stage.READYING, True, False),
        (Shows.LIVE, Stage.HELD, True, False),
        (Shows.LIVE, Stage.CALLED_OFF, True, False),
    ],
)
def test_a_named_round_shows_what_it_came_to_when_its_poll_says(
    shows: Shows, stage: Stage, *, has_answered: bool, may: bool
) -> None:
    poll = Poll(is_anonymous=False, shows=shows)
    assert may_see(poll, Round(stage), has_answered=has_answered) is may
    assert (why_hidden(poll, Round(stage), has_answered=has_answered) is None) is may
