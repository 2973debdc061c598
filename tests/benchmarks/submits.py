"""Signed submits of the form that records a launch, as Slack sends them."""

import hashlib
import hmac
import json
import random
import secrets
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

from slackapp.features.launches.blocks import FormState, launch_form

#: Bytes before each request in a file of requests: how long it is.
LENGTH = 4


@dataclass(frozen=True)
class Team:
    """Who submits, where, and what signs it."""

    team_id: str
    people: Sequence[str]
    channels: Sequence[str]
    signing_secret: str

    def requests(self, number: int) -> Iterator[bytes]:
        """So many whole HTTP requests, each by somebody and somewhere, and no two of the same view."""
        chance = random.Random(number)  # noqa: S311 - guards nothing
        for each in range(number):
            yield self._signed(_submit(self, chance.choice(self.people), chance.choice(self.channels), each))

    def _signed(self, payload: dict[str, Any]) -> bytes:
        body = urlencode({"payload": json.dumps(payload, separators=(",", ":"))}).encode()
        timestamp = str(int(time.time())).encode()
        signed = b"v0:" + timestamp + b":" + body
        signature = hmac.new(self.signing_secret.encode(), signed, hashlib.sha256).hexdigest()
        head = (
            "POST /slack/events HTTP/1.1\r\nHost: 127.0.0.1\r\nUser-Agent: Slackbot 1.0 (+https://api.slack.com/robots)\r\n"
            "Accept: application/json,*/*\r\nContent-Type: application/x-www-form-urlencoded\r\n"
            f"Content-Length: {len(body)}\r\nX-Slack-Request-Timestamp: {timestamp.decode()}\r\n"
            f"X-Slack-Signature: v0={signature}\r\n\r\n"
        )
        return head.encode() + body


def _submit(team: Team, person: str, channel: str, number: int) -> dict[str, Any]:
    today = datetime.now(UTC).date()
    view = launch_form(FormState(channel), owner=person, today=today, typed={}).to_dict()
    typed = {
        "title": f"A new onboarding, part {number}",
        "problem": "New teams give up before they see anything of value.",
        "audience": "teams in their first week",
        "metric": "Activation",
        "from_to": "40 % → 50 %",
        "day": today.isoformat(),
    }
    view_id = f"V{secrets.token_hex(5).upper()}"
    view |= {
        "id": view_id,
        "team_id": team.team_id,
        "app_id": "A0BENCH",
        "bot_id": "B0BENCH",
        "hash": f"{int(time.time())}.{secrets.token_hex(4)}",
        "state": {"values": _state(view["blocks"], typed)},
        "previous_view_id": None,
        "root_view_id": view_id,
        "external_id": "",
        "app_installed_team_id": team.team_id,
    }
    return {
        "type": "view_submission",
        "team": {"id": team.team_id, "domain": "bench"},
        "user": {"id": person, "username": person.lower(), "name": person.lower(), "team_id": team.team_id},
        "api_app_id": "A0BENCH",
        "token": "verification",
        "trigger_id": f"{number}.{secrets.token_hex(8)}",
        "view": view,
        "response_urls": [],
        "is_enterprise_install": False,
        "enterprise": None,
    }


def _state(blocks: Sequence[dict[str, Any]], typed: dict[str, str]) -> dict[str, Any]:
    """What Slack says of each input: its kind of element, and what stands in it."""
    values: dict[str, Any] = {}
    for block in blocks:
        if block["type"] == "input":
            element = block["element"]
            name = "selected_date" if element["type"] == "datepicker" else "value"
            values[block["block_id"]] = {
                element["action_id"]: {"type": element["type"], name: typed.get(block["block_id"])}
            }
    return values
