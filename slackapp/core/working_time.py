"""Working mornings: what a local day and time mean in UTC, and when a person may next be asked something."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from babel import Locale
from holidays import HolidayBase, country_holidays, list_supported_countries

#: When a person's one message of the day goes out, in their own zone.
MORNING = time(9, 30)

#: The hours of the day, where the person is, in which they may be reminded of something.
_FROM, _TO = time(9), time(18)

_ONE_DAY = timedelta(days=1)
_SATURDAY = 5
_UTC_ZONE = ZoneInfo("UTC")


def _named() -> dict[str, str]:
    names = Locale("en").territories
    found = {code: names[code] for code in list_supported_countries(include_aliases=False) if code in names}
    # Åland stands before Albania, not after Zimbabwe.
    return dict(sorted(found.items(), key=lambda pair: _unmarked(pair[1])))


def _unmarked(name: str) -> str:
    return "".join(sign for sign in unicodedata.normalize("NFKD", name) if not unicodedata.combining(sign))


#: The countries whose weekends and holidays are known: their names by their codes, in the names' order.
COUNTRIES: Mapping[str, str] = _named()


def local_moment(day: date, at: time, zone: ZoneInfo) -> datetime:
    """The moment, in UTC, at which clocks in `zone` show `day` and `at`.

    A local time that is skipped moves forward by what was skipped, be it an hour or a whole day; of one that
    comes twice the first is taken. `fold=0` says exactly that: both are read with the offset before the
    change (PEP 495).
    """
    return datetime.combine(day, at.replace(fold=0), tzinfo=zone).astimezone(UTC)


def local_date(moment: datetime, zone: ZoneInfo) -> date:
    """The day calendars in `zone` show at that moment. A naive moment raises ValueError."""
    if moment.tzinfo is None:
        raise ValueError("This needs a moment with a time zone.")
    return moment.astimezone(zone).date()


@dataclass(frozen=True)
class Calendar:
    """When a person works: their zone, the country whose weekends and holidays they keep, their morning."""

    zone: ZoneInfo
    #: Two letters of ISO 3166-1, such as SE. None, or one no calendar is known for: Monday to Friday.
    country: str | None = None
    #: Their local time of day for the one message.
    morning: time = MORNING

    def is_working_day(self, day: date) -> bool:
        calendar = _holidays(self.country)
        return day.weekday() < _SATURDAY if calendar is None else calendar.is_working_day(day)


def morning_of(day: date, calendar: Calendar) -> datetime:
    """That day's morning if people work then, else their next working morning; in UTC."""
    while not calendar.is_working_day(day) or not _exists(day, calendar):
        day += _ONE_DAY
    return local_moment(day, calendar.morning, calendar.zone)


def next_morning(after: datetime, calendar: Calendar) -> datetime:
    """The first working morning strictly after that moment, in UTC. A naive moment raises ValueError."""
    day = local_date(after, calendar.zone)
    while (morning := morning_of(day, calendar)) <= after:
        day += _ONE_DAY
    return morning


def later_morning(first: datetime, working_days: int, calendar: Calendar) -> datetime:
    """The morning so many working days after the day of `first`, in UTC. A naive moment raises ValueError."""
    day = local_date(first, calendar.zone)
    for _ in range(working_days):
        day = local_date(morning_of(day + _ONE_DAY, calendar), calendar.zone)
    return morning_of(day, calendar)


def working_moment(planned: datetime, ends_at: datetime, calendar: Calendar) -> datetime | None:
    """The first moment from the planned one on at which this person is at work; None: there is none."""
    day = local_date(planned, calendar.zone)
    while (opens := local_moment(day, _FROM, calendar.zone)) < ends_at:
        moment = max(planned, opens)
        if calendar.is_working_day(day) and moment < local_moment(day, _TO, calendar.zone):
            return moment if moment < ends_at else None
        day += _ONE_DAY
    return None


@cache
def _holidays(country: str | None) -> HolidayBase | None:
    if country is None:
        return None
    try:
        return country_holidays(country)
    except NotImplementedError:
        return None


def zone_of(name: str | None) -> ZoneInfo:
    """The zone Slack names, or UTC where it names none that is known."""
    if not name:
        return _UTC_ZONE
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        # KeyError: unknown; ValueError: not a name; OSError: a folder such as "America", or a name too long.
        return _UTC_ZONE


def _exists(day: date, calendar: Calendar) -> bool:
    # A zone that crosses the date line may drop a Friday; its mornings would otherwise land on a Saturday.
    return local_date(local_moment(day, calendar.morning, calendar.zone), calendar.zone) == day
