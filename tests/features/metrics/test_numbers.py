"""Numbers as people write them: what is clear is read, what is not is asked about, and it all comes back."""

import re
import time
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from slackapp.features.metrics.rules import (
    Quantity,
    UnclearNumberError,
    parse_change,
    parse_quantity,
    show,
    show_change,
)

MINUS = "\N{MINUS SIGN}"
NO_BREAK = "\N{NO-BREAK SPACE}"
NARROW = "\N{NARROW NO-BREAK SPACE}"

#: Text as people might type it, dense in what a number is made of.
number_soup = st.text(
    st.sampled_from("0123456789.,'  -+−–→>€$%kKmMbnio/abc per to or\n(٣５万½²~:…") | st.characters(),  # noqa: RUF001 look-alikes are the point
    max_size=30,
)


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("41 %", "41", "%"),
        ("41%", "41", "%"),
        ("41 percent", "41", "%"),
        ("41 per cent", "41", "%"),
        ("99.95%", "99.95", "%"),
        ("+5 %", "5", "%"),
        ("-3", "-3", ""),
        (f"{MINUS}3", "-3", ""),
        ("–3", "-3", ""),  # noqa: RUF001 the en dash a keyboard makes of a hyphen
        (".5", "0.5", ""),
        ("0", "0", ""),
        ("-0", "0", ""),
        ("007", "7", ""),
        ("44.", "44", ""),
        ("1,234.5", "1234.5", ""),
        ("1.234,5", "1234.5", ""),
        ("1,234,567", "1234567", ""),
        ("1.234.567,25", "1234567.25", ""),
        ("12,34,567", "1234567", ""),
        ("1 234,5", "1234.5", ""),
        (f"1{NO_BREAK}234,5", "1234.5", ""),
        (f"1{NARROW}234,5", "1234.5", ""),
        ("1 234.567", "1234.567", ""),
        ("1'234", "1234", ""),
        ("1’234.50", "1234.5", ""),  # noqa: RUF001 the Swiss apostrophe
        ("0.123", "0.123", ""),
        ("0,123", "0.123", ""),
        ("1234.567", "1234.567", ""),
        ("1.2340", "1.234", ""),
        ("12,50 €", "12.5", "€"),
        ("€12k", "12000", "€"),
        ("12k€", "12000", "€"),
        ("12 k€", "12000", "€"),
        ("€ 12k", "12000", "€"),
        ("-€3", "-3", "€"),
        ("€-3", "-3", "€"),
        ("$1.2m", "1200000", "$"),
        ("US$5", "5", "US$"),
        ("12 M$", "12000000", "$"),
        ("EUR 12", "12", "EUR"),
        ("12 EUR", "12", "EUR"),
        ("1.2 Mio. €", "1200000", "€"),
        ("3 mn", "3000000", ""),
        ("2bn", "2000000000", ""),
        ("2B", "2000000000", ""),
        ("12K users", "12000", "users"),
        ("1.2 million", "1200000", ""),
        ("3 days", "3", "days"),
        ("2.5 hours", "2.5", "hours"),
        ("4.1pp", "4.1", "pp"),
        ("5 min", "5", "min"),
        ("5min", "5", "min"),
        ("5 months", "5", "months"),
        ("5 ms", "5", "ms"),
        ("5 mb", "5", "mb"),
        ("5 m", "5", "m"),
        ("5 kg", "5", "kg"),
        ("5 m²", "5", "m²"),
        ("40 % of users", "40", "% of users"),
        ("€12 per user", "12", "€ per user"),
        ("12 € / month", "12", "€/month"),
        ("12 /day", "12", "/day"),
        ("5 件", "5", "件"),
        ("３．５％", "3.5", "%"),  # noqa: RUF001 full-width digits
        ("٤١٪", "41", "%"),
        ("١٬٢٣٤٫٥", "1234.5", ""),  # noqa: RUF001 Arabic-Indic digits and marks
        ("1000000000000000", "1000000000000000", ""),
        ("0.000001", "0.000001", ""),
        ("1.1234567k", "1123.4567", ""),
        ("1.10000000", "1.1", ""),
    ],
)
def test_what_is_clear_is_read(text: str, value: str, unit: str) -> None:
    assert parse_quantity(text) == Quantity(Decimal(value), unit)
    assert parse_quantity(f"  {text}\n") == Quantity(Decimal(value), unit)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "no number here yet"),
        (" \n", "no number here yet"),
        ("?", "does not begin with a number"),
        ("about half", "does not begin with a number"),
        ("NaN", "does not begin with a number"),
        ("Infinity", "does not begin with a number"),
        ("- 44", "does not begin with a number"),
        ("--44", "does not begin with a number"),
        ("-€-3", "does not begin with a number"),
        ("42 or 43", "more than one number"),
        ("40-45", "more than one number"),
        ("12/5", "more than one number"),
        ("9:30", "more than one number"),
        ("4e3", "more than one number"),
        ("5k3", "more than one number"),
        ("1 2345", "more than one number"),
        ("12.5.2026", "not clearly one number"),
        ("1,23,4", "not clearly one number"),
        ("1.234,567,8", "not clearly one number"),
        ("0,123,456", "not clearly one number"),
        ("1234,567.8", "not clearly one number"),
        ("1,234", "can mean two numbers"),
        ("1.234", "can mean two numbers"),
        ("€12,000", "can mean two numbers"),
        ("1.234m", "can mean two numbers"),
        ("1000000000000001", "too large"),
        ("1000001bn", "too large"),
        ("9" * 2000, "too large"),
        ("0.0000001", "more than 6 decimals"),
        ("1.1234567", "more than 6 decimals"),
        ("0." + "0" * 2000 + "1", "more than 6 decimals"),
        ("€12 $", "two units"),
        ("€12 %", "two units"),
        ("5 days per active user", "not clearly a unit"),
        ("5 🎉", "not clearly a unit"),
        ("5½", "not clearly a unit"),
        ("5 万", "not clearly a unit"),
        ("5 <!channel>", "not clearly a unit"),
        ("5k k", "could be part of the number"),
        ("5 incomprehensibilities", "too long"),
    ],
)
def test_what_is_not_clear_is_asked_about(text: str, sentence: str) -> None:
    with pytest.raises(UnclearNumberError, match=sentence) as raised:
        parse_quantity(text)
    assert len(raised.value.sentence) < 150


def test_both_readings_are_offered_and_both_can_be_typed() -> None:
    with pytest.raises(UnclearNumberError) as raised:
        parse_quantity("1,234")
    assert (
        raised.value.sentence == "“1,234” can mean two numbers. Write 1234 or, for the smaller one, 1.2340."
    )
    assert parse_quantity("1234").value == 1234
    assert parse_quantity("1.2340").value == Decimal("1.234")


@pytest.mark.parametrize(
    ("text", "start", "end", "unit"),
    [
        ("40 % → 50 %", "40", "50", "%"),
        ("40%->50%", "40", "50", "%"),
        ("40-->50", "40", "50", ""),
        ("40 => 50", "40", "50", ""),
        ("40 > 50", "40", "50", ""),
        ("40 to 50", "40", "50", ""),
        ("from 40 to 50", "40", "50", ""),
        ("From 40% to 50%", "40", "50", "%"),
        ("from 40 → 50", "40", "50", ""),
        ("40 … 50", "40", "50", ""),
        ("40...50", "40", "50", ""),
        ("40 – 50", "40", "50", ""),  # noqa: RUF001 an en dash between spaces
        ("40 - 50", "40", "50", ""),
        ("-3 → -1", "-3", "-1", ""),
        ("-3 - -1", "-3", "-1", ""),
        ("3->-1", "3", "-1", ""),
        (f"{MINUS}3 to {MINUS}1", "-3", "-1", ""),
        ("€12k → €15k", "12000", "15000", "€"),
        ("40 → 50 %", "40", "50", "%"),
        ("40 % → 50", "40", "50", "%"),
        ("40\n50", "40", "50", ""),
        ("40\t50", "40", "50", ""),
        ("40\n→\n50", "40", "50", ""),
        ("1 day → 2 days", "1", "2", "days"),
        ("3 → 2 Days", "3", "2", "Days"),
        ("0 → 10k", "0", "10000", ""),
        ("900 → 1.2k", "900", "1200", ""),
        ("1.234,5 → 1.500", "1234.5", "1500", ""),
        ("1.500 → 1.234,5", "1500", "1234.5", ""),
        ("1,500 → 1,234,567", "1500", "1234567", ""),
        ("4.1 → 4.125", "4.1", "4.125", ""),
        ("4,1 → 4,125", "4.1", "4.125", ""),
        ("99.5 → 1,234", "99.5", "1234", ""),
        ("€1.5k → €2,000", "1500", "2000", "€"),
    ],
)
def test_a_change_has_two_ends_in_one_unit(text: str, start: str, end: str, unit: str) -> None:
    assert parse_change(text) == (Quantity(Decimal(start), unit), Quantity(Decimal(end), unit))


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "two numbers with an arrow"),
        ("40", "two numbers with an arrow"),
        ("→ 50", "two numbers with an arrow"),
        ("40 →", "two numbers with an arrow"),
        ("40 → 50 → 60", "two numbers with an arrow"),
        ("40-50", "two numbers with an arrow"),
        ("up to 50", "two numbers with an arrow"),
        ("40 % → soon", "two numbers with an arrow"),
        ("20 % → 30 €", "One number is in %, the other in €. Write both in the same unit."),
        ("20 ms → 30 m", "same unit"),
        ("1,234 → 1,500", "can mean two numbers"),
        ("1.5 → 1,5 → 1,234", "two numbers with an arrow"),
        ("12 → 15k", "thousands or millions too"),
        ("12k → 15", "thousands or millions too"),
        ("40 → 50 60", "more than one number"),
    ],
)
def test_a_change_that_is_not_clear_is_asked_about(text: str, sentence: str) -> None:
    with pytest.raises(UnclearNumberError, match=re.escape(sentence)):
        parse_change(text)


@pytest.mark.parametrize(
    ("value", "unit", "shown"),
    [
        ("40", "%", f"40{NO_BREAK}%"),
        ("40.50", "%", f"40.5{NO_BREAK}%"),
        ("1234.5", "", "1234.5"),
        ("12000", "€", f"€12{NARROW}000"),
        ("1234567.25", "", f"1{NARROW}234{NARROW}567.25"),
        ("3", "days", f"3{NO_BREAK}days"),
        ("-3", "", f"{MINUS}3"),
        ("-3", "€", f"{MINUS}€3"),
        ("12", "€ per user", f"€12{NO_BREAK}per user"),
        ("12", "€/month", "€12/month"),
        ("12", "/day", "12/day"),
        ("1E+3", "", "1000"),
        ("1E-6", "", "0.000001"),
        ("-0", "", "0"),
        ("1.234", "", "1.2340"),
        ("0.123", "", "0.123"),
        ("12345.678", "", f"12{NARROW}345.678"),
    ],
)
def test_numbers_are_shown(value: str, unit: str, shown: str) -> None:
    assert show(Decimal(value), unit) == shown


def test_a_change_is_shown() -> None:
    assert show_change(Decimal(40), Decimal(50), "%") == f"40{NO_BREAK}% → 50{NO_BREAK}%"
    assert show_change(Decimal(-3), Decimal(12000), "€") == f"{MINUS}€3 → €12{NARROW}000"


@given(
    st.decimals(-(10**15), 10**15, places=6),
    st.sampled_from(
        ["", "%", "€", "US$", "EUR", "days", "m", "active users", "% of users", "€ per user", "/day"]
    ),
)
@example(Decimal("1.234"), "€")
@example(Decimal("-0"), "")
def test_what_is_shown_can_be_typed_back_in(value: Decimal, unit: str) -> None:
    assert parse_quantity(show(value, unit)) == Quantity(value, unit)
    assert parse_change(show_change(value, -value, unit)) == (Quantity(value, unit), Quantity(-value, unit))


@given(number_soup)
@example("5k k")
@example("5 k€k€")
@example("€5 m €")
def test_whatever_is_read_is_shown_so_that_it_reads_the_same(text: str) -> None:
    try:
        quantity = parse_quantity(text)
    except UnclearNumberError:
        return
    assert parse_quantity(show(quantity.value, quantity.unit)) == quantity
    assert len(quantity.unit) <= 20
    assert "E" not in str(quantity.value)


@given(number_soup | st.text())
@example("١٢٣")
@example("5 m\N{LATIN SMALL LETTER DOTLESS I}o")
def test_any_text_is_read_or_asked_about(text: str) -> None:
    for parse in (parse_quantity, parse_change):
        try:
            parse(text)
        except UnclearNumberError as error:
            assert error.sentence.endswith(".")  # noqa: PT017 the sentence is checked wherever one is raised


@given(number_soup, number_soup)
def test_a_change_read_is_in_one_unit(one: str, other: str) -> None:
    try:
        start, end = parse_change(f"1{one} → 2{other}")
    except UnclearNumberError:
        return
    assert start.unit == end.unit
    assert parse_change(show_change(start.value, end.value, start.unit)) == (start, end)


@pytest.mark.parametrize(
    "piece",
    [
        " ",
        "-",
        "--=",
        ".",
        "1",
        "1,",
        "1 ",
        "1 234",
        ".1",
        "a",
        "€",
        "EUR ",
        "\n",
        "to ",
        " to",
        "k",
        "/",
        "→",
    ],
)
def test_long_texts_take_no_longer_than_they_should(piece: str) -> None:
    text = (piece * 3000)[:3000]
    start = time.perf_counter()
    for long_text in (text, f"1{text}", f"{text}1", f"1{text}1", f"1 → {text}"):
        for parse in (parse_quantity, parse_change):
            try:
                parse(long_text)
            except UnclearNumberError as error:
                assert len(error.sentence) < 200  # noqa: PT017 a long text never becomes a long sentence
    assert time.perf_counter() - start < 1
