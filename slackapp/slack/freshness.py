"""Of whom and of what Slack was asked lately, in this process."""

from collections.abc import Iterable

from slackapp.core.clock import monotonic


class Freshness:
    """What was stored for good less than so many seconds of wire time ago needs no asking."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._kept: dict[tuple[int, str], float] = {}

    def stale(self, workspace_id: int, ids: Iterable[str]) -> list[str]:
        """Each of these that Slack should be asked of, once."""
        now = monotonic()
        return [
            each
            for each in dict.fromkeys(ids)
            if now - self._kept.get((workspace_id, each), -self._seconds) >= self._seconds
        ]

    def kept(self, workspace_id: int, ids: Iterable[str]) -> None:
        """These are stored for good, as Slack said them now."""
        now = monotonic()
        for each in ids:
            # Behind all others, so that what is old stands in front.
            self._kept.pop((workspace_id, each), None)
            self._kept[workspace_id, each] = now
        while self._kept and now - self._kept[oldest := next(iter(self._kept))] >= self._seconds:
            del self._kept[oldest]

    def forget(self, workspace_id: int, each: str) -> None:
        """Something happened to it: what is stored may be old."""
        self._kept.pop((workspace_id, each), None)
