"""Replies to a question about a metric: where the number is, where the note begins, and what is not clear."""

import time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slackapp.features.metrics.rules import Quantity, UnclearNumberError, parse_answer, show

#: Replies put together from what people say around a number.
pieces = st.sampled_from(
    [
        "44",
        "1,234",
        "12",
        "v2.1",
        "3",
        "½",
        "%",
        "€",
        "k",
        "days",
        "users",
        "May",
        "about",
        "or",
        "to",
        "but",
        "I think",
    ]
) | st.sampled_from("~,.-()\n:→")
replies = st.lists(pieces | st.text(max_size=5), max_size=8).map(" ".join)


@pytest.mark.parametrize(
    ("text", "value", "unit", "note"),
    [
        ("44", "44", "", ""),
        (" 44 % ", "44", "%", ""),
        ("44.", "44", "", ""),
        ("44!", "44", "", ""),
        ("44 %, but Black Friday", "44", "%", "but Black Friday"),
        ("44%; but Black Friday", "44", "%", "but Black Friday"),
        ("44 percent, but Black Friday", "44", "%", "but Black Friday"),
        ("44 % - but Black Friday", "44", "%", "but Black Friday"),
        ("44 — but Black Friday", "44", "", "but Black Friday"),
        ("44 % -- but Black Friday", "44", "%", "but Black Friday"),
        ("44-ish", "44", "", "ish"),
        ("44 % :tada:", "44", "%", ":tada:"),
        ("44 %, -5 pp on mobile, though", "44", "%", "-5 pp on mobile, though"),
        ("44 %; .5 more on the web", "44", "%", ".5 more on the web"),
        ("44 % ... or so", "44", "%", "or so"),
        ("44 but Black Friday", "44", "", "but Black Friday"),
        ("44 %\nBlack Friday fell into it", "44", "%", "Black Friday fell into it"),
        ("44 % (was 40)", "44", "%", "(was 40)"),
        ("44 I think", "44", "", "I think"),
        ("44 or so", "44", "", "or so"),
        ("44 may be too low", "44", "", "may be too low"),
        ("44 %, since 12 May we run v2.1", "44", "%", "since 12 May we run v2.1"),
        ("44 %, 12 May", "44", "%", "12 May"),
        ("44 % since 12 May", "44", "%", "since 12 May"),
        ("44 % of 200 users", "44", "%", "of 200 users"),
        ("3 days, since 12 May we run v2.1", "3", "days", "since 12 May we run v2.1"),
        ("3 days", "3", "days", ""),
        ("5min, better", "5", "min", "better"),
        ("4.1pp", "4.1", "pp", ""),
        ("€12k, mostly new", "12000", "€", "mostly new"),
        ("12 k€ mostly new", "12000", "€", "mostly new"),
        ("1.2 million, mostly new", "1200000", "", "mostly new"),
        ("1,234.5 so far", "1234.5", "", "so far"),
        ("-3", "-3", "", ""),
        ("41,5", "41.5", "", ""),
        ("41, yes", "41", "", "yes"),
        ("٤٤ ٪ but", "44", "%", "but"),
        ("about 44 % I think", "44", "%", "about 44 % I think"),
        ("~44 %", "44", "%", "~44 %"),
        ("It’s around 44", "44", "", "It’s around 44"),  # noqa: RUF001 the apostrophe phones type
        ("we are at 44 % now", "44", "%", "we are at 44 % now"),
        ("about -3", "-3", "", "about -3"),
    ],
)
def test_a_reply_is_a_number_and_a_note(text: str, value: str, unit: str, note: str) -> None:
    assert parse_answer(text) == (Quantity(Decimal(value), unit), note)


@pytest.mark.parametrize(
    ("text", "own", "unit", "note"),
    [
        ("44 teams", "teams", "teams", ""),
        ("44 Teams, but", "teams", "teams", "but"),
        ("44 team", "teams", "teams", ""),
        ("44 teams", "", "", "teams"),
        ("44 teamsters", "teams", "", "teamsters"),
        ("44 active users today", "active users", "active users", "today"),
        ("44 but slow", "s", "", "but slow"),
        ("44s but slow", "s", "s", "but slow"),
        ("44% of users", "% of users", "% of users", ""),
        ("44 €", "%", "€", ""),
        ("€44 per user, ok", "€ per user", "€ per user", "ok"),
        ("44 days after 12 May", "days", "days", "after 12 May"),
        ("44/day", "/day", "/day", ""),
    ],
)
def test_the_metrics_own_unit_is_known_by_name(text: str, own: str, unit: str, note: str) -> None:
    assert parse_answer(text, unit=own) == (Quantity(Decimal(44), unit), note)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "?",
        "about half?",
        "no idea",
        "n/a",
        "42 or 43",
        "42, or 43",
        "42-43",
        "42 - 43",
        "40–45 %",  # noqa: RUF001 a range
        "40 to 45",
        "40 → 44",
        "44, 45",
        "44\n45",
        "44 45",
        "44 %45",
        "44 % 45 %",
        "44 and 12",
        "8 of 24",
        "8 out of 24",
        "1 in 5",
        "44/100",
        "44/day",
        "9:30",
        "between 40 and 45",
        "under 5",
        "at least 40",
        "up 5 %",
        "fell by 3",
        "about 44 or 45",
        "about 44 %, was 40",
        "ask me in 3 days",
        "12 May",
        "12 May: 44 %",
        "May 12: 44 %",
        "12th of May",
        "12.5.2026",
        "2026-05-12 44 %",
        "2026: 44 %",
        "30 days after launch: 44 %",
        "2 months later it was 44 %",
        "v2.1: 44",
        "Q3",
        "44ish",
        "44+",
        "4e3",
        "1,234 so far",
        "1.234 since v2.1",
    ],
)
def test_a_reply_that_is_not_clear_is_asked_about(text: str) -> None:
    with pytest.raises(UnclearNumberError) as raised:
        parse_answer(text)
    assert "Write" in raised.value.sentence


@given(replies | st.text(), st.sampled_from(["", "%", "teams", "€ per user", "s", "/day"]))
def test_any_reply_is_read_or_asked_about(text: str, unit: str) -> None:
    try:
        quantity, note = parse_answer(text, unit=unit)
    except UnclearNumberError as error:
        assert error.sentence.endswith((".", "…"))  # noqa: PT017 the sentence is checked wherever one is raised
        return
    assert quantity.value.is_finite()
    assert note in text


@given(
    st.decimals(-(10**15), 10**15, places=6),
    st.sampled_from(["", "%", "€", "days", "pp"]),
    st.sampled_from(["", "but Black Friday", "since 12 May we run v2.1", "(was 40 %)"]),
)
def test_the_note_never_changes_the_number(value: Decimal, unit: str, note: str) -> None:
    assert parse_answer(f"{show(value, unit)}, {note}") == (Quantity(value, unit), note)


@pytest.mark.parametrize(
    "piece", [" ", "-", ".", "1", "1 ", "about ", "~", "about\n", "€", "EUR ", "or ", "→", "1,"]
)
def test_long_replies_take_no_longer_than_they_should(piece: str) -> None:
    text = (piece * 3000)[:3000]
    start = time.perf_counter()
    for reply in (text, f"44{text}", f"44 {text}", f"44, {text}", f"{text}44"):
        try:
            parse_answer(reply)
        except UnclearNumberError as error:
            assert len(error.sentence) < 200  # noqa: PT017 a long reply never becomes a long sentence
    assert time.perf_counter() - start < 1
