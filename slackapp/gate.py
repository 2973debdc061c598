"""What stands before Bolt over HTTP: only what Slack signed in the last minutes gets in, and only once."""

import asyncio
import hashlib
import hmac
import re
from collections.abc import Awaitable, Callable

import structlog
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response

from slackapp.core.clock import monotonic, wall
from slackapp.core.telemetry import Telemetry

log = structlog.get_logger()

#: Bytes of the largest body that is read; Slack's own are far smaller.
LARGEST = 1_000_000

#: Seconds the whole body may take. Slack itself waits three for the answer.
PATIENCE = 5.0

#: Seconds by which Slack's time and ours may differ; beyond that it is a repetition, or a wrong clock.
WINDOW = 300

#: Seconds of wire time in which a signature can pass for fresh: Slack's clock may be ahead at first.
MEMORABLE = 2.0 * WINDOW

#: Requests remembered at most, some 150 bytes each. Only what Slack signed gets in here; should there be
#: more, the oldest are forgotten, and what they did is still noted in the database for a day.
MOST_REMEMBERED = 50_000

_TIMESTAMP = re.compile(r"[0-9]{1,12}")
_SIGNATURE = re.compile(r"v0=[0-9a-f]{64}")

#: Answers a body, or raises `UnreadableError`.
Handle = Callable[[bytes], Awaitable[Response]]


class UnreadableError(Exception):
    """A body that is signed and yet nothing that Slack would send."""


class Gate:
    """Knows the secret, and which requests it has let in."""

    def __init__(self, secret: str, telemetry: Telemetry) -> None:
        self._secret, self._telemetry = secret, telemetry
        self._let_in = Remembered(MEMORABLE, MOST_REMEMBERED)

    async def answer(self, request: Request, handle: Handle) -> Response:
        """What `handle` answers to the body if Slack signed it, byte for byte; otherwise a refusal.

        The same signed request is not handled again while it is being handled, nor once it was answered. If
        that failed (an exception, a status of 400 or more, nobody there to be answered), it may come again.
        Slack's own repetitions of an event are signed anew.
        """
        admitted = await self._admit(request)
        if isinstance(admitted, Response):
            return admitted
        signature, body = admitted
        if not self._let_in.add(signature):
            return self._refuse("replayed", body, 401)
        answered = False
        try:
            response = await handle(body)
            answered = response.status_code < 400  # noqa: PLR2004 - HTTP's own number
        except UnreadableError:
            response = self._refuse("unreadable", body, 400)
        finally:
            if not answered:
                self._let_in.discard(signature)
        return response

    def _refuse(self, reason: str, body: bytes, status: int) -> Response:
        """Say no, and keep of the body only what tells whether two are the same: it may hold anything."""
        self._telemetry.refused.labels(reason).inc()
        log.warning(
            "gate.refused", reason=reason, status=status, body_sha256=hashlib.sha256(body).hexdigest()
        )
        return JSONResponse({"error": "invalid request"}, status_code=status)

    async def _admit(self, request: Request) -> tuple[str, bytes] | Response:
        """The signature and the body, if the one belongs to the other."""
        try:
            async with asyncio.timeout(PATIENCE):
                body = await _read(request)
        except ClientDisconnect:
            return self._refuse("disconnected", b"", 400)
        except TimeoutError:
            return self._refuse("slow", b"", 408)
        if len(body) > LARGEST:
            return self._refuse("too_large", body, 413)
        timestamp = _only(request, "x-slack-request-timestamp", _TIMESTAMP)
        if timestamp is None or abs(wall() - int(timestamp)) > WINDOW:
            return self._refuse("timestamp", body, 401)
        signature = _only(request, "x-slack-signature", _SIGNATURE)
        if signature is None or not hmac.compare_digest(signature, sign(self._secret, timestamp, body)):
            return self._refuse("signature", body, 401)
        return signature, body


class Remembered:
    """What came in the last seconds of wire time, the latest of it if there is very much."""

    def __init__(self, seconds: float, most: int) -> None:
        self._seconds, self._most = seconds, most
        #: Oldest first, since all are kept for as long.
        self._until: dict[bytes, float] = {}

    def __len__(self) -> int:
        return len(self._until)

    def add(self, signature: str) -> bool:
        """False if it is remembered already."""
        now = monotonic()
        while self._until and (len(self._until) >= self._most or self._oldest_until() <= now):
            del self._until[next(iter(self._until))]
        key = _key(signature)
        if key in self._until:
            return False
        self._until[key] = now + self._seconds
        return True

    def discard(self, signature: str) -> None:
        self._until.pop(_key(signature), None)

    def _oldest_until(self) -> float:
        return next(iter(self._until.values()))


def sign(secret: str, timestamp: str, body: bytes) -> str:
    message = b"v0:" + timestamp.encode() + b":" + body
    return "v0=" + hmac.new(secret.encode(), message, hashlib.sha256).hexdigest()


async def _read(request: Request) -> bytes:
    """The body, or somewhat more than the largest that is taken."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST:
            break
    return bytes(body)


def _only(request: Request, name: str, form: re.Pattern[str]) -> str | None:
    """The header's value if it is there once and has the form."""
    values = request.headers.getlist(name)
    return values[0] if len(values) == 1 and form.fullmatch(values[0]) else None


def _key(signature: str) -> bytes:
    return bytes.fromhex(signature.removeprefix("v0="))
