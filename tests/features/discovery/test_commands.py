"""What is meant by the words after `/discovery`."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slackapp.features.discovery.rules import Asked, likely, read_command


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("", Asked("help")),
        ("  help ", Asked("help")),
        ("log", Asked("log")),
        ("LOG five interviews", Asked("log", "five interviews")),
        ("poll", Asked("poll")),
        ("poll Is there cake?", Asked("poll", "Is there cake?")),
        ("poll list", Asked("poll_list")),
        ("poll LIST", Asked("poll_list")),
        ("poll show", Asked("poll_list")),
        ("poll show P-3", Asked("poll_show", number=3)),
        ("poll p3", Asked("poll_show", number=3)),
        ("poll show 3", Asked("poll_show", number=3)),
        ("poll sohw P-3", Asked("help", "poll sohw P-3")),
        ("poll lsit", Asked("help", "poll lsit")),
        ("poll list of wishes: what is on yours?", Asked("poll", "list of wishes: what is on yours?")),
        ("poll show me the way", Asked("poll", "show me the way")),
        ("report", Asked("report")),
        ("report 30", Asked("report", number=30)),
        ("report 180 days", Asked("report", number=180)),
        ("report please", Asked("help", "report please")),
        ("report 0", Asked("help", "report 0")),
        ("repotr", Asked("help", "repotr")),
        ("poll help", Asked("help")),
        ("log help", Asked("help")),
        ("report HELP", Asked("help")),
        ("help me", Asked("help", "help me")),
    ],
)
def test_words(text: str, asked: Asked) -> None:
    assert read_command(text) == asked


@pytest.mark.parametrize(
    ("text", "meant"), [("lgo", "log"), ("repotr", "report"), ("pol", "poll"), ("cake", None), ("", None)]
)
def test_a_slip_of_the_pen_is_guessed(text: str, meant: str | None) -> None:
    assert likely(text) == meant


@given(st.text(max_size=60))
def test_any_text_means_something(text: str) -> None:
    assert read_command(text).verb
    likely(text)
