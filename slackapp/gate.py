"""What stands before Bolt over HTTP: only what Slack signed in the last minutes gets in."""

import hashlib
import hmac
import re

import structlog
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response

from slackapp.core.clock import wall

log = structlog.get_logger()

#: Bytes of the largest body that is read; Slack's own are far smaller.
LARGEST = 1_000_000

#: Seconds by which Slack's time and ours may differ; beyond that it is a repetition, or a wrong clock.
WINDOW = 300

_TIMESTAMP = re.compile(r"[0-9]{1,12}")
_SIGNATURE = re.compile(r"v0=[0-9a-f]{64}")


async def admit(request: Request, secret: str) -> bytes | Response:
    """The body if Slack signed it, byte for byte; otherwise the answer, with nothing else done."""
    try:
        body = await _read(request)
    except ClientDisconnect:
        return _refuse("disconnected", b"", 400)
    if len(body) > LARGEST:
        return _refuse("too_large", body, 413)
    timestamp = _only(request, "x-slack-request-timestamp", _TIMESTAMP)
    if timestamp is None or abs(wall() - int(timestamp)) > WINDOW:
        return _refuse("timestamp", body, 401)
    signature = _only(request, "x-slack-signature", _SIGNATURE)
    if signature is None or not hmac.compare_digest(signature, _sign(secret, timestamp, body)):
        return _refuse("signature", body, 401)
    return body


def unreadable(body: bytes) -> Response:
    """The answer to what is signed and yet nothing that Slack would send."""
    return _refuse("unreadable", body, 400)


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


def _sign(secret: str, timestamp: str, body: bytes) -> str:
    message = b"v0:" + timestamp.encode() + b":" + body
    return "v0=" + hmac.new(secret.encode(), message, hashlib.sha256).hexdigest()


def _refuse(reason: str, body: bytes, status: int) -> Response:
    # A hash tells whether two are the same; the body itself may hold anything, and is not Slack's word.
    log.warning("gate.refused", reason=reason, status=status, body_sha256=hashlib.sha256(body).hexdigest())
    return JSONResponse({"error": "invalid request"}, status_code=status)
