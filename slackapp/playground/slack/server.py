"""The HTTP and WebSocket face of the stand-in: Web API, sockets, response URLs, uploads, control."""

import asyncio
import json
import socket
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from email.utils import formatdate
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route, WebSocketRoute

from slackapp.playground.slack import replies, web_api
from slackapp.playground.slack.backend import Slack
from slackapp.playground.slack.errors import RefusedError
from slackapp.playground.slack.records import Json
from slackapp.playground.slack.web_api.arguments import parse

_LARGEST = 20_000_000
_SPENT = ("used_url", "expired_url")


def application(slack: Slack, more: Sequence[BaseRoute] = ()) -> Starlette:
    """One ASGI application that is this Slack; `more` routes are mounted beside its own."""
    face = _Face(slack)
    return Starlette(
        routes=[
            Route("/api/{method:path}", face.api, methods=["GET", "POST"]),
            Route("/response/{secret}", face.response, methods=["POST"]),
            Route("/upload/v1/{file_id}", face.upload, methods=["POST"]),
            WebSocketRoute("/link/", slack.sockets.serve),
            *more,
        ]
    )


class _Face:
    def __init__(self, slack: Slack) -> None:
        self._slack = slack

    async def api(self, request: Request) -> Response:
        """One Web API call: accepted or refused, recorded, and only then answered."""
        method = request.path_params["method"]
        given: dict[str, Any] = {}
        try:
            given = parse(request.headers.get("content-type", ""), await request.body(), request.url.query)
            token = _token(request, given)
            answer = web_api.call(self._slack, method, token, given)
        except RefusedError as refusal:
            answer = web_api.refused(refusal)
        retry_after = answer.pop("retry_after", None)
        # What befalls a call on its way in belongs above this line; what befalls its answer, below it.
        self._slack.record.add(method, given, answer)
        self._slack.changes.note()
        # Uvicorn's own date comes from its main loop, which does not run here.
        date = formatdate(usegmt=True)
        headers = {"date": date, "x-oauth-scopes": ",".join(sorted(self._slack.manifest.scopes))}
        if retry_after is None:
            return JSONResponse(answer, headers=headers)
        return JSONResponse(answer, 429, headers | {"retry-after": retry_after})

    async def response(self, request: Request) -> Response:
        """A use of a response URL."""
        given: dict[str, Any] = {}
        try:
            parsed = json.loads(await request.body())
            given = parsed if isinstance(parsed, dict) else {}
            replies.respond(self._slack, request.path_params["secret"], given)
            answer: Json = {"ok": True}
        except ValueError:
            answer = {"ok": False, "error": "invalid_payload"}
        except RefusedError as refusal:
            answer = web_api.refused(refusal)
        self._slack.record.add("response_url", given, answer)
        self._slack.changes.note()
        if answer["ok"]:
            return PlainTextResponse("ok")
        return JSONResponse(answer, 404 if answer["error"] in _SPENT else 400)

    async def upload(self, request: Request) -> Response:
        """The bytes of a file that files.getUploadURLExternal promised."""
        upload = self._slack.uploads.get(request.path_params["file_id"])
        if upload is None:
            return PlainTextResponse("not found", 404)
        body = await request.body()
        if len(body) != upload["length"] or len(body) > _LARGEST:
            return PlainTextResponse("length mismatch", 400)
        upload["content"] = body.decode("utf-8", "replace")
        return PlainTextResponse(f"OK - {len(body)}")


def _token(request: Request, given: dict[str, Any]) -> str | None:
    """The caller's token, which the record never sees."""
    in_body = given.pop("token", None)
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    return token if scheme.lower() == "bearer" else in_body


@asynccontextmanager
async def listening(slack: Slack, more: Sequence[BaseRoute], host: str, port: int) -> AsyncIterator[None]:
    """Serve on `host:port` (0: any free port) while the block runs; sets `slack.url`."""
    listener = socket.create_server((host, port))
    slack.url = f"http://{host}:{listener.getsockname()[1]}"
    config = uvicorn.Config(
        application(slack, more),
        ws="websockets-sansio",
        lifespan="off",
        log_config=None,
        access_log=False,
        timeout_keep_alive=60,
    )
    server = uvicorn.Server(config)
    config.load()
    server.lifespan = config.lifespan_class(config)
    await server.startup(sockets=[listener])
    try:
        yield
    finally:
        await slack.sockets.disconnect("link_disabled")
        await _stop(server, listener)


async def _stop(server: uvicorn.Server, listener: socket.socket) -> None:
    """Stop at once: `Server.shutdown` sleeps a tenth of a second, which a thousand tests would feel."""
    for accepting in server.servers:
        accepting.close()
    listener.close()
    for connection in list(server.server_state.connections):
        connection.shutdown()
    if server.server_state.tasks:
        _, unfinished = await asyncio.wait(server.server_state.tasks, timeout=1)
        for task in unfinished:
            task.cancel()
    await asyncio.sleep(0)
