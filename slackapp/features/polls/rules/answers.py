"""What somebody answers: read from a form or a button, and held to what is asked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from slackapp.core.errors import FieldError, UserError
from slackapp.core.words import clip, counted, tidy
from slackapp.features.metrics.rules import Quantity, common_unit, parse_quantity, show
from slackapp.features.polls.rules.kinds import Kind

#: The block of the form in which people answer.
FIELD = "answer"

#: Characters of a short text.
LONGEST_TEXT = 500

SCALE = range(1, 6)
NO, YES = 0, 1

#: What a button or a form of ours carries for an option: no place needs more digits.
_MOST_DIGITS = 3


class Asked(Protocol):
    """What of a question an answer has to fit."""

    @property
    def kind(self) -> str: ...
    @property
    def options(self) -> Sequence[str]: ...
    @property
    def fewest(self) -> int | None: ...
    @property
    def most(self) -> int | None: ...
    @property
    def unit(self) -> str: ...
    @property
    def lowest(self) -> Decimal | None: ...
    @property
    def highest(self) -> Decimal | None: ...


@dataclass(frozen=True)
class Answer:
    """One of these is there, by the kind of the question."""

    #: Of a single choice its place, from 0; no 0, yes 1; of a scale from 1.
    option: int | None = None
    #: Of a multiple choice, places from 0, each once and in their order.
    choices: tuple[int, ...] = ()
    number: Decimal | None = None
    text: str | None = None


def read_answer(question: Asked, values: Mapping[str, str | list[str] | None]) -> Answer:
    """The answer in `values[FIELD]`; options are there by their places. Raises `FieldError` at `FIELD`."""
    value = values.get(FIELD)
    if value is None or value in ("", []):
        raise _field(_EMPTY[Kind(question.kind)])
    match question.kind:
        case Kind.MULTIPLE:
            places = [_place(each) for each in ([value] if isinstance(value, str) else value)]
            answer = Answer(choices=tuple(sorted(set(places))))
        case Kind.NUMBER:
            answer = Answer(number=_number(question, _alone(value)))
        case Kind.TEXT:
            answer = Answer(text=tidy(_alone(value)))
        case _:
            answer = Answer(option=_place(_alone(value)))
    check_answer(question, answer)
    return answer


def check_answer(question: Asked, answer: Answer) -> None:
    """Raises `FieldError` at `FIELD` where this is no answer to the question."""
    match question.kind:
        case Kind.MULTIPLE:
            _check_choices(question, answer.choices)
        case Kind.NUMBER:
            _check_number(question, answer.number)
        case Kind.TEXT:
            _check_text(answer.text or "")
        case _:
            if answer.option is None:
                raise _field(_EMPTY[Kind(question.kind)])
            if answer.option not in _offered(question):
                raise _field(_NOT_OFFERED)


def _offered(question: Asked) -> range:
    match question.kind:
        case Kind.SCALE:
            return SCALE
        case Kind.YES_NO:
            return range(YES + 1)
        case _:
            return range(len(question.options))


def _check_choices(question: Asked, choices: Sequence[int]) -> None:
    there = len(question.options)
    fewest, most = question.fewest or 1, question.most or there
    if any(choice not in range(there) for choice in choices):
        raise _field(_NOT_OFFERED)
    if len(choices) < fewest:
        raise _field(f"Choose at least {counted(fewest, 'option')}; here {_are(len(choices))} chosen.")
    if len(choices) > most:
        raise _field(f"Choose at most {counted(most, 'option')}; here {_are(len(choices))} chosen.")


def _are(chosen: int) -> str:
    return f"{chosen} {'is' if chosen == 1 else 'are'}"


def _number(question: Asked, typed: str) -> Decimal:
    try:
        found = parse_quantity(typed)
    except UserError as error:
        raise _field(error.sentence) from None
    _check_unit(question, found)
    return found.value


def _check_unit(question: Asked, found: Quantity) -> None:
    if not found.unit or (question.unit and common_unit(found.unit, question.unit) is not None):
        return
    alone = show(found.value)
    if question.unit:
        raise _field(f"This is asked in {question.unit}. Write the number alone, such as {alone}.")
    raise _field(f"Write the number alone, without “{clip(found.unit, 20)}”: {alone}.")


def _check_number(question: Asked, number: Decimal | None) -> None:
    if number is None:
        raise _field(_EMPTY[Kind.NUMBER])
    low, high = question.lowest, question.highest
    if (low is None or low <= number) and (high is None or number <= high):
        return
    words = []
    if low is not None:
        words.append(f"at least {show(low, question.unit if high is None else '')}")
    if high is not None:
        words.append(f"at most {show(high, question.unit)}")
    raise _field(f"Please write a number that is {' and '.join(words)}.")


def _check_text(text: str) -> None:
    if not text:
        raise _field(_EMPTY[Kind.TEXT])
    if len(text) > LONGEST_TEXT:
        raise _field(f"Please keep this to {LONGEST_TEXT} characters; these are {len(text)}.")


def _place(value: str) -> int:
    if not (value.isascii() and value.isdigit() and len(value) <= _MOST_DIGITS):
        raise _field(_NOT_OFFERED)
    return int(value)


def _alone(value: str | list[str]) -> str:
    """Where one thing is asked for, one is given, or it is no form of ours."""
    if isinstance(value, str):
        return value
    if len(value) != 1:
        raise _field(_NOT_OFFERED)
    return value[0]


def _field(sentence: str) -> FieldError:
    return FieldError({FIELD: sentence})


_NOT_OFFERED = "This is not one of the options here. Please choose one of those."
_EMPTY: Mapping[Kind, str] = {
    Kind.SINGLE: "Please choose one of the options.",
    Kind.MULTIPLE: "Please choose what fits.",
    Kind.SCALE: "Please choose a number from 1 to 5.",
    Kind.YES_NO: "Please choose yes or no.",
    Kind.NUMBER: "Please write a number in digits, like 3 or 2.5.",
    Kind.TEXT: "Please write a few words.",
}
