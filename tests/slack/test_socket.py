"""Over a socket, too, what is not Slack's runs nothing, is acknowledged, and is in no log."""

import json

import pytest
from structlog.testing import capture_logs

from slackapp.core.clock import TurnedClock
from tests.support.world import inhabited

CANARY = "nobody-logs-this"


async def test_what_has_no_shape_of_slacks_is_acknowledged_and_left(
    sqlite_url: str, clock: TurnedClock, caplog: pytest.LogCaptureFixture
) -> None:
    async with inhabited(sqlite_url, clock, socket_mode=True) as world:
        sockets = world.slack._slack.delivery._sockets
        with capture_logs() as logged:
            for payload in ([CANARY], CANARY, 3, None, {"type": "block_actions", "actions": CANARY}):
                answer = await sockets.ask("interactive", payload, {}, 3)  # type: ignore[arg-type]  # that is the point
                assert "payload" not in answer
        assert [entry["event"] for entry in logged] == ["socket.refused"] * 5
        assert {len(entry["payload_sha256"]) for entry in logged} == {64}
        assert CANARY not in f"{logged} {caplog.text}"
        assert "Traceback" not in caplog.text
        answer_after = await world.mara.command("/launch", "list", world.team)
        assert answer_after is not None
        world.check()


async def test_what_is_no_message_at_all_ends_nothing(sqlite_url: str, clock: TurnedClock) -> None:
    async with inhabited(sqlite_url, clock, socket_mode=True) as world:
        [connection] = world.slack._slack.delivery._sockets._connections
        for text in ("", "3", "[1]", "null", "{", '{"type": 3}', json.dumps({"envelope_id": [], "type": {}})):
            await connection.websocket.send_text(text)
        assert await world.mara.command("/launch", "list", world.team) is not None
        assert world.slack.connected == 1
        world.check()
