"""Moments as Slack says them, in the reader's zone."""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from markupsafe import Markup

from slackapp.playground.pages.blocks.html import tag
from slackapp.playground.pages.blocks.reading import Reader

TIME = "{time}"
DAY = "{day_divider_pretty}"
IN_FULL = "{date_long} at {time_secs}"

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_TOKEN = re.compile(r"\{(\w+)\}")
#: By the last digit of the day; 11, 12 and 13 end in `th` all the same.
_ENDINGS = {1: "st", 2: "nd", 3: "rd"}
_NEAR = {-1: "yesterday", 0: "today", 1: "tomorrow"}
_SPANS = (("year", 365 * 86_400), ("month", 30 * 86_400), ("day", 86_400), ("hour", 3600), ("minute", 60))


def moment_of(ts: str | float) -> datetime:
    """The moment, in UTC, of epoch seconds as a message's `ts` has them.

    Raises ValueError or OverflowError where that is no moment of our calendar.
    """
    moment = _EPOCH + timedelta(seconds=float(ts))
    # A day of room, so that every zone can still write it.
    if not datetime(1, 1, 2, tzinfo=UTC) < moment < datetime(9999, 12, 31, tzinfo=UTC):
        raise ValueError(f"{ts} is beyond the calendar")
    return moment


def dated(ts: str | float, reader: Reader, form: str = TIME) -> Markup:
    """A `<time>` of this moment; `form` holds Slack's tokens. Raises what `moment_of` raises."""
    moment = moment_of(ts)
    return tag(
        "time",
        said(moment, form, reader),
        datetime=moment.isoformat(timespec="seconds"),
        title=said(moment, IN_FULL, reader),
    )


def said(moment: datetime, form: str, reader: Reader) -> str:
    """`form` with Slack's tokens filled in; a token Slack does not know stays as it is."""
    there = moment.astimezone(reader.zone)

    def fill(found: re.Match[str]) -> str:
        say = _TOKENS.get(found.group(1))
        if say is None:
            return found.group()
        words = say(there, reader)
        # `Today` where it begins the sentence, `today` within one.
        return words if found.start() else words[:1].upper() + words[1:]

    return _TOKEN.sub(fill, form)


def date_control(body: str, reader: Reader) -> tuple[Markup, str | None] | None:
    """What `date^epoch^form^link` of a `<!date…>` shows, and where it leads; None if it is none."""
    _, _, rest = body.partition("^")
    epoch, _, rest = rest.partition("^")
    form, _, link = rest.partition("^")
    try:
        return dated(epoch, reader, form), link or None
    except (ValueError, OverflowError):
        return None


def local_moment(text: str, zone: ZoneInfo) -> int:
    """Epoch seconds of what stands in an `<input type="datetime-local">`. Raises ValueError if it is none."""
    return int(datetime.fromisoformat(text).replace(tzinfo=zone).timestamp())


def local_text(epoch: float, zone: ZoneInfo) -> str:
    """The other way round."""
    return moment_of(epoch).astimezone(zone).strftime("%Y-%m-%dT%H:%M")


def _ordinal(day: int) -> str:
    ending = "th" if day in (11, 12, 13) else _ENDINGS.get(day % 10, "th")
    return f"{day}{ending}"


def _date(there: date) -> str:
    return f"{there:%B} {_ordinal(there.day)}, {there.year}"


def _short(there: date) -> str:
    return f"{there:%b} {there.day}, {there.year}"


def _long(there: date) -> str:
    return f"{there:%A}, {_date(there)}"


def _clock(there: datetime, seconds: str = "") -> str:
    return f"{there.hour % 12 or 12}:{there:%M}{seconds} {'AM' if there.hour < 12 else 'PM'}"  # noqa: PLR2004 - noon


def _pretty(otherwise: Callable[[date], str]) -> Callable[[datetime, Reader], str]:
    def say(there: datetime, reader: Reader) -> str:
        today = reader.now.astimezone(reader.zone).date()
        return _NEAR.get((there.date() - today) // timedelta(days=1)) or otherwise(there)

    return say


def _divider(there: datetime, reader: Reader) -> str:
    this_year = there.year == reader.now.astimezone(reader.zone).year
    without_year = f"{there:%A}, {there:%B} {_ordinal(there.day)}"
    return _pretty(lambda _: without_year if this_year else _long(there))(there, reader)


def _ago(there: datetime, reader: Reader) -> str:
    seconds = (reader.now - there).total_seconds()
    for unit, length in _SPANS:
        count = int(abs(seconds) // length)
        if count:
            span = f"{count} {unit}{'' if count == 1 else 's'}"
            return f"{span} ago" if seconds > 0 else f"in {span}"
    return "now"


_TOKENS: Mapping[str, Callable[[datetime, Reader], str]] = {
    "date_num": lambda there, _: there.date().isoformat(),
    "date_slash": lambda there, _: f"{there:%d/%m}/{there.year:04}",
    "date": lambda there, _: _date(there),
    "date_short": lambda there, _: _short(there),
    "date_long": lambda there, _: _long(there),
    "date_long_full": lambda there, _: f"{there:%B} {there.day}, {there.year}",
    "date_pretty": _pretty(_date),
    "date_short_pretty": _pretty(_short),
    "date_long_pretty": _pretty(_long),
    "day_divider_pretty": _divider,
    "time": lambda there, _: _clock(there),
    "time_secs": lambda there, _: _clock(there, f":{there:%S}"),
    "ago": _ago,
}
