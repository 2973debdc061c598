"""A wire between the app and the stand-in that breaks on demand: a TCP proxy that reads HTTP/1.1."""

import asyncio
import socket
import struct
from collections import defaultdict, deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from enum import Enum, auto


class Fault(Enum):
    RESET_BEFORE = auto()  # the request never arrives
    RESET_AFTER = auto()  # it arrives, the answer does not
    TRUNCATED = auto()  # half of the answer comes back
    ERROR_BEFORE = auto()  # 500, and nothing was done
    ERROR_AFTER = auto()  # 500, although it was done
    GARBAGE = auto()  # it is done, and a proxy's page answers with 200
    NEVER = auto()  # it is done, and no answer comes


#: None: nothing happens to it.
What = Fault | asyncio.Event | None

_ERROR = b"HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
_PAGE = (
    b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 9\r\nConnection: close\r\n\r\n<p>Hi</p>"
)


class Wire:
    """Each request takes one connection. Faults are used up, one a request, in the order they were given."""

    def __init__(self, upstream: str) -> None:
        host, _, port = upstream.removeprefix("http://").partition(":")
        self._upstream = (host, int(port))
        self._faults: dict[str, deque[What]] = defaultdict(deque)
        self._server: asyncio.Server | None = None
        self._heard: dict[str, asyncio.Event] = {}
        self._port = 0
        self._open: set[asyncio.Task[None]] = set()
        #: Methods asked for, in order, whether or not they arrived.
        self.asked: list[str] = []

    @property
    def api_url(self) -> str:
        return f"http://127.0.0.1:{self._port}/api/"

    def next(self, method: str, *faults: What) -> None:
        """What happens to the next requests of this method. One with an event waits for it, unharmed."""
        self._faults[method].extend(faults)

    async def hears(self, method: str) -> None:
        """Wait for the next request of this method to begin."""
        heard = self._heard[method] = asyncio.Event()
        async with asyncio.timeout(5):
            await heard.wait()

    async def connect(self) -> None:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", self._port)
        self._port = self._server.sockets[0].getsockname()[1]

    async def cut(self) -> None:
        """From now on connections are refused."""
        if self._server is not None:
            self._server.close()
            for task in list(self._open):
                task.cancel()
            await asyncio.gather(*self._open, return_exceptions=True)
            self._server = None

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._open.add(task)
        try:
            with suppress(asyncio.IncompleteReadError, ConnectionError):
                await self._pass_on(reader, writer)
        finally:
            self._open.discard(task)
            writer.close()

    async def _pass_on(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head, body = await _message(reader)
        method = head.split(b" ", 2)[1].decode().partition("?")[0].rpartition("/")[2]
        self.asked.append(method)
        if method in self._heard:
            self._heard.pop(method).set()
        faults = self._faults[method]
        fault = faults.popleft() if faults else None
        if isinstance(fault, asyncio.Event):
            await fault.wait()
        if fault is Fault.RESET_BEFORE:
            _reset(writer)
            return
        answer = _ERROR if fault is Fault.ERROR_BEFORE else await self._forward(head, body)
        if fault is Fault.RESET_AFTER:
            _reset(writer)
            return
        if fault is Fault.NEVER:
            await asyncio.sleep(3600)
        if fault is Fault.TRUNCATED:
            answer = answer[:-20]
        if fault is Fault.ERROR_AFTER:
            answer = _ERROR
        if fault is Fault.GARBAGE:
            answer = _PAGE
        writer.write(answer)
        await writer.drain()

    async def _forward(self, head: bytes, body: bytes) -> bytes:
        reader, writer = await asyncio.open_connection(*self._upstream)
        try:
            writer.write(head + body)
            answered, content = await _message(reader)
        finally:
            writer.close()
        return answered.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n") + content


async def _message(reader: asyncio.StreamReader) -> tuple[bytes, bytes]:
    """Head and body of one HTTP message whose length is given."""
    head = await reader.readuntil(b"\r\n\r\n")
    lengths = [line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")]
    return head, await reader.readexactly(int(lengths[0].split(b":")[1])) if lengths else b""


def _reset(writer: asyncio.StreamWriter) -> None:
    """Close with a RST, as a crashed peer does."""
    writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()


@asynccontextmanager
async def stretched(upstream: str) -> AsyncIterator[Wire]:
    """A wire to the stand-in at `upstream` (its root URL) while the block runs."""
    wire = Wire(upstream)
    await wire.connect()
    try:
        yield wire
    finally:
        await wire.cut()
