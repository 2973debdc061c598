"""Requests to the gate, made byte for byte, and signed as Slack signs them."""

import asyncio
import hashlib
import hmac
import json
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

#: Stands in every body, and must stand in no log.
CANARY = "nobody-logs-this"

FORM, JSON = "application/x-www-form-urlencoded", "application/json"
TIMESTAMP, SIGNATURE = "X-Slack-Request-Timestamp", "X-Slack-Signature"

Headers = list[tuple[str, str]]


@dataclass(frozen=True)
class Target:
    """What a stranger would have to know, and whoever signs for Slack knows."""

    secret: str
    team_id: str
    user_id: str
    channel_id: str
    #: What makes its requests others than anybody's.
    mark: str = "mark"

    def command(self, **fields: str) -> bytes:
        """A command that is answered, if it is let in."""
        words = {
            "command": "/launch", "text": "list", "user_id": self.user_id, "channel_id": self.channel_id,
            "team_id": self.team_id, "trigger_id": self.mark, "token": CANARY,
        }  # fmt: skip
        return urlencode(words | fields).encode()

    def signed(self, body: bytes, timestamp: str | None = None, *, kind: str | None = FORM) -> Headers:
        at = timestamp or str(int(time.time()))
        message = b"v0:" + at.encode() + b":" + body
        digest = hmac.new(self.secret.encode(), message, hashlib.sha256).hexdigest()
        headers = [(TIMESTAMP, at), (SIGNATURE, f"v0={digest}")]
        return headers if kind is None else [*headers, ("Content-Type", kind)]


def request(body: bytes, headers: Headers, *, method: str = "POST", path: str = "/slack/events") -> bytes:
    """The whole request as it goes over the wire, with its length."""
    lines = [("Host", "x"), ("Connection", "close"), ("Content-Length", str(len(body))), *headers]
    head = "".join(f"{name}: {value}\r\n" for name, value in lines)
    return f"{method} {path} HTTP/1.1\r\n{head}\r\n".encode() + body


Make = Callable[[Target], bytes]


def as_json(**fields: object) -> bytes:
    return json.dumps({"token": CANARY, **fields}).encode()


def as_payload(**fields: object) -> bytes:
    return b"payload=" + quote(as_json(**fields)).encode()


async def answer(port: int, *sent: bytes, pause: float = 0.0) -> tuple[int, bytes]:
    """What the server answers to these bytes, the status and all of it; 0 if it closes without a word."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        async with asyncio.timeout(60):
            with suppress(ConnectionError):
                for part in sent:
                    writer.write(part)
                    await writer.drain()
                    await asyncio.sleep(pause)
            found = b""
            with suppress(ConnectionError):
                found = await reader.read()
    finally:
        writer.close()
    return (int(found.split(b" ", 2)[1]), found) if found.startswith(b"HTTP/1.1 ") else (0, found)


def signed(body: bytes | Callable[[Target], bytes], kind: str | None = FORM) -> Make:
    def make(target: Target) -> bytes:
        content = body if isinstance(body, bytes) else body(target)
        return request(content, target.signed(content, kind=kind))

    return make


def event(content: object, **fields: object) -> Make:
    return signed(
        lambda target: as_json(
            **{
                "type": "event_callback",
                "team_id": target.team_id,
                "event_id": f"Ev{target.mark}",
                "event": content,
                **fields,
            }
        ),
        JSON,
    )


def click(**fields: object) -> Make:
    def make(target: Target) -> bytes:
        usual: dict[str, object] = {
            "type": "block_actions", "team": {"id": target.team_id}, "user": {"id": target.user_id},
            "trigger_id": target.mark,
            "actions": [{"type": "button", "action_id": "launches.cancel", "value": "1"}],
            "container": {"type": "message", "channel_id": target.channel_id, "message_ts": "1.000100"},
            "channel": {"id": target.channel_id},
        }  # fmt: skip
        return as_payload(**(usual | fields))

    return signed(make)


def submit(view: object = None, state: object = None, **fields: object) -> Make:
    def make(target: Target) -> bytes:
        shown: Mapping[str, Any] = {
            "id": "V1", "type": "modal", "hash": target.mark, "callback_id": "launches.record",
            "private_metadata": "", "blocks": [], "state": state if state is not None else {"values": {}},
        }  # fmt: skip
        usual: dict[str, object] = {
            "type": "view_submission", "team": {"id": target.team_id}, "user": {"id": target.user_id},
            "trigger_id": target.mark, "view": shown if view is None else view,
        }  # fmt: skip
        return as_payload(**(usual | fields))

    return signed(make)
