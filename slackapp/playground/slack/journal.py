"""The workspace on disk: a JSON line for each thing as it last stood, written before anyone is answered."""

import dataclasses
import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TextIO

from slackapp.playground.slack.errors import StateError

_UNSAVED = ("visible_from", "names")


class Journal:
    """Appends entries to a file. Without a path it keeps nothing."""

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._file: TextIO | None = None

    def replay(self, restore: Callable[[str, dict[str, Any]], None]) -> None:
        """Hand over what an earlier run left, in the order it happened: the kind of a thing, and the thing.

        `StateError` for a file that holds something else; it is left as it is.
        """
        if self._path is None or not self._path.exists():
            return
        try:
            # Only at line feeds: what people write may hold the other ends of lines.
            *lines, cut = self._path.read_text(encoding="utf-8").split("\n")
        except UnicodeDecodeError:
            raise self._damaged(1) from None
        if not lines and cut:
            raise self._damaged(1)
        # Behind the last line feed stands what a process was killed over.
        for number, line in enumerate(lines, 1):
            try:
                entry = json.loads(line)
                restore(entry["kind"], entry["it"])
            except (ValueError, KeyError, TypeError):
                raise self._damaged(number) from None

    def _damaged(self, number: int) -> StateError:
        return StateError(f"{self._path} holds no workspace that can be read: see line {number}")

    def start(self, entries: Iterator[tuple[str, dict[str, Any]]]) -> None:
        """Begin the file afresh with these entries: what was overwritten since is gone from it."""
        if self._path is None:
            return
        fresh = self._path.with_suffix(self._path.suffix + ".new")
        with fresh.open("w", encoding="utf-8") as file:
            file.writelines(_line(kind, it) for kind, it in entries)
        os.replace(fresh, self._path)  # noqa: PTH105 - atomic, which is the point, and says so by its name
        self._file = self._path.open("a", encoding="utf-8")

    def note(self, kind: str, it: Any) -> None:  # noqa: ANN401 - any dataclass of records.py, or a plain dict
        if self._file is not None:
            self._file.write(_line(kind, it if isinstance(it, dict) else plain(it)))
            self._file.flush()

    def close(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None


def plain(record: Any) -> dict[str, Any]:  # noqa: ANN401 - any dataclass instance; typing has no public name for it
    """A record as JSON, without what only this process can use."""
    return {
        field.name: getattr(record, field.name)
        for field in dataclasses.fields(record)
        if field.name not in _UNSAVED
    }


def _line(kind: str, it: dict[str, Any]) -> str:
    return json.dumps({"kind": kind, "it": it}, ensure_ascii=False) + "\n"
