"""A person's one message of the day: when it may go out, how often, and how much is in it."""

from datetime import date, datetime, timedelta
from enum import StrEnum

from slackapp.core.working_time import Calendar, local_date, local_moment, morning_of

#: More than this on one morning is a nuisance; the rest waits for the next.
MOST_ASKS = 3

#: News stand below what is asked, and are as many again at the most.
MOST_NEWS = 5

#: For so long after a person's morning its message may still go out; later it waits for the next morning.
MORNING_LASTS = timedelta(hours=2, minutes=30)

#: Two mornings of one person are at least so far apart, whichever zones they travel through.
APART = timedelta(hours=12)

#: After so many mornings without any answer a person is asked once a week.
MOST_IGNORED = 3

#: Days a question can be put off for, and how often.
SNOOZES = (1, 3, 7)
MOST_SNOOZES = 3


class Pace(StrEnum):
    """How often a person is asked, as their message says it."""

    DAILY = "daily"
    #: By their own choice once a week.
    WEEKLY = "weekly"
    #: By their silence.
    UNHEARD = "unheard"


def pace_of(*, chosen: bool, ignored: int) -> Pace:
    if chosen:
        return Pace.WEEKLY
    return Pace.UNHEARD if ignored >= MOST_IGNORED else Pace.DAILY


def is_weekly(*, chosen: bool, ignored: int) -> bool:
    """Whether a person is asked once a week: by their own choice, or by their silence."""
    return pace_of(chosen=chosen, ignored=ignored) != Pace.DAILY


def may_ask_now(now: datetime, calendar: Calendar) -> bool:
    """Whether it is a working day's morning where the person is, or not long after."""
    day = local_date(now, calendar.zone)
    morning = local_moment(day, calendar.morning, calendar.zone)
    return calendar.is_working_day(day) and morning <= now < morning + MORNING_LASTS


def free_from(last_on: date, *, weekly: bool) -> date:
    """The first day on which a person may have a morning's message after the one of that day."""
    return last_on + timedelta(days=7 if weekly else 1)


def may_write_again(
    today: date, now: datetime, *, last_on: date | None, last_at: datetime | None, weekly: bool
) -> bool:
    """Whether the last morning's message, if there was any, lies far enough back for another."""
    return (last_on is None or today >= free_from(last_on, weekly=weekly)) and (
        last_at is None or now >= last_at + APART
    )


def snoozed_until(now: datetime, days: int, calendar: Calendar) -> datetime:
    """The working morning so many days from today."""
    return morning_of(local_date(now, calendar.zone) + timedelta(days=days), calendar)
