"""The record of every call: the witness for what was sent, lost or doubled."""

import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TextIO

from slackapp.playground.slack.records import Json


@dataclass(frozen=True)
class Call:
    """One call: when, which method with what, whether Slack did it, and what it answers if nothing befalls.

    A call that a fault kept from arriving is here as well, not `ok`.
    """

    #: Story time.
    at: str
    #: Wire time, in seconds since 1970 by the machine's clock.
    wire: float
    method: str
    args: Mapping[str, Any]
    ok: bool
    response: Json
    #: The `Retry-After` of a 429.
    retry_after: str | None = None
    #: What befell the call or its answer, as `faults.Fault` is written.
    fault: str | None = None


class Record:
    """Keeps calls in memory and, given a path, appends each as a JSON line at once."""

    def __init__(self, clock: Callable[[], float], path: Path | None) -> None:
        self.calls: list[Call] = []
        self._latest: int | None = None
        self._clock = clock
        self._file: TextIO | None = None if path is None else path.open("a", encoding="utf-8")

    def add(
        self,
        method: str,
        args: Mapping[str, Any],
        response: Json,
        *,
        retry_after: str | None = None,
        fault: str | None = None,
    ) -> None:
        """Note a call. It is on its way to the disk when this returns: answer afterwards."""
        at = (
            datetime.fromtimestamp(self._clock(), UTC)
            .isoformat(timespec="microseconds")
            .replace("+00:00", "Z")
        )
        ok = bool(response["ok"])
        call = Call(at, time.time(), method, args, ok, response, retry_after=retry_after, fault=fault)
        self.calls.append(call)
        if self._latest is not None and len(self.calls) > self._latest:
            del self.calls[0]
        if self._file is not None:
            self._file.write(json.dumps(vars(call), ensure_ascii=False) + "\n")
            self._file.flush()

    def keep(self, latest: int) -> None:
        """Only so many in memory from now on."""
        self._latest = latest
        del self.calls[:-latest]

    def close(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None
