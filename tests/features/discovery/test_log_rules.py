"""What may be logged, and what gets a sentence at its field."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slackapp.core.errors import FieldError
from slackapp.features.discovery.rules import ActivityDraft, ActivityKind, Contributed, Spec
from slackapp.features.workspaces.rules import Function

TODAY = date(2026, 9, 7)
LOGGED: dict[str, Any] = {"kind": "interview", "present": ["product"]}


def read(**values: object) -> ActivityDraft:
    return ActivityDraft.read({**LOGGED, **values}, today=TODAY)


def wrong(**values: object) -> dict[str, str]:
    with pytest.raises(FieldError) as raised:
        read(**values)
    return raised.value.fields


def test_what_is_not_said_is_taken_to_be_nothing_and_the_day_today() -> None:
    draft = read()
    assert draft == ActivityDraft(
        kind=ActivityKind.INTERVIEW,
        day=TODAY,
        launch_id=None,
        before_spec=None,
        present=(Function.PRODUCT,),
        contributions=(),
        weeks_saved=None,
        note="",
        channel=None,
    )


def test_everything_can_be_said_in_any_order() -> None:
    draft = read(
        day="2026-09-01",
        launch="42",
        spec="before",
        present=["design", "engineering"],
        came=["assumption", "constraint"],
        weeks_saved="1,5 weeks",
        note="  They leave\n\n\n\nat the import ",
        channel="C1",
    )
    assert draft.day == date(2026, 9, 1)
    assert draft.launch_id == 42
    assert draft.before_spec is True
    assert draft.present == (Function.ENGINEERING, Function.DESIGN)
    assert draft.contributions == (Contributed.CONSTRAINT, Contributed.ASSUMPTION)
    assert draft.weeks_saved == Decimal("1.5")
    assert draft.note == "They leave\n\nat the import"


@pytest.mark.parametrize("weeks", ["2", "2 weeks", "0.5 week", "100", "0,5"])
def test_weeks_are_read_as_people_write_them(weeks: str) -> None:
    assert read(weeks_saved=weeks, came=["cheaper"]).weeks_saved is not None


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("day", "2026-09-08", "still to come"),
        ("day", "2024-09-06", "last two years"),
        ("kind", "party", "what is offered"),
        ("present", [], "at least one"),
        ("present", ["marketing"], "what is offered"),
        ("launch", "L-4", "what is offered"),
        ("launch", "٤٢", "what is offered"),
        ("weeks_saved", "101", "up to 100"),
        ("weeks_saved", "-1", "above 0"),
        ("weeks_saved", "3 days", "in weeks"),
        ("weeks_saved", "soon", "in weeks, like 2"),
        ("note", "x" * 501, "500 characters"),
    ],
)
def test_what_cannot_be_is_said_at_its_field(field: str, value: object, words: str) -> None:
    found = wrong(**{"came": ["cheaper"], field: value})
    assert set(found) == {field}
    assert words in found[field]


def test_weeks_are_saved_by_a_cheaper_alternative_or_a_questioned_assumption() -> None:
    for came in ([], ["constraint", "scope"]):
        assert "cheaper alternative" in wrong(weeks_saved="2", came=came)["weeks_saved"]
    for each in ("cheaper", "assumption"):
        assert read(weeks_saved="2", came=["scope", each]).weeks_saved == 2


def test_a_day_of_long_ago_that_stands_already_may_stay() -> None:
    stands = TODAY - timedelta(days=900)
    values = {**LOGGED, "day": stands.isoformat()}
    assert ActivityDraft.read(values, today=TODAY, stands=stands).day == stands


def test_before_after_and_not_said_come_back_as_they_were() -> None:
    assert [Spec.of(said).is_before for said in (True, False, None)] == [True, False, None]


_ANYTHING = st.none() | st.text(max_size=40) | st.lists(st.text(max_size=10), max_size=3)


_FIELDS = st.sampled_from(["day", "launch", "spec", "present", "came", "weeks_saved", "note"])


@given(st.dictionaries(_FIELDS, _ANYTHING))
def test_whatever_is_sent_is_read_or_said_at_a_field_of_the_form(values: dict[str, object]) -> None:
    said: set[str] = set()
    try:
        draft = read(**values)
    except FieldError as error:
        said = set(error.fields)
    else:
        assert draft.day <= TODAY
        assert draft.present
    assert said <= {*values, "present"}
