"""Digits with their separators, read as one number where they can only mean one."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from slackapp.core.errors import UserError

#: The largest size and the finest step of any number the product keeps.
LARGEST = Decimal(10) ** 15
DECIMALS = 6

#: Spaces people put between thousands: ordinary, no-break, narrow no-break, thin.
_SPACES = " \N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\N{THIN SPACE}"
_ARABIC_DECIMAL = "\N{ARABIC DECIMAL SEPARATOR}"

#: One numeral. Every branch begins with a character of its own, so no text makes it slow.
NUMERAL = (
    rf"(?:[0-9]+(?:[.,'{_ARABIC_DECIMAL}][0-9]+|[{_SPACES}][0-9]{{3}}(?![0-9]))*|[.,{_ARABIC_DECIMAL}][0-9]+)"
)

_SAME = str.maketrans(
    {
        "\N{MINUS SIGN}": "-",
        "\N{NON-BREAKING HYPHEN}": "-",
        "\N{FULLWIDTH HYPHEN-MINUS}": "-",
        "\N{SMALL HYPHEN-MINUS}": "-",
        "\N{FULLWIDTH PLUS SIGN}": "+",
        "\N{FULLWIDTH FULL STOP}": ".",
        "\N{FULLWIDTH COMMA}": ",",
        "\N{RIGHT SINGLE QUOTATION MARK}": "'",
        "\N{ARABIC THOUSANDS SEPARATOR}": "'",
        "\N{FULLWIDTH PERCENT SIGN}": "%",
        "\N{ARABIC PERCENT SIGN}": "%",
        "\N{FULLWIDTH DOLLAR SIGN}": "$",
        "\N{FULLWIDTH POUND SIGN}": "\N{POUND SIGN}",
        "\N{FULLWIDTH YEN SIGN}": "\N{YEN SIGN}",
    }
)
_ONE_SPACE = str.maketrans(dict.fromkeys(_SPACES, "'"))
_TWO_READINGS = re.compile(r"[1-9][0-9]{0,2}[.,][0-9]{3}")
_THOUSANDS = re.compile(r"[1-9][0-9]{0,2}(?:[.,'][0-9]{3})+")
_LAKHS = re.compile(r"[1-9][0-9]?(?:,[0-9]{2})+,[0-9]{3}")
#: Longer than this is out of bounds whatever multiplier follows: below it every step is exact.
_MOST_DIGITS = 16


class UnclearNumberError(UserError):
    """A number that could not be read, or in more than one way; the sentence says how to write it."""


@dataclass(frozen=True)
class Numeral:
    """Digits before and after the decimal mark, the mark they prove (if any), and whether that is a guess."""

    text: str
    whole: str
    fraction: str = ""
    mark: str = ""
    two_readings: bool = False

    def value(self, *, negative: bool, power: int, mark: str) -> Decimal:
        """The number, times ten to `power`; `mark` is the decimal mark that numbers beside it prove."""
        whole, fraction = self.whole, self.fraction.rstrip("0")
        if self.two_readings:
            if not mark:
                large, small = whole + self.fraction, f"{whole}.{self.fraction}0"
                raise UnclearNumberError(
                    f"“{self.text}” can mean two numbers. Write {large} or, for the smaller one, {small}."
                )
            if mark not in self.text:
                whole, fraction = whole + self.fraction, ""
        if len(whole.lstrip("0")) > _MOST_DIGITS:
            raise UnclearNumberError(_TOO_LARGE)
        if len(fraction) > max(DECIMALS + power, 0):
            raise UnclearNumberError(_TOO_FINE)
        value = Decimal(f"{whole or '0'}.{fraction or '0'}E{power}")
        if value > LARGEST:
            raise UnclearNumberError(_TOO_LARGE)
        # From here on without an exponent and without a minus zero.
        plain_value = Decimal(f"{value:f}")
        return -plain_value if negative and value else plain_value


_TOO_LARGE = "This number is too large to keep. Write it in a larger unit."
_TOO_FINE = f"This number has more than {DECIMALS} decimals. Round it, or write it in a smaller unit."


def plain(text: str) -> str:
    """The same text, character for character, with every script's digits, signs and marks as ASCII ones."""
    return "".join(
        char if char.isascii() else str(unicodedata.decimal(char, char)) for char in text.translate(_SAME)
    )


def read_numeral(text: str) -> Numeral:
    """What `NUMERAL` matched, taken apart. Raises UnclearNumberError if its marks make no number."""
    digits = text.translate(_ONE_SPACE)
    last = re.search(rf"[.,{_ARABIC_DECIMAL}](?=[0-9]*$)", digits)
    if last is not None:
        before, after, mark = digits[: last.start()], digits[last.end() :], last.group()
        if _TWO_READINGS.fullmatch(digits):
            return Numeral(text, before, after, two_readings=True)
        if before.isdecimal() or not before or (_is_grouped(before) and mark not in before):
            return Numeral(text, re.sub(r"\D", "", before), after, mark.strip(_ARABIC_DECIMAL))
    if digits.isdecimal():
        return Numeral(text, digits)
    if _is_grouped(digits):
        proves = {".": ",", ",": "."}.get(re.sub(r"\d", "", digits)[0], "")
        return Numeral(text, re.sub(r"\D", "", digits), mark=proves)
    raise UnclearNumberError(
        f"“{text[:40]}” is not clearly one number. Write it with plain digits, like 1234.5."
    )


def settled_mark(numerals: Iterable[Numeral]) -> str:
    """The decimal mark that numbers written together agree on; empty where they prove none, or two."""
    marks = {numeral.mark for numeral in numerals if numeral.mark}
    return marks.pop() if len(marks) == 1 else ""


def _is_grouped(digits: str) -> bool:
    marks = set(re.sub(r"\d", "", digits))
    return len(marks) == 1 and bool(_THOUSANDS.fullmatch(digits) or _LAKHS.fullmatch(digits))
