"""The inputs of a launch's form, each read and checked by itself; the field names are its block ids."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal, TypeVar

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

from slackapp.core.errors import UserError
from slackapp.core.forms import clear, read_form
from slackapp.core.words import plain, tidy
from slackapp.features.launches.rules.commands import read_number
from slackapp.features.launches.rules.guardrails import GuardrailDraft, parse_guardrails
from slackapp.features.launches.rules.kinds import Bottleneck, Evidence, FeltBy, Kind, ReworkReason
from slackapp.features.metrics.rules import (
    Direction,
    Quantity,
    parse_change,
    parse_quantity,
    parse_weeks,
    read_unit,
)
from slackapp.features.workspaces.rules import Function

T = TypeVar("T")

#: Days after launch that can be chosen; the last one chosen is final.
CHECKPOINTS = (7, 14, 30, 60, 90)
DEFAULT_CHECKPOINTS = (7, 30)
#: In the direction's select: what the numbers say.
FROM_NUMBERS: Literal["numbers"] = "numbers"
#: In a select with nothing to say: Slack offers no way back to an empty one.
NOT_SAID = "not_said"
#: An address as Slack gets it: a button's takes no more, and signs beyond ASCII make it longer than typed.
LONGEST_LINK = 2000
MOST_SYSTEMS = 10
LONGEST_SYSTEM = 40
MOST_WEEKS = 520

_ADDRESS = TypeAdapter(HttpUrl)


def _when_typed(read: Callable[[str], T]) -> Callable[[object], object]:
    return lambda value: read(value) if isinstance(value, str) else value


def _said(value: object) -> object:
    return None if value == NOT_SAID else value


def _systems(text: str) -> tuple[str, ...]:
    named: dict[str, str] = {}
    for name in filter(None, map(plain, re.split(r"[,\r\n]", text))):
        named.setdefault(name.casefold(), name)
    found = tuple(named.values())
    if len(found) > MOST_SYSTEMS:
        raise UserError(f"Please name at most {MOST_SYSTEMS} systems: those that were changed most.")
    if long := [name for name in found if len(name) > LONGEST_SYSTEM]:
        raise UserError(
            f"“{long[0][:LONGEST_SYSTEM]}…” is too long. Keep each system to {LONGEST_SYSTEM} characters, "
            "with commas between them."
        )
    return found


def _weeks(text: str) -> Decimal:
    return parse_weeks(text, MOST_WEEKS, "Please give the estimate in weeks, like 3 or 1.5.")


def _launch_number(text: str) -> int:
    number = read_number(text)
    if not number:
        raise UserError("Write the launch as L-42, or leave this empty. `/launch list` shows their numbers.")
    return number


Line = Annotated[str, BeforeValidator(_when_typed(plain))]
Paragraph = Annotated[str, BeforeValidator(_when_typed(tidy))]
Unsaid = BeforeValidator(_said)


class Form(BaseModel):
    """What stands in the inputs. An address is kept as it was typed."""

    model_config = ConfigDict(extra="ignore", arbitrary_types_allowed=True)

    title: Line = Field(min_length=1, max_length=150)
    problem: Paragraph = Field(min_length=1, max_length=1000)
    audience: Line = Field(min_length=1, max_length=200)
    metric: Line = Field("", max_length=80)
    from_to: Annotated[tuple[Quantity, Quantity] | None, BeforeValidator(clear(parse_change))] = None
    outcomes: Paragraph = Field("", max_length=1000)
    link: Line = ""
    day: date

    owner: str = Field(max_length=32)
    backup: str | None = Field(None, max_length=32)
    channel: str | None = Field(None, max_length=32)

    direction: Direction | Literal["numbers"] = FROM_NUMBERS
    unit: Annotated[str, BeforeValidator(clear(read_unit))] = ""
    smallest_change: Annotated[Quantity | None, BeforeValidator(clear(parse_quantity))] = None
    checkpoints: list[int] = list(DEFAULT_CHECKPOINTS)
    evidence: Annotated[Evidence | None, Unsaid] = None
    guardrails: Annotated[tuple[GuardrailDraft, ...], BeforeValidator(clear(parse_guardrails))] = ()

    kind: Kind = Kind.FEATURE
    unlocks: Line = Field("", max_length=200)
    felt_by: Annotated[FeltBy | None, Unsaid] = None
    systems: Annotated[tuple[str, ...], BeforeValidator(clear(_systems))] = ()
    estimated_weeks: Annotated[Decimal | None, BeforeValidator(clear(_weeks))] = None
    significant: list[Literal["yes"]] = []
    reworks: Annotated[int | None, BeforeValidator(clear(_launch_number))] = None
    rework_reason: Annotated[ReworkReason | None, Unsaid] = None

    because: Line = Field("", max_length=300)
    goal: Line = Field("", max_length=80)
    bottleneck: Annotated[Bottleneck | None, Unsaid] = None
    expected_value: Line = Field("", max_length=200)
    idea_of: Annotated[Function | None, Unsaid] = None
    senior_id: str | None = Field(None, max_length=32)
    senior_before_spec: Annotated[bool | None, Unsaid] = None

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

    @classmethod
    def read(cls, values: Mapping[str, Any], *, owner: str, today: date) -> "Form":
        """Raises `FieldError` for each input that cannot be read."""
        return read_form(cls, {"owner": owner, "day": today, **{k: v for k, v in values.items() if v}})
