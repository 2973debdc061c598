"""Socket Mode: the app's WebSocket connections, and envelopes that have to be acknowledged over them."""

import asyncio
import contextlib
import json
import secrets
import uuid
from typing import Any

from starlette.websockets import WebSocket, WebSocketDisconnect

from slackapp.playground.slack.changes import Changes
from slackapp.playground.slack.records import Json

MOST = 10


class Connection:
    """One WebSocket and the envelopes that wait for an answer on it."""

    def __init__(self, websocket: WebSocket) -> None:
        self.websocket = websocket
        self.waiting: dict[str, asyncio.Future[Json]] = {}


class LostError(Exception):
    """The connection went away before it acknowledged."""


class Sockets:
    """The open connections of the app: at most ten, each payload to one of them at random."""

    def __init__(self, app_id: str, changes: Changes) -> None:
        self._app_id = app_id
        self._changes = changes
        self._tickets: set[str] = set()
        self._connections: list[Connection] = []

    def __len__(self) -> int:
        return len(self._connections)

    def ticket(self) -> str:
        """Leave to connect once."""
        ticket = secrets.token_urlsafe(18)
        self._tickets.add(ticket)
        return ticket

    async def serve(self, websocket: WebSocket) -> None:
        """Run one connection until it closes."""
        ticket = websocket.query_params.get("ticket", "")
        if ticket not in self._tickets:
            await websocket.close(1008)
            return
        self._tickets.discard(ticket)
        await websocket.accept()
        if len(self._connections) >= MOST:
            await websocket.send_json(_disconnect("too_many_websockets"))
            await websocket.close()
            return
        connection = Connection(websocket)
        self._connections.append(connection)
        self._changes.note()
        try:
            await websocket.send_json(self._hello())
            while True:
                _take(connection, await websocket.receive_text())
        except WebSocketDisconnect:
            pass
        except ValueError:
            await websocket.close(1007)
        finally:
            self._drop(connection)

    def _hello(self) -> Json:
        return {
            "type": "hello",
            "num_connections": len(self._connections),
            "debug_info": {
                "host": "applink-playground",
                "build_number": 1,
                "approximate_connection_time": 18060,
            },
            "connection_info": {"app_id": self._app_id},
        }

    def _drop(self, connection: Connection) -> None:
        if connection in self._connections:
            self._connections.remove(connection)
        for future in connection.waiting.values():
            if not future.done():
                future.set_exception(LostError())
        self._changes.note()

    async def ask(self, kind: str, payload: Json, extra: Json, wait: float) -> Json:
        """Send one envelope, return its acknowledgement. TimeoutError after `wait` s; LostError if cut."""
        if not self._connections:
            raise LostError
        connection = secrets.choice(self._connections)
        envelope_id = str(uuid.uuid4())
        future: asyncio.Future[Json] = asyncio.get_running_loop().create_future()
        connection.waiting[envelope_id] = future
        envelope = {"envelope_id": envelope_id, "payload": payload, "type": kind, **extra}
        try:
            async with asyncio.timeout(wait):
                await connection.websocket.send_json(envelope)
                return await future
        except (
            WebSocketDisconnect,
            RuntimeError,
        ) as error:  # RuntimeError: Starlette's word for a closed socket
            raise LostError from error
        finally:
            connection.waiting.pop(envelope_id, None)

    async def disconnect(self, reason: str) -> None:
        """Tell every connection to reconnect, as Slack does when it moves house, and close them."""
        for connection in list(self._connections):
            with contextlib.suppress(WebSocketDisconnect, RuntimeError):
                await connection.websocket.send_json(_disconnect(reason))
                await connection.websocket.close()
            self._drop(connection)


def _take(connection: Connection, text: str) -> None:
    answer: Any = json.loads(text)
    if isinstance(answer, dict):
        future = connection.waiting.get(str(answer.get("envelope_id")))
        if future is not None and not future.done():
            future.set_result(answer)


def _disconnect(reason: str) -> Json:
    return {"type": "disconnect", "reason": reason, "debug_info": {"host": "applink-playground"}}
