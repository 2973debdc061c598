"""Working mornings: what a local day and time mean in UTC, and when a person may next be asked something."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

#: When a person's one message of the day goes out, in their own zone.
MORNING = time(9, 30)

_ONE_DAY = timedelta(days=1)
_SATURDAY = 5
_UTC_ZONE = ZoneInfo("UTC")


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


def is_working_day(day: date) -> bool:
    """Monday to Friday."""
    return day.weekday() < _SATURDAY


def morning_of(day: date, zone: ZoneInfo) -> datetime:
    """09:30 of that day if people in `zone` work then, else of their next working day; in UTC."""
    while not is_working_day(day) or not _exists(day, zone):
        day += _ONE_DAY
    return local_moment(day, MORNING, zone)


def next_morning(after: datetime, zone: ZoneInfo) -> datetime:
    """The first working morning strictly after that moment, in UTC. A naive moment raises ValueError."""
    day = local_date(after, zone)
    while (morning := morning_of(day, zone)) <= after:
        day += _ONE_DAY
    return morning


def zone_of(name: str | None) -> ZoneInfo:
    """The zone Slack names, or UTC where it names none that is known."""
    if not name:
        return _UTC_ZONE
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        # KeyError: unknown; ValueError: not a name; OSError: a folder such as "America", or a name too long.
        return _UTC_ZONE


def _exists(day: date, zone: ZoneInfo) -> bool:
    # A zone that crosses the date line may drop a Friday; its mornings would otherwise land on a Saturday.
    return local_date(local_moment(day, MORNING, zone), zone) == day
