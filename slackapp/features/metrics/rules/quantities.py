"""A number with its unit, as people write it: 41 %, €12k, 1.234,5, 3 days."""

import re
from dataclasses import dataclass
from decimal import Decimal

from slackapp.features.metrics.rules.numerals import (
    NUMERAL,
    Numeral,
    UnclearNumberError,
    plain,
    read_numeral,
)
from slackapp.features.metrics.rules.units import CURRENCY, read_unit, take_power

# An en dash right before a digit is a minus that a keyboard "corrected".
SIGN = r"[-+\N{EN DASH}]"
_FRONT = re.compile(rf"(?P<sign>{SIGN})?(?:(?P<money>{CURRENCY})\s*)?(?P<inner>{SIGN})?(?P<body>{NUMERAL})")


@dataclass(frozen=True)
class Quantity:
    """A value, and the unit it was written with; an empty unit means none was written."""

    value: Decimal
    unit: str = ""


@dataclass(frozen=True)
class Front:
    """A number with its sign, currency and multiplier, which end at `end`; its unit is not read yet."""

    negative: bool
    money: str
    numeral: Numeral
    power: int
    end: int

    def value(self, mark: str = "") -> Decimal:
        """The number; `mark` is the decimal mark other numbers beside it prove."""
        return self.numeral.value(negative=self.negative, power=self.power, mark=mark)


def find_front(text: str, start: int = 0) -> Front | None:
    """The number that stands exactly at `start` of a text that went through `plain`, or None."""
    found = _FRONT.match(text, start)
    if found is None or (found["sign"] and found["inner"]):
        return None
    power, length = take_power(text[found.end() :])
    sign = found["sign"] or found["inner"] or "+"
    numeral = read_numeral(found["body"])
    return Front(sign != "+", found["money"] or "", numeral, power, found.end() + length)


def read_whole(text: str) -> tuple[Front, str]:
    """The number that is all of the text, and its unit."""
    if not text:
        raise UnclearNumberError("There is no number here yet. Write one, like 40 % or 3 days.")
    front = find_front(text)
    if front is None:
        raise UnclearNumberError(
            "This does not begin with a number. Write it in digits, then its unit, like 40 % or 3 days."
        )
    rest = text[front.end :]
    if re.search("[0-9]", rest):
        raise UnclearNumberError("There is more than one number here. Write just one, like 40 % or 3 days.")
    return front, read_unit(rest, front.money)


def parse_quantity(text: str) -> Quantity:
    """One number and nothing but its unit. Raises UnclearNumberError, with the sentence for the writer."""
    front, unit = read_whole(plain(text).strip())
    return Quantity(front.value(), unit)
