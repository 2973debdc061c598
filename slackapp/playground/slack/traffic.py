"""What went to and fro between Slack and the app lately: requests to the app, and its calls, in one order."""

from collections import deque
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from time import monotonic
from typing import Any

from slackapp.playground.slack.records import Json

#: How many of them are kept.
KEPT = 1000


@dataclass
class Exchange:
    """One request with its answer; `took` and what stands below it are None or empty until that came."""

    #: Counts up from 1 in the order in which they began.
    number: int
    #: Story time, in epoch seconds.
    at: float
    #: Wire time, in seconds on this process's clock.
    begun: float
    #: Slack asked the app; otherwise the app called Slack.
    to_app: bool
    #: `slash_commands`, `interactive` or `events_api`; of a call the method.
    kind: str
    #: Of a request which one: a command, a callback id, an action id or an event's type.
    what: str
    #: What was sent, without any token but the one for verification.
    sent: Mapping[str, Any]
    #: Of a request that was brought before: how often.
    again: int = 0
    #: Wire time, in seconds.
    took: float | None = None
    ok: bool | None = None
    #: Slack's word for what was wrong.
    error: str = ""
    answer: Json | str | None = None
    #: What befell a call or its answer, as `faults.Fault` is written.
    fault: str | None = None


class Traffic:
    """The latest exchanges, the oldest first."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._kept: deque[Exchange] = deque(maxlen=KEPT)
        self._count = 0

    def __iter__(self) -> Iterator[Exchange]:
        return iter(self._kept)

    def __len__(self) -> int:
        return len(self._kept)

    def request(self, kind: str, what: str, payload: Json, again: int) -> Exchange:
        """Slack sends this to the app."""
        return self._begin(to_app=True, kind=kind, what=what, sent=payload, again=again)

    def call(self, method: str, args: Mapping[str, Any]) -> Exchange:
        """The app calls Slack."""
        return self._begin(to_app=False, kind=method, what="", sent=args)

    def _begin(self, **known: Any) -> Exchange:  # noqa: ANN401 - Exchange's own fields, by name
        self._count += 1
        exchange = Exchange(self._count, self._clock(), monotonic(), **known)
        self._kept.append(exchange)
        return exchange

    def end(self, exchange: Exchange, *, ok: bool, answer: Json | str | None, error: str = "") -> None:
        """The answer came, or is certain not to come."""
        exchange.took = monotonic() - exchange.begun
        exchange.ok, exchange.answer, exchange.error = ok, answer, error

    def complain(self, what: str, error: str) -> None:
        """The last request about this came to nothing, or Slack could make nothing of its answer."""
        for exchange in reversed(self._kept):
            if exchange.to_app and exchange.what == what:
                exchange.ok, exchange.error = False, exchange.error or error
                return
