"""When somebody is reminded of a retro: once, and never at night."""

from datetime import datetime, time, timedelta

from slackapp.core.working_time import Calendar, local_date, local_moment

#: The hours of the day, where the person is, in which they may be reminded.
_FROM, _TO = time(9), time(18)


def reminder_moment(planned: datetime, ends_at: datetime, calendar: Calendar) -> datetime | None:
    """The first moment from the planned one on at which this person works; None if there is none in time."""
    day = local_date(planned, calendar.zone)
    while (opens := local_moment(day, _FROM, calendar.zone)) < ends_at:
        moment = max(planned, opens)
        if calendar.is_working_day(day) and moment < local_moment(day, _TO, calendar.zone):
            return moment if moment < ends_at else None
        day += timedelta(days=1)
    return None
