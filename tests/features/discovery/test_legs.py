"""The leg that is missing, and when it is too early to say so."""

from collections.abc import Collection
from datetime import UTC, datetime, timedelta
from itertools import compress, product

import pytest

from slackapp.features.discovery.rules import Legs, missing_leg

RECORDED = datetime(2026, 9, 7, 8, 0, tzinfo=UTC)
LATER = RECORDED + timedelta(days=1)
DISCOVERY, METRIC, GUARDRAILS = "has_discovery", "has_metric", "has_guardrails"
EVERY = [frozenset(compress([DISCOVERY, METRIC, GUARDRAILS], bits)) for bits in product([0, 1], repeat=3)]


def missing(
    stands_on: Collection[str],
    *,
    is_out: bool = True,
    recorded_at: datetime = RECORDED,
    now: datetime = LATER,
) -> str | None:
    legs = Legs(**{name: name in stands_on for name in (DISCOVERY, METRIC, GUARDRAILS)})
    return missing_leg(legs, is_out=is_out, recorded_at=recorded_at, now=now)


@pytest.mark.parametrize("beside", [set(), {GUARDRAILS}])
def test_discovery_without_a_metric_and_a_metric_without_discovery_are_named(beside: set[str]) -> None:
    assert "Discovery without a metric" in str(missing({DISCOVERY, *beside}))
    assert "A metric without discovery" in str(missing({METRIC, *beside}))
    assert missing({DISCOVERY, METRIC, *beside}) is None


def test_only_guardrails_are_named_and_nothing_at_all_is_not() -> None:
    assert "Only guardrails" in str(missing({GUARDRAILS}))
    assert missing(set()) is None


@pytest.mark.parametrize("stands_on", EVERY)
def test_nothing_is_said_of_one_that_is_not_out_or_was_recorded_just_now(stands_on: frozenset[str]) -> None:
    assert missing(stands_on, is_out=False) is None
    assert missing(stands_on, now=LATER - timedelta(seconds=1)) is None
