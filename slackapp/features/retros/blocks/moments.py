"""Moments and lengths of time, as a retro's messages say them."""

from datetime import UTC, datetime

from slackapp.core.words import counted, written_day
from slackapp.slack.blocks import Json

_HOUR = 60
_DAY = 24 * _HOUR


def moment(word: str, at: datetime, *, is_live: bool) -> Json:
    """“until 14:05” in the zone of whoever reads it; if it is not live, with the day.

    The word is part of it: where a date begins with one, Slack does not write “Tomorrow” within a sentence.
    """
    clock = at.astimezone(UTC).strftime("%H:%M UTC")
    return {
        "fallback": f"{word} {clock}" if is_live else f"{word} {written_day(at.date())}, {clock}",
        "format": f"{word} {{time}}" if is_live else f"{word} {{date_short_pretty}} at {{time}}",
        "timestamp": int(at.timestamp()),
        "type": "date",
    }


def lasting(minutes: int) -> str:
    """A length of time in words: 7 minutes, 2 days."""
    for size, name in ((_DAY, "day"), (_HOUR, "hour")):
        if minutes % size == 0:
            return counted(minutes // size, name)
    return counted(minutes, "minute")
