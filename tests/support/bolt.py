"""A Bolt app behind a request URL, in the loop of the test."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import uvicorn
from slack_bolt.adapter.starlette.async_handler import AsyncSlackRequestHandler
from slack_bolt.async_app import AsyncApp
from starlette.applications import Starlette
from starlette.routing import Route

from tests.support.serving import serving


@asynccontextmanager
async def served(app: AsyncApp) -> AsyncIterator[str]:
    """Serve a Bolt app over HTTP on a free port; gives its request URL."""
    endpoint = Route("/slack/events", AsyncSlackRequestHandler(app).handle, methods=["POST"])
    async with serving(
        uvicorn.Config(Starlette(routes=[endpoint]), lifespan="off", log_config=None, ws="none")
    ) as url:
        yield f"{url}/slack/events"
