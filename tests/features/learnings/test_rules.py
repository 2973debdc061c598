"""What the two selects say together, and how learnings are searched."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slackapp.core.errors import FieldError
from slackapp.features.learnings.rules import NEITHER, Link, Stance, read_link, searchable


@pytest.mark.parametrize(
    ("text", "stance", "about", "link"),
    [
        ("", NEITHER, NEITHER, None),
        ("A checklist helps", NEITHER, NEITHER, None),
        ("A checklist helps", "supports", "7", Link(Stance.SUPPORTS, 7)),
        ("A checklist helps", "contradicts", "7", Link(Stance.CONTRADICTS, 7)),
    ],
)
def test_both_selects_or_neither_make_a_link(text: str, stance: str, about: str, link: Link | None) -> None:
    assert read_link(text, stance, about) == link


@pytest.mark.parametrize(
    ("text", "stance", "about", "field"),
    [
        ("", "supports", "7", "learning"),
        ("", NEITHER, "7", "learning"),
        ("A checklist helps", NEITHER, "7", "stance"),
        ("A checklist helps", "supports", NEITHER, "about"),
    ],
)
def test_what_does_not_fit_is_asked_about_at_its_field(
    text: str, stance: str, about: str, field: str
) -> None:
    with pytest.raises(FieldError) as refused:
        read_link(text, stance, about)
    assert list(refused.value.fields) == [field]


def test_case_is_nothing_in_any_script() -> None:
    assert searchable("ÜBER Straße") == searchable("über STRASSE")
    assert searchable("ΚΑΛΗΜΈΡΑ") == searchable("καλημέρα")


@given(st.text(max_size=300), st.text(max_size=80), st.text(max_size=150))
def test_what_is_searched_fits_its_column(text: str, metric: str, title: str) -> None:
    assert len(searchable(text, metric, title)) <= 600
