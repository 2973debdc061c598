"""Socket Mode: what comes over the socket is looked at before Bolt is, as the gate does over HTTP."""

import hashlib
from collections.abc import Mapping
from typing import Any

import structlog
from slack_bolt.async_app import AsyncBoltRequest
from slack_sdk.socket_mode.async_client import AsyncBaseSocketModeClient
from slack_sdk.socket_mode.response import SocketModeResponse

from slackapp.slack.payloads import STUMBLES, is_readable

log = structlog.get_logger()


async def refuse_unreadable(
    client: AsyncBaseSocketModeClient, message: dict[str, Any], raw: str | None
) -> None:
    """Acknowledge an envelope with nothing readable in it, and let nobody see what it held.

    The SDK calls it with each message, and takes emptied ones for no request. Bolt would raise on them, and
    Slack, without an acknowledgement, would bring them again.
    """
    if not {"envelope_id", "payload", "type"} <= message.keys() or _is_readable(message["payload"]):
        return
    log.warning(
        "socket.refused", payload_sha256=hashlib.sha256((raw or "").encode(errors="replace")).hexdigest()
    )
    envelope_id = str(message["envelope_id"])
    message.clear()
    await client.send_socket_mode_response(SocketModeResponse(envelope_id=envelope_id))


def _is_readable(payload: object) -> bool:
    if not isinstance(payload, Mapping):
        return False
    try:
        AsyncBoltRequest(body=dict(payload), mode="socket_mode")
        return is_readable(payload)
    except STUMBLES:
        return False
