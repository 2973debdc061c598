"""What people can settle, the functions they have, and what follows from news of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from enum import StrEnum
from typing import Self

from pydantic import BaseModel, field_validator

from slackapp.core.forms import read_form
from slackapp.core.working_time import COUNTRIES, MORNING, Calendar


class Function(StrEnum):
    ENGINEERING = "engineering"
    PRODUCT = "product"
    DESIGN = "design"
    DATA = "data"
    BUSINESS = "business"

    @property
    def label(self) -> str:
        return self.value.capitalize()


#: By their codes, in the names' order.
COUNTRY_NAMES: Mapping[str, str] = COUNTRIES

#: Everybody's morning, unless somebody says otherwise.
USUAL_MORNING = MORNING

#: What stands for no choice of one's own.
INHERITED = "inherited"

#: The mornings that can be chosen: every half hour from 07:00 to 11:00.
MORNINGS = tuple(time(minutes // 60, minutes % 60) for minutes in range(7 * 60, 11 * 60 + 1, 30))


class SettingsDraft(BaseModel):
    """The modal's inputs; field names are its block ids. None inherits; what was not shown is not set."""

    country: str | None = None
    morning: time | None = None
    function: Function | None = None
    channel_country: str | None = None
    workspace_country: str | None = None
    workspace_morning: time | None = None

    @classmethod
    def read(cls, values: Mapping[str, object]) -> Self:
        """Raises `FieldError` for what is not offered."""
        return read_form(cls, values)

    @field_validator("*", mode="before")
    @classmethod
    def _own(cls, value: object) -> object:
        return None if value == INHERITED else value

    @field_validator("country", "channel_country", "workspace_country")
    @classmethod
    def _known(cls, code: str | None) -> str | None:
        if code is not None and code not in COUNTRIES:
            raise ValueError("Please choose a country from the list.")
        return code

    @field_validator("morning", "workspace_morning")
    @classmethod
    def _offered(cls, morning: time | None) -> time | None:
        if morning is not None and morning not in MORNINGS:
            raise ValueError("Please choose a time from the list.")
        return morning

    @property
    def for_workspace(self) -> frozenset[str]:
        """Which of these are everybody's."""
        return frozenset(name for name in self.model_fields_set if name.startswith("workspace_"))


def read_function(values: Mapping[str, object]) -> Function | None:
    """What a form says of who fills it in; None: nothing. Raises `FieldError` for what is not offered."""
    return SettingsDraft.read({"function": values.get("function")}).function


@dataclass(frozen=True)
class Settled:
    """What a person, their channel and their workspace settled. None inherits."""

    country: str | None
    morning: time | None
    function: Function | None
    channel_id: str | None
    #: Whether Slack told us of the channel, so that something can be settled for it.
    channel_known: bool
    channel_country: str | None
    workspace_country: str | None
    workspace_morning: time | None
    is_admin: bool
    #: What comes of it for this person, here.
    calendar: Calendar


@dataclass(frozen=True)
class AppHome:
    """A surface: a person's App Home. Features add the blocks of a section of their own."""

    user_id: str


@dataclass(frozen=True)
class PersonLeft:
    """An event: this person is not in the workspace any more, or not in this private channel."""

    user_id: str
    #: None: the whole workspace.
    channel_id: str | None = None
