"""Whatever a channel's discovery can come to, for tests of what is counted and of what is said of it."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from slackapp.core.proportions import Proportion
from slackapp.features.discovery.blocks import report as blocks
from slackapp.features.discovery.rules import Contributed
from slackapp.features.discovery.rules.opinions import OPINIONS, Level, Opinion
from slackapp.features.discovery.rules.periods import PERIODS, Period
from slackapp.features.discovery.rules.report import (
    Asked,
    Done,
    EarlyClick,
    LeftOut,
    Records,
    Report,
    Shipped,
    report_of,
)
from slackapp.features.metrics.rules import Verdict
from slackapp.features.workspaces.rules import Function

#: A Monday.
TODAY = date(2026, 9, 7)
NOW = datetime(2026, 9, 7, 8, 0, tzinfo=UTC)

DAYS = st.integers(-3, 200).map(lambda ago: TODAY - timedelta(days=ago))
_FUNCTIONS = st.sampled_from([*Function, None])
_SAID = st.tuples(st.integers(0, 5), st.integers(0, 5)).map(lambda pair: Proportion(pair[0], sum(pair)))
_ASKED = st.builds(Asked, DAYS, st.dictionaries(_FUNCTIONS, _SAID, max_size=4))
_DONE = st.builds(
    Done,
    DAYS,
    st.lists(st.sampled_from(Function), max_size=4),
    st.lists(st.sampled_from(Contributed), max_size=4),
    st.none() | st.integers(1, 1000).map(lambda tenths: Decimal(tenths) / 10),
)
_SHIPPED = st.builds(
    Shipped,
    DAYS,
    st.none() | st.sampled_from(Verdict),
    st.none() | st.integers(-9, 9),
    st.booleans(),
    st.booleans(),
)
_LEVELS = st.builds(Level, DAYS, st.integers(1, 9), mean=st.just(Decimal("3.25"))) | st.builds(
    Level, DAYS, st.integers(1, 9), yes=_SAID
)
RECORDS = st.builds(
    Records,
    st.none() | DAYS,
    st.lists(_ASKED, max_size=5),
    st.lists(_DONE, max_size=5),
    st.lists(st.builds(EarlyClick, DAYS, _FUNCTIONS), max_size=5),
    st.lists(_SHIPPED, max_size=12),
    st.lists(st.builds(Opinion, st.sampled_from([*OPINIONS]), _LEVELS, st.none() | _LEVELS), max_size=4),
    st.builds(LeftOut, st.integers(0, 2), st.integers(0, 2)),
)


def reported(records: Records, days: int = 90) -> Report:
    return report_of("C1", records, Period.until(TODAY, days), NOW)


def said() -> Mapping[Callable[..., Any], st.SearchStrategy[Any]]:
    """What the blocks of reports say."""
    reports = st.builds(reported, RECORDS, st.sampled_from(PERIODS))
    an_engineer = EarlyClick(TODAY, Function.ENGINEERING)
    drawn = RECORDS.map(lambda records: replace(records, since=None, clicks=[an_engineer]))
    return {
        blocks.report: st.builds(
            lambda shown, done: blocks.report(shown, done=done, is_posted=bool(done)),
            reports,
            st.sampled_from(["", "It is posted to the channel."]),
        ),
        blocks.posted: st.builds(blocks.posted, reports, st.just("U1")),
        blocks.chart: st.builds(reported, drawn, st.sampled_from(PERIODS)).map(blocks.chart),
    }
