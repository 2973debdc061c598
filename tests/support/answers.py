"""A Slack that says what it was told to say, for answers that no real one gives on demand."""

import asyncio
import json
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any

#: Status, headers, and what Slack says.
Answer = tuple[int, Mapping[str, str], Mapping[str, Any]]


@asynccontextmanager
async def answering(*answers: Answer) -> AsyncIterator[str]:
    """Give these answers in their order, the last for ever, whatever is asked; yields the API's URL."""
    waiting = list(answers)

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(_http(*(waiting.pop(0) if len(waiting) > 1 else waiting[0])))
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/api/"


def _http(status: int, headers: Mapping[str, str], said: Mapping[str, Any]) -> bytes:
    body = json.dumps(said).encode()
    lines: Sequence[str] = [
        f"HTTP/1.1 {status} Said",
        "Content-Type: application/json",
        f"Content-Length: {len(body)}",
        "Connection: close",
        *(f"{name}: {value}" for name, value in headers.items()),
    ]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body
