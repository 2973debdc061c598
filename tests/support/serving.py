"""An application behind HTTP on a free port, in the test's own loop, and ended at once."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import uvicorn

#: Seconds that requests under way have at the end.
PATIENCE = 5.0


@asynccontextmanager
async def serving(config: uvicorn.Config) -> AsyncIterator[str]:
    """Serve while the block runs; yields the address, such as http://127.0.0.1:8765."""
    # Without the protocol asyncio does not see that it is TCP, and leaves Nagle's algorithm on: 40 ms a call.
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP) as listener:
        listener.bind(("127.0.0.1", 0))
        server = uvicorn.Server(config)
        config.load()
        server.lifespan = config.lifespan_class(config)
        await server.startup(sockets=[listener])
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            await _end(server)


async def _end(server: uvicorn.Server) -> None:
    """What `Server.shutdown` does but for a tenth of a second's sleep, which a thousand tests feel."""
    for accepting in server.servers:
        accepting.close()
    for connection in list(server.server_state.connections):
        connection.shutdown()
    if server.server_state.tasks:
        _, late = await asyncio.wait(server.server_state.tasks, timeout=PATIENCE)
        for task in late:
            task.cancel()
    await asyncio.sleep(0)
