"""Guardrails as people write them, one on a line."""

from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from slackapp.core.errors import UserError
from slackapp.core.words import plain
from slackapp.features.launches.rules import GuardrailDraft, parse_guardrails, written_guardrails
from slackapp.features.metrics.rules import Direction, Verdict, judge, parse_quantity

HOLD_UP, HOLD_DOWN = Direction.HOLD_UP, Direction.HOLD_DOWN


@pytest.mark.parametrize(
    ("text", "metric", "direction", "unit", "baseline", "smallest_change"),
    [
        ("Churn: 3 %, under 3.5 %", "Churn", HOLD_DOWN, "%", "3", "0.5"),
        ("Conversion: 12 %, over 11 %", "Conversion", HOLD_UP, "%", "12", "1"),
        ("Churn: 3, under 3.5 %", "Churn", HOLD_DOWN, "%", "3", "0.5"),
        ("Churn: 3 % under 3.5", "Churn", HOLD_DOWN, "%", "3", "0.5"),
        ("Churn:3%<3.5%", "Churn", HOLD_DOWN, "%", "3", "0.5"),
        ("Churn: 3 %; Below 3.5 %", "Churn", HOLD_DOWN, "%", "3", "0.5"),
        ("Uptime: 99.9 %, above 99.5 %", "Uptime", HOLD_UP, "%", "99.9", "0.4"),
        ("Uptime: 99,9 % > 99,5 %", "Uptime", HOLD_UP, "%", "99.9", "0.4"),
        ("Answer time: 200 ms, under 250 ms", "Answer time", HOLD_DOWN, "ms", "200", "50"),
        ("Refunds: EU: €12k, under €15k", "Refunds: EU", HOLD_DOWN, "€", "12000", "3000"),
        ("Balance: -3, over -5", "Balance", HOLD_UP, "", "-3", "2"),
        ("Revenue: 1.234,5, over 1.200", "Revenue", HOLD_UP, "", "1234.5", "34.5"),
        ("Pages: 3 sessions over, under 4", "Pages", HOLD_DOWN, "sessions over", "3", "1"),
    ],
)
def test_a_line_says_what_it_is_and_where_it_should_stay(
    text: str, metric: str, direction: Direction, unit: str, baseline: str, smallest_change: str
) -> None:
    expected = GuardrailDraft(metric, direction, unit, Decimal(baseline), Decimal(smallest_change))
    assert parse_guardrails(text) == (expected,)


def test_each_line_is_one_and_empty_lines_are_none() -> None:
    found = parse_guardrails("\nChurn: 3 %, under 3.5 %\r\n\n  Tickets: 40, under 50  \n")
    assert [each.metric for each in found] == ["Churn", "Tickets"]
    assert parse_guardrails(" \n\t\n") == ()


@pytest.mark.parametrize(
    ("text", "quotes", "says"),
    [
        ("Churn", "“Churn”", "a colon"),
        ("Churn 3 %, under 3.5 %", "“Churn", "a colon"),
        (": 3 %, under 3.5 %", "“: 3 %", "a colon"),
        (f"{'x' * 81}: 3 %, under 4 %", "“xxx", "80 characters"),
        ("Churn: 3 %", "“Churn: 3 %”", "“under” or “over”"),
        ("Churn: 3 %, ≤ 3.5 %", "“Churn", "“under” or “over”"),
        ("Churn: 3 %, <= 3.5 %", "“Churn", "“under” or “over”"),
        ("Churn: 3 %, at most 3.5 %", "“Churn", "“under” or “over”"),
        ("Churn: 3 %, not above 3.5 %", "“Churn", "“under” or “over”"),
        ("Churn: 3 %, never over 3.5 %", "“Churn", "“under” or “over”"),
        ("Churn: 3 %, no over 3.5 %", "“Churn", "“under” or “over”"),
        ("Churn: under 3.5 %", "“Churn", "no number"),
        ("Churn: low, under 3.5 %", "“Churn", "does not begin with a number"),
        ("Churn: 3 %, under control", "“Churn", "“under” or “over”"),
        ("Churn: 3 %, under 3.5 % or 4 %", "“Churn", "more than one number"),
        ("Churn: 3 → 4, under 5", "“Churn", "more than one number"),
        ("Churn: 3 %, under 35 days", "“Churn", "same unit"),
        ("Churn: 3 %, under 3 %", "“Churn", "not under 3\N{NO-BREAK SPACE}%"),
        ("Churn: 3 %, under 2 %", "“Churn", "not under 2\N{NO-BREAK SPACE}%"),
        ("Churn: 3 %, over 3.5 %", "“Churn", "not over 3.5\N{NO-BREAK SPACE}%"),
        ("Users: 1,234, over 1,000", "“Users", "can mean two numbers"),
        ("Users: 12, under 15k", "“Users", "thousands or millions"),
        ("Churn: 3 %, under 4 %\nCHURN: 3 %, under 5 %", "“CHURN", "has a line already"),
        ("\n".join(f"M{n}: 3, under 4" for n in range(6)), "", "5 guardrails"),
    ],
)
def test_what_is_not_clear_is_asked_about_with_the_beginning_of_its_line(
    text: str, quotes: str, says: str
) -> None:
    with pytest.raises(UserError) as refused:
        parse_guardrails(text)
    assert refused.value.sentence.startswith(quotes)
    assert says in refused.value.sentence


def verdict(text: str, actual: str) -> Verdict:
    [rail] = parse_guardrails(text)
    return judge(
        rail.direction,
        baseline=rail.baseline,
        target=rail.baseline,
        smallest_change=rail.smallest_change,
        actual=Decimal(actual),
    )


@pytest.mark.parametrize(
    ("text", "stays", "lost"),
    [
        ("Churn: 3 %, under 3.5 %", "3.499999", "3.5"),
        ("Conversion: 12 %, over 11 %", "11.000001", "11"),
        ("Balance: -3, over -5", "-4.999999", "-5"),
    ],
)
def test_it_is_lost_exactly_when_it_is_not_under_or_over_any_more(text: str, stays: str, lost: str) -> None:
    assert verdict(text, stays) == Verdict.HIT
    assert verdict(text, lost) == Verdict.REGRESSED


UNITS = st.sampled_from(
    ["", "%", "€", "US$", "EUR", "days", "m", "under", "users over", "% of users", "/day"]
)
NUMBERS = st.decimals(-(10**15), 10**15, places=6)
METRICS = st.text(min_size=1, max_size=80).map(plain).filter(bool) | st.sampled_from(
    ["a:", ": 3 %, under 4 %", "over", "<", "3", "under 5: x"]
)


@st.composite
def drafts(draw: st.DrawFn) -> GuardrailDraft:
    low, high = sorted([draw(NUMBERS), draw(NUMBERS)])
    direction = draw(st.sampled_from([HOLD_UP, HOLD_DOWN]))
    high = min(low + 1, Decimal(10**15)) if low == high else high
    low = high - 1 if low == high else low
    baseline = low if direction is HOLD_DOWN else high
    return GuardrailDraft(draw(METRICS), direction, draw(UNITS), baseline, high - low)


@given(st.lists(drafts(), max_size=5, unique_by=lambda draft: draft.metric.casefold()))
def test_what_is_shown_can_be_typed_in_again(guardrails: list[GuardrailDraft]) -> None:
    assert parse_guardrails(written_guardrails(guardrails)) == tuple(guardrails)


PIECES = [
    "Churn",
    ":",
    " ",
    "3",
    "3.5",
    "1,234",
    "%",
    "days",
    "under",
    "over",
    "<",
    ">",
    "≤",
    "not",
    ",",
    "\n",
    "below",
    "above",
    "€",
    "k",
    "→",
    "-",
    "to",
    "²",
    "٣",
    "\u200d",
]
SOUP = st.lists(st.sampled_from(PIECES), max_size=14).map("".join)


@given(SOUP | st.text() | st.text().map(lambda text: f"Churn: 3 %, under {text}"))
@example("Churn: ²<³")
@example("a:\u200d3<4")
def test_any_text_gives_guardrails_that_read_the_same_again_or_a_sentence(text: str) -> None:
    try:
        found = parse_guardrails(text)
    except UserError as error:
        assert error.sentence.endswith(".")  # noqa: PT017 the sentence is checked wherever one is raised
        return
    assert parse_guardrails(written_guardrails(found)) == found
    assert all(rail.metric and len(rail.metric) <= 80 and rail.smallest_change > 0 for rail in found)


@given(st.sampled_from(["3", "3.5 %", "€12k", "1 234"]), st.sampled_from(["3", "4 %", "€15k", "0"]))
def test_both_numbers_are_read_as_quantities_are(now: str, bound: str) -> None:
    try:
        [found] = parse_guardrails(f"M: {now} under {bound}")
    except UserError:
        return
    assert found.baseline == parse_quantity(now).value
    assert found.baseline + found.smallest_change == parse_quantity(bound).value
