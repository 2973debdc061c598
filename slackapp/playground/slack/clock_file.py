"""Story time shared through a file: it stands at the instant in there; without a file it is the machine's."""

import time
from datetime import datetime
from pathlib import Path


class ClockFile:
    """Reads one ISO-8601 instant, with its offset, from a file each time it is asked."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._last: float | None = None

    def __call__(self) -> float:
        """Epoch seconds: the file's instant, else the machine's. ValueError for a file without one."""
        try:
            text = self._path.read_text(encoding="utf-8").strip()
        except FileNotFoundError:
            return time.time()
        if not text and self._last is not None:  # caught while somebody turns the clock
            return self._last
        instant = datetime.fromisoformat(text)
        if instant.tzinfo is None:
            raise ValueError(f"{self._path}: {text} says no offset from UTC")
        self._last = instant.timestamp()
        return self._last
