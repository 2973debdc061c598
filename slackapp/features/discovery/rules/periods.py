"""The time a report is about, and its weeks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self

from slackapp.core.errors import UserError

#: For how many days there are reports, and for how many there is one unless somebody says otherwise.
PERIODS = (30, 90, 180)
USUAL = 90

_WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Period:
    """Calendar days, the first and the last one included, as whoever reads counts them."""

    first: date
    last: date

    @classmethod
    def until(cls, last: date, days: int) -> Self:
        return cls(last - timedelta(days=days - 1), last)

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    def weeks(self, since: date | None) -> Sequence[date]:
        """The Mondays in it: the weeks that began in it, that of the last day included.

        Where nothing was recorded before `since` they begin with its week.
        """
        begun = self.first if since is None else max(self.first, monday_of(since))
        first = monday_of(begun + timedelta(days=6))
        return [first + _WEEK * number for number in range((self.last - first).days // 7 + 1)]


def monday_of(day: date) -> date:
    """The first day of its week, as ISO 8601 has weeks."""
    return day - timedelta(days=day.weekday())


def days_of(asked: int) -> int:
    """The days of the report asked for; 0 is the usual one. Raises `UserError` where there is none."""
    if (asked or USUAL) not in PERIODS:
        raise UserError("There are reports for 30, 90 and 180 days: `/discovery report 90`.")
    return asked or USUAL
