"""What a call to Slack came to, over a real connection that answers whatever it likes."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress

import pytest
from slack_sdk.web.async_client import AsyncWebClient
from structlog.testing import capture_logs

from slackapp.slack.client import Slack
from slackapp.slack.error_names import ERRORS, Means
from slackapp.slack.outcomes import (
    LONGEST,
    UNSAID,
    Done,
    NotSent,
    Outcome,
    Refused,
    TokenTrouble,
    Unknown,
    outcome_of,
)


class Answering:
    """A server that gives every request the same answer, byte for byte."""

    def __init__(self) -> None:
        self.answer = b""
        self.requests = 0
        self.url = ""

    def will_say(
        self, status: int, body: bytes, headers: str = "", *, kind: str = "application/json"
    ) -> None:
        self.answer = (
            f"HTTP/1.1 {status} X\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n"
            f"Connection: close\r\n{headers}\r\n"
        ).encode() + body

    def will_refuse(self, error: str, status: int = 200, headers: str = "") -> None:
        self.will_say(status, json.dumps({"ok": False, "error": error}).encode(), headers)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        length = head.lower().partition(b"content-length:")[2].partition(b"\r\n")[0]
        await reader.readexactly(int(length or b"0"))
        self.requests += 1
        writer.write(self.answer)
        await writer.drain()
        writer.close()


@pytest.fixture
async def server() -> AsyncIterator[Answering]:
    answering = Answering()
    server = await asyncio.start_server(answering.serve, "127.0.0.1", 0)
    answering.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/api/"
    yield answering
    server.close()
    await server.wait_closed()


@pytest.fixture
async def client(server: Answering) -> AsyncIterator[AsyncWebClient]:
    slack = Slack(server.url, 0.5)
    yield slack.client("xoxb-1")
    await slack.close()


async def posted(client: AsyncWebClient) -> Outcome:
    return await outcome_of(client.chat_postMessage(channel="C1", text="x"))


async def test_an_accepted_call_is_done(server: Answering, client: AsyncWebClient) -> None:
    server.will_say(200, b'{"ok": true, "ts": "1.20"}')
    assert await posted(client) == Done({"ok": True, "ts": "1.20"})


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<p>Hello</p>",
        b"[]",
        b'"ok"',
        b"null",
        b"{}",
        b'{"ok": null}',
        b'{"ok": true, "ts"',
        b"\xff\xfe",
    ],
)
@pytest.mark.parametrize("kind", ["application/json", "text/html"])
async def test_an_answer_that_is_not_slacks_proves_nothing(
    server: Answering, client: AsyncWebClient, body: bytes, kind: str
) -> None:
    server.will_say(200, body, kind=kind)
    assert isinstance(await posted(client), Unknown)


@pytest.mark.parametrize("status", [500, 502, 503, 504])
@pytest.mark.parametrize("body", [b"", b"<p>Sorry</p>", b'{"ok": false, "error": "channel_not_found"}'])
async def test_a_server_error_proves_nothing(
    server: Answering, client: AsyncWebClient, status: int, body: bytes
) -> None:
    server.will_say(status, body)
    assert isinstance(await posted(client), Unknown)


RATE = {"ratelimited", "rate_limited"}
#: What an outcome of each class looks like; a rate limit has its own name, whichever of the two Slack uses.
CLASSES: dict[Means, Callable[[str], Outcome]] = {
    Means.NOT_SENT: lambda name: NotSent("ratelimited", UNSAID) if name in RATE else NotSent(name),
    Means.UNKNOWN: Unknown,
    Means.REFUSED: Refused,
    Means.TOKEN_TROUBLE: TokenTrouble,
}


async def test_every_error_that_slack_documents_comes_to_its_class(
    server: Answering, client: AsyncWebClient
) -> None:
    for name, means in ERRORS.items():
        server.will_refuse(name)
        assert await posted(client) == CLASSES[means](name), name


async def test_a_name_that_stands_in_no_table_is_refused_and_logged(
    server: Answering, client: AsyncWebClient
) -> None:
    server.will_refuse("something_new")
    with capture_logs() as logs:
        assert await posted(client) == Refused("something_new")
        server.will_refuse("is_archived")
        assert await posted(client) == Refused("is_archived")
    assert [(entry["event"], entry["reason"]) for entry in logs] == [
        ("slack.unlisted_error", "something_new")
    ]


@pytest.mark.parametrize("error", ["", "Not allowed here!", "x" * 5_000, "<!channel>", {"code": 7}, None, 5])
async def test_what_is_no_name_was_not_said_by_slack(
    server: Answering, client: AsyncWebClient, error: object
) -> None:
    server.will_say(200, json.dumps({"ok": False, "error": error}).encode())
    assert await posted(client) == Unknown("http_200")


@pytest.mark.parametrize("status", [400, 403, 404, 408, 413])
@pytest.mark.parametrize("kind", ["application/json", "text/html"])
async def test_what_something_between_us_and_slack_says_proves_nothing(
    server: Answering, client: AsyncWebClient, status: int, kind: str
) -> None:
    server.will_say(status, b"<p>No</p>", kind=kind)
    assert isinstance(await posted(client), Unknown)


@pytest.mark.parametrize(
    ("header", "wait"),
    [
        ("Retry-After: 30\r\n", 30.0), ("retry-after: 0.5\r\n", 0.5), ("Retry-After: 0\r\n", 0.0),
        ("Retry-After: 3600\r\n", 3600.0), ("Retry-After: 1000000000\r\n", LONGEST),
        ("", UNSAID), ("Retry-After: soon\r\n", UNSAID), ("Retry-After: -3\r\n", UNSAID),
        ("Retry-After: nan\r\n", UNSAID), ("Retry-After: inf\r\n", UNSAID),
        ("Retry-After: Wed, 21 Oct 2026 07:28:00 GMT\r\n", UNSAID),
    ],
)  # fmt: skip
async def test_a_rate_limit_says_how_long_to_wait(
    server: Answering, client: AsyncWebClient, header: str, wait: float
) -> None:
    server.will_refuse("ratelimited", 429, header)
    assert await posted(client) == NotSent("ratelimited", wait)


async def test_a_rate_limit_without_a_readable_body_is_one(server: Answering, client: AsyncWebClient) -> None:
    server.will_say(429, b"<p>Slow down</p>", "Retry-After: 7\r\n", kind="text/html")
    assert await posted(client) == NotSent("ratelimited", 7.0)


async def test_a_body_cut_short_proves_nothing(server: Answering, client: AsyncWebClient) -> None:
    server.will_say(200, b'{"ok": true, "ts": "1.20"}')
    server.answer = server.answer[:-5]
    assert isinstance(await posted(client), Unknown)


async def test_no_answer_proves_nothing_and_is_asked_for_only_once(
    server: Answering, client: AsyncWebClient
) -> None:
    server.answer = b""
    assert isinstance(await posted(client), Unknown)
    assert server.requests == 1


@asynccontextmanager
async def peer(behave: Callable[[asyncio.StreamWriter], Awaitable[None]]) -> AsyncIterator[str]:
    """Something at `127.0.0.1:port` that reads a little and then behaves like this."""

    served = asyncio.Event()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(10)
        await behave(writer)
        writer.transport.abort()
        with suppress(ConnectionError):
            await writer.wait_closed()
        served.set()

    async with await asyncio.start_server(serve, "127.0.0.1", 0) as server:
        yield f"127.0.0.1:{server.sockets[0].getsockname()[1]}"
        await served.wait()


async def test_an_answer_too_late_proves_nothing(client: AsyncWebClient) -> None:
    async def sleep(writer: asyncio.StreamWriter) -> None:
        del writer
        await asyncio.sleep(1)

    async with peer(sleep) as address:
        client.base_url = f"http://{address}/api/"
        assert await posted(client) == Unknown("TimeoutError")


@pytest.mark.parametrize("address", ["http://127.0.0.1:1/api/", "http://nowhere.invalid/api/"])
async def test_without_a_connection_nothing_was_sent(client: AsyncWebClient, address: str) -> None:
    client.base_url = address
    outcome = await posted(client)
    assert isinstance(outcome, NotSent)
    assert outcome.wait is None


async def test_where_no_secure_connection_can_be_made_nothing_was_sent(client: AsyncWebClient) -> None:
    async def speak_plainly(writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")
        await writer.drain()
        await asyncio.sleep(0.1)

    async with peer(speak_plainly) as address:
        client.base_url = f"https://{address}/api/"
        assert isinstance(await posted(client), NotSent)
