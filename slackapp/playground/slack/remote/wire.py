"""Requests to the control API of a stand-in in another process."""

import asyncio
import http.client
import json
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from slackapp.playground.slack.errors import ImpossibleError
from slackapp.playground.slack.records import Json

_ERRORS: dict[int, Callable[[str], Exception]] = {
    400: ValueError,
    404: KeyError,
    409: ImpossibleError,
    504: TimeoutError,
}
_OK = 200


class Wire:
    """Each request has a connection of its own: it may be asked from any thread."""

    def __init__(self, url: str, patience: float) -> None:
        self.patience = patience
        parts = urlsplit(url)
        self._host = parts.netloc

    def ask(self, method: str, path: str, body: Json | None = None) -> Any:  # noqa: ANN401 - what JSON holds
        connection = http.client.HTTPConnection(self._host, timeout=120)
        try:
            headers = {"Content-Type": "application/json"}
            connection.request(
                method, f"/control{path}", json.dumps(body or {}) if method == "POST" else None, headers
            )
            response = connection.getresponse()
            answer = json.loads(response.read())
        finally:
            connection.close()
        if response.status != _OK:
            raise _ERRORS.get(response.status, RuntimeError)(answer["error"])
        return answer

    async def wait_for(self, method: str, path: str, body: Json | None = None) -> Any:  # noqa: ANN401 - as `ask`
        return await asyncio.to_thread(self.ask, method, path, body)
