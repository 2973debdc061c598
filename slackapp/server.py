"""Runs an app until it is told to stop: HTTP in front, the relay and the heartbeat behind."""

import asyncio
import signal
import socket
from collections.abc import Iterator
from contextlib import contextmanager

import structlog
import uvicorn

from slackapp.app import StartError, build, running
from slackapp.core.settings import Settings
from slackapp.web import web

log = structlog.get_logger()


class _Server(uvicorn.Server):
    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Signals are ours: uvicorn would raise them again, before what is under way is finished."""
        yield


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
    # Without the protocol asyncio does not see that it is TCP, and leaves Nagle's algorithm on: 40 ms an answer.
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
        config = uvicorn.Config(
            web(app),
            log_config=None,
            lifespan="off",
            timeout_graceful_shutdown=5,
        )
        server = _Server(config)
        loop = asyncio.get_running_loop()
        for each in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(each, server.handle_exit, each, None)
        log.info(
            "app.running",
            workspace=app.installation.team_id,
            transport="Socket Mode" if settings.socket_mode else "HTTP",
            database=app.engine.dialect.name,
            health=f"http://{settings.host}:{listener.getsockname()[1]}/readyz",
        )
        await server.serve(sockets=[listener])
