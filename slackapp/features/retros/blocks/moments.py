"""Moments and lengths of time, as a retro's messages say them."""

from datetime import UTC, datetime

from slackapp.core.words import counted, written_day
from slackapp.slack.blocks import Json

_HOUR = 60
_DAY = 24 * _HOUR


def moment(at: datetime, *, is_live: bool) -> Json:
    """In the zone of whoever reads it: the minute of a live retro, else the day, too."""
    clock = at.astimezone(UTC).strftime("%H:%M UTC")
    return {
        "fallback": clock if is_live else f"{written_day(at.date())}, {clock}",
        "format": "{time}" if is_live else "{date_short_pretty} at {time}",
        "timestamp": int(at.timestamp()),
        "type": "date",
    }


def lasting(minutes: int) -> str:
    """A length of time in words: 7 minutes, 2 days."""
    for size, name in ((_DAY, "day"), (_HOUR, "hour")):
        if minutes % size == 0:
            return counted(minutes // size, name)
    return counted(minutes, "minute")
