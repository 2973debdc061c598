"""The launch as one sentence, and what is asked about it."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from slackapp.features.launches.rules import FeltBy, Hypothesis, Kind, cases, hypothesis, lint
from slackapp.features.metrics.rules import Direction
from tests.support.spaces import as_seen

BELIEF: dict[str, Any] = {
    "title": "New onboarding",
    "audience": "new teams",
    "metric": "Activation",
    "direction": Direction.UP,
    "unit": "%",
    "baseline": Decimal(40),
    "target": Decimal(50),
    "because": "six of eight asked where to begin",
    "day": date(2026, 9, 7),
    "checkpoints": (7, 30),
}


def sentence(**changes: object) -> str:
    return as_seen("".join(text for text, _ in hypothesis(Hypothesis(**(BELIEF | changes)))))


def questions(**changes: object) -> list[str]:
    return lint(Hypothesis(**(BELIEF | changes)))


NO_NUMBERS = {"baseline": None, "target": None}


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, "raise Activation from 40 % to 50 % by 7 Oct 2026, because six of eight asked where to begin."),
        ({"because": ""}, "raise Activation from 40 % to 50 % by 7 Oct 2026."),
        (
            {"direction": Direction.DOWN, "baseline": Decimal(50), "target": Decimal(40), "because": ""},
            "reduce Activation from 50 % to 40 % by 7 Oct 2026.",
        ),
        ({**NO_NUMBERS, "direction": Direction.UP, "because": ""}, "raise Activation by 7 Oct 2026."),
        ({**NO_NUMBERS, "direction": None, "because": ""}, "change Activation by 7 Oct 2026."),
        (
            {"direction": Direction.HOLD_UP, "target": Decimal(40), "because": ""},
            "not let Activation fall below 40 % until 7 Oct 2026.",
        ),
        (
            {"direction": Direction.HOLD_DOWN, "target": Decimal(40), "because": ""},
            "not let Activation rise above 40 % until 7 Oct 2026.",
        ),
        (
            {**NO_NUMBERS, "direction": Direction.HOLD_DOWN, "because": ""},
            "not let Activation rise until 7 Oct 2026.",
        ),
    ],
)
def test_every_kind_of_launch_reads_as_a_sentence(changes: dict[str, object], expected: str) -> None:
    assert sentence(**changes) == f"We believe New onboarding for new teams will {expected}"


def test_a_launch_without_a_metric_says_that_nothing_measures_it() -> None:
    assert sentence(metric=None, direction=None, **NO_NUMBERS).endswith(
        "will help, and no metric says so yet."
    )


def test_words_that_the_sentence_brings_along_are_not_said_twice() -> None:
    assert sentence(title="New onboarding.", audience="For new teams.", because="Because they asked.") == (
        "We believe New onboarding for new teams will raise Activation from 40 % to 50 % by 7 Oct 2026, "
        "because they asked."
    )
    assert "for Forward Ltd will" in sentence(audience="Forward Ltd")


def test_a_complete_sentence_is_not_questioned() -> None:
    assert questions() == []


@pytest.mark.parametrize(
    ("changes", "asks"),
    [
        ({"metric": None, "direction": None, **NO_NUMBERS}, "How will you know"),
        (NO_NUMBERS, "How much"),
        ({"because": ""}, "Because of what"),
        ({"metric": "Activation and revenue"}, "more than one metric"),
        ({"metric": "Activation, churn"}, "more than one metric"),
    ],
)
def test_what_is_missing_is_asked_once(changes: dict[str, object], asks: str) -> None:
    [question] = questions(**changes)
    assert asks in question


@pytest.mark.parametrize("metric", ["Brand awareness", "Errors per 1000 requests", "Landing page visits"])
def test_one_metric_is_not_taken_for_two(metric: str) -> None:
    assert questions(metric=metric) == []


TECHNICAL = {"kind": Kind.TECHNICAL, "title": "A queue for price changes.", "audience": "For ops"}


def made(**changes: object) -> list[str]:
    """Both cases for technical work."""
    both = cases(Hypothesis(**(BELIEF | TECHNICAL | changes)))
    return ["".join(text for text, _ in pieces) for pieces in both]


def test_technical_work_is_shown_a_weak_case_and_a_strong_one() -> None:
    assert made(unlocks="price tests without a release.", metric="Tests per week") == [
        "We should do A queue for price changes: the code needs it.",
        "A queue for price changes unlocks price tests without a release for ops, seen in Tests per week.",
    ]


def test_what_a_strong_case_still_lacks_is_named_in_its_place() -> None:
    [_, strong] = made(metric=None)
    assert strong == "A queue for price changes unlocks (which outcome?) for ops, seen in (which metric?)."


def test_technical_work_is_asked_for_its_outcome_and_who_feels_it() -> None:
    outcome, felt = questions(**TECHNICAL)
    assert "Which outcome" in outcome
    assert "users feel it" in felt
    assert questions(**TECHNICAL, unlocks="price tests", felt_by=FeltBy.ENGINEERING) == []


@pytest.mark.parametrize("kind", [Kind.FEATURE, Kind.EXPERIMENT, Kind.RELIABILITY])
def test_other_work_is_not(kind: Kind) -> None:
    assert questions(kind=kind) == []
