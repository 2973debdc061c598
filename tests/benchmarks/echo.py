"""Answers like Slack's Web API, and looks at nothing: where the stand-in would be the bottleneck.

`python -m tests.benchmarks.echo` prints the port it listens on. Who calls with a token that ends in `limited`
is told to come back in two seconds.
"""

import asyncio
import socket
from itertools import count

_OK = (
    b'{"ok":true,"channel":"D0BENCH00","ts":"%010d.000100","message":{"type":"message","user":"U0BENCH00",'
    b'"bot_id":"B0BENCH00","app_id":"A0BENCH00","text":"What happened after Release 7?","ts":"%010d.000100"}}'
)
_LIMITED = b'{"ok":false,"error":"ratelimited"}'
_HEAD = b"HTTP/1.1 %s\r\nContent-Type: application/json; charset=utf-8\r\n%sContent-Length: %d\r\n\r\n"
_numbers = count(1_700_000_000)


class Echo(asyncio.Protocol):
    """One connection that is kept."""

    _transport: asyncio.Transport

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        transport.get_extra_info("socket").setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._buffer = b""

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        head, end, body = self._buffer.partition(b"\r\n\r\n")
        if not end:
            return
        lower = head.lower()
        length = lower.partition(b"content-length:")[2].partition(b"\r\n")[0]
        if len(body) < int(length or 0):
            return
        self._buffer = b""
        if b"limited\r\n" in head + b"\r\n":
            self._answer(b"429 Too Many Requests", _LIMITED, b"Retry-After: 2\r\n")
            return
        number = next(_numbers)
        self._answer(b"200 OK", _OK % (number, number))

    def _answer(self, status: bytes, body: bytes, more: bytes = b"") -> None:
        self._transport.write(_HEAD % (status, more, len(body)) + body)


async def _serve() -> None:
    server = await asyncio.get_running_loop().create_server(Echo, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)  # noqa: T201 - whoever started it needs to know
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(_serve())
