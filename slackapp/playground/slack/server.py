"""The HTTP and WebSocket face of the stand-in: Web API, sockets, response URLs, uploads, control."""

import json
from collections.abc import Callable, Sequence
from email.utils import formatdate
from functools import partial
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route, WebSocketRoute
from starlette.types import ASGIApp

from slackapp.playground.slack import replies, web_api
from slackapp.playground.slack.backend import Slack
from slackapp.playground.slack.broken_answers import Unreachable, broken, refused_by, told
from slackapp.playground.slack.errors import RefusedError
from slackapp.playground.slack.records import Json
from slackapp.playground.slack.web_api.arguments import parse

#: What the record calls the sending of a file's content to its URL.
UPLOAD = "upload"
_SPENT = ("used_url", "expired_url")


def application(slack: Slack, more: Sequence[BaseRoute] = ()) -> ASGIApp:
    """One ASGI application that is this Slack; `more` routes are mounted beside its own."""
    face = _Face(slack)
    app = Starlette(
        routes=[
            Route("/api/{method:path}", face.api, methods=["GET", "POST"]),
            Route("/response/{secret}", face.response, methods=["POST"]),
            Route("/upload/v1/{file_id}", face.upload, methods=["POST"]),
            WebSocketRoute("/link/", slack.sockets.serve),
            *more,
        ]
    )
    return Unreachable(app, slack.injector)


class _Face:
    def __init__(self, slack: Slack) -> None:
        self._slack = slack

    async def api(self, request: Request) -> Response:
        """One Web API call."""
        method = request.path_params["method"]
        given: dict[str, Any] = {}
        token: str | None = None
        unreadable: RefusedError | None = None
        try:
            given = parse(request.headers.get("content-type", ""), await request.body(), request.url.query)
            token = _token(request, given)
        except RefusedError as refusal:
            unreadable = refusal

        def answer() -> Json:
            if unreadable is not None:
                return web_api.refused(unreadable)
            return web_api.call(self._slack, method, token, given)

        return await self._through(method, given, answer, self._told)

    def _told(self, answer: Json, retry_after: str | None) -> Response:
        # Uvicorn's own date comes from its main loop, which does not run here.
        date = formatdate(usegmt=True)
        headers = {"date": date, "x-oauth-scopes": ",".join(sorted(self._slack.manifest.scopes))}
        if answer.get("error") != "ratelimited":
            return JSONResponse(answer, headers=headers)
        return JSONResponse(answer, 429, headers | _retry_after(retry_after))

    async def response(self, request: Request) -> Response:
        """A use of a response URL."""
        try:
            parsed = json.loads(await request.body())
        except ValueError:
            parsed = None
        given: dict[str, Any] = parsed if isinstance(parsed, dict) else {}

        def answer() -> Json:
            if parsed is None:
                return web_api.refused(RefusedError("invalid_payload"))
            try:
                replies.respond(self._slack, request.path_params["secret"], given)
            except RefusedError as refusal:
                return web_api.refused(refusal)
            return {"ok": True}

        return await self._through("response_url", given, answer, self._responded)

    def _responded(self, answer: Json, retry_after: str | None) -> Response:
        if answer["ok"]:
            return PlainTextResponse("ok")
        error = answer.get("error")
        if error == "ratelimited":
            return JSONResponse(answer, 429, _retry_after(retry_after))
        return JSONResponse(answer, 404 if error in _SPENT else 400)

    async def _through(
        self, method: str, given: Json, run: Callable[[], Json], tell: Callable[[Json, str | None], Response]
    ) -> Response:
        """One call: what befalls it on its way in, the answer, recorded, and what befalls that."""
        slack = self._slack
        fate = slack.injector.draw(method, given)
        fault = fate.fault
        exchange = slack.traffic.call(method, given)
        await slack.injector.wait_to_arrive(fault, method)
        if fault is None or fault.arrives:
            slack.call_lag = fate.lag
            answer = run()
            slack.call_lag = None
        else:
            answer = refused_by(fault)
        retry_after = answer.pop("retry_after", None)
        text = None if fault is None else str(fault)
        slack.record.add(method, given, answer, retry_after=retry_after, fault=text)
        slack.changes.note()
        exchange.fault = text
        if fault is not None and fault.name == "slow":
            await slack.injector.pause(fault.seconds)
        slack.traffic.end(exchange, ok=bool(answer["ok"]), answer=answer, error=str(answer.get("error", "")))
        if fault is None:
            return tell(answer, retry_after)
        answer = told(fault, answer)
        return broken(fault, tell(answer, retry_after))

    async def upload(self, request: Request) -> Response:
        """The bytes of a file that files.getUploadURLExternal promised."""
        body = await request.body()
        given = {"file": request.path_params["file_id"], "length": len(body)}

        def answer() -> Json:
            try:
                web_api.files.receive(self._slack, given["file"], body)
            except RefusedError as refusal:
                return web_api.refused(refusal)
            return {"ok": True}

        return await self._through(UPLOAD, given, answer, partial(_received, len(body)))


def _received(length: int, answer: Json, retry_after: str | None) -> Response:
    if answer["ok"]:
        return PlainTextResponse(f"OK - {length}")
    if answer.get("error") == "ratelimited":
        return PlainTextResponse("slow down", 429, _retry_after(retry_after))
    error = str(answer.get("error"))
    return PlainTextResponse(error, 404 if error == "file_not_found" else 400)


def _retry_after(value: str | None) -> dict[str, str]:
    return {} if value is None else {"retry-after": value}


def _token(request: Request, given: dict[str, Any]) -> str | None:
    """The caller's token, which the record never sees."""
    in_body = given.pop("token", None)
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    return token if scheme.lower() == "bearer" else in_body
