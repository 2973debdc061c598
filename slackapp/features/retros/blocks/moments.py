"""Moments and lengths of time, as a retro's messages say them."""

from datetime import datetime

from slackapp.core.words import counted
from slackapp.slack.blocks import Json, moment_of

_HOUR = 60
_DAY = 24 * _HOUR


def moment(word: str, at: datetime, *, is_live: bool) -> Json:
    """“until 14:05” in the zone of whoever reads it; if it is not live, with the day."""
    return moment_of(word, at, with_day=not is_live)


def lasting(minutes: int) -> str:
    """A length of time in words: 7 minutes, 2 days."""
    for size, name in ((_DAY, "day"), (_HOUR, "hour")):
        if minutes % size == 0:
            return counted(minutes // size, name)
    return counted(minutes, "minute")
