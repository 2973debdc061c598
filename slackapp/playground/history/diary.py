"""What happens on which day: an entry for each act, and how the days of a diary are written."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from slackapp.playground.history.acts import Act
from slackapp.playground.slack.company import Member

YEAR = 2026
_WEEKEND = {5, 6}
_MORNING, _EVENING = 9, 18


@dataclass(frozen=True)
class Entry:
    """What somebody does, and when."""

    at: datetime
    who: Member
    act: Act


def moment(when: str, who: Member) -> datetime:
    """`Tue 12 May 10:20` where that person is at home. ValueError if it is another day of the week."""
    weekday, day, month, at = when.split()
    local = datetime.strptime(f"{day} {month} {YEAR} {at}", "%d %b %Y %H:%M").replace(
        tzinfo=ZoneInfo(who.zone)
    )
    if f"{local:%a}" != weekday:
        raise ValueError(f"{when} is a {local:%A}")
    return local.astimezone(UTC)


def morning(day: date, who: Member, minutes: int) -> datetime:
    """So many minutes after the person's morning message of that day, or of the next working day after it."""
    while day.weekday() in _WEEKEND:
        day += timedelta(days=1)
    asked = datetime(day.year, day.month, day.day, 9, 30, tzinfo=ZoneInfo(who.zone))
    return (asked + timedelta(minutes=minutes)).astimezone(UTC)


def at_work(at: datetime, who: Member) -> datetime:
    """That moment, or the next at which the person is at work: from nine to six, Monday to Friday."""
    local = at.astimezone(ZoneInfo(who.zone))
    if local.hour >= _EVENING:
        local = (local + timedelta(days=1)).replace(hour=9, minute=31)
    elif local.hour < _MORNING:
        local = local.replace(hour=9, minute=31)
    while local.weekday() in _WEEKEND:
        local = (local + timedelta(days=1)).replace(hour=9, minute=31)
    return local.astimezone(UTC)


def entries(who: Member, *acts: tuple[str, Act]) -> Iterator[Entry]:
    """One person's acts, each by their own clock."""
    for when, act in acts:
        yield Entry(moment(when, who), who, act)
