"""What the form says a retro is to be."""

from datetime import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slackapp.core.errors import FieldError, UserError
from slackapp.features.retros.rules import (
    LIVE_MINUTES,
    SLOW_MINUTES,
    USUAL_CAP,
    Every,
    Minutes,
    Recurrence,
    RetroDraft,
    Template,
    Weekday,
    check_enough,
)
from slackapp.features.retros.rules.draft import MOST_VOTES, read_length


def read(**values: Any) -> RetroDraft:  # noqa: ANN401 - whatever stands in an input
    return RetroDraft.read(values, facilitator="U1")


def wrong(**values: Any) -> dict[str, str]:  # noqa: ANN401 - the same
    with pytest.raises(FieldError) as found:
        read(**values)
    return found.value.fields


def test_left_as_it_is_it_is_anonymous_over_days_and_for_the_whole_channel() -> None:
    draft = read(template="post_launch", anonymity="anonymous", pace="slow", people=[], votes_cap="3")
    assert draft == RetroDraft(launches=(), facilitator="U1")
    assert draft.is_anonymous
    assert draft.whole_channel
    assert draft.minutes == SLOW_MINUTES
    assert draft.votes_cap == USUAL_CAP


def test_what_is_chosen_is_taken() -> None:
    draft = read(
        template="custom",
        columns="Keep\n\n Change \nTry",
        launches=["7", "9", "7"],
        people=["U2", "U3", "U2"],
        anonymity="named",
        pace="live",
        collect="10",
        vote="2 min",
        topic="8 minutes",
        votes_each="5",
        votes_cap="2",
        facilitator="U4",
        co_facilitators=["U4", "U5"],
        recurs="2",
        weekday="4",
        at="15:30",
    )
    assert draft == RetroDraft(
        template=Template.CUSTOM,
        columns=("Keep", "Change", "Try"),
        launches=(7, 9),
        whole_channel=False,
        people=("U2", "U3"),
        is_anonymous=False,
        is_live=True,
        minutes=Minutes(10, 2, 8),
        votes_each=5,
        votes_cap=2,
        facilitator="U4",
        co_facilitators=("U5",),
        recurrence=Recurrence(Every.FORTNIGHT, Weekday.FRIDAY, time(15, 30)),
    )


def test_lengths_left_empty_are_those_of_how_it_is_held() -> None:
    assert read(pace="live").minutes == LIVE_MINUTES
    assert read(pace="live", vote="5").minutes == Minutes(LIVE_MINUTES.collect, 5, LIVE_MINUTES.topic)
    assert read(pace="slow", collect="3", topic="10").minutes == Minutes(3 * 1440, SLOW_MINUTES.vote, 10)


def test_every_mistake_stands_at_its_field() -> None:
    many = wrong(collect="0", vote="soon", topic="5 hours", template="custom", recurs="1", votes_cap="0")
    assert set(many) == {"collect", "vote", "topic", "columns", "weekday", "at", "votes_cap"}
    assert "before it began" in wrong(collect="0 days")["collect"]
    assert "At most 30 days" in wrong(collect="31 days")["collect"]
    assert set(wrong(votes_each="0", votes_cap="many")) == {"votes_each", "votes_cap"}
    assert set(wrong(template="custom", columns=" \n ")) == {"columns"}
    assert set(wrong(recurs="1")) == {"weekday", "at"}
    assert set(wrong(template="nothing of ours", pace="never")) == {"template", "pace"}


@given(st.text(max_size=20), st.booleans())
def test_a_length_is_some_minutes_or_a_sentence(text: str, is_live: bool) -> None:  # noqa: FBT001 - of a test
    try:
        minutes = read_length(text, is_live=is_live)
    except UserError:
        return
    assert 0 < minutes <= 30 * 24 * 60


@given(st.integers(1, 30), st.sampled_from(["d", "day", " days", " DAYS"]))
def test_days_are_days_however_they_are_written(days: int, unit: str) -> None:
    assert read_length(f" {days}{unit} ", is_live=True) == days * 24 * 60
    assert read_length(str(days), is_live=False) == days * 24 * 60
    assert read_length(str(days), is_live=True) == days


@given(st.integers(-5, 200))
def test_votes_are_a_number_from_one_on(votes: int) -> None:
    if 1 <= votes <= MOST_VOTES:
        assert read(votes_each=str(votes)).votes_each == votes
    else:
        assert set(wrong(votes_each=str(votes))) == {"votes_each"}


def test_without_names_three_are_needed_and_with_names_one_is_enough() -> None:
    check_enough(3, is_anonymous=True)
    check_enough(1, is_anonymous=False)
    for few, said in ((1, "one person"), (2, "2 people")):
        with pytest.raises(FieldError, match=said) as found:
            check_enough(few, is_anonymous=True)
        assert "With names" in found.value.fields["people"]
