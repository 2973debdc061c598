"""What recurs: every so many weeks, on a weekday and at a time of day in one zone."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import IntEnum
from zoneinfo import ZoneInfo

from slackapp.core.words import written_day
from slackapp.core.working_time import local_date, local_moment, zone_of

#: Every so many weeks.
WEEKS = (1, 2, 4)

#: What could not begin for so long is left out.
TOO_LATE = timedelta(days=1)

_WEEK = 7


class Weekday(IntEnum):
    """As `date.weekday` counts them."""

    MONDAY = 0
    TUESDAY = 1
    WEDNESDAY = 2
    THURSDAY = 3
    FRIDAY = 4
    SATURDAY = 5
    SUNDAY = 6

    @property
    def label(self) -> str:
        return self.name.capitalize()


_EVERY: Mapping[int, str] = {1: "Every week", 2: "Every two weeks", 4: "Every four weeks"}


def every(weeks: int) -> str:
    """How often, in words."""
    return _EVERY[weeks]


def when_next(next_at: datetime, *, weeks: int, at: time, zone: str) -> str:
    """Every two weeks on Monday at 10:30 (Europe/Stockholm), next on 30 Nov 2026."""
    day = local_date(next_at, zone_of(zone))
    weekday = Weekday(day.weekday()).label
    return f"{every(weeks).lower()} on {weekday} at {at:%H:%M} ({zone}), next on {written_day(day)}"


@dataclass(frozen=True)
class Recurrence:
    #: One of `WEEKS`.
    weeks: int
    weekday: Weekday
    #: A time of day in the zone it goes by.
    at: time


def first_after(now: datetime, recurrence: Recurrence, zone: ZoneInfo) -> datetime:
    """The second moment, in UTC: the first is in the week of `now`, this one so many weeks later."""
    today = local_date(now, zone)
    monday = today - timedelta(days=today.weekday())
    day = monday + timedelta(weeks=recurrence.weeks, days=recurrence.weekday)
    return local_moment(day, recurrence.at, zone)


def next_after(opened_at: datetime, now: datetime, *, weeks: int, at: time, zone: ZoneInfo) -> datetime:
    """The next moment after `now`, counted from the one that had come; in UTC.

    The time of day stays what clocks show there, whatever they did in between.
    """
    day = _day_of(opened_at, at, zone)
    gone = (local_date(now, zone) - day).days // (_WEEK * weeks)
    day += timedelta(weeks=weeks * max(gone, 0))
    while (moment := local_moment(day, at, zone)) <= now or moment <= opened_at:
        day += timedelta(weeks=weeks)
    return moment


def _day_of(moment: datetime, at: time, zone: ZoneInfo) -> date:
    """The day it was meant for: clocks that skipped the last minutes of one show it on the next."""
    day = local_date(moment, zone)
    yesterday = day - timedelta(days=1)
    return yesterday if local_moment(yesterday, at, zone) == moment else day


def is_too_late(due_at: datetime, now: datetime) -> bool:
    return now - due_at > TOO_LATE
