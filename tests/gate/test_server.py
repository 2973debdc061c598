"""Who asks and then takes no answer holds no connection for long."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import pytest
import uvicorn
from uvicorn._types import ASGIReceiveCallable, ASGISendCallable, Scope

from slackapp import server

#: More than the kernel keeps for a connection, on both sides together.
MUCH = bytes(32_000_000)
REQUEST = b"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"


@asynccontextmanager
async def serving(pieces: list[bytes], told: asyncio.Event) -> AsyncIterator[socket.socket]:
    """A connection to a server of ours, which answers with these pieces and tells when it is rid of them."""

    async def app(scope: Scope, receive: ASGIReceiveCallable, send: ASGISendCallable) -> None:
        del scope, receive
        await send({"type": "http.response.start", "status": 200, "headers": []})
        for piece in pieces:
            await send({"type": "http.response.body", "body": piece, "more_body": True})
        await send({"type": "http.response.body", "body": b"", "more_body": False})
        told.set()

    config = uvicorn.Config(app, http=server.Connection, ws="none", log_config=None, lifespan="off")
    with socket.create_server(("127.0.0.1", 0)) as listener, socket.socket() as client:
        running = uvicorn.Server(config)
        task = asyncio.create_task(running._serve([listener]))
        client.settimeout(0)
        await asyncio.get_running_loop().sock_connect(client, listener.getsockname())
        try:
            yield client
        finally:
            client.close()
            running.should_exit = running.force_exit = True
            await task


async def rest(client: socket.socket) -> int:
    """How many bytes come until the end, or until the connection is reset."""
    found = 0
    with suppress(ConnectionError):
        while taken := await asyncio.get_running_loop().sock_recv(client, 1_000_000):
            found += len(taken)
    return found


@pytest.mark.parametrize("pieces", [[MUCH], [MUCH, b"more"]])
async def test_an_answer_that_nobody_takes_is_not_kept(
    pieces: list[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server, "PATIENCE", 0.2)
    told = asyncio.Event()
    async with serving(pieces, told) as client:
        loop = asyncio.get_running_loop()
        await loop.sock_sendall(client, REQUEST)
        async with asyncio.timeout(60):
            await told.wait()
            await asyncio.sleep(1)
            # Where the connection still stood, all of the answer would come.
            assert await rest(client) < len(MUCH)


async def test_an_answer_that_is_taken_comes_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "PATIENCE", 60.0)
    told = asyncio.Event()
    async with serving([MUCH, b"more"], told) as client:
        loop = asyncio.get_running_loop()
        await loop.sock_sendall(client, REQUEST)
        async with asyncio.timeout(60):
            assert await rest(client) > len(MUCH)
