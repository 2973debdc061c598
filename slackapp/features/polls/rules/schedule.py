"""When rounds are held, how long they are open, and when people are asked and reminded."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from slackapp.core.errors import FieldError
from slackapp.core.recurrence import Every, Recurrence, day_after, first_day_after
from slackapp.core.working_time import Calendar, local_date, local_moment
from slackapp.features.polls.rules.draft import PollDraft

#: Minutes that a round may be open.
SHORTEST, LONGEST = 5, 30 * 24 * 60

#: People of whom a round keeps that they are meant. In a larger channel nobody is meant by name.
MOST_MEANT = 1_000

#: Nobody is reminded of a round that is over so soon.
REMINDED_FROM = timedelta(hours=2)

#: Where each day begins first on earth. From there to where it begins last it takes 26 hours.
FIRST_ZONE = ZoneInfo("Etc/GMT-14")
_AROUND_THE_EARTH = timedelta(hours=26)

_DAY = timedelta(days=1)
_TWO_DAYS = timedelta(days=2)


def check_length(draft: PollDraft) -> None:
    """Raises `FieldError` at `open_minutes` for a deadline that is past, too near or too far."""
    if draft.open_minutes <= 0:
        raise FieldError({"open_minutes": "This deadline is past. Choose one that people can still meet."})
    if draft.open_minutes < SHORTEST:
        raise FieldError({"open_minutes": f"Leave people {SHORTEST} minutes at least."})
    if draft.open_minutes > LONGEST:
        raise FieldError({"open_minutes": f"A round is open for {LONGEST // (24 * 60)} days at most."})
    if draft.recurring is None:
        return
    days = most_days(draft.recurring.every, in_own_zone=draft.recurring.in_own_zone)
    if timedelta(minutes=draft.open_minutes) > timedelta(days=days):
        often = draft.recurring.every.label.lower()
        raise FieldError(
            {
                "open_minutes": f"Asked {often}, a round may be open for {days} days at most: it has to be "
                "over before the next begins."
            }
        )


def most_days(every: Every, *, in_own_zone: bool) -> int:
    """Whole days that a round may be open, so that it is over before the next, whatever clocks do."""
    between = every.shortest - (_AROUND_THE_EARTH if in_own_zone else timedelta(0))
    return (between - timedelta(hours=1)).days


def ready_at(day: date, at: time, zone: ZoneInfo, *, in_own_zone: bool) -> datetime:
    """When the round of that day is made ready; in each person's own zone, when the first comes to it."""
    return local_moment(day, at, FIRST_ZONE if in_own_zone else zone)


def second_round(
    now: datetime, closes_at: datetime, recurrence: Recurrence, zone: ZoneInfo, *, in_own_zone: bool
) -> tuple[date, datetime]:
    """The day and the moment of the round after the first, which is held now and is over then."""
    day = first_day_after(local_date(now, zone), recurrence.every, recurrence.weekday)
    while (moment := ready_at(day, recurrence.at, zone, in_own_zone=in_own_zone)) <= closes_at:
        day = day_after(day, recurrence.every)
    return day, moment


def round_after(
    day: date, now: datetime, recurrence: Recurrence, zone: ZoneInfo, *, in_own_zone: bool
) -> tuple[date, datetime]:
    """The day and the moment of the first round that is yet to come after the one of `day`."""
    day = day_after(day, recurrence.every)
    while (moment := ready_at(day, recurrence.at, zone, in_own_zone=in_own_zone)) <= now:
        day = day_after(day, recurrence.every)
    return day, moment


def last_moment(day: date, at: time, zones: Iterable[ZoneInfo]) -> datetime:
    """When that time of day has come in all of these zones."""
    return max(local_moment(day, at, zone) for zone in zones)


def asked_at(day: date, at: time, zone: ZoneInfo, calendar: Calendar, deadline: datetime) -> datetime | None:
    """That time of the day in `zone`, or of the next day on which this person works; None: not in time."""
    while (moment := local_moment(day, at, zone)) < deadline:
        if calendar.is_working_day(local_date(moment, calendar.zone)):
            return moment
        day += _DAY
    return None


def reminded_at(asked_at: datetime, closes_at: datetime) -> datetime | None:
    """A day before the deadline; of a round shorter than two days, half of it; None: nobody is reminded."""
    length = closes_at - asked_at
    if length < REMINDED_FROM:
        return None
    return closes_at - (_DAY if length >= _TWO_DAYS else length / 2)
