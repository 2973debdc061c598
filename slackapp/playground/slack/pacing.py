"""Slack's rate limits: message posting per channel, everything else by tier; wire time."""

import math
import time
from collections.abc import Hashable
from dataclasses import dataclass

#: Requests a minute for each tier.
TIERS = {1: 1, 2: 20, 3: 50, 4: 100}
_CHANNEL = (1.0, 3)  # messages a second into one channel, and how many at once
_WORKSPACE = (8.0, 16)


@dataclass
class _Bucket:
    level: float
    at: float


class Pacing:
    """Leaky buckets, one for each method or channel. While not `on`, everything is let through."""

    def __init__(self, *, on: bool) -> None:
        self.on = on
        self._buckets: dict[Hashable, _Bucket] = {}

    def method(self, name: str, tier: int) -> int:
        """Seconds this call has to wait for; 0 lets it through."""
        return self._take((name, TIERS[tier] / 60, TIERS[tier]))

    def message(self, channel: str) -> int:
        """Seconds a message into this channel has to wait for; 0 lets it through."""
        return self._take((channel, *_CHANNEL), ("workspace", *_WORKSPACE))

    def _take(self, *wanted: tuple[str, float, int]) -> int:
        if not self.on:
            return 0
        now = time.monotonic()
        waits = []
        for name, rate, size in wanted:
            bucket = self._buckets.setdefault(name, _Bucket(0.0, now))
            bucket.level = max(0.0, bucket.level - (now - bucket.at) * rate)
            bucket.at = now
            waits.append((bucket.level + 1 - size) / rate)
        if max(waits) > 0:
            return math.ceil(max(waits))
        for name, _, _ in wanted:
            self._buckets[name].level += 1
        return 0
