"""One message followed through the log of a running app, by its delivery's id."""

import json
import signal
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tests.support.processes import ClockFile, record_launch, replica, stand_in

START = datetime(2026, 9, 7, 8, 0, tzinfo=UTC)


def entries(log: Path) -> list[dict[str, Any]]:
    """What is said of deliveries, in the order in which it is."""
    said = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
    return [entry for entry in said if "delivery" in entry]


async def test_a_message_is_followed_by_its_id_from_a_submit_to_slack(tmp_path: Path) -> None:
    clock = ClockFile(tmp_path / "clock", START)
    async with stand_in(tmp_path, clock) as slack:
        settings = {
            **slack.environment(),
            "AFTERLAUNCH_DATABASE_URL": f"sqlite+aiosqlite:///{tmp_path / 'app.db'}",
            "AFTERLAUNCH_CLOCK_FILE": str(clock.path),
            "AFTERLAUNCH_LOG_FORMAT": "json",
            "AFTERLAUNCH_LOG_LEVEL": "debug",
        }
        mara, team = slack.person("Mara Lind"), slack.channel("team-onboarding")
        async with replica(settings, tmp_path) as app:
            await app.started()
            await record_launch(mara, "New onboarding", team)
            await slack.until(lambda: slack.messages(team))
            assert await app.end(signal.SIGTERM) == 0
        [card] = slack.messages(team)
        # Not even at debug.
        assert "teams in their first week" not in app.log.read_text(encoding="utf-8")
        found = entries(app.log)
    said = next(entry for entry in found if entry["event"] == "outbox.said" and ":card" in entry["key"])
    assert said["inbound"].startswith("view:")
    trail = [entry for entry in found if entry["delivery"] == said["delivery"]]
    assert [entry["event"] for entry in trail] == [
        "outbox.said", "outbox.claimed", "outbox.announced", "outbox.sent",
    ]  # fmt: skip
    assert {entry["key"] for entry in trail} == {said["key"]}
    assert trail[-1]["ts"] == card.ts
    assert [entry["level"] for entry in trail] == ["debug", "debug", "debug", "info"]
