"""What was asked lately is remembered, and nothing older."""

import pytest

from slackapp.slack.freshness import Freshness


def test_what_is_old_is_not_kept_in_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [1000.0]
    monkeypatch.setattr("slackapp.slack.freshness.monotonic", lambda: now[0])
    fresh = Freshness(10.0)
    for number in range(100):
        fresh.kept(1, ["U0", f"U{number}"])
        now[0] += 1.0
    assert fresh.stale(1, ["U0", "U99", "U80"]) == ["U80"]
    assert len(fresh._kept) <= 11
