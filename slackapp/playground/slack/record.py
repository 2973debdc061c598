"""The record of every call: the witness for what was sent, lost or doubled."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TextIO

from slackapp.playground.slack.records import Json


@dataclass(frozen=True)
class Call:
    """One call: when in story time, which method with what, accepted or not, and the answer."""

    at: str
    method: str
    args: Mapping[str, Any]
    ok: bool
    response: Json


class Record:
    """Keeps calls in memory and, given a path, appends each as a JSON line at once."""

    def __init__(self, clock: Callable[[], float], path: Path | None) -> None:
        self.calls: list[Call] = []
        self._clock = clock
        self._file: TextIO | None = None if path is None else path.open("a", encoding="utf-8")

    def add(self, method: str, args: Mapping[str, Any], response: Json) -> None:
        """Note a call. It is on its way to the disk when this returns: answer afterwards."""
        at = (
            datetime.fromtimestamp(self._clock(), UTC)
            .isoformat(timespec="microseconds")
            .replace("+00:00", "Z")
        )
        call = Call(at, method, args, bool(response["ok"]), response)
        self.calls.append(call)
        if self._file is not None:
            self._file.write(json.dumps(vars(call), ensure_ascii=False) + "\n")
            self._file.flush()

    def close(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None
