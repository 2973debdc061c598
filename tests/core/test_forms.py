"""A modal's values become a draft, or a sentence at each field that has to change."""

from contextlib import suppress
from typing import Annotated

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, BeforeValidator, Field

from slackapp.core.errors import FieldError, UserError
from slackapp.core.forms import clear, read_form


def parse(text: str) -> int:
    if not text.isdecimal():
        raise UserError(f"{text} is no number.")
    return int(text)


class Draft(BaseModel):
    title: Annotated[str, Field(max_length=10)]
    count: Annotated[int, BeforeValidator(clear(parse))]
    people: list[str] = []


def test_values_become_a_draft() -> None:
    draft = read_form(Draft, {"title": "New", "count": "3", "people": ["U1"], "unknown": "x"})
    assert draft == Draft(title="New", count=3, people=["U1"])


def test_every_mistake_stands_at_its_own_field() -> None:
    with pytest.raises(FieldError) as error:
        read_form(Draft, {"title": "x" * 11, "count": "many"})
    assert error.value.fields == {
        "title": "Please keep this to 10 characters; the rest can go into the thread.",
        "count": "many is no number.",
    }


@pytest.mark.parametrize("empty", [None, "", []])
def test_an_empty_input_is_not_there(empty: object) -> None:
    with pytest.raises(FieldError) as error:
        read_form(Draft, {"title": empty, "count": "3", "people": empty})
    assert error.value.fields == {"title": "Please fill this in."}


@given(
    st.dictionaries(
        st.sampled_from(["title", "count", "people"]), st.none() | st.text() | st.lists(st.text())
    )
)
def test_whatever_was_typed_is_a_draft_or_names_known_fields(values: dict[str, object]) -> None:
    with suppress(FieldError):
        read_form(Draft, values)
        return
    with pytest.raises(FieldError) as error:
        read_form(Draft, values)
    fields = error.value.fields
    assert set(fields) <= {"title", "count", "people"}
    assert all(fields.values())
