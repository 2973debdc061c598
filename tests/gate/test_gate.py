"""What is not Slack's is turned away: no server error, no handler run, nothing of it in a log.

The server is the one of `afterlaunch run`, and what it is sent goes over a socket byte by byte.
"""

import asyncio
import hashlib
import logging
import secrets
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace

import pytest
from sqlalchemy import select
from structlog.testing import capture_logs

from slackapp import gate, server
from slackapp.core.database import Base
from slackapp.gate import WINDOW, Remembered
from tests.gate.corpus import ILL_FORMED, MEANINGLESS, UNREADABLE, UNVERIFIED
from tests.gate.signing import CANARY, Make, Target, answer, event, request
from tests.support.broken import without
from tests.support.world import World

Reached = list[str]
Send = Callable[[bytes], Awaitable[int]]
Hear = Callable[[Mapping[str, tuple[Make, set[int]]]], Awaitable[list[str]]]


@pytest.fixture
def target(world: World) -> Target:
    secret = world.app.settings.slack_signing_secret
    assert secret is not None
    return Target(secret.get_secret_value(), world.slack.team_id, world.mara.id, world.team.id)


@pytest.fixture
def reached(world: World) -> Reached:
    """What came through to Bolt's own middleware, behind the gate."""
    seen: Reached = []

    async def watch(body: dict[str, object], next: Callable[[], Awaitable[None]]) -> None:  # noqa: A002 - Bolt's name
        seen.append(str(body))
        await next()

    world.app.bolt.use(watch)
    return seen


@pytest.fixture
def port(world: World) -> int:
    return int(str(world.slack.request_url).split(":")[2].split("/")[0])


@pytest.fixture
def send(port: int) -> Send:
    async def status(sent: bytes) -> int:
        return (await answer(port, sent))[0]

    return status


async def stored(world: World) -> dict[str, list[str]]:
    """Everything there is in the database."""
    async with world.app.engine.connect() as connection:
        return {
            table.name: sorted(map(str, (await connection.execute(select(table))).all()))
            for table in Base.metadata.sorted_tables
        }


@pytest.fixture
async def hear(
    world: World, send: Send, target: Target, caplog: pytest.LogCaptureFixture, subtests: pytest.Subtests
) -> Hear:
    """Send all of them and look at each answer; the reasons that stand in the log for each refusal."""

    async def check(cases: Mapping[str, tuple[Make, set[int]]]) -> list[str]:
        reasons = []
        with caplog.at_level(logging.DEBUG):
            for name, (make, expected) in cases.items():
                with subtests.test(name), capture_logs() as logged:
                    assert await send(make(replace(target, mark=secrets.token_hex(4)))) in expected
                    assert CANARY not in str(logged)
                    assert [entry for entry in logged if "exc_info" in entry] == []
                    reasons += [entry["reason"] for entry in logged if entry["event"] == "gate.refused"]
            await world.app.frame.finish()
        assert CANARY not in caplog.text
        assert "Traceback" not in caplog.text
        return reasons

    return check


def good(target: Target) -> bytes:
    """A command that is let in, and answered."""
    body = replace(target, mark=secrets.token_hex(4)).command()
    return request(body, target.signed(body))


async def test_what_slack_signed_gets_in(send: Send, target: Target, reached: Reached) -> None:
    for off in (-WINDOW + 20, 0, WINDOW - 20):
        at = str(int(time.time()) + off)
        assert await send(request(target.command(), target.signed(target.command(), at))) == 200
    assert len(reached) == 3


async def test_in_chunks_it_gets_in_as_well(send: Send, target: Target, reached: Reached) -> None:
    body = target.command()
    chunked = [("Transfer-Encoding", "chunked"), *target.signed(body)]
    head = request(b"", chunked).replace(b"Content-Length: 0\r\n", b"")
    chunks = b"".join(b"%x\r\n%b\r\n" % (len(part), part) for part in (body[:7], body[7:]))
    assert await send(head + chunks + b"0\r\n\r\n") == 200
    assert await send(head + b"zz\r\n" + chunks) == 400
    assert len(reached) == 1


async def test_what_slack_did_not_sign_is_refused(
    world: World, send: Send, target: Target, reached: Reached, hear: Hear
) -> None:
    before, calls = await stored(world), len(world.slack.calls)
    reasons = await hear({name: (make, {401}) for name, make in UNVERIFIED.items()})
    assert (len(reasons), set(reasons)) == (len(UNVERIFIED), {"timestamp", "signature"})
    assert (await stored(world), len(world.slack.calls), reached) == (before, calls, [])
    assert await send(good(target)) == 200


async def test_what_is_signed_and_nothing_of_slacks_is_refused(
    world: World, send: Send, target: Target, reached: Reached, hear: Hear
) -> None:
    before, calls = await stored(world), len(world.slack.calls)
    reasons = await hear({name: (make, {400}) for name, make in UNREADABLE.items()})
    assert reasons == ["unreadable"] * len(UNREADABLE)
    assert (await stored(world), len(world.slack.calls), reached) == (before, calls, [])
    assert await send(good(target)) == 200


async def test_what_is_no_request_to_us_is_refused(
    world: World, send: Send, target: Target, reached: Reached, hear: Hear
) -> None:
    before, calls = await stored(world), len(world.slack.calls)
    assert await hear(ILL_FORMED) == ["too_large"]
    assert (await stored(world), len(world.slack.calls), reached) == (before, calls, [])
    assert await send(good(target)) == 200


async def test_what_is_signed_and_means_nothing_is_no_error_of_ours(
    world: World, send: Send, target: Target, hear: Hear
) -> None:
    world.expected_refusals = {"channel_not_found", "user_not_found", "invalid_trigger_id"}
    assert await hear(MEANINGLESS) == []
    assert await send(good(target)) == 200


async def test_a_refusal_is_logged_with_a_hash_and_counted(world: World, send: Send, target: Target) -> None:
    with capture_logs() as logged:
        assert await send(request(target.command(), [])) == 401
    [entry] = logged
    assert (entry["event"], entry["log_level"], entry["reason"]) == ("gate.refused", "warning", "timestamp")
    assert entry["body_sha256"] == hashlib.sha256(target.command()).hexdigest()
    counted = world.app.telemetry.refused.labels("timestamp")
    assert counted._value.get() == 1


# The same request again


async def test_the_same_request_gets_in_once(send: Send, target: Target, reached: Reached) -> None:
    sent = good(target)
    assert sorted(await asyncio.gather(*(send(sent) for _ in range(10)))) == [200] + [401] * 9
    assert await send(sent) == 401
    assert len(reached) == 1
    assert await send(good(target)) == 200


async def test_what_slack_signs_anew_gets_in_and_is_done_once(
    world: World, send: Send, target: Target
) -> None:
    now, body = int(time.time()), target.command()
    for at in (now, now + 1, now + 2):
        assert await send(request(body, target.signed(body, str(at)))) == 200
    async with world.app.engine.connect() as connection:
        keys = Base.metadata.tables["inbound_keys"]
        assert (await connection.scalars(select(keys.c.key))).all() == [f"trigger:{target.mark}"]


async def test_what_we_could_not_handle_may_come_again(world: World, send: Send, target: Target) -> None:
    said = {"type": "message", "channel": world.mara.dm.id, "channel_type": "im", "user": world.mara.id}
    sent = event(said | {"ts": "1.000100", "text": "44"})(target)
    async with without(world.app.engine, "inbound_keys"):
        with capture_logs() as logged:
            assert [await send(sent) for _ in range(2)] == [500, 500]
        assert [entry["event"] for entry in logged] == ["listener.failed"] * 2
    assert [await send(sent) for _ in range(2)] == [200, 401]


async def test_what_could_not_be_read_may_come_again(send: Send, target: Target) -> None:
    sent = UNREADABLE["a list"](target)
    assert [await send(sent) for _ in range(2)] == [400, 400]


async def test_memory_has_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 1000.0
    monkeypatch.setattr(gate, "monotonic", lambda: now)
    remembered = Remembered(60, most=3)
    signatures = [f"v0={number:064x}" for number in range(5)]
    assert [remembered.add(each) for each in signatures[:3]] == [True] * 3
    assert not remembered.add(signatures[2])
    now += 59
    assert not remembered.add(signatures[2])
    assert remembered.add(signatures[3])  # the oldest made room
    assert len(remembered) == 3
    now += 1
    assert remembered.add(signatures[2])
    assert len(remembered) == 2
    remembered.discard(signatures[2])
    assert remembered.add(signatures[2])


# Slow ones


async def test_a_body_that_does_not_come_is_not_waited_for(
    port: int, target: Target, reached: Reached, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gate, "PATIENCE", 0.2)
    sent = good(target)
    assert (await answer(port, sent[:-5]))[0] == 408
    drops = [sent[:-20], *(bytes([byte]) for byte in sent[-20:])]
    assert (await answer(port, *drops, pause=0.02))[0] in {408, 0}  # a reset, if bytes still came
    assert reached == []
    assert (await answer(port, sent))[0] == 200


async def test_a_head_that_does_not_come_is_not_waited_for(
    port: int, target: Target, reached: Reached, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server, "PATIENCE", 0.2)
    sent = good(target)
    assert (await answer(port))[0] == 0
    assert (await answer(port, *(bytes([byte]) for byte in sent[:20]), pause=0.02))[0] == 0
    assert reached == []
    assert (await answer(port, sent))[0] == 200


async def test_somebody_who_hangs_up_leaves_nothing(
    port: int, target: Target, reached: Reached, send: Send
) -> None:
    sent = good(target)
    for end in (10, 100, len(sent) - 5):
        _, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(sent[:end])
        await writer.drain()
        writer.close()
    assert await send(sent) == 200
    assert len(reached) == 1
