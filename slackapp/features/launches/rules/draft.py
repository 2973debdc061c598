"""A launch as a person filled it in: read, checked at each field, and completed with defaults."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    HttpUrl,
    TypeAdapter,
    ValidationError,
    field_validator,
)

from slackapp.core.errors import FieldError
from slackapp.core.forms import clear, read_form
from slackapp.core.words import plain, tidy
from slackapp.features.metrics.rules import (
    Direction,
    Quantity,
    check_change,
    common_unit,
    default_smallest_change,
    parse_change,
    parse_quantity,
    read_direction,
    read_unit,
)

#: Days after launch that can be chosen; the last one chosen is final.
CHECKPOINTS = (7, 14, 30, 60, 90)
DEFAULT_CHECKPOINTS = (7, 30)
#: How far back a launch may be recorded: what is older nobody can look up.
LONGEST_AGO = timedelta(days=730)
#: In the direction's select: what the numbers say.
FROM_NUMBERS: Literal["numbers"] = "numbers"
#: An address as Slack gets it: a button's takes no more, and signs beyond ASCII make it longer than typed.
LONGEST_LINK = 2000

_ADDRESS = TypeAdapter(HttpUrl)


def _one_line(value: object) -> object:
    return plain(value) if isinstance(value, str) else value


def _lines(value: object) -> object:
    return tidy(value) if isinstance(value, str) else value


Line = Annotated[str, BeforeValidator(_one_line)]
Paragraph = Annotated[str, BeforeValidator(_lines)]


class _Form(BaseModel):
    """The modal's inputs; the field names are its block ids."""

    model_config = ConfigDict(extra="ignore", arbitrary_types_allowed=True)

    title: Line = Field(min_length=1, max_length=150)
    problem: Paragraph = Field(min_length=1, max_length=1000)
    audience: Line = Field(min_length=1, max_length=200)
    metric: Line = Field("", max_length=80)
    from_to: Annotated[tuple[Quantity, Quantity] | None, BeforeValidator(clear(parse_change))] = None
    outcomes: Paragraph = Field("", max_length=1000)
    link: Line = ""
    day: date
    because: Line = Field("", max_length=300)
    owner: str = Field(max_length=32)
    backup: str | None = Field(None, max_length=32)
    direction: Direction | Literal["numbers"] = FROM_NUMBERS
    unit: Annotated[str, BeforeValidator(clear(read_unit))] = ""
    smallest_change: Annotated[Quantity | None, BeforeValidator(clear(parse_quantity))] = None
    checkpoints: list[int] = list(DEFAULT_CHECKPOINTS)

    @field_validator("link")
    @classmethod
    def _is_a_web_address(cls, link: str) -> str:
        try:
            address = link and str(_ADDRESS.validate_python(link))
        except ValidationError:
            raise ValueError("Please give a whole web address, beginning with https://, or none.") from None
        if len(address) > LONGEST_LINK:
            raise ValueError(f"Please give an address of at most {LONGEST_LINK} characters, or none.")
        return address

    @field_validator("checkpoints")
    @classmethod
    def _in_order(cls, days: list[int]) -> list[int]:
        return sorted(set(days) & set(CHECKPOINTS)) or list(DEFAULT_CHECKPOINTS)


@dataclass(frozen=True)
class LaunchDraft:
    """A launch that may be recorded as it is. Numbers are in `unit`."""

    title: str
    problem: str
    audience: str
    outcomes: str
    because: str
    link: str | None
    day: date
    owner: str
    backup: str | None
    metric: str | None
    direction: Direction | None
    unit: str
    baseline: Decimal | None
    target: Decimal | None
    smallest_change: Decimal | None
    checkpoints: tuple[int, ...]

    @classmethod
    def read(cls, values: Mapping[str, Any], *, owner: str, today: date) -> "LaunchDraft":
        """Raises `FieldError` for everything that has to change, each at its field."""
        form = read_form(_Form, {"owner": owner, "day": today, **{k: v for k, v in values.items() if v}})
        _check_day(form.day, today)
        if form.from_to and not form.metric:
            raise FieldError({"metric": "Which metric goes from one number to the other? Please name it."})
        baseline, target = form.from_to or (None, None)
        start = baseline.value if baseline else None
        goal = target.value if target else None
        unit = _unit(form, target)
        direction = form.direction if isinstance(form.direction, Direction) else read_direction(start, goal)
        smallest = form.smallest_change.value if form.smallest_change else None
        if direction is None and form.from_to:
            raise FieldError({"from_to": _SAME})
        if direction is not None:
            check_change(direction, start, goal, smallest)
        return cls(
            title=form.title,
            problem=form.problem,
            audience=form.audience,
            outcomes=form.outcomes,
            because=form.because,
            link=form.link or None,
            day=form.day,
            owner=form.owner,
            backup=form.backup if form.backup != form.owner else None,
            metric=form.metric or None,
            direction=direction,
            unit=unit,
            baseline=start,
            target=goal,
            smallest_change=smallest if smallest is not None else default_smallest_change(start, goal),
            checkpoints=tuple(form.checkpoints),
        )


_SAME = (
    "Both numbers are the same. Write where it should go, like 40 % → 50 %; "
    "if it should stay where it is, say so under More, Direction."
)


def _check_day(day: date, today: date) -> None:
    if day > today:
        raise FieldError({"day": "This day is still to come. Record it once it is out."})
    if day < today - LONGEST_AGO:
        raise FieldError(
            {"day": "Please choose a day within the last two years: older numbers are hard to find."}
        )


def _unit(form: _Form, target: Quantity | None) -> str:
    """The unit of all the launch's numbers; where one of them names another, it is asked about there."""
    written = target.unit if target else ""
    unit = common_unit(written, form.unit)
    if unit is None:
        raise FieldError(
            {"unit": f"The numbers above are in {written}. Write the same here, or leave this empty."}
        )
    if form.smallest_change:
        shared = common_unit(unit, form.smallest_change.unit)
        if shared is None:
            raise FieldError(
                {"smallest_change": f"The numbers above are in {unit}. Write this one in {unit}, too."}
            )
        unit = shared
    return unit
