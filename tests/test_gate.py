"""What is not Slack's is turned away: no server error, no handler run, nothing of it in a log."""

import hashlib
import hmac
import logging
import time
from collections.abc import Awaitable, Callable, Mapping

import aiohttp
import pytest
from structlog.testing import capture_logs

from slackapp.gate import LARGEST, WINDOW
from tests.support.world import World

#: Stands in every body, and must stand in no log.
CANARY = b"nobody-logs-this"
TIMESTAMP, SIGNATURE = "X-Slack-Request-Timestamp", "X-Slack-Signature"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
JSON = {"Content-Type": "application/json"}

Headers = Mapping[str, str] | list[tuple[str, str]]


def command(world: World) -> bytes:
    team_id, person_id = world.slack.team_id, world.mara.id
    words = (
        f"command=/launch&text=list&user_id={person_id}&channel_id={world.team.id}&team_id={team_id}"
        "&trigger_id=1.2.abc&token="
    )
    return words.encode() + CANARY


def signed(world: World, body: bytes, *, timestamp: str | None = None) -> dict[str, str]:
    """The headers of a request that Slack sent just now, or at the timestamp."""
    secret = world.app.settings.slack_signing_secret
    assert secret is not None
    at = timestamp or str(int(time.time()))
    message = b"v0:" + at.encode() + b":" + body
    digest = hmac.new(secret.get_secret_value().encode(), message, hashlib.sha256).hexdigest()
    return {TIMESTAMP: at, SIGNATURE: f"v0={digest}"}


def without(name: str) -> Callable[[World], Headers]:
    return lambda world: {key: value for key, value in signed(world, command(world)).items() if key != name}


def given(name: str, value: str) -> Callable[[World], Headers]:
    return lambda world: signed(world, command(world)) | {name: value}


def at(timestamp: Callable[[], str]) -> Callable[[World], Headers]:
    """Rightly signed, over that timestamp."""
    return lambda world: signed(world, command(world), timestamp=timestamp())


UNVERIFIED: dict[str, Callable[[World], Headers]] = {
    "no headers": lambda _: {},
    "no timestamp": without(TIMESTAMP),
    "no signature": without(SIGNATURE),
    "empty timestamp": given(TIMESTAMP, ""),
    "a word as timestamp": at(lambda: "yesterday"),
    "a fraction as timestamp": at(lambda: f"{time.time():.3f}"),
    "a negative timestamp": at(lambda: f"-{int(time.time())}"),
    "a signed timestamp": at(lambda: f"+{int(time.time())}"),
    "digits of another script": at(
        lambda: str(int(time.time())).translate({48 + n: 0x660 + n for n in range(10)})
    ),
    "a superscript": at(lambda: f"{int(time.time())}²"),
    "an endless timestamp": at(lambda: "1" * 5000),
    "not a number": at(lambda: "nan"),
    "too old": at(lambda: str(int(time.time()) - WINDOW - 5)),
    "too new": at(lambda: str(int(time.time()) + WINDOW + 5)),
    "another timestamp than was signed": given(TIMESTAMP, str(int(time.time()) - 7)),
    "empty signature": given(SIGNATURE, ""),
    "a signature that is not ASCII": given(SIGNATURE, "v0=" + "é" * 64),
    "another version": lambda world: {
        key: value.replace("v0=", "v1=") for key, value in signed(world, command(world)).items()
    },
    "in capitals": lambda world: {key: value.upper() for key, value in signed(world, command(world)).items()},
    "cut short": lambda world: {
        key: value[:-1] if key == SIGNATURE else value for key, value in signed(world, command(world)).items()
    },
    "of the right form, and wrong": given(SIGNATURE, "v0=" + "0" * 64),
    "of another body": lambda world: signed(world, command(world) + b"&more=1"),
    "two signatures": lambda world: [*signed(world, command(world)).items(), (SIGNATURE, "v0=" + "0" * 64)],
}

UNREADABLE: dict[str, tuple[bytes, Mapping[str, str]]] = {
    "bad UTF-8 in a form": (b"payload=\xff\xfe" + CANARY, FORM),
    "bad UTF-8 in JSON": (b'{"a": "\xc3\x28' + CANARY + b'"}', JSON),
    "deep JSON": (b'{"' + CANARY + b'": ' + b"[" * 200_000, JSON),
    "deep JSON in a form": (b"token=" + CANARY + b"&payload=" + b"[" * 200_000 + b"]" * 200_000, FORM),
    "JSON that breaks off": (b'{"a": "' + CANARY, JSON),
    "a number too long": (b'{"' + CANARY + b'": ' + b"1" * 5000 + b"}", JSON),
    "a list": (b'["' + CANARY + b'"]', JSON),
    "a number as payload": (b"token=" + CANARY + b"&payload=3", FORM),
    "nothing as payload": (b"token=" + CANARY + b"&payload=", FORM),
    "authorizations that are none": (b'{"authorizations": 3, "token": "' + CANARY + b'"}', JSON),
}

#: Bolt can read these, and nobody is meant by them.
MEANINGLESS: dict[str, tuple[bytes, Mapping[str, str]]] = {
    "empty": (b"", FORM),
    "an empty object": (b"{}", JSON),
    "half a surrogate": (
        b'{"type": "event_callback", "event": {"type": "message", "text": "\\ud800"}}',
        JSON,
    ),
    "another shape": (
        b'{"type": "block_actions", "actions": 3, "user": [], "token": "' + CANARY + b'"}',
        JSON,
    ),
    "a foreign command": (b"command=%2Felsewhere&team_id=T1&token=" + CANARY, FORM),
}

Send = Callable[[bytes, Headers], Awaitable[int]]


@pytest.fixture
def reached(world: World) -> list[str]:
    """What came through to Bolt's own middleware, behind the gate."""
    seen: list[str] = []

    async def watch(body: dict[str, object], next: Callable[[], Awaitable[None]]) -> None:  # noqa: A002 - Bolt's name
        seen.append(str(body))
        await next()

    world.app.bolt.use(watch)
    return seen


@pytest.fixture
def send(world: World) -> Send:
    async def post(body: bytes, headers: Headers) -> int:
        async with (
            aiohttp.ClientSession() as session,
            session.post(str(world.slack.request_url), data=body, headers=headers) as response,
        ):
            return response.status

    return post


async def test_what_slack_signed_gets_in(world: World, send: Send, reached: list[str]) -> None:
    assert await send(command(world), FORM | signed(world, command(world))) == 200
    assert len(reached) == 1


async def test_a_clock_that_is_a_little_off_is_no_trouble(
    world: World, send: Send, reached: list[str]
) -> None:
    for off in (-WINDOW + 20, WINDOW - 20):
        assert (
            await send(command(world), signed(world, command(world), timestamp=str(int(time.time()) + off)))
            == 200
        )
    assert len(reached) == 2


@pytest.mark.parametrize("case", UNVERIFIED)
async def test_what_slack_did_not_sign_is_refused(
    world: World, send: Send, reached: list[str], caplog: pytest.LogCaptureFixture, case: str
) -> None:
    with caplog.at_level(logging.DEBUG), capture_logs() as logged:
        assert await send(command(world), UNVERIFIED[case](world)) == 401
    assert reached == []
    [entry] = logged
    assert (entry["event"], entry["log_level"]) == ("gate.refused", "warning")
    assert entry["body_sha256"] == hashlib.sha256(command(world)).hexdigest()
    assert CANARY.decode() not in f"{logged} {caplog.text}"


@pytest.mark.parametrize("case", UNREADABLE)
async def test_what_is_signed_and_cannot_be_read_is_no_error_of_ours(
    world: World, send: Send, reached: list[str], caplog: pytest.LogCaptureFixture, case: str
) -> None:
    body, kind = UNREADABLE[case]
    with caplog.at_level(logging.DEBUG), capture_logs() as logged:
        assert await send(body, {**kind, **signed(world, body)}) == 400
    assert reached == []
    assert [entry["reason"] for entry in logged] == ["unreadable"]
    assert CANARY.decode() not in f"{logged} {caplog.text}"


@pytest.mark.parametrize("case", MEANINGLESS)
async def test_what_is_signed_and_means_nothing_is_no_error_of_ours(
    world: World, send: Send, caplog: pytest.LogCaptureFixture, case: str
) -> None:
    body, kind = MEANINGLESS[case]
    with capture_logs() as logged:
        assert await send(body, {**kind, **signed(world, body)}) < 500
    assert CANARY.decode() not in f"{logged} {caplog.text}"


async def test_a_huge_body_is_refused_though_it_is_signed(
    world: World, send: Send, reached: list[str]
) -> None:
    body = b"text=" + b"x" * LARGEST
    with capture_logs() as logged:
        assert await send(body, signed(world, body)) == 413
    assert reached == []
    assert [entry["reason"] for entry in logged] == ["too_large"]


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "OPTIONS"])
async def test_only_a_post_gets_in(world: World, reached: list[str], method: str) -> None:
    async with (
        aiohttp.ClientSession() as session,
        session.request(
            method, str(world.slack.request_url), data=command(world), headers=signed(world, command(world))
        ) as response,
    ):
        assert response.status == 405
    assert reached == []
