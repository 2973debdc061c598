"""Answers that do not come as they should: cut short, never, or in place of them a reset connection."""

import asyncio
import socket
import struct
from collections.abc import Mapping
from typing import Any

from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from slackapp.playground.slack.fault_injection import FaultInjector
from slackapp.playground.slack.faults import Fault
from slackapp.playground.slack.records import Json

_PAGE = "<!DOCTYPE html><html><head><title>Bad gateway</title></head><body><h1>Oh no</h1></body></html>"
_SAYS_WHERE = frozenset(["ts", "channel", "message", "message_ts"])


def reset(transport: asyncio.Transport) -> None:
    """Close with a RST, as a crashed peer does."""
    connection = transport.get_extra_info("socket")
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    transport.abort()


def refused_by(fault: Fault) -> Json:
    """Slack's answer to a call that the fault keeps from being done; empty where it never heard of it."""
    if fault.name == "429":
        after = "1" if fault.value is None else fault.value
        header = {} if after == "absent" else {"retry_after": after}
        return {"ok": False, "error": "ratelimited", **header}
    return {"ok": False, "error": fault.value} if fault.name == "says" else {"ok": False}


def told(fault: Fault | None, answer: Json) -> Json:
    """What Slack says it answered, which is not always what it did."""
    if fault is not None and fault.name == "says_after":
        return {"ok": False, "error": fault.value}
    if fault == Fault.NO_TS and answer["ok"]:
        return {key: value for key, value in answer.items() if key not in _SAYS_WHERE}
    return answer


def broken(fault: Fault | None, response: Response) -> Response:
    """The response as it comes back under this fault."""
    if fault in (Fault.RESET_BEFORE, Fault.RESET_AFTER):
        return _Reset()
    if fault in (Fault.ERROR_BEFORE, Fault.ERROR_AFTER):
        return PlainTextResponse("Internal Server Error", 500)
    if fault == Fault.GARBAGE:
        return HTMLResponse(_PAGE)
    if fault == Fault.TRUNCATED:
        return _Truncated(response)
    return _Never() if fault == Fault.TIME_OUT else response


class Unreachable:
    """In front of everything: while Slack is gone, sockets and uploads are reset. Calls are told of it."""

    def __init__(self, app: ASGIApp, injector: FaultInjector) -> None:
        self._app = app
        self._injector = injector

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self._injector.out and scope["path"].startswith(("/link/", "/upload/")):
            reset(scope["state"]["connection"].transport)
            await _gone(receive)
        else:
            await self._app(scope, receive, send)


async def _gone(receive: Receive) -> None:
    """Wait until the connection is: uvicorn complains of who returns without an answer before that."""
    while (await receive())["type"] not in ("http.disconnect", "websocket.disconnect"):
        pass


class _Reset(Response):
    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002 - ASGI's arguments
        reset(_connection(scope).transport)
        await _gone(receive)


class _Never(Response):
    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002 - ASGI's arguments
        _connection(scope).forsaken = True
        await _gone(receive)


class _Truncated(Response):
    """Promises the whole length and breaks off in the middle."""

    def __init__(self, whole: Response) -> None:
        super().__init__()
        self._whole = whole

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        whole = self._whole
        await send({"type": "http.response.start", "status": whole.status_code, "headers": whole.raw_headers})
        half = bytes(whole.body)[: len(whole.body) // 2]
        await send({"type": "http.response.body", "body": half, "more_body": True})
        _connection(scope).transport.close()
        await _gone(receive)


def _connection(scope: Mapping[str, Any]) -> Any:  # noqa: ANN401 - `listening.Connection`, which imports this
    return scope["state"]["connection"]
