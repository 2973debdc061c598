"""An action item's states, its form, when it is asked about, and what others are told of it."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Annotated, Self

from pydantic import BaseModel, StringConstraints

from slackapp.core.errors import FieldError
from slackapp.core.forms import read_form

#: What prompts calls the questions whether it is done, and whether it helped.
DUE_KIND = "action_items.due"
HELPED_KIND = "action_items.helped"

#: How long after it was done it is asked whether it helped.
HELPED_AFTER = timedelta(days=14)
#: How far ahead it may be due, and when it is unless somebody says otherwise.
LONGEST_AHEAD = timedelta(days=365)
USUAL_TIME = timedelta(days=14)

LONGEST = 300


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


Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST)]


class ActionDraft(BaseModel):
    """What a form says of an action item; field names are its block ids."""

    text: Words
    owner: str
    due_on: date
    if_then: Annotated[str, StringConstraints(strip_whitespace=True, max_length=LONGEST)] = ""

    @classmethod
    def read(cls, values: dict[str, object], *, today: date) -> Self:
        """Raises `FieldError` for what is missing, too long, or due on a day that is past or far off."""
        draft = read_form(cls, values)
        if draft.due_on < today:
            raise FieldError({"due_on": "This day is past. Choose today or a later one."})
        if draft.due_on > today + LONGEST_AHEAD:
            raise FieldError({"due_on": "Choose a day within a year."})
        return draft


@dataclass(frozen=True)
class ActionChanged:
    """An event: an action item was edited, done, dropped or opened again, or somebody said if it helped."""

    action_id: int
