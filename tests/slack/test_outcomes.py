"""What a call to Slack came to, over a real connection that answers whatever it likes."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from slackapp.slack.client import Slack
from slackapp.slack.outcomes import (
    TOKEN,
    UNCERTAIN,
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


@pytest.mark.parametrize("error", sorted(UNCERTAIN))
async def test_slack_may_not_know_itself(server: Answering, client: AsyncWebClient, error: str) -> None:
    server.will_refuse(error)
    assert await posted(client) == Unknown(error)


@pytest.mark.parametrize("error", sorted(TOKEN))
async def test_trouble_with_the_token_is_not_about_the_message(
    server: Answering, client: AsyncWebClient, error: str
) -> None:
    server.will_refuse(error)
    assert await posted(client) == TokenTrouble(error)


@pytest.mark.parametrize("error", ["channel_not_found", "not_in_channel", "invalid_blocks", "something_new"])
async def test_any_other_refusal_is_for_good(server: Answering, client: AsyncWebClient, error: str) -> None:
    server.will_refuse(error)
    assert await posted(client) == Refused(error)


@pytest.mark.parametrize(
    ("header", "wait"),
    [
        ("Retry-After: 30\r\n", 30.0), ("retry-after: 0.5\r\n", 0.5), ("Retry-After: -3\r\n", 0.0),
        ("", None), ("Retry-After: soon\r\n", None), ("Retry-After: nan\r\n", None),
        ("Retry-After: inf\r\n", None),
    ],
)  # fmt: skip
async def test_a_rate_limit_says_how_long_to_wait(
    server: Answering, client: AsyncWebClient, header: str, wait: float | None
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
