"""What people type as their client sends it: whole names mention, marks style, and markup stays text."""

import re

from hypothesis import example, given
from hypothesis import strategies as st

from slackapp.playground.slack.composing import Directory, composed, typed_again
from slackapp.playground.slack.shown import mrkdwn

DIRECTORY = Directory(
    {"Mara Lind": "U1", "Mara Lindqvist": "U2", "Jo": "U3"}, {"harbour": "C1", "harbour-lights": "C2"}
)
PEOPLE = {user: name for name, user in DIRECTORY.people.items()}
CHANNELS = {channel: name for name, channel in DIRECTORY.channels.items()}


def text(typed: str) -> str:
    return composed(typed, DIRECTORY).text


def test_a_whole_name_mentions_and_the_longest_one_wins() -> None:
    assert text("@Mara Lind, and @Mara Lindqvist!") == "<@U1>, and <@U2>!"
    assert text("in #harbour-lights, not #harbour") == "in <#C2>, not <#C1>"
    assert composed("@Jo?", DIRECTORY).elements == [
        {"type": "user", "user_id": "U3"},
        {"type": "text", "text": "?"},
    ]


def test_part_of_a_word_mentions_nobody() -> None:
    for typed in ("@Mara", "mail@Jo", "@Jonas", "@Jo_", "@@Jo", "#harbours"):
        assert text(typed) == typed


def test_marks_become_styles_and_stay_in_the_text() -> None:
    done = composed("It is *out*, see `the flag` and 2*3*4", DIRECTORY)
    assert done.text == "It is *out*, see `the flag` and 2*3*4"
    assert [element.get("style") for element in done.elements] == [
        None,
        {"bold": True},
        None,
        {"code": True},
        None,
    ]


def test_a_name_between_colons_is_an_emoji_and_a_time_is_none() -> None:
    done = composed("Out :tada: at 10:30:45, :+1:", DIRECTORY)
    assert done.text == "Out :tada: at 10:30:45, :+1:"
    assert [element for element in done.elements if element["type"] == "emoji"] == [
        {"type": "emoji", "name": "tada"},
        {"type": "emoji", "name": "+1"},
    ]


def test_an_address_becomes_a_link_without_the_full_stop_after_it() -> None:
    done = composed("See https://ferry.example/a?b=1&c=2.", DIRECTORY)
    assert done.text == "See <https://ferry.example/a?b=1&amp;c=2>."
    assert done.elements[1] == {"type": "link", "url": "https://ferry.example/a?b=1&c=2"}


@given(st.text())
@example("<!channel> <@U1> <https://a|b> &lt;")
@example("*<@U1>*")
def test_typing_makes_no_markup_but_for_names_and_addresses(typed: str) -> None:
    for control in re.findall(r"<[^>]*>", text(typed)):
        assert re.fullmatch(r"<(@U[123]|#C[12]|https?://[^<>|]+)>", control)


@given(st.lists(st.sampled_from(["@Mara Lind", "#harbour", " ", "a", "<b>", "&", "@Jo", "."])).map("".join))
def test_what_was_typed_can_be_typed_again(typed: str) -> None:
    assert typed_again(text(typed), PEOPLE, CHANNELS) == typed


@given(st.text(alphabet="abc @#<>&.,MaraLindJo"))
def test_a_reader_sees_what_was_typed(typed: str) -> None:
    assert mrkdwn(text(typed), PEOPLE | CHANNELS) == typed
