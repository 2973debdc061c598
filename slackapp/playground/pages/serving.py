"""The pages on a port."""

import asyncio
import socket
from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager

import uvicorn

from slackapp.playground.pages.app import pages
from slackapp.playground.pages.live import Live
from slackapp.playground.slack.listening import bound
from slackapp.playground.world import World


class _Server(uvicorn.Server):
    """Ends the open pages' streams before it waits for connections to close."""

    def __init__(self, config: uvicorn.Config, live: Live) -> None:
        super().__init__(config)
        self._live = live

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._live.close()
        await super().shutdown(sockets)


@asynccontextmanager
async def serving(
    world: World, host: str = "127.0.0.1", port: int = 0, names: Collection[str] = ()
) -> AsyncIterator[str]:
    """Serve the pages while the block runs; gives their address, e.g. `http://127.0.0.1:8765`.

    Port 0 is any free one. `names` are host names it answers under besides `localhost`. OSError if the port
    cannot be had. Signals are the caller's.
    """
    application = pages(world, names)
    with bound(host, port) as listener:
        config = uvicorn.Config(
            application, lifespan="off", log_config=None, access_log=False, timeout_graceful_shutdown=3
        )
        server = _Server(config, application.state.live)
        config.load()
        server.lifespan = config.lifespan_class(config)
        await server.startup(sockets=[listener])
        shown = f"[{host}]" if ":" in host else host
        ticking = asyncio.get_running_loop().create_task(server.main_loop())
        try:
            yield f"http://{shown}:{listener.getsockname()[1]}"
        finally:
            server.should_exit = True
            await ticking
            await server.shutdown(sockets=[listener])
