"""The form that makes a poll, read into a draft: every mistake at its own field."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Annotated, Any, Final, Literal
from zoneinfo import ZoneInfo

from pydantic import BeforeValidator, Field, ValidationInfo, field_validator

from slackapp.core.errors import FieldError, UserError
from slackapp.core.forms import clear, read_form
from slackapp.core.recurrence import Every, Weekday
from slackapp.core.working_time import local_moment
from slackapp.features.polls.rules.draft import PollDraft, Recurring
from slackapp.features.polls.rules.kinds import Audience, Kind, Shows, Way
from slackapp.features.polls.rules.question_form import QuestionForm, lines
from slackapp.features.polls.rules.templates import Template
from slackapp.features.workspaces.rules import Function

LONGEST_THREAD = 1000
MOST_PEOPLE = 1000

ANONYMOUS: Final = "anonymous"
NAMED: Final = "named"
#: In the form: how often it recurs, if it does.
NEVER: Final = "never"
YES: Final = "yes"

_HOUR, _DAY = 60, 24 * 60
#: How long a round can be open, in minutes.
LENGTHS: Sequence[int] = (_HOUR, 4 * _HOUR, _DAY, 2 * _DAY, 3 * _DAY, 5 * _DAY, 7 * _DAY, 14 * _DAY)


def _clock(text: str) -> object:
    try:
        return time.fromisoformat(text)
    except ValueError:
        raise UserError("Write a time like 10:30.") from None


class PollForm(QuestionForm):
    """The whole form."""

    template: Template = Template.OWN
    naming: Literal["anonymous", "named"] = NAMED
    audience: Audience = Audience.CHANNEL
    people: list[str] = Field(default=[], max_length=MOST_PEOPLE)
    functions: list[Function] = Field(default=[])
    open_minutes: int = 2 * _DAY
    until: date | None = None
    way: Way = Way.CHANNEL
    shows: Shows = Shows.LIVE
    extras: list[Literal["by_function", "reminds"]] = Field(default=[])
    recurs: Every | Literal["never"] = NEVER
    weekday: Weekday | None = None
    at: Annotated[time | None, BeforeValidator(clear(_clock))] = None
    zone: Literal["mine", "own"] = "mine"
    thread: Annotated[str, BeforeValidator(clear(partial(lines, longest=LONGEST_THREAD)))] = ""

    @field_validator("open_minutes", mode="before")
    @classmethod
    def _length(cls, written: object) -> object:
        if isinstance(written, str) and written not in map(str, LENGTHS):
            raise ValueError("Please choose one of what is offered here.")
        return written

    @field_validator("people")
    @classmethod
    def _somebody(cls, people: list[str], info: ValidationInfo) -> list[str]:
        if info.data.get("audience") is not Audience.PEOPLE:
            return []
        if not people:
            raise ValueError("Choose whom to ask.")
        return list(dict.fromkeys(people))

    @field_validator("functions")
    @classmethod
    def _some(cls, functions: list[Function], info: ValidationInfo) -> list[Function]:
        if info.data.get("audience") is not Audience.FUNCTIONS:
            return []
        if not functions:
            raise ValueError("Choose whose answer counts.")
        return functions

    @field_validator("weekday", mode="before")
    @classmethod
    def _day(cls, written: object) -> object:
        return int(written) if isinstance(written, str) and written in set("0123456") else written

    @field_validator("weekday", "at")
    @classmethod
    def _chosen(cls, value: object, info: ValidationInfo) -> object:
        if value is None and info.data.get("recurs", NEVER) != NEVER:
            raise ValueError("Choose this, too, since it recurs.")
        return value

    @property
    def recurring(self) -> Recurring | None:
        if not isinstance(self.recurs, Every) or self.weekday is None or self.at is None:
            return None
        return Recurring(self.recurs, self.weekday, self.at, self.zone == "own")


@dataclass(frozen=True)
class Today:
    """When and where somebody fills the form in."""

    now: datetime
    zone: ZoneInfo

    @property
    def weekday(self) -> Weekday:
        return Weekday(self.now.astimezone(self.zone).weekday())


def proposed_answers(template: Template) -> dict[str, str]:
    """What people are to choose from, or what a scale's ends mean."""
    of = template.proposal
    if of.kind is not Kind.SCALE:
        return {"options": "\n".join(of.options), "low_end": "", "high_end": ""}
    low, high = (*of.options, "", "")[:2]
    return {"options": "", "low_end": low, "high_end": high}


def proposed(template: Template, today: Today, *, text: str = "") -> dict[str, Any]:
    """What stands in the form when a template is chosen, by block ids; read again it is what it proposes."""
    of = template.proposal
    extras = [name for name, is_on in (("by_function", of.by_function), ("reminds", True)) if is_on]
    return {
        "template": template.value,
        "question": text or of.text,
        "kind": of.kind.value,
        **proposed_answers(template),
        "details": of.details,
        "naming": ANONYMOUS if of.is_anonymous else NAMED,
        "audience": Audience.CHANNEL.value,
        "open_minutes": str(of.open_minutes),
        "way": of.way.value,
        "shows": of.shows.value,
        "extras": extras,
        "recurs": of.every.value if of.every else NEVER,
        "weekday": str(today.weekday.value),
        "at": "10:00",
        "zone": "mine",
        "thread": of.thread,
    }


def read_poll(values: Mapping[str, object], today: Today) -> PollDraft:
    """The same of a whole poll. What was not on the screen is as its template proposes it."""
    form = read_form(PollForm, values)
    is_anonymous = form.naming == ANONYMOUS
    draft = PollDraft(
        question=form.drafted(),
        is_anonymous=is_anonymous,
        way=form.way,
        audience=form.audience,
        shows=Shows.AT_CLOSE if is_anonymous else form.shows,
        open_minutes=form.open_minutes,
        people=form.people,
        functions=form.functions,
        by_function="by_function" in form.extras and not is_anonymous,
        reminds="reminds" in form.extras,
        recurring=form.recurring,
        template="" if form.template is Template.OWN else form.template.value,
        thread=form.thread if form.way is Way.CHANNEL else "",
    )
    return draft if form.until is None else replace(draft, open_minutes=_minutes_until(form, today))


def _minutes_until(form: PollForm, today: Today) -> int:
    """To the end of the day, where whoever makes the poll is."""
    assert form.until is not None
    if form.recurring is not None:
        raise FieldError({"until": "A poll that recurs is open for a length of time: leave the day empty."})
    end = local_moment(form.until + timedelta(days=1), time(0), today.zone)
    if end <= today.now:
        raise FieldError({"until": "This day is over. Choose one that people can still meet."})
    return int((end - today.now).total_seconds()) // 60


def asked_of(values: Mapping[str, object]) -> PollDraft | None:
    """Whom a poll would ask, whatever else of the form is not right yet; None: that is not to be told."""
    named = ("audience", "people", "functions", "way")
    rest = {"question": "?", "kind": Kind.YES_NO.value}
    try:
        form = read_form(PollForm, {**rest, **{name: values.get(name) for name in named}})
    except FieldError:
        return None
    return PollDraft(
        question=form.drafted(),
        is_anonymous=True,
        way=form.way,
        audience=form.audience,
        shows=Shows.AT_CLOSE,
        open_minutes=form.open_minutes,
        people=form.people,
        functions=form.functions,
    )
