"""Something done to find out what to build, as a person filled it in."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from slackapp.core.errors import FieldError, UserError
from slackapp.core.forms import clear, read_form
from slackapp.core.words import tidy
from slackapp.features.discovery.rules.kinds import ActivityKind, Contributed
from slackapp.features.metrics.rules import parse_weeks
from slackapp.features.workspaces.rules import Function

#: How far back something may be logged.
LONGEST_AGO = timedelta(days=730)
MOST_WEEKS = 100
LONGEST_NOTE = 500
#: Of the launches offered: none of them.
NO_LAUNCH: Literal["none"] = "none"

#: What saves weeks.
_SAVES = frozenset({Contributed.CHEAPER, Contributed.ASSUMPTION})


class Spec(StrEnum):
    """Where it stood to the spec of what was built."""

    BEFORE = "before"
    AFTER = "after"
    #: In a select with nothing to say: Slack offers no way back to an empty one.
    NOT_SAID = "not_said"

    @property
    def is_before(self) -> bool | None:
        """None: not said."""
        return None if self is Spec.NOT_SAID else self is Spec.BEFORE

    @classmethod
    def of(cls, before_spec: bool | None) -> "Spec":  # noqa: FBT001 - a column, with a third state
        return {None: cls.NOT_SAID, True: cls.BEFORE, False: cls.AFTER}[before_spec]


@dataclass(frozen=True)
class ActivityDraft:
    kind: ActivityKind
    day: date
    launch_id: int | None
    before_spec: bool | None
    #: In their own order, each once.
    present: tuple[Function, ...]
    contributions: tuple[Contributed, ...]
    weeks_saved: Decimal | None
    note: str
    #: Where it was said to belong; None: where it was logged.
    channel: str | None

    @classmethod
    def read(cls, values: Mapping[str, Any], *, today: date, stands: date | None = None) -> "ActivityDraft":
        """Raises `FieldError` for everything that has to change, each at its field.

        `stands` is the day it has already, which may be long ago.
        """
        form = read_form(_Form, {"day": today, **{name: value for name, value in values.items() if value}})
        wrong: dict[str, str] = {}
        if form.day > today:
            wrong["day"] = "This day is still to come. Log it once it was done, or choose today."
        elif form.day < today - LONGEST_AGO and form.day != stands:
            wrong["day"] = "Please choose a day within the last two years."
        if not form.present:
            wrong["present"] = "Who was there? Tick at least one function."
        if form.weeks_saved is not None and not _SAVES & set(form.came):
            wrong["weeks_saved"] = (
                "Weeks are saved by a cheaper alternative or a questioned assumption. Tick the one it was, "
                "or leave this empty."
            )
        if wrong:
            raise FieldError(wrong)
        return cls(
            kind=form.kind,
            day=form.day,
            launch_id=form.launch,
            before_spec=form.spec.is_before,
            present=tuple(each for each in Function if each in form.present),
            contributions=tuple(each for each in Contributed if each in form.came),
            weeks_saved=form.weeks_saved,
            note=form.note,
            channel=form.channel,
        )


def read_note(text: str) -> str:
    """What came of it, in a sentence that is kept. Raises `UserError` where there is nothing, or too much."""
    note = tidy(text)
    if not note:
        raise UserError("Write in a sentence what came of it, or press What came of it? under the question.")
    if len(note) > LONGEST_NOTE:
        raise UserError(f"Please keep this to {LONGEST_NOTE} characters; the rest can go into the thread.")
    return note


def _weeks(text: str) -> Decimal:
    return parse_weeks(text, MOST_WEEKS, "Please give the time saved in weeks, like 2 or 0.5.")


def _launch_id(text: str) -> int | None:
    if text == NO_LAUNCH:
        return None
    if not (text.isascii() and text.isdigit() and len(text) < 10):  # noqa: PLR2004 - a row's key fits in it
        raise UserError("Please choose one of what is offered here.")
    return int(text)


def _when_typed(read: Callable[[str], str]) -> Callable[[object], object]:
    return lambda value: read(value) if isinstance(value, str) else value


class _Form(BaseModel):
    """What stands in the inputs; the field names are their block ids."""

    model_config = ConfigDict(extra="ignore", arbitrary_types_allowed=True)

    kind: ActivityKind
    day: date
    launch: Annotated[int | None, BeforeValidator(clear(_launch_id))] = None
    spec: Spec = Spec.NOT_SAID
    present: list[Function] = []
    came: list[Contributed] = []
    weeks_saved: Annotated[Decimal | None, BeforeValidator(clear(_weeks))] = None
    note: Annotated[str, BeforeValidator(_when_typed(tidy))] = Field("", max_length=LONGEST_NOTE)
    channel: str | None = Field(None, max_length=32)
