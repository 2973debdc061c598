"""What the words after `/launch` mean."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slackapp.features.launches.rules import Asked, read_command


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("", Asked("record")),
        ("   ", Asked("record")),
        ("New onboarding", Asked("record", title="New onboarding")),
        ("list", Asked("list", only="here")),
        ("LIST Mine", Asked("list", only="mine")),
        ("list  open", Asked("list", only="open")),
        ("list due", Asked("list", only="due")),
        ("show L-42", Asked("show", number=42)),
        ("show l42", Asked("show", number=42)),
        ("show #42", Asked("show", number=42)),
        ("Show 42", Asked("show", number=42)),
        ("cancel L - 42", Asked("cancel", number=42)),
        ("help", Asked("help")),
        ("settings", Asked("settings")),
        ("Settings", Asked("settings")),
    ],
)
def test_a_command_of_ours_is_understood(text: str, asked: Asked) -> None:
    assert read_command(text) == asked


@pytest.mark.parametrize(
    "text",
    [
        "lst",
        "lists mine",
        "list everything",
        "shwo L-4",
        "show",
        "show L-0",
        "cancl L-4",
        "helpp",
        "help me",
        "L-42",
        "l-42",
        "setings",
        "setting",
        "settings page",
    ],
)
def test_a_near_miss_gets_help_and_keeps_what_was_typed(text: str) -> None:
    assert read_command(text) == Asked("help", title=text)


@pytest.mark.parametrize(
    "text",
    [
        "Show prices before the trial ends",
        "List view for large teams",
        "Cancel a subscription in one click",
        "2FA",
        "42",
        "Helpful empty states everywhere",
        "Settings page for admins",
        "learnings",
        "launch list",
    ],
)
def test_anything_else_is_a_title(text: str) -> None:
    assert read_command(text) == Asked("record", title=text)


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("learnings", Asked("subcommand", word="learnings")),
        ("Learnings  Price", Asked("subcommand", word="learnings", title="Price")),
        ("predict L - 42", Asked("subcommand", word="predict", title="L - 42")),
        ("learnings from the pilot", Asked("record", title="learnings from the pilot")),
        ("predict churn early", Asked("record", title="predict churn early")),
        ("learning price", Asked("help", title="learning price")),
        ("learnigns", Asked("help", title="learnigns")),
        ("perdict L-42", Asked("help", title="perdict L-42")),
        ("list mine", Asked("list", only="mine")),
    ],
)
def test_words_of_higher_features_are_handed_on(text: str, asked: Asked) -> None:
    assert read_command(text, frozenset({"learnings", "predict"})) == asked


@given(st.text())
def test_any_text_means_something_and_no_word_of_a_title_is_lost(text: str) -> None:
    asked = read_command(text)
    if asked.verb == "record":
        assert asked.title == text.strip()
    if asked.verb in {"show", "cancel"}:
        assert asked.number > 0
    assert asked.only in {"here", "mine", "open", "due"}
