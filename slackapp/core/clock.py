"""The only place that reads a clock. Story time may be turned by hand; wire time never is."""

import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol


class Clock(Protocol):
    """Story time: what due dates, checkpoints and a message's place in history are counted in."""

    def now(self) -> datetime:
        """An aware datetime in UTC."""
        ...


class SystemClock:
    def now(self) -> datetime:
        return datetime.now(UTC)


class TurnedClock:
    """Stands still until it is turned: for stories that live through weeks in seconds."""

    def __init__(self, start: datetime) -> None:
        self._now = _in_utc(start)

    def now(self) -> datetime:
        return self._now

    def turn(self, to: datetime) -> None:
        self._now = _in_utc(to)


class FileClock:
    """Stands at the instant a file holds, so that separate processes share one turned clock.

    The instant is ISO 8601; without an offset it is UTC. Where there is no file, time is real.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._last: datetime | None = None

    def now(self) -> datetime:
        try:
            written = self._path.read_text(encoding="utf-8").strip()
        except FileNotFoundError:
            return SystemClock().now()
        if not written and self._last is not None:
            return self._last  # whoever turns it is just writing
        try:
            moment = datetime.fromisoformat(written)
        except ValueError:
            raise ValueError(f"{self._path} holds no ISO 8601 instant: {written[:40]!r}") from None
        self._last = moment.replace(tzinfo=moment.tzinfo or UTC).astimezone(UTC)
        return self._last


def clock_of(file: Path | None) -> Clock:
    """The clock that this file turns; without one the machine's."""
    return SystemClock() if file is None else FileClock(file)


def _in_utc(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError(f"{moment.isoformat()} names no time zone.")
    return moment.astimezone(UTC)


def wall() -> float:
    """Wire time as the machine and Slack both count it, in seconds since 1970: for signatures."""
    return time.time()


def monotonic() -> float:
    """Wire time within this process, in seconds: it never jumps, whatever is done to the wall clock."""
    return time.monotonic()
