"""What people typed into a modal, read into a typed draft; every mistake at its own field, all at once."""

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from functools import cache
from typing import Any, Self, TypeVar, cast

from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from slackapp.core.errors import FieldError, UserError

D = TypeVar("D", bound=BaseModel)
T = TypeVar("T")

_SENTENCES = {
    "missing": "Please fill this in.",
    "string_too_short": "Please fill this in.",
    "string_too_long": "Please keep this to {max_length} characters; the rest can go into the thread.",
}
#: What no modal of ours can send: a choice that is not offered, a day that is none.
_OTHERWISE = "Please choose one of what is offered here."


def read_form(kind: type[D], values: Mapping[str, object]) -> D:
    """The draft; empty inputs count as not there. Raises `FieldError` with the draft's field names."""
    given = {name: value for name, value in values.items() if value not in (None, "", [])}
    try:
        return kind.model_validate(given)
    except ValidationError as error:
        raise FieldError({str(e["loc"][0]): _sentence(e) for e in error.errors()}) from None


@dataclass(frozen=True)
class FormMemory:
    """What a form remembers while it grows: JSON in its metadata."""

    def write(self) -> str:
        return json.dumps(asdict(self))

    @classmethod
    def read(cls, metadata: str) -> Self:
        """Raises `UserError` for what a form of another version remembered."""
        try:
            remembered: Self = _adapter(cast("Any", cls)).validate_json(metadata)
        except ValidationError:
            raise UserError(
                "This form belongs to another version of Afterlaunch. Please close it and open it again."
            ) from None
        return remembered


@cache
def _adapter(kind: type[FormMemory]) -> TypeAdapter[Any]:
    """Made once: that takes longer than reading many forms."""
    return TypeAdapter(kind)


def clear(parse: Callable[[str], T]) -> Callable[[object], object]:
    """A pydantic validator out of a parser that raises `UserError` for what it cannot read."""

    def read(value: object) -> object:
        try:
            return parse(value) if isinstance(value, str) else value
        except UserError as error:
            raise ValueError(error.sentence) from None

    return read


def _sentence(error: ErrorDetails) -> str:
    """Our own sentence where a validator raised one, else one for the rule that pydantic checked."""
    context = error.get("ctx", {})
    if isinstance(context.get("error"), ValueError):
        return str(context["error"])
    return _SENTENCES.get(error["type"], _OTHERWISE).format(**context)
