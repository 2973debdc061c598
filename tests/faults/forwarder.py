"""Stands where Slack posts to, and brings each request to one replica after the other, or to both, twice."""

import asyncio
import hashlib
import hmac
import itertools
import random
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress

_BROKEN = b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
_OK = b"HTTP/1.1 200"
#: Seconds a replica may take: Slack's own three, and one more.
_PATIENCE = 4.0
COPIES = 4


class Forwarder:
    def __init__(self, ports: Sequence[int], secret: str, seed: int, doubling: float) -> None:
        """`doubling`: how likely a request is brought four times, signed anew as Slack's repetitions are."""
        self.secret = secret
        self._ports, self._doubling = ports, doubling
        self._next = itertools.cycle(range(len(ports)))
        self._chance = random.Random(f"forwarder {seed}")  # noqa: S311 - has to be repeatable
        self.doubled = 0
        self._open: set[asyncio.Task[None]] = set()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._open.add(task)
        try:
            head, body = await _message(reader)
            writer.write(await self._answer(head, body))
            await writer.drain()
        except (OSError, asyncio.IncompleteReadError):
            pass  # whoever asked is gone
        finally:
            self._open.discard(task)
            writer.close()

    async def close(self) -> None:
        for task in list(self._open):
            task.cancel()
        await asyncio.gather(*self._open, return_exceptions=True)

    async def _answer(self, head: bytes, body: bytes) -> bytes:
        first = next(self._next)
        if self._chance.random() >= self._doubling:
            # One that does not listen is passed over, as a balancer does it.
            for number in range(len(self._ports)):
                answer = await self._bring(self._ports[(first + number) % len(self._ports)], head, body)
                if answer is not None:
                    return answer
            return _BROKEN
        self.doubled += 1
        brought = [
            self._bring(self._ports[(first + copy) % len(self._ports)], self._signed(head, body, copy), body)
            for copy in range(COPIES)
        ]
        answers = [answer for answer in await asyncio.gather(*brought) if answer is not None]
        return next((each for each in answers if each.startswith(_OK)), answers[0] if answers else _BROKEN)

    async def _bring(self, port: int, head: bytes, body: bytes) -> bytes | None:
        """The replica's answer, broken if it died over it; None if nobody listens there."""
        try:
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
        except OSError:
            return None
        try:
            async with asyncio.timeout(_PATIENCE):
                writer.write(head + body)
                answered, content = await _message(reader)
        except (OSError, asyncio.IncompleteReadError, TimeoutError):
            return _BROKEN
        finally:
            writer.close()
        return answered.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n") + content

    def _signed(self, head: bytes, body: bytes, copy: int) -> bytes:
        """The same request as Slack signs it some seconds later."""
        timestamp = str(int(time.time()) + 2 + copy)
        signed = f"v0:{timestamp}:".encode() + body
        digest = hmac.new(self.secret.encode(), signed, hashlib.sha256).hexdigest()
        kept = [
            line
            for line in head.rstrip(b"\r\n").split(b"\r\n")
            if not line.lower().startswith((b"x-slack-signature:", b"x-slack-request-timestamp:"))
        ]
        new = [f"X-Slack-Request-Timestamp: {timestamp}".encode(), f"X-Slack-Signature: v0={digest}".encode()]
        return b"\r\n".join([*kept, *new]) + b"\r\n\r\n"


async def _message(reader: asyncio.StreamReader) -> tuple[bytes, bytes]:
    """Head and body of one HTTP message whose length is given."""
    head = await reader.readuntil(b"\r\n\r\n")
    lengths = [line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")]
    return head, await reader.readexactly(int(lengths[0].split(b":")[1])) if lengths else b""


@asynccontextmanager
async def forwarding(forwarder: Forwarder) -> AsyncIterator[int]:
    """The port it listens on while the block runs."""
    server = await asyncio.start_server(forwarder.serve, "127.0.0.1", 0)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()
        await forwarder.close()
        with suppress(OSError):
            await server.wait_closed()
