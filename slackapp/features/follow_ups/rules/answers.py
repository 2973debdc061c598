"""What an answer holds, and which answers can be right."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from slackapp.core.errors import FieldError
from slackapp.core.words import written_day
from slackapp.features.learnings.rules import Link
from slackapp.features.metrics.rules import Quantity, common_unit


@dataclass(frozen=True)
class Beside:
    """What a form says beside the number."""

    else_changed: str = ""
    users_said: str = ""
    #: By the guardrail's id; None takes its number away. What is not in here stays as it is.
    guardrails: Mapping[int, Quantity | None] = field(default_factory=dict)
    #: What the launch taught; None where the form did not ask for it.
    learning: str | None = None
    link: Link | None = None
    #: The form asked for the link; where it did not, the link stays as it is.
    asked_for_link: bool = False


@dataclass(frozen=True)
class Given:
    """A number as the answer to a question."""

    quantity: Quantity
    observed_on: date
    note: str = ""
    beside: Beside | None = None


class Watched(Protocol):
    """A guardrail, as far as its number is checked."""

    @property
    def id(self) -> int: ...

    @property
    def metric(self) -> str: ...

    @property
    def unit(self) -> str: ...


def check_reading(quantity: Quantity, unit: str, observed_on: date, *, day: date, today: date) -> Quantity:
    """The reading in the launch's unit. Raises `FieldError` where unit or day cannot be right."""
    fields = {}
    shared = common_unit(quantity.unit, unit)
    if shared is None:
        fields["value"] = f"This launch is measured in {unit}. Write the number in {unit}."
    if observed_on > today:
        fields["observed_on"] = "This day is still to come. When was the number read?"
    elif observed_on < day:
        fields["observed_on"] = f"The launch was out on {written_day(day)}; a reading comes after that."
    if fields:
        raise FieldError(fields)
    return Quantity(quantity.value, unit or quantity.unit)


def wrong_guardrails(numbers: Mapping[int, Quantity | None], guardrails: Sequence[Watched]) -> dict[str, str]:
    """A sentence for each input whose number is in another unit than its guardrail."""
    return {
        guardrail_block(
            each.id
        ): f"{each.metric} is measured in {each.unit}. Write the number in {each.unit}."
        for each in guardrails
        if (number := numbers.get(each.id)) is not None and common_unit(number.unit, each.unit) is None
    }


def guardrail_block(guardrail_id: int) -> str:
    """The block id of its input."""
    return f"{_GUARDRAIL}{guardrail_id}"


def guardrail_of(block_id: str) -> int | None:
    """The guardrail whose input this is; None if it is another input."""
    found = block_id.removeprefix(_GUARDRAIL)
    return int(found) if found != block_id and found.isdecimal() else None


_GUARDRAIL = "guardrail_"
