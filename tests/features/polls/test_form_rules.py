"""The form that makes a poll, read: what templates propose, and a sentence at each field that is wrong."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slackapp.core.errors import FieldError, UserError
from slackapp.features.polls.models import Question
from slackapp.features.polls.rules import Kind, Shows
from slackapp.features.polls.rules.filling import filled_anew, own
from slackapp.features.polls.rules.form import Today, asked_of, proposed, read_poll
from slackapp.features.polls.rules.question_form import read_options, read_question, typed_in
from slackapp.features.polls.rules.schedule import check_length
from slackapp.features.polls.rules.templates import ATTENDS, Template

TODAY = Today(datetime(2026, 9, 7, 8, 0, tzinfo=UTC), ZoneInfo("Europe/Stockholm"))
OWN = proposed(Template.OWN, TODAY, text="Is there cake?")


def refused(**typed: object) -> dict[str, str]:
    with pytest.raises(FieldError) as raised:
        read_poll({**OWN, **typed}, TODAY)
    return raised.value.fields


@pytest.mark.parametrize("template", Template)
def test_what_a_template_proposes_can_be_sent_as_it_is(template: Template) -> None:
    of = template.proposal
    draft = read_poll(proposed(template, TODAY, text=of.text or "Is there cake?"), TODAY)
    assert (draft.question.kind, draft.is_anonymous, draft.by_function) == (
        of.kind,
        of.is_anonymous,
        of.by_function,
    )
    assert (list(draft.question.options), draft.open_minutes) == (list(of.options), of.open_minutes)
    assert (draft.recurring.every if draft.recurring else None) == of.every
    check_length(draft)
    if template.asks_who_comes:
        assert draft.question.options[ATTENDS] == "I'll be there"


@given(
    st.sampled_from(Template),
    st.sampled_from(Template),
    st.dictionaries(
        st.sampled_from(["question", "details", "thread"]), st.text("xy\n ", min_size=1), max_size=3
    ),
)
def test_another_template_fills_in_only_what_nobody_typed(
    first: Template, then: Template, typed: dict[str, str]
) -> None:
    mine = {name: text for name, text in typed.items() if text.strip()}
    stands = {**proposed(first, TODAY), **mine}
    theirs = own(stands, first, TODAY)
    assert theirs == mine.keys()
    assert filled_anew(stands, theirs, then, TODAY) == {**proposed(then, TODAY), **mine}


def test_how_it_is_answered_is_ones_own_or_the_templates_and_never_of_both() -> None:
    stands = {**OWN, "kind": "single", "options": "a\nb"}
    theirs = own(stands, Template.OWN, TODAY)
    assert theirs == {"question", "kind", "options"}
    filled = filled_anew(stands, theirs, Template.MORALE, TODAY)
    assert (filled["kind"], filled["options"], filled["low_end"]) == ("single", "a\nb", "")
    assert (filled["naming"], filled["template"]) == ("anonymous", "morale")


def test_an_input_that_was_emptied_is_filled_in_and_ticks_that_cannot_be_are_nobodys() -> None:
    stands = {**proposed(Template.PARTICIPATION, TODAY), "question": " ", "extras": ["reminds"]}
    assert own(stands, Template.PARTICIPATION, TODAY) == {"extras"}
    assert own({**stands, "naming": "anonymous"}, Template.PARTICIPATION, TODAY) == {"naming"}


@pytest.mark.parametrize(
    ("typed", "field", "words"),
    [
        ({"question": " \n"}, "question", "Write the question"),
        ({"question": "x" * 301}, "question", "these are 301"),
        ({"kind": "single", "options": ""}, "options", "two options at least"),
        ({"kind": "single", "options": "one\n \n"}, "options", "two options at least"),
        ({"kind": "single", "options": "The import\n  the  IMPORT "}, "options", "stands there twice"),
        ({"kind": "multiple", "options": "a\n" + "x" * 3000}, "options", "has 3,000 characters; 150"),
        ({"kind": "single", "options": "\n".join(map(str, range(101)))}, "options", "These are 101 options"),
        (
            {"kind": "single", "options": "\n".join(f"{n:0150}" for n in range(100))[:3000]},
            "options",
            "so the last may be cut off",
        ),
        ({"kind": "multiple", "options": "a\nb", "fewest": "2", "most": "1"}, "most", "2 or more"),
        ({"kind": "multiple", "options": "a\nb", "most": "3"}, "most", "There are 2 options"),
        ({"kind": "multiple", "options": "a\nb", "fewest": "none"}, "fewest", "from 1 to 100"),
        ({"kind": "number", "lowest": "5", "highest": "5"}, "highest", "more than the least"),
        ({"kind": "number", "lowest": "lots"}, "lowest", ""),
        ({"kind": "forged"}, "kind", "what is offered"),
        ({"audience": "people"}, "people", "Choose whom to ask"),
        ({"audience": "functions"}, "functions", "Choose"),
        ({"open_minutes": "7"}, "open_minutes", "what is offered"),
        ({"until": "2026-09-06"}, "until", "This day is over"),
        ({"until": "2026-09-09", "recurs": "week"}, "until", "leave the day empty"),
        ({"recurs": "week", "weekday": None}, "weekday", "since it recurs"),
        ({"details": "x" * 3001}, "details", "3,001"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(typed: dict[str, object], field: str, words: str) -> None:
    found = refused(**typed)
    assert set(found) == {field}
    assert words in found[field]


def test_everything_that_is_wrong_is_said_at_once() -> None:
    assert set(refused(question="", kind="single", options="a", until="x", at="late")) == {
        "question", "options", "until", "at",
    }  # fmt: skip


def test_until_the_end_of_a_day_is_until_midnight_where_it_is_made() -> None:
    assert read_poll({**OWN, "until": "2026-09-07"}, TODAY).open_minutes == 14 * 60


def test_what_belongs_to_another_kind_or_audience_is_not_taken() -> None:
    typed = {"options": "a\nb", "low_end": "no", "lowest": "9", "people": ["U2"], "functions": ["design"]}
    draft = read_poll(
        {**OWN, **typed, "naming": "anonymous", "shows": "live", "extras": ["by_function"]}, TODAY
    )
    assert (draft.question.options, draft.question.lowest, draft.people, draft.functions) == (
        (),
        None,
        [],
        [],
    )
    assert (draft.shows, draft.by_function, draft.reminds) == (Shows.AT_CLOSE, False, False)


def test_whom_it_asks_is_known_whatever_else_is_wrong() -> None:
    found = asked_of({"audience": "people", "people": ["U2", "U2"], "question": ""})
    assert found is not None
    assert found.people == ["U2"]
    assert asked_of({"audience": "people", "people": []}) is None


@given(st.text(max_size=400))
def test_options_are_different_short_lines_or_a_sentence(text: str) -> None:
    try:
        options = read_options(text)
    except UserError:
        return
    assert 2 <= len(options) <= 100
    assert len({option.casefold() for option in options}) == len(options)
    assert all(0 < len(option) <= 150 and "\n" not in option for option in options)
    assert read_options("\n".join(options)) == options


@given(
    st.sampled_from(Kind),
    st.lists(st.sampled_from("abcdefgh"), min_size=2, max_size=8, unique=True),
    st.sampled_from([None, 1, 2]),
    st.none() | st.decimals(-1000, 1000, places=2),
)
def test_a_question_typed_in_again_is_the_same(
    kind: Kind, options: list[str], most: int | None, lowest: object
) -> None:
    typed = {
        "question": "Is there cake?",
        "kind": kind.value,
        "options": "\n".join(options),
        "most": str(most or ""),
        "lowest": "" if lowest is None else str(lowest),
        "low_end": "never",
    }
    draft = read_question(typed)
    question = Question(
        kind=draft.kind, text=draft.text, details=draft.details, options=list(draft.options),
        fewest=draft.fewest, most=draft.most, unit=draft.unit, lowest=draft.lowest, highest=draft.highest,
    )  # fmt: skip
    assert read_question(typed_in(question)) == draft
