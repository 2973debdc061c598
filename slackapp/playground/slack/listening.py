"""The port this Slack listens on: opened, closed at once, and refusing or resetting connections on demand."""

import asyncio
import errno
import os
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import uvicorn
from starlette.types import ASGIApp
from uvicorn.protocols.http.h11_impl import H11Protocol

from slackapp.playground.slack.backend import Slack
from slackapp.playground.slack.broken_answers import reset


class Connection(H11Protocol):
    """A connection that its requests know, as `scope["state"]["connection"]`."""

    #: No answer will ever come on it.
    forsaken = False

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn has it
        self.app_state = {"connection": self}
        super().connection_made(transport)

    @property
    def in_control(self) -> bool:
        """Whether a request to the control API is being answered on it."""
        if self.cycle is None or self.cycle.response_complete:  # type: ignore[redundant-expr]  # None before the first
            return False
        return str(self.scope["path"]).startswith("/control/")


class Listener:
    """Serves an application on one port. A `fault_injection.Network`."""

    def __init__(self, app: ASGIApp) -> None:
        self._config = uvicorn.Config(
            app,
            http=Connection,
            ws="websockets-sansio",
            lifespan="off",
            log_config=None,
            access_log=False,
            timeout_keep_alive=60,
        )
        self._config.load()
        self._state = uvicorn.server.ServerState()
        self._accepting: asyncio.Server | None = None
        self._reopening: asyncio.Task[None] | None = None
        self._socket: socket.socket | None = None
        self.address: tuple[str, int] = ("", 0)

    async def open(self, host: str, port: int) -> None:
        """Listen on `host:port` (0: any free port). OSError if that cannot be had."""
        self._socket = bound(host, port)
        self.address = (host, self._socket.getsockname()[1])
        await self._serve(self._socket)

    async def _serve(self, listener: socket.socket) -> None:
        loop = asyncio.get_running_loop()
        self._accepting = await loop.create_server(self._connection, sock=listener, start_serving=False)
        await self._accepting.start_serving()

    def _connection(self) -> asyncio.Protocol:
        return Connection(self._config, self._state, {})

    def reset(self) -> None:
        for connection in list(self._state.connections):
            if isinstance(connection, Connection) and connection.in_control:
                continue
            transport: Any = connection.transport
            reset(transport)

    def refuse(self) -> None:
        self._stop_accepting()
        # Bound and not listening, the port refuses connections and cannot be taken by anybody else.
        self._socket = bound(*self.address)
        self.reset()

    def accept(self) -> None:
        assert self._socket is not None
        self._socket.listen()
        self._reopening = asyncio.get_running_loop().create_task(self._serve(self._socket))

    def _stop_accepting(self) -> None:
        if self._reopening is not None:
            self._reopening.cancel()
            self._reopening = None
        if self._accepting is not None:
            self._accepting.close()
            self._accepting = None
        if self._socket is not None:
            self._socket.close()

    async def close(self) -> None:
        """Stop at once: `uvicorn.Server.shutdown` sleeps a tenth of a second, which a thousand tests feel."""
        self._stop_accepting()
        for connection in list(self._state.connections):
            if isinstance(connection, Connection) and connection.forsaken:
                connection.transport.abort()
            else:
                connection.shutdown()
        if self._state.tasks:
            _, unfinished = await asyncio.wait(self._state.tasks, timeout=1)
            for task in unfinished:
                task.cancel()
        await asyncio.sleep(0)


def bound(host: str, port: int) -> socket.socket:
    """A TCP socket on that address, port 0 for any free one. OSError if it cannot be had."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # Without the protocol asyncio does not see that it is TCP, and leaves Nagle's algorithm on: 40 ms a call.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        # On Windows it would let two listen on one port.
        if os.name == "posix":
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
    except OSError:
        listener.close()
        raise
    return listener


def whose(error: OSError) -> str:
    """Which option is to be another one, where nobody can listen for this reason."""
    is_the_hosts = isinstance(error, socket.gaierror) or error.errno == errno.EADDRNOTAVAIL
    return "--host" if is_the_hosts else "--port"


@asynccontextmanager
async def listening(slack: Slack, app: ASGIApp, host: str, port: int) -> AsyncIterator[None]:
    """Serve on `host:port` (0: any free port) while the block runs; sets `slack.url`."""
    listener = Listener(app)
    await listener.open(host, port)
    slack.url = "http://{}:{}".format(*listener.address)
    slack.injector.network = listener
    try:
        yield
    finally:
        slack.injector.close()
        await slack.sockets.disconnect("link_disabled")
        await listener.close()
