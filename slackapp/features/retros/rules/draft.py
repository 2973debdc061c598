"""A retro as it is to be: what the form says, or what the last of a series was."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import time
from functools import partial
from typing import Annotated, Any, Literal, Self, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationInfo, field_validator

from slackapp.core.errors import FieldError, UserError
from slackapp.core.forms import clear, read_form
from slackapp.core.recurrence import Every, Recurrence, Weekday
from slackapp.core.words import number
from slackapp.features.retros.rules.phases import (
    FEWEST_HANDS,
    LIVE_COLLECT,
    LIVE_TOPIC,
    LIVE_VOTE,
    SLOW_COLLECT,
    SLOW_VOTE,
)
from slackapp.features.retros.rules.templates import COLUMNS, Template, columns_of

T = TypeVar("T")

#: So many votes each, and so many of them on one topic, at most.
MOST_VOTES = 50
USUAL_CAP = 3
#: Invited by name; who else is to take part is invited with the channel.
MOST_PEOPLE = 100
#: Slack offers no more in one list.
MOST_LAUNCHES = 100
MOST_HELPERS = 10

#: Retros recur every so many weeks.
WEEKS = (1, 2, 4)
#: In the form: how often it recurs, if it does.
NEVER: Literal["never"] = "never"
ANONYMOUS: Literal["anonymous"] = "anonymous"
NAMED: Literal["named"] = "named"
LIVE: Literal["live"] = "live"
SLOW: Literal["slow"] = "slow"

_MINUTES = {"m": 1, "h": 60, "d": 24 * 60, "w": 7 * 24 * 60}
_LENGTH = re.compile(r"(\d{1,6})\s*(m|min|mins|minutes?|h|hours?|d|days?|w|weeks?)?", re.IGNORECASE)
_LONGEST = 30 * 24 * 60
_LONGEST_TOPIC = 120


@dataclass(frozen=True)
class Minutes:
    """Lengths of the phases that end by themselves, and of a topic; None: as long as it takes."""

    collect: int
    vote: int
    topic: int | None


LIVE_MINUTES = Minutes(LIVE_COLLECT, LIVE_VOTE, LIVE_TOPIC)
SLOW_MINUTES = Minutes(SLOW_COLLECT, SLOW_VOTE, None)


@dataclass(frozen=True)
class RetroDraft:
    """A retro that may be started as it is, as far as that can be told without looking anybody up."""

    template: Template = Template.POST_LAUNCH
    columns: Sequence[str] = COLUMNS[Template.POST_LAUNCH]
    #: Ids of the launches it looks back on; None: those asked for, and those with an outcome since the last.
    launches: Sequence[int] | None = None
    whole_channel: bool = True
    #: Who is invited by name, unless the whole channel is.
    people: Sequence[str] = ()
    is_anonymous: bool = True
    is_live: bool = False
    minutes: Minutes = SLOW_MINUTES
    #: None: as many as are suggested once the topics are known.
    votes_each: int | None = None
    votes_cap: int = USUAL_CAP
    #: None: whoever starts it.
    facilitator: str | None = None
    co_facilitators: Sequence[str] = ()
    recurrence: Recurrence | None = None

    @classmethod
    def read(cls, values: Mapping[str, Any], *, facilitator: str) -> Self:
        """What the form says. Raises `FieldError` for all that has to change, each at its field."""
        form = read_form(StartForm, dict(values))
        facilitator = form.facilitator or facilitator
        helpers = tuple(each for each in dict.fromkeys(form.co_facilitators) if each != facilitator)
        people = tuple(dict.fromkeys(form.people))
        is_live = form.pace == LIVE
        usual = LIVE_MINUTES if is_live else SLOW_MINUTES
        return cls(
            template=form.template,
            columns=form.columns,
            launches=tuple(dict.fromkeys(filter(None, map(number, form.launches)))),
            whole_channel=not people,
            people=people,
            is_anonymous=form.anonymity == ANONYMOUS,
            is_live=is_live,
            minutes=Minutes(
                form.collect or usual.collect, form.vote or usual.vote, form.topic or usual.topic
            ),
            votes_each=form.votes_each,
            votes_cap=form.votes_cap,
            facilitator=facilitator,
            co_facilitators=helpers,
            recurrence=form.recurrence,
        )


def check_enough(people: int, *, is_anonymous: bool) -> None:
    """Raises `FieldError` if so few may take part that nothing they wrote without names is ever revealed."""
    if is_anonymous and people < FEWEST_HANDS:
        few = "one person" if people <= 1 else f"{people} people"
        raise FieldError(
            {
                "people": f"Without names nothing is revealed before {FEWEST_HANDS} have written notes, and "
                f"this would be a retro of {few}. Invite more, or choose “With names” below."
            }
        )


def read_length(text: str, *, is_live: bool) -> int:
    """Minutes of a length such as `7 min` or `2 days`; a bare number is minutes if live, else days."""
    found = _LENGTH.fullmatch(text.strip())
    if found is None:
        raise UserError("Write a length like 7 min, 4 hours or 2 days.")
    unit = (found[2] or ("m" if is_live else "d"))[0].lower()
    minutes = int(found[1]) * _MINUTES[unit]
    if minutes == 0:
        raise UserError("This would be over before it began. Write a length like 7 min or 2 days.")
    if minutes > _LONGEST:
        raise UserError("At most 30 days. A facilitator can make it longer while it runs.")
    return minutes


def read_votes(text: str) -> int:
    """A number of votes, as it is typed."""
    found = number(text.strip())
    if not 0 < found <= MOST_VOTES:
        raise UserError(f"Write a number from 1 to {MOST_VOTES}.")
    return found


def _clock(text: str) -> object:
    try:
        return time.fromisoformat(text)
    except ValueError:
        raise UserError("Write a time like 10:30.") from None


_Votes = BeforeValidator(clear(read_votes))


class StartForm(BaseModel):
    """What stands in the form's inputs; the names are its block ids. Lengths are minutes."""

    model_config = ConfigDict(extra="ignore", validate_default=True)

    template: Template = Template.POST_LAUNCH
    columns: tuple[str, ...] = ()
    launches: list[str] = Field(default=[], max_length=MOST_LAUNCHES)
    people: list[str] = Field(default=[], max_length=MOST_PEOPLE)
    anonymity: Literal["anonymous", "named"] = ANONYMOUS
    pace: Literal["live", "slow"] = SLOW

    collect: int | None = None
    vote: int | None = None
    topic: int | None = None
    votes_each: Annotated[int | None, _Votes] = None
    votes_cap: Annotated[int, _Votes] = USUAL_CAP
    facilitator: str | None = Field(None, max_length=32)
    co_facilitators: list[str] = Field(default=[], max_length=MOST_HELPERS)
    recurs: Literal["never", "1", "2", "4"] = NEVER
    weekday: Literal["0", "1", "2", "3", "4", "5", "6"] | None = None
    at: Annotated[time | None, BeforeValidator(clear(_clock))] = None

    @field_validator("columns", mode="before")
    @classmethod
    def _columns(cls, written: object, info: ValidationInfo) -> object:
        template = info.data.get("template", Template.POST_LAUNCH)
        try:
            return columns_of(template, written if isinstance(written, str) else "")
        except UserError as error:
            raise ValueError(error.sentence) from None

    @field_validator("collect", "vote", "topic", mode="before")
    @classmethod
    def _length(cls, written: object, info: ValidationInfo) -> object:
        # However slowly it is held, a topic is talked about in minutes.
        is_short = info.data.get("pace") == LIVE or info.field_name == "topic"
        return clear(partial(read_length, is_live=is_short))(written)

    @field_validator("topic")
    @classmethod
    def _not_for_ever(cls, minutes: int | None) -> int | None:
        if minutes is not None and minutes > _LONGEST_TOPIC:
            raise ValueError("At most two hours on one topic.")
        return minutes

    @field_validator("weekday", "at")
    @classmethod
    def _chosen(cls, value: T, info: ValidationInfo) -> T:
        if value is None and info.data.get("recurs", NEVER) != NEVER:
            raise ValueError("Choose this, too, since it recurs.")
        return value

    @property
    def recurrence(self) -> Recurrence | None:
        if self.recurs == NEVER or self.weekday is None or self.at is None:
            return None
        return Recurrence(Every.of_weeks(int(self.recurs)), Weekday(int(self.weekday)), self.at)
