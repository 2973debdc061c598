"""What was meant by the words after `/retro`."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slackapp.features.retros.rules import Asked, read_command


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("", Asked("start")),
        ("  ", Asked("start")),
        ("start", Asked("start")),
        ("START", Asked("start")),
        ("add The import took a day", Asked("add", text="The import took a day")),
        ("add  first line\nsecond line", Asked("add", text="first line\nsecond line")),
        ("add R-7", Asked("add", text="R-7")),
        ("status", Asked("status")),
        ("actions", Asked("actions")),
        ("list", Asked("list")),
        ("show R-7", Asked("show", number=7)),
        ("show r 7", Asked("show", number=7)),
        ("R-7", Asked("show", number=7)),
        ("#7", Asked("show", number=7)),
        ("help", Asked("help")),
        ("add", Asked("add")),
        ("show", Asked("list")),
        ("show it", Asked("help", text="show it")),
        ("lsit", Asked("help", text="lsit")),
        ("start now", Asked("help", text="start now")),
    ],
)
def test_each_word_is_understood_and_anything_else_gets_help(typed: str, meant: Asked) -> None:
    assert read_command(typed) == meant


@given(st.text(max_size=60))
def test_any_text_means_something_and_a_note_loses_nothing(text: str) -> None:
    assert read_command(text).verb in {"start", "add", "status", "actions", "list", "show", "help"}
    note = text.strip()
    if note:
        assert read_command(f"add {note}") == Asked("add", text=note)
