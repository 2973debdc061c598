"""Runs an app until it is told to stop: HTTP in front, the relay and the heartbeat behind."""

import asyncio
import signal
import socket
from collections.abc import Iterator
from contextlib import contextmanager

import structlog
import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol, RequestResponseCycle

from slackapp.app import App, build, running
from slackapp.core.settings import Settings
from slackapp.installation import StartError
from slackapp.web import web

log = structlog.get_logger()

#: Seconds in which the head of a request has to be there, and its answer taken. Slack does both at once.
PATIENCE = 10.0


class _Server(uvicorn.Server):
    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Signals are ours: uvicorn would raise them again, before what is under way is finished."""
        yield


class Connection(H11Protocol):
    """A connection that is closed if the head of a request is not there whole after `PATIENCE` seconds.

    The same if the answer was not taken by then. uvicorn itself waits for ever, and whoever holds enough
    connections open so keeps Slack out.
    """

    _waiting: asyncio.TimerHandle | None = None
    _writing: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn has it
        super().connection_made(transport)
        # Whatever the kernel does not take at once is waited for, also once the answer is complete.
        transport.set_write_buffer_limits(high=0)
        self._watch()

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        self._watch()

    def connection_lost(self, exc: Exception | None) -> None:
        super().connection_lost(exc)
        self._stop_waiting()
        self._stop_writing()

    def pause_writing(self) -> None:
        super().pause_writing()
        # Closed, it would still wait for somebody to take what was written.
        self._writing = self.loop.call_later(PATIENCE, self.transport.abort)

    def resume_writing(self) -> None:
        super().resume_writing()
        self._stop_writing()

    def _watch(self) -> None:
        cycle: RequestResponseCycle | None = self.cycle
        if cycle is not None and not cycle.response_complete:
            self._stop_waiting()
        elif self._waiting is None:
            self._waiting = self.loop.call_later(PATIENCE, self.transport.close)

    def _stop_waiting(self) -> None:
        if self._waiting is not None:
            self._waiting.cancel()
            self._waiting = None

    def _stop_writing(self) -> None:
        if self._writing is not None:
            self._writing.cancel()
            self._writing = None


#: Seconds that a connection may stand idle: proxies and load balancers end theirs sooner, Google's after 600.
#: What they send on one that is closed that moment is lost, and Slack does not send a click again.
KEPT_OPEN = 620


def config(app: App) -> uvicorn.Config:
    """How the app is served over HTTP."""
    return uvicorn.Config(
        web(app),
        http=Connection,
        ws="none",
        log_config=None,
        access_log=False,
        lifespan="off",
        timeout_keep_alive=KEPT_OPEN,
        timeout_graceful_shutdown=5,
    )


async def serve(settings: Settings) -> None:
    """Until SIGINT or SIGTERM. Raises `StartError` or `SchemaError` if it cannot start."""
    with address(settings) as listener:
        await _serve(settings, listener)


@contextmanager
def address(settings: Settings) -> Iterator[socket.socket]:
    """The address to listen on, taken before anything begins: one that is in use leaves nothing half done.

    Raises `StartError` if it cannot be taken.
    """
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    # Without the protocol asyncio does not see that it is TCP, and leaves Nagle on: 40 ms an answer.
    with socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((settings.host, settings.port))
        except OSError as error:
            raise StartError(
                f"The app cannot listen on {settings.host}, port {settings.port}: {error.strerror}. "
                "Choose another with AFTERLAUNCH_HOST and AFTERLAUNCH_PORT.",
            ) from None
        yield listener


async def _serve(settings: Settings, listener: socket.socket) -> None:
    async with build(settings) as app, running(app):
        server = _Server(config(app))
        loop = asyncio.get_running_loop()

        def end(number: signal.Signals) -> None:
            # What is on the wire has all the time there is; meanwhile requests that came in are answered.
            app.relay.stop()
            server.handle_exit(number, None)

        for each in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(each, end, each)
        log.info(
            "app.running",
            workspace=app.installation.team_id,
            transport="Socket Mode" if settings.socket_mode else "HTTP",
            database=app.engine.dialect.name,
            health=f"http://{settings.host}:{listener.getsockname()[1]}/readyz",
        )
        await server.serve(sockets=[listener])
