"""A process's wall clock, turned by hand while it runs: libfaketime stands between it and the system."""

import asyncio
import os
from collections.abc import Mapping
from datetime import timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path

import aiohttp
import pytest

from slackapp.core.clock import SystemClock
from tests.support.processes import Replica

_PLACES = ("usr/lib/*/faketime", "usr/lib/faketime", "usr/lib64/faketime")
REMEDY = "There is no libfaketime here: apt-get install libfaketime"


class WallClock:
    """The wall clock of the processes that are given its environment. Their monotonic clock is left alone."""

    def __init__(self, path: Path) -> None:
        """Skips the test where there is no libfaketime, but not in CI."""
        self._path = path
        self._library = _library()
        self._ahead = timedelta(0)
        self.jump(timedelta(0))

    def jump(self, by: timedelta) -> None:
        self._ahead += by
        fresh = self._path.with_suffix(".new")
        fresh.write_text(f"{self._ahead.total_seconds():+.0f}\n", encoding="utf-8")
        fresh.replace(self._path)

    async def seen_in(self, app: Replica) -> None:
        """Wait until the app's answers are dated by the clock as it was turned."""
        async with asyncio.timeout(60), aiohttp.ClientSession() as session:
            while True:
                async with session.get(f"http://127.0.0.1:{app.port}/healthz") as answer:
                    dated = parsedate_to_datetime(answer.headers["Date"])
                if abs(dated - SystemClock().now() - self._ahead) < timedelta(minutes=1):
                    return
                await asyncio.sleep(0.05)

    def environment(self) -> Mapping[str, str]:
        return {
            "LD_PRELOAD": str(self._library),
            "FAKETIME_TIMESTAMP_FILE": str(self._path),
            # Its way of waiting on a condition with the other clock stalls threads by half a second.
            "FAKETIME_FORCE_MONOTONIC_FIX": "0",
            # It looks at the file whenever somebody looks at the clock.
            "FAKETIME_NO_CACHE": "1",
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
            # What the file system says of a file is left as it is.
            "NO_FAKE_STAT": "1",
        }


def _library() -> Path:
    for place in _PLACES:
        for found in Path("/").glob(f"{place}/libfaketime.so.1"):
            return found
    if os.environ.get("CI"):
        pytest.fail(REMEDY)
    pytest.skip(REMEDY)
