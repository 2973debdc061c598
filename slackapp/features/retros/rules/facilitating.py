"""What the Facilitate form says: only what somebody changed in it."""

from collections.abc import Mapping
from typing import Annotated, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from slackapp.core.errors import FieldError, UserError
from slackapp.core.forms import clear, read_form
from slackapp.core.words import number
from slackapp.features.retros.rules.draft import (
    MOST_HELPERS,
    MOST_LAUNCHES,
    MOST_PEOPLE,
    USUAL_CAP,
    read_length,
    read_votes,
)

#: The boxes' only value.
YES = "yes"


def _ids(values: object) -> object:
    return [number(str(value)) for value in values] if isinstance(values, list) else values


_Votes = BeforeValidator(clear(read_votes))


class Facilitated(BaseModel):
    """What stands in the form; the other names are its block ids."""

    model_config = ConfigDict(extra="ignore")

    #: The inputs that somebody changed: the others stay as they are by now.
    touched: frozenset[str]
    #: How long from now on, as it was typed.
    ends_in: str = ""
    #: Ticked: no deadline.
    endless: list[str] = []
    #: None: as many as are suggested.
    votes_each: Annotated[int | None, _Votes] = None
    votes_cap: Annotated[int, _Votes] = USUAL_CAP
    invited: list[str] = Field([], max_length=MOST_PEOPLE)
    launches: Annotated[list[int], BeforeValidator(_ids)] = Field([], max_length=MOST_LAUNCHES)
    helpers: list[str] = Field([], max_length=MOST_HELPERS)
    facilitator: str | None = Field(None, max_length=32)
    #: Ticked: make it anonymous.
    anonymous: list[str] = []

    @classmethod
    def read(cls, values: Mapping[str, object], shown: Mapping[str, object]) -> Self:
        """`shown`: what stood there at first. Raises `FieldError` for what cannot be read."""
        touched = [name for name, value in values.items() if (value or None) != (shown.get(name) or None)]
        return read_form(cls, {**values, "touched": touched})

    def minutes(self, *, is_live: bool) -> int | None:
        """From now to the phase's new end; None: no end. Raises `FieldError` for no length."""
        if self.endless:
            return None
        try:
            return read_length(self.ends_in, is_live=is_live)
        except UserError as error:
            raise FieldError({"ends_in": error.sentence}) from None

    @property
    def has_new_end(self) -> bool:
        return bool(self.touched & {"ends_in", "endless"}) and (
            bool(self.ends_in) or "endless" in self.touched
        )
