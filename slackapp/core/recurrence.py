"""What recurs: every so many weeks or every month, on a weekday and at a time of day in one zone."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import IntEnum, StrEnum
from typing import Self
from zoneinfo import ZoneInfo

from slackapp.core.words import written_day
from slackapp.core.working_time import local_date, local_moment, zone_of

#: What could not begin for so long is left out.
TOO_LATE = timedelta(days=1)

_WEEK = 7
_ORDINALS = ("first", "second", "third", "fourth")


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


class Every(StrEnum):
    """How often.

    Every month: on the same of its Mondays, say: the first, second, third or fourth. A fifth, which not every
    month has, counts as a fourth.
    """

    WEEK = "week"
    FORTNIGHT = "fortnight"
    FOUR_WEEKS = "four_weeks"
    MONTH = "month"

    @classmethod
    def of_weeks(cls, weeks: int) -> Self:
        """Raises `ValueError` for a number of weeks at which nothing recurs."""
        for each in cls:
            if each.weeks == weeks:
                return each
        raise ValueError(f"Nothing recurs every {weeks} weeks.")

    @property
    def weeks(self) -> int | None:
        """None of what goes by months."""
        return _WEEKS.get(self)

    @property
    def label(self) -> str:
        return _LABELS[self]

    @property
    def shortest(self) -> timedelta:
        """The least that lies between two of them, by the days of a calendar."""
        return timedelta(weeks=self.weeks or 4)


_WEEKS = {Every.WEEK: 1, Every.FORTNIGHT: 2, Every.FOUR_WEEKS: 4}
_LABELS = {
    Every.WEEK: "Every week",
    Every.FORTNIGHT: "Every two weeks",
    Every.FOUR_WEEKS: "Every four weeks",
    Every.MONTH: "Every month",
}


@dataclass(frozen=True)
class Recurrence:
    every: Every
    weekday: Weekday
    #: A time of day in the zone it goes by.
    at: time


def on_days(every: Every, day: date) -> str:
    """Every two weeks on Monday; every month on the second Monday. `day` is one of them."""
    weekday = Weekday(day.weekday()).label
    which = f"the {_ORDINALS[_nth(day)]} {weekday}" if every is Every.MONTH else weekday
    return f"{every.label.lower()} on {which}"


def when_next(next_at: datetime, *, every: Every, at: time, zone: str) -> str:
    """Every two weeks on Monday at 10:30 (Europe/Stockholm), next on 30 Nov 2026."""
    day = local_date(next_at, zone_of(zone))
    return f"{on_days(every, day)} at {at:%H:%M} ({zone}), next on {written_day(day)}"


def first_day_after(today: date, every: Every, weekday: Weekday) -> date:
    """The second day: the first is in the week of `today`, whatever its weekday, and this one follows it."""
    return day_after(today - timedelta(days=today.weekday()) + timedelta(days=weekday), every)


def day_after(day: date, every: Every) -> date:
    """The next day on which it recurs."""
    if every.weeks is not None:
        return day + timedelta(weeks=every.weeks)
    # Four weeks later it is the same of its weekdays in the next month, or one week short of that.
    later = day + timedelta(weeks=4)
    return later if _nth(later) == _nth(day) else later + timedelta(weeks=1)


def first_after(now: datetime, recurrence: Recurrence, zone: ZoneInfo) -> datetime:
    """The second moment, in UTC: the first is in the week of `now`, and this one follows it."""
    day = first_day_after(local_date(now, zone), recurrence.every, recurrence.weekday)
    return local_moment(day, recurrence.at, zone)


def next_after(opened_at: datetime, now: datetime, *, every: Every, at: time, zone: ZoneInfo) -> datetime:
    """The next moment after `now`, counted from the one that had come; in UTC.

    The time of day stays what clocks show there, whatever they did in between.
    """
    day = _day_of(opened_at, at, zone)
    while (moment := local_moment(day, at, zone)) <= now or moment <= opened_at:
        day = day_after(day, every)
    return moment


def _nth(day: date) -> int:
    """Whether it is the first of its weekday in its month, or a later one; from 0."""
    return min((day.day - 1) // _WEEK, len(_ORDINALS) - 1)


def _day_of(moment: datetime, at: time, zone: ZoneInfo) -> date:
    """The day it was meant for: clocks that skipped the last minutes of one show it on the next."""
    day = local_date(moment, zone)
    yesterday = day - timedelta(days=1)
    return yesterday if local_moment(yesterday, at, zone) == moment else day


def is_too_late(due_at: datetime, now: datetime) -> bool:
    return now - due_at > TOO_LATE
