"""What is shown by function never tells what one person answered."""

from collections.abc import Mapping

from hypothesis import given
from hypothesis import strategies as st

from slackapp.features.polls.rules import Kind, Results
from slackapp.features.polls.rules.functions import FEWEST_OF_FUNCTION, OTHERS, grouped
from slackapp.features.workspaces.rules import Function

COUNTS = st.tuples(st.integers(0, 4), st.integers(0, 4))


def yes_no(counts: tuple[int, int]) -> Results:
    return Results(Kind.YES_NO, sum(counts), None, counts=counts)


def whole(parts: Mapping[Function, tuple[int, int]] | Mapping[Function | None, tuple[int, int]]) -> Results:
    by_function: dict[Function | None, Results] = {
        function: yes_no(counts) for function, counts in parts.items()
    }
    no, yes = (sum(each[place] for each in parts.values()) for place in (0, 1))
    return Results(Kind.YES_NO, no + yes, None, counts=(no, yes), by_function=by_function)


@given(st.dictionaries(st.sampled_from([None, *Function]), COUNTS))
def test_each_group_is_large_enough_and_all_are_in_one(parts: dict[Function | None, tuple[int, int]]) -> None:
    results = whole(parts)
    groups = grouped(results)
    assert all(each.answered >= FEWEST_OF_FUNCTION for each in groups.values())
    if groups:
        assert sum(each.answered for each in groups.values()) == results.answered
        assert [sum(each.counts[place] for each in groups.values()) for place in (0, 1)] == list(
            results.counts
        )


def test_who_is_alone_is_counted_with_others() -> None:
    groups = grouped(whole({Function.ENGINEERING: (1, 4), Function.DESIGN: (1, 0), None: (1, 1)}))
    assert {name: list(each.counts) for name, each in groups.items()} == {
        "Engineering": [1, 4],
        OTHERS: [2, 1],
    }


def test_one_who_is_left_over_takes_the_smallest_function_along() -> None:
    parts = {Function.ENGINEERING: (0, 4), Function.PRODUCT: (3, 0), Function.DESIGN: (1, 0)}
    assert {name: each.answered for name, each in grouped(whole(parts)).items()} == {
        "Engineering": 4,
        OTHERS: 4,
    }


def test_where_all_are_few_nothing_is_shown_by_function() -> None:
    assert grouped(whole({Function.ENGINEERING: (0, 2), Function.DESIGN: (2, 0)})) == {}
