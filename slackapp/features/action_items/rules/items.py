"""An action item's states, its form, when it is asked about, and what others are told of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Annotated, Protocol, Self

from pydantic import BaseModel, BeforeValidator, StringConstraints

from slackapp.core.errors import FieldError
from slackapp.core.forms import read_form
from slackapp.core.words import plain, tidy

#: What prompts calls the questions whether it is done, and whether it helped.
DUE_KIND = "action_items.due"
HELPED_KIND = "action_items.helped"

#: How long after it was done it is asked whether it helped.
HELPED_AFTER = timedelta(days=14)
#: How far ahead it may be due, and when it is unless somebody says otherwise.
LONGEST_AHEAD = timedelta(days=365)
USUAL_TIME = timedelta(days=14)
#: For so long what was done or dropped stands in lists, below what is open.
LATELY = timedelta(days=60)

LONGEST = 300
LONGEST_ABOUT = 150
LONGEST_REASON = 500


class ActionState(StrEnum):
    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"


class Helped(StrEnum):
    YES = "yes"
    NO = "no"
    CANNOT_TELL = "cannot_tell"

    @property
    def label(self) -> str:
        return self.value.replace("_", " ").capitalize()


def _line(typed: object) -> object:
    return plain(typed) if isinstance(typed, str) else typed


def _lines(typed: object) -> object:
    return tidy(typed) if isinstance(typed, str) else typed


Words = Annotated[str, StringConstraints(min_length=1, max_length=LONGEST), BeforeValidator(_line)]


class Standing(Protocol):
    """An action item as it stands."""

    @property
    def text(self) -> str: ...
    @property
    def owner_id(self) -> str: ...
    @property
    def due_on(self) -> date: ...
    @property
    def if_then(self) -> str: ...


class ActionDraft(BaseModel):
    """What a form says of an action item; field names are its block ids."""

    text: Words
    owner: str
    due_on: date
    if_then: Annotated[str, StringConstraints(max_length=LONGEST), BeforeValidator(_line)] = ""

    @classmethod
    def read(cls, values: Mapping[str, object], *, today: date, stands: date | None = None) -> Self:
        """Raises `FieldError` for what is missing, too long, or due on a day that is past or far off.

        `stands`: the day it is due on already, which may be past.
        """
        draft = read_form(cls, values)
        if draft.due_on != stands:
            check_day(draft.due_on, today)
        return draft

    @classmethod
    def edited(
        cls, values: Mapping[str, object], shown: Mapping[str, object], item: Standing, *, today: date
    ) -> Self:
        """What somebody left as it was `shown` is as the item has it by now. Raises as `read`."""
        stands = {"text": item.text, "owner": item.owner_id, "due_on": item.due_on, "if_then": item.if_then}
        typed = {name: value for name, value in values.items() if value != shown.get(name)}
        return cls.read({**stands, **typed}, today=today, stands=item.due_on)


class NewDate(BaseModel):
    """The one input of the modal that moves it; the field name is its block id."""

    due_on: date


class Drop(BaseModel):
    """The one input of the modal that drops it; the field name is its block id."""

    reason: Annotated[
        str, StringConstraints(min_length=1, max_length=LONGEST_REASON), BeforeValidator(_lines)
    ]


def check_day(due_on: date, today: date) -> None:
    """Raises `FieldError` at `due_on` for a day on which nothing can be due any more, or not yet."""
    if due_on < today:
        raise FieldError({"due_on": "This day is past. Choose today or a later one."})
    if due_on > today + LONGEST_AHEAD:
        raise FieldError({"due_on": "Choose a day within a year."})


@dataclass(frozen=True)
class ActionChanged:
    """An event: it was added, edited, done, dropped or opened again, or somebody said whether it helped."""

    action_id: int
