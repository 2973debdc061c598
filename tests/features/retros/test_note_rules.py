"""Notes as they are typed: split, kept to a length, read from the form, and found again by their author."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slackapp.core.errors import FieldError, UserError
from slackapp.core.secrecy import is_mac, mac_of
from slackapp.features.retros.rules.notes import (
    LONGEST_NOTE,
    MOST_OWN,
    Written,
    check_number,
    checked,
    how_many,
    message_link,
    new_field,
    own_field,
    read_form,
    split,
    without_calls,
)

ANYTHING = st.text(max_size=300)
PASTED = """
- It helped teams that start alone
* Support got fewer questions

  • The old page is missed
5 % more, not -5 %
Deploys took 3 - 4 days, and *really* slowed us
-
"""


def test_each_line_of_a_paste_is_a_note_without_its_bullet() -> None:
    assert split(PASTED, each_line=True) == [
        "It helped teams that start alone",
        "Support got fewer questions",
        "The old page is missed",
        "5 % more, not -5 %",
        "Deploys took 3 - 4 days, and *really* slowed us",
        "-",
    ]


def test_or_all_of_it_is_one() -> None:
    [note] = split(PASTED, each_line=False)
    assert note.splitlines()[0] == "- It helped teams that start alone"


@given(ANYTHING, st.booleans())
def test_no_note_is_empty_and_none_is_split_again(typed: str, each_line: bool) -> None:  # noqa: FBT001 - drawn
    notes = split(typed, each_line=each_line)
    assert all(notes)
    assert each_line or len(notes) <= 1
    assert [part for note in notes for part in split(note, each_line=False)] == notes


@given(ANYTHING)
def test_what_is_kept_is_kept_as_it_is(typed: str) -> None:
    try:
        kept = checked(typed)
    except UserError:
        return
    assert checked(kept) == kept
    assert 0 < len(kept) <= LONGEST_NOTE


@given(st.lists(ANYTHING, max_size=4), st.booleans())
def test_the_form_gives_each_column_its_notes(columns: list[str], each_line: bool) -> None:  # noqa: FBT001 - drawn
    values: dict[str, object] = {new_field(n, 7): text for n, text in enumerate(columns)}
    written = read_form({**values, "lines": ["lines"] if each_line else []}, {})
    expected = [(n, note) for n, text in enumerate(columns) for note in split(text, each_line=each_line)]
    assert list(written.new) == expected


def test_what_was_left_as_it_stood_is_no_change() -> None:
    shown = {own_field("a"): "Left", own_field("b"): "Changed", own_field("c"): "Emptied"}
    values = {own_field("a"): "Left", own_field("b"): "Anew", own_field("c"): None, "nothing": ["nothing"]}
    assert read_form(values, shown) == Written([], {"b": "Anew", "c": ""}, nothing=True)


def test_every_note_that_is_too_long_is_named_at_its_field() -> None:
    long = "x" * (LONGEST_NOTE + 1)
    values = {
        new_field(0, 0): f"Short\n{long}",
        new_field(1, 0): "Short",
        own_field("a"): long,
        "lines": ["lines"],
    }
    with pytest.raises(FieldError) as refused:
        read_form(values, {})
    assert set(refused.value.fields) == {new_field(0, 0), own_field("a")}
    assert "to 500 characters" in refused.value.fields[new_field(0, 0)]
    assert "has 501" in refused.value.fields[new_field(0, 0)]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("<!channel> look", "@channel look"),
        ("<!here|here>", "here"),
        ("<!subteam^S1|@design>", "@design"),
        ("<!subteam^S1>", "@subteam"),
        ("<!date^1392734382^{date}|yesterday>", "yesterday"),
        ("a < b <! c", "a < b <! c"),
    ],
)
def test_calls_are_words(written: str, read: str) -> None:
    assert without_calls(written) == read


@given(st.text(min_size=1), st.text(min_size=1), st.text(min_size=1))
def test_an_author_is_known_by_the_key_of_the_round_alone(key: str, one: str, other: str) -> None:
    assert is_mac(mac_of(key, one), mac_of(key, one))
    assert is_mac(mac_of(key, one), mac_of(key, other)) == (one == other)
    assert not is_mac(mac_of(key + "x", one), mac_of(key, one))
    assert not is_mac(None, mac_of(key, one))


def test_a_person_has_so_many_notes_at_most() -> None:
    check_number(MOST_OWN)
    with pytest.raises(UserError):
        check_number(MOST_OWN + 1)


def test_it_is_said_how_many_it_became() -> None:
    assert how_many(10, 0, 0) == "10 notes kept."
    assert how_many(1, 2, 1) == "1 note kept, 2 notes changed, 1 note withdrawn."
    assert how_many(0, 0, 0) == "Nothing was changed."


def test_a_message_is_linked_to_where_it_is_read() -> None:
    assert message_link("C1", "17.000100", None) == "https://slack.com/archives/C1/p17000100"
    assert message_link("C1", "17.000100", "17.000100") == "https://slack.com/archives/C1/p17000100"
    assert (
        message_link("C1", "18.000100", "17.000100")
        == "https://slack.com/archives/C1/p18000100?thread_ts=17.000100&cid=C1"
    )
