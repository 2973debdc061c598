"""A number of weeks, as people type it."""

from decimal import Decimal

from slackapp.core.errors import UserError
from slackapp.features.metrics.rules.quantities import parse_quantity
from slackapp.features.metrics.rules.units import common_unit


def parse_weeks(text: str, most: int, otherwise: str) -> Decimal:
    """Weeks above 0 and up to `most`. Raises `UserError`, of what is no number of weeks with `otherwise`."""
    # The sentence for what holds no number at all would speak of percent and days.
    if not any(sign.isdecimal() for sign in text):
        raise UserError(otherwise)
    quantity = parse_quantity(text)
    if common_unit(quantity.unit, "weeks") is None:
        raise UserError(otherwise)
    if not 0 < quantity.value <= most:
        raise UserError(f"Please give a number of weeks above 0 and up to {most}, or leave this empty.")
    return quantity.value
