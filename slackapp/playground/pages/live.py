"""Telling open pages that something changed: Server-Sent Events that carry a number which only rises.

While the history is being made, which changes something hundreds of times a second, they mostly carry how far
it is instead: a page is some hundred kilobytes to draw.
"""

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import asdict

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from slackapp.core.clock import monotonic
from slackapp.playground.world import World

#: Changes that follow one another faster than this are told of together (seconds).
_TOGETHER = 0.15
#: How often pages are told how far the history is, and how often of what is in it by then (seconds).
_PROGRESS, _DRAWN = 0.4, 6.0
#: A line now and then, so that a page notices when nobody is there any more (seconds).
_BEAT = 15.0


class Live:
    """The streams of the pages that are open."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._changes = world.slack.changes
        self._closed = False

    @property
    def version(self) -> int:
        return self._changes.count

    async def stream(self, request: Request) -> Response:
        del request
        headers = {"Cache-Control": "no-store"}
        return StreamingResponse(self._events(), media_type="text/event-stream", headers=headers)

    def close(self) -> None:
        """End every stream, so that a server that stops does not wait for them."""
        self._closed = True
        self._changes.note()

    async def _events(self) -> AsyncIterator[str]:
        yield "retry: 1000\n\n"
        told, drawn = -1, -_DRAWN
        while not self._closed:
            progress = self._world.progress
            if told != self.version and progress is not None and monotonic() < drawn + _DRAWN:
                yield f"event: progress\ndata: {json.dumps(asdict(progress))}\n\n"
                await asyncio.sleep(_PROGRESS)
                continue
            if told != self.version:
                told, drawn = self.version, monotonic()
                yield f"data: {told}\n\n"
                await asyncio.sleep(_TOGETHER)
                continue
            try:
                await self._changes.next(_BEAT)
            except TimeoutError:
                yield ": still here\n\n"
