"""A Bolt app in its default mode that acknowledges a launch's submit and does nothing else: a process.

`python -m tests.benchmarks.bare_bolt PORT`, with SLACK_BOT_TOKEN, SLACK_SIGNING_SECRET and SLACK_API_URL.
"""

import asyncio
import os
import sys

import uvicorn
from slack_bolt.adapter.starlette.async_handler import AsyncSlackRequestHandler
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from slackapp.features.launches.blocks import RECORD


def web() -> Starlette:
    client = AsyncWebClient(os.environ["SLACK_BOT_TOKEN"], base_url=os.environ["SLACK_API_URL"])
    bolt = AsyncApp(client=client, signing_secret=os.environ["SLACK_SIGNING_SECRET"])

    @bolt.view(RECORD)
    async def submitted(ack: AsyncAck) -> None:
        await ack()

    handler = AsyncSlackRequestHandler(bolt)

    async def events(request: Request) -> Response:
        return await handler.handle(request)

    async def healthz(request: Request) -> Response:
        del request
        return Response()

    return Starlette(
        routes=[Route("/slack/events", events, methods=["POST"]), Route("/readyz", healthz, methods=["GET"])]
    )


if __name__ == "__main__":
    # As slackapp/server.py configures it.
    config = uvicorn.Config(
        web(), port=int(sys.argv[1]), log_config=None, lifespan="off", timeout_graceful_shutdown=5
    )
    asyncio.run(uvicorn.Server(config).serve())
