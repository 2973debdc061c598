"""What a launch stands on: who it is for, what it is worth, what must not suffer; and which is missing."""

from dataclasses import dataclass
from datetime import datetime, timedelta

#: A launch recorded just now is not told what it lacks: nobody had the time to say who was in it.
GRACE = timedelta(days=1)


@dataclass(frozen=True)
class Legs:
    #: Somebody was in before the spec, or something was logged that was done to find out what to build.
    has_discovery: bool
    has_metric: bool
    has_guardrails: bool


def missing_leg(legs: Legs, *, is_out: bool, recorded_at: datetime, now: datetime) -> str | None:
    """The leg that is missing, in a sentence; None as long as too little is said to tell."""
    if not is_out or now - recorded_at < GRACE:
        return None
    match legs:
        case Legs(has_discovery=True, has_metric=False):
            return "Discovery without a metric: no number will say whether it was worth it."
        case Legs(has_discovery=False, has_metric=True):
            return "A metric without discovery: nobody is known to have been in before the spec."
        case Legs(has_discovery=False, has_metric=False, has_guardrails=True):
            return "Only guardrails: it says what must not suffer, and not what it is for."
    return None
