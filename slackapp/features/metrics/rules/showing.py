"""Numbers as people read them; what is shown here can be typed back in and means the same."""

import re
from decimal import Decimal

from slackapp.core.words import with_unit
from slackapp.features.metrics.rules.units import split_currency

_MINUS = "\N{MINUS SIGN}"
#: Between thousands: a comma or a dot would be a decimal mark to half the readers.
_THIN = "\N{NARROW NO-BREAK SPACE}"
#: Shorter whole numbers are read at a glance without grouping.
_GROUPED_FROM = 5


def show(value: Decimal, unit: str = "") -> str:
    """The finite number with its unit, never in scientific notation: 40 %, €12 000, 1234.5, 3 days.

    The minus is a real one. Thousands are set apart from five digits on. Three decimals get a zero where the
    dot could be taken for one between thousands: 1.2340.
    """
    money, words = split_currency(unit)
    number = f"{_MINUS if value < 0 else ''}{money}{_digits(abs(value))}"
    return f"{number}{words}" if words.startswith("/") else with_unit(number, words)


def show_change(baseline: Decimal, target: Decimal, unit: str = "") -> str:
    """From where to where: 40 % → 50 %."""
    return f"{show(baseline, unit)} → {show(target, unit)}"


def _digits(value: Decimal) -> str:
    whole, _, fraction = f"{value:f}".partition(".")
    fraction = fraction.rstrip("0")
    if re.fullmatch("[1-9][0-9]{0,2}", whole) and re.fullmatch("[0-9]{3}", fraction):
        fraction += "0"
    if len(whole) >= _GROUPED_FROM:
        whole = f"{int(whole):_}".replace("_", _THIN)
    return f"{whole}.{fraction}" if fraction else whole
