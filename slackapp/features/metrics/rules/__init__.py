"""The decisions about metrics: verdicts, and numbers as people write and read them."""

from slackapp.features.metrics.rules.answers import parse_answer
from slackapp.features.metrics.rules.changes import parse_change
from slackapp.features.metrics.rules.numerals import UnclearNumberError
from slackapp.features.metrics.rules.quantities import Quantity, parse_quantity
from slackapp.features.metrics.rules.showing import show, show_change
from slackapp.features.metrics.rules.units import common_unit, read_unit
from slackapp.features.metrics.rules.verdicts import (
    Direction,
    Verdict,
    check_change,
    default_smallest_change,
    judge,
    progress,
    read_direction,
)
from slackapp.features.metrics.rules.weeks import parse_weeks

__all__ = [
    "Direction",
    "Quantity",
    "UnclearNumberError",
    "Verdict",
    "check_change",
    "common_unit",
    "default_smallest_change",
    "judge",
    "parse_answer",
    "parse_change",
    "parse_quantity",
    "parse_weeks",
    "progress",
    "read_direction",
    "read_unit",
    "show",
    "show_change",
]
