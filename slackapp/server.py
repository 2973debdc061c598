"""Runs an app until it is told to stop: HTTP in front, the relay and the heartbeat behind."""

import asyncio
import signal
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn

from slackapp.app import build, running
from slackapp.core.settings import Settings
from slackapp.web import web


class _Server(uvicorn.Server):
    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Signals are ours: uvicorn would raise them again, before what is under way is finished."""
        yield


async def serve(settings: Settings) -> None:
    """Until SIGINT or SIGTERM. Raises `StartError` or `SchemaError` if it cannot start."""
    async with build(settings) as app, running(app):
        config = uvicorn.Config(
            web(app),
            host=settings.host,
            port=settings.port,
            log_config=None,
            lifespan="off",
            timeout_graceful_shutdown=5,
        )
        server = _Server(config)
        loop = asyncio.get_running_loop()
        for each in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(each, server.handle_exit, each, None)
        await server.serve()
