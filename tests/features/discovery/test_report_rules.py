"""What a report comes to: against a model that counts day by day, and by examples."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slackapp.core.errors import UserError
from slackapp.core.proportions import Proportion
from slackapp.features.discovery.rules import Contributed
from slackapp.features.discovery.rules.opinions import OPINIONS, Voiced, compared
from slackapp.features.discovery.rules.periods import PERIODS, Period, days_of, monday_of
from slackapp.features.discovery.rules.report import (
    Asked,
    Done,
    EarlyClick,
    LeftOut,
    Records,
    Shipped,
)
from slackapp.features.metrics.rules import Verdict
from slackapp.features.workspaces.rules import Function
from tests.support.reports import DAYS, RECORDS, TODAY, reported

ENGINEERING, PRODUCT = Function.ENGINEERING, Function.PRODUCT


@given(RECORDS, st.sampled_from(PERIODS))
def test_every_number_is_what_counting_day_by_day_comes_to(records: Records, days: int) -> None:
    found = reported(records, days)
    those = [TODAY - timedelta(days=ago) for ago in range(days)]
    asked = [each for day in those for each in records.asked if each.on == day]
    done = [each for day in those for each in records.done if each.on == day]
    clicks = [each for day in those for each in records.clicks if each.on == day]
    shipped = [each for day in those for each in records.shipped if each.on == day]

    assert (found.rounds, found.activities, found.early.of) == (len(asked), len(done), len(shipped))
    for function in (*Function, None):
        said = [each.said[function] for each in asked if function in each.said]
        pair = (sum(each.count for each in said), sum(each.of for each in said))
        assert pair == ((found.said[function].count, found.said[function].of) if said else (0, 0))
        assert found.clicks.get(function, 0) == sum(each.function == function for each in clicks)
    for function in Function:
        assert found.present.get(function, 0) == sum(function in each.present for each in done)

    for monday, times in found.weeks:
        week = [monday + timedelta(days=number) for number in range(7)]
        assert times == sum(
            [
                *(bool(a.on in week and a.said.get(ENGINEERING, Proportion(0, 0)).count) for a in asked),
                *(d.on in week and ENGINEERING in d.present for d in done),
                *(c.on in week and c.function == ENGINEERING for c in clicks),
            ]
        )

    assert found.early.count == sum(each.is_early for each in shipped)
    assert found.early_engineer.count == sum(each.has_early_engineer for each in shipped)
    for group, has_engineer in ((found.with_engineer, True), (found.without_engineer, False)):
        theirs = [each for each in shipped if each.has_early_engineer is has_engineer]
        good = sum(each.verdict in {Verdict.HIT, Verdict.MOVED} for each in theirs)
        bad = sum(each.verdict in {Verdict.FLAT, Verdict.REGRESSED} for each in theirs)
        assert (group.launches, group.good) == (len(theirs), Proportion(good, good + bad))
        late = [each.days_late for each in theirs if each.days_late is not None]
        assert group.median_late == (middle(late) if len(late) >= 3 else None)
        assert group.on_time == Proportion(len([days for days in late if days < 1]), len(late))

    saved = [each.weeks_saved for each in done if each.weeks_saved is not None]
    assert (found.brought.weeks_saved, found.brought.weeks_said) == (sum(saved), len(saved))
    for kind in Contributed:
        assert found.brought.times[kind] == sum(kind in each.brought for each in done)
    counted = [asked, done, clicks, shipped, records.opinions]
    assert found.is_empty == (not any(counted) and records.left_out == LeftOut())


def middle(numbers: Sequence[int]) -> Fraction:
    ordered = sorted(numbers)
    return Fraction(ordered[(len(ordered) - 1) // 2] + ordered[len(ordered) // 2], 2)


@given(DAYS, st.sampled_from(PERIODS), st.none() | DAYS)
def test_weeks_are_those_that_began_in_the_time_and_not_before_anything_was_there(
    last: date, days: int, since: date | None
) -> None:
    period = Period.until(last, days)
    assert period.days == days
    expected = [
        day
        for day in (last - timedelta(days=ago) for ago in reversed(range(days)))
        if day.isoweekday() == 1 and (since is None or day + timedelta(days=6) >= since)
    ]
    assert list(period.weeks(since)) == expected


def test_a_channel_that_began_in_midweek_begins_with_that_week() -> None:
    period = Period.until(TODAY, 90)
    assert period.weeks(TODAY - timedelta(days=5)) == [TODAY - timedelta(days=7), TODAY]
    assert len(period.weeks(None)) == 13
    assert monday_of(TODAY + timedelta(days=6)) == TODAY


def test_a_round_in_which_no_engineer_said_yes_is_no_week_of_theirs() -> None:
    said: dict[Function | None, Proportion] = {ENGINEERING: Proportion(0, 3), PRODUCT: Proportion(2, 2)}
    assert reported(Records(asked=[Asked(TODAY, said)])).weeks_with_engineer.count == 0
    said[ENGINEERING] = Proportion(2, 3)
    [*_, (monday, times)] = reported(Records(asked=[Asked(TODAY, said)])).weeks
    assert (monday, times) == (TODAY, 1)


def test_functions_stand_in_their_own_order_with_the_unknown_last() -> None:
    clicks = [EarlyClick(TODAY, function) for function in (None, *reversed(Function))]
    assert list(reported(Records(clicks=clicks)).clicks) == [*Function, None]


def test_what_no_number_is_known_of_yet_is_not_measured() -> None:
    shipped = [Shipped(TODAY, verdict) for verdict in (None, Verdict.UNMEASURED, Verdict.FLAT, Verdict.HIT)]
    found = reported(Records(shipped=shipped)).without_engineer
    assert (found.launches, found.good) == (4, Proportion(1, 2))


def test_rounds_left_out_are_something_to_say() -> None:
    assert reported(Records()).is_empty
    assert not reported(Records(left_out=LeftOut(withheld=1))).is_empty


def test_weeks_saved_are_added_as_they_were_written() -> None:
    done = [Done(TODAY, [], weeks_saved=Decimal(weeks)) for weeks in ("0.1", "0.2")]
    assert reported(Records(done=done)).brought.weeks_saved == Decimal("0.3")


@pytest.mark.parametrize("days", [1, 7, 31, 89, 10**9])
def test_there_are_reports_of_certain_days_alone(days: int) -> None:
    with pytest.raises(UserError, match="30, 90 and 180"):
        days_of(days)
    assert [days_of(0), *map(days_of, PERIODS)] == [90, *PERIODS]


VOICED = st.lists(
    st.builds(Voiced, st.integers(), st.sampled_from([*OPINIONS]), DAYS, st.tuples(st.integers(0, 1))),
    max_size=10,
).map(lambda rounds: sorted(rounds, key=lambda each: each.on))


@given(VOICED)
def test_the_latest_of_each_is_compared_with_the_last_one_in_the_same_words(voiced: list[Voiced]) -> None:
    period = Period.until(TODAY, 30)
    found = {lately.template: (lately, before) for lately, before in compared(voiced, period)}
    assert list(found) == [template for template in OPINIONS if template in found]
    for template in OPINIONS:
        rounds = [each for each in voiced if each.template == template]
        if not rounds or rounds[-1].on not in period:
            assert template not in found
            continue
        alike = [each for each in rounds if each.alike == rounds[-1].alike]
        assert found[template] == (alike[-1], alike[-2] if len(alike) > 1 else None)
