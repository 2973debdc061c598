"""The form of an action item, and replies in words to what is asked about it."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slackapp.core.errors import FieldError
from slackapp.core.forms import read_form
from slackapp.features.action_items.rules import (
    LONGEST,
    LONGEST_AHEAD,
    ActionDraft,
    Drop,
    Helped,
    says_done,
    says_drop,
    says_helped,
)

TODAY = date(2026, 9, 7)
CURLY = "\N{RIGHT SINGLE QUOTATION MARK}"
FORM = {"text": "Write the runbook", "owner": "U2", "due_on": "2026-09-21"}


def wrong(**typed: object) -> dict[str, str]:
    with pytest.raises(FieldError) as refused:
        ActionDraft.read({**FORM, **typed}, today=TODAY)
    return refused.value.fields


def test_words_are_one_line_and_a_condition_may_be_missing() -> None:
    draft = ActionDraft.read({**FORM, "text": "  Write\n the\truntime book "}, today=TODAY)
    assert (draft.text, draft.if_then) == ("Write the runtime book", "")


@pytest.mark.parametrize("text", ["", "   \n ", None, "x" * (LONGEST + 1)])
def test_no_words_and_too_many_are_said_at_their_field(text: str | None) -> None:
    assert list(wrong(text=text)) == ["text"]


def test_all_that_is_wrong_is_said_at_once() -> None:
    assert set(wrong(text="", owner=None, due_on="soon")) == {"text", "owner", "due_on"}


@given(st.integers(-400, 800))
def test_it_is_due_today_or_within_a_year(days: int) -> None:
    typed = {**FORM, "due_on": (TODAY + timedelta(days=days)).isoformat()}
    if 0 <= days <= LONGEST_AHEAD.days:
        assert ActionDraft.read(typed, today=TODAY).due_on == TODAY + timedelta(days=days)
        return
    with pytest.raises(FieldError) as refused:
        ActionDraft.read(typed, today=TODAY)
    assert list(refused.value.fields) == ["due_on"]


def test_a_day_that_is_past_may_stay() -> None:
    past = TODAY - timedelta(days=9)
    assert ActionDraft.read({**FORM, "due_on": past}, today=TODAY, stands=past).due_on == past


@pytest.mark.parametrize("reason", ["", " \n ", "x" * 501])
def test_it_is_dropped_for_a_reason_of_some_words(reason: str) -> None:
    with pytest.raises(FieldError) as refused:
        read_form(Drop, {"reason": reason})
    assert list(refused.value.fields) == ["reason"]


@pytest.mark.parametrize(
    "reply",
    [
        "done",
        "Done.",
        "Yes!",
        "yes, it's done",
        f"it{CURLY}s done",
        "all done",
        "Finished",
    ],
)
def test_a_plain_yes_is_done(reply: str) -> None:
    assert says_done(reply)


@pytest.mark.parametrize(
    "reply", ["", "it is", "not done", "done by Friday", "no", "drop it", "half done", "44 %"]
)
def test_anything_else_is_not(reply: str) -> None:
    assert not says_done(reply)


@pytest.mark.parametrize(
    ("reply", "means"),
    [
        ("Drop it", True),
        ("drop: nobody needs it", True),
        ("dropped", True),
        ("done", False),
        ("do not drop it", False),
    ],
)
def test_a_wish_to_drop_it_is_known(reply: str, means: bool) -> None:  # noqa: FBT001 - a case of the table
    assert says_drop(reply) == means


@pytest.mark.parametrize(
    ("reply", "helped"),
    [
        ("Yes", Helped.YES),
        ("it did.", Helped.YES),
        (f"No, it didn{CURLY}t", Helped.NO),
        ("nope", Helped.NO),
        (f"Can{CURLY}t tell", Helped.CANNOT_TELL),
        ("not sure", Helped.CANNOT_TELL),
        ("yes and no", None),
        ("a little", None),
        ("", None),
    ],
)
def test_whether_it_helped_has_three_answers(reply: str, helped: Helped | None) -> None:
    assert says_helped(reply) == helped


@given(st.text(max_size=40))
def test_no_reply_means_two_things(reply: str) -> None:
    assert not (says_done(reply) and says_drop(reply))
