"""The inputs about a poll's question, read into a draft: every mistake at its own field."""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import partial
from typing import Annotated, Protocol

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationInfo, field_validator

from slackapp.core.errors import UserError
from slackapp.core.forms import clear, read_form
from slackapp.core.words import clip, counted, plain, tidy
from slackapp.features.metrics.rules import parse_quantity, show
from slackapp.features.polls.rules.answers import Asked
from slackapp.features.polls.rules.draft import QuestionDraft
from slackapp.features.polls.rules.kinds import MOST_OPTIONS, Kind

LONGEST_QUESTION, LONGEST_DETAILS = 300, 3000
LONGEST_OPTION, LONGEST_END, LONGEST_UNIT = 150, 75, 20
FEWEST_OPTIONS = 2
#: Characters that an input takes: of more that is pasted the rest is gone without a word.
MOST_TYPED = 3000

#: What fits a column, and a sentence.
_FAR = Decimal(10) ** 12

_CHOICES = frozenset({Kind.SINGLE, Kind.MULTIPLE})


def _line(text: str, *, longest: int) -> str:
    line = plain(text)
    if len(line) > longest:
        raise UserError(f"Please keep this to {longest} characters; these are {len(line)}.")
    return line


def lines(text: str, *, longest: int) -> str:
    """Several lines. Raises `UserError` where they are too long."""
    found = tidy(text)
    if len(found) > longest:
        raise UserError(f"Please keep this to {longest:,} characters; these are {len(found):,}.")
    return found


def read_options(text: str) -> Sequence[str]:
    """One a line. Raises `UserError` for too few, too many, equal or overlong ones; empty lines are none."""
    options = [option for line in text.splitlines() if (option := plain(line))]
    if len(options) < FEWEST_OPTIONS:
        raise UserError("Write two options at least, one a line.")
    if len(options) > MOST_OPTIONS:
        raise UserError(f"These are {len(options)} options. Slack shows {MOST_OPTIONS} at most.")
    seen: dict[str, str] = {}
    for option in options:
        if len(option) > LONGEST_OPTION:
            raise UserError(
                f"“{clip(option, 30)}” has {len(option):,} characters; {LONGEST_OPTION} are the most."
            )
        if (same := seen.setdefault(option.casefold(), option)) is not option:
            raise UserError(f"“{clip(same, 50)}” stands there twice. Every option has to be another.")
    return options


def read_count(text: str) -> int:
    """A number of options, as it is typed."""
    if not re.fullmatch(r"\s*0*[1-9]\d{0,2}\s*", text, re.ASCII):
        raise UserError(f"Write a number from 1 to {MOST_OPTIONS}.")
    return int(text)


def read_bound(text: str) -> Decimal:
    """A number, as people write them; a unit beside it is left out."""
    found = parse_quantity(text).value
    if abs(found) > _FAR:
        raise UserError("This number is too large to ask for.")
    return found


def _text(longest: int) -> BeforeValidator:
    return BeforeValidator(clear(partial(_line, longest=longest)))


_Count = Annotated[int | None, BeforeValidator(clear(read_count))]
_Bound = Annotated[Decimal | None, BeforeValidator(clear(read_bound))]


class Worded(Asked, Protocol):
    """A question with all its words."""

    @property
    def text(self) -> str: ...
    @property
    def details(self) -> str: ...


class QuestionForm(BaseModel):
    """What stands in the inputs about the question; the names are its block ids."""

    model_config = ConfigDict(extra="ignore", validate_default=True)

    question: Annotated[str, _text(LONGEST_QUESTION)] = ""
    kind: Kind = Kind.YES_NO
    options: tuple[str, ...] = ()
    fewest: _Count = None
    most: _Count = None
    unit: Annotated[str, _text(LONGEST_UNIT)] = ""
    lowest: _Bound = None
    highest: _Bound = None
    low_end: Annotated[str, _text(LONGEST_END)] = ""
    high_end: Annotated[str, _text(LONGEST_END)] = ""
    details: Annotated[str, BeforeValidator(clear(partial(lines, longest=LONGEST_DETAILS)))] = ""

    @field_validator("question")
    @classmethod
    def _asks(cls, text: str) -> str:
        if not text:
            raise ValueError("Write the question.")
        return text

    @field_validator("options", mode="before")
    @classmethod
    def _offered(cls, written: object, info: ValidationInfo) -> object:
        if info.data.get("kind") not in _CHOICES:
            return ()
        text = written if isinstance(written, str) else ""
        options = clear(read_options)(text)
        if len(text) >= MOST_TYPED:
            raise ValueError(
                f"These fill the {MOST_TYPED:,} characters that fit here, so the last may be cut off. "
                "Write shorter ones, or fewer."
            )
        return options

    @field_validator("fewest", "most", mode="before")
    @classmethod
    def _of_several(cls, written: object, info: ValidationInfo) -> object:
        return written if info.data.get("kind") is Kind.MULTIPLE else None

    @field_validator("fewest", "most")
    @classmethod
    def _there_are(cls, count: int | None, info: ValidationInfo) -> int | None:
        there = len(info.data.get("options", ()))
        if count is not None and there and count > there:
            raise ValueError(f"There are {counted(there, 'option')}, so enter {there} at most.")
        return count

    @field_validator("most")
    @classmethod
    def _no_less(cls, most: int | None, info: ValidationInfo) -> int | None:
        if most is not None and (fewest := info.data.get("fewest")) is not None and fewest > most:
            raise ValueError(f"At least {fewest} are to be chosen, so this has to be {fewest} or more.")
        return most

    @field_validator("unit", "lowest", "highest", mode="before")
    @classmethod
    def _of_numbers(cls, written: object, info: ValidationInfo) -> object:
        if info.data.get("kind") is Kind.NUMBER:
            return written
        return "" if info.field_name == "unit" else None

    @field_validator("highest")
    @classmethod
    def _no_lower(cls, highest: Decimal | None, info: ValidationInfo) -> Decimal | None:
        lowest = info.data.get("lowest")
        if highest is not None and lowest is not None and highest <= lowest:
            raise ValueError("This has to be more than the least.")
        return highest

    @field_validator("low_end", "high_end", mode="before")
    @classmethod
    def _of_scales(cls, written: object, info: ValidationInfo) -> object:
        return written if info.data.get("kind") is Kind.SCALE else ""

    def drafted(self) -> QuestionDraft:
        has_ends = self.kind is Kind.SCALE and (self.low_end or self.high_end)
        return QuestionDraft(
            self.kind,
            self.question,
            details=self.details,
            options=(self.low_end, self.high_end) if has_ends else self.options,
            fewest=self.fewest,
            most=self.most,
            unit=self.unit,
            lowest=self.lowest,
            highest=self.highest,
        )


def read_question(values: Mapping[str, object]) -> QuestionDraft:
    """Raises `FieldError` for all that has to change, each at its field."""
    return read_form(QuestionForm, values).drafted()


def typed_in(question: Worded) -> dict[str, str]:
    """The question as it would be typed in again; read anew it gives the same draft."""
    is_scale = question.kind == Kind.SCALE
    low, high = (*question.options, "", "")[:2] if is_scale else ("", "")
    return {
        "question": question.text,
        "kind": question.kind,
        "options": "" if is_scale else "\n".join(question.options),
        "low_end": low,
        "high_end": high,
        "fewest": str(question.fewest or ""),
        "most": str(question.most or ""),
        "unit": question.unit,
        "lowest": "" if question.lowest is None else show(question.lowest),
        "highest": "" if question.highest is None else show(question.highest),
        "details": question.details,
    }
