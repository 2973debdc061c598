"""Bringing payloads to the app, by signed HTTP or over Socket Mode, and what became of each."""

import asyncio
import hashlib
import hmac
import json
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Literal
from urllib.parse import urlencode

import aiohttp

from slackapp.playground.slack.changes import Changes
from slackapp.playground.slack.ids import Tokens
from slackapp.playground.slack.records import Json
from slackapp.playground.slack.sockets import LostError, Sockets
from slackapp.playground.slack.timing import Timing
from slackapp.playground.slack.traffic import Traffic

Kind = Literal["slash_commands", "interactive", "events_api"]
_OK = 200
_SIGNED_AT_MOST = 1000


@dataclass(frozen=True)
class Ack:
    """The app's answer: accepted or not, its body, and Slack's word for what went wrong."""

    ok: bool
    body: Json | str | None = None
    error: str = ""
    #: Nobody was there to take it, which is the app's absence rather than its mistake.
    absent: bool = False
    #: The app forbade further tries.
    final: bool = False


@dataclass(frozen=True)
class Trouble:
    """Something sent to the app that came to nothing, or an answer that Slack would not have taken."""

    kind: str
    #: Which one: a command, a callback id, an action id or an event's type.
    what: str
    reason: str


class Delivery:
    """Sends payloads to the request URL if there is one, else over an open socket."""

    def __init__(
        self, sockets: Sockets, tokens: Tokens, timing: Timing, changes: Changes, traffic: Traffic
    ) -> None:
        self.request_url: str | None = None
        self.troubles: list[Trouble] = []
        self._latest: int | None = None
        self.under_way = 0
        self._sockets = sockets
        self._tokens = tokens
        self._timing = timing
        self._changes = changes
        self._traffic = traffic
        self._verified: str | None = None
        #: The timestamps of the latest signatures, by what they sign.
        self._signed: dict[int, int] = {}
        self._session: aiohttp.ClientSession | None = None
        self._events: set[asyncio.Task[None]] = set()

    async def close(self) -> None:
        for task in list(self._events):
            task.cancel()
        await asyncio.gather(*self._events, return_exceptions=True)
        if self._session is not None:
            await self._session.close()

    def keep(self, latest: int) -> None:
        """Only so many troubles from now on."""
        self._latest = latest
        del self.troubles[:-latest]

    def trouble(self, kind: str, what: str, reason: str) -> None:
        self.troubles.append(Trouble(kind, what, reason))
        if self._latest is not None and len(self.troubles) > self._latest:
            del self.troubles[0]
        self._traffic.complain(what, reason)
        self._changes.note()

    async def ask(self, kind: Kind, what: str, payload: Json) -> Ack:
        """Deliver something a person waits for: one try, three seconds. A failure is noted as a trouble."""
        with self._busy(1):
            ack = await self._try(kind, what, payload, 0, "")
        if not ack.ok:
            self.trouble(kind, what, ack.error)
        return ack

    def event(self, what: str, payload: Json) -> None:
        """Deliver an event in the background, and again after each failure as Slack does."""
        self.under_way += 1
        task = asyncio.get_running_loop().create_task(self._deliver_event(what, payload))
        self._events.add(task)
        task.add_done_callback(self._delivered)

    def _delivered(self, task: asyncio.Task[None]) -> None:
        self._events.discard(task)
        self.under_way -= 1
        self._changes.note()

    async def _deliver_event(self, what: str, payload: Json) -> None:
        reason = ""
        pauses = (0.0, *self._timing.event_retries)
        for attempt, pause in enumerate(pauses):
            if pause:
                with self._busy(-1):
                    await asyncio.sleep(pause)
            ack = await self._try("events_api", what, payload, attempt, reason)
            if ack.ok:
                return
            if not ack.absent or attempt == len(pauses) - 1:
                self.trouble("events_api", what, ack.error)
            if ack.final:
                return
            reason = "http_timeout" if ack.error == "operation_timeout" else "http_error"

    @contextmanager
    def _busy(self, by: int) -> Iterator[None]:
        """One delivery more (or, while it rests before its next try, one less) under way."""
        self.under_way += by
        self._changes.note()
        try:
            yield
        finally:
            self.under_way -= by
            self._changes.note()

    async def _try(self, kind: Kind, what: str, payload: Json, attempt: int, reason: str) -> Ack:
        exchange = self._traffic.request(kind, what, payload, attempt)
        ack = Ack(ok=False, error="dispatch_failed")
        try:
            if self.request_url is None:
                ack = await self._over_socket(kind, payload, attempt, reason)
            else:
                ack = await self._over_http(self.request_url, kind, payload, attempt, reason)
        finally:
            self._traffic.end(exchange, ok=ack.ok, answer=ack.body, error=ack.error)
        return ack

    async def _over_socket(self, kind: Kind, payload: Json, attempt: int, reason: str) -> Ack:
        answers = kind == "slash_commands" or payload["type"] in ("view_submission", "block_suggestion")
        extra: Json = {"accepts_response_payload": answers}
        if kind == "events_api":
            extra |= {"retry_attempt": attempt, "retry_reason": reason}
        absent = len(self._sockets) == 0
        try:
            answer = await self._sockets.ask(kind, payload, extra, self._timing.acknowledge)
        except TimeoutError:
            return Ack(ok=False, error="operation_timeout")
        except LostError:
            return Ack(ok=False, error="dispatch_failed", absent=absent)
        return Ack(ok=True, body=answer.get("payload"))

    async def _over_http(self, url: str, kind: Kind, payload: Json, attempt: int, reason: str) -> Ack:
        if self._verified != url and not await self._verify(url):
            return Ack(ok=False, error="dispatch_failed", absent=True)
        headers = {}
        if attempt:
            headers = {"X-Slack-Retry-Num": str(attempt), "X-Slack-Retry-Reason": reason}
        return await self._post(url, kind, payload, headers)

    async def _verify(self, url: str) -> bool:
        """Whether the app there answers the challenge, which Slack demands before it sends anything else."""
        challenge = secrets.token_urlsafe(24)
        payload = {"token": self._tokens.verification, "challenge": challenge, "type": "url_verification"}
        ack = await self._post(url, "events_api", payload, {})
        body = ack.body.get("challenge") if isinstance(ack.body, dict) else ack.body
        if ack.ok and body == challenge:
            self._verified = url
        return self._verified == url

    async def _post(self, url: str, kind: Kind, payload: Json, headers: dict[str, str]) -> Ack:
        if kind == "events_api":
            content_type, body = "application/json", json.dumps(payload)
        else:
            content_type = "application/x-www-form-urlencoded"
            body = urlencode(payload if kind == "slash_commands" else {"payload": json.dumps(payload)})
        signed = self.signature(body) | {"Content-Type": content_type} | headers
        if self._session is None:
            self._session = aiohttp.ClientSession()
        timeout = aiohttp.ClientTimeout(total=self._timing.acknowledge)
        try:
            async with self._session.post(url, data=body, headers=signed, timeout=timeout) as response:
                text = await response.text()
                final = response.headers.get("X-Slack-No-Retry") == "1"
                if response.status != _OK:
                    return Ack(ok=False, error=f"http_status_{response.status}", final=final)
                return Ack(ok=True, body=_parsed(text, response.content_type))
        except TimeoutError:
            return Ack(ok=False, error="operation_timeout")
        except aiohttp.ClientConnectorError:
            return Ack(ok=False, error="dispatch_failed", absent=True)
        except aiohttp.ClientError:
            return Ack(ok=False, error="dispatch_failed")

    def signature(self, body: str) -> dict[str, str]:
        """Slack's signature over a body, in wire time. What comes twice in a second is signed anew."""
        last = self._signed.pop(hash(body), 0)
        self._signed[hash(body)] = max(int(time.time()), last + 1)
        if len(self._signed) > _SIGNED_AT_MOST:
            del self._signed[next(iter(self._signed))]
        timestamp = str(self._signed[hash(body)])
        digest = hmac.new(
            self._tokens.signing_secret.encode(), f"v0:{timestamp}:{body}".encode(), hashlib.sha256
        ).hexdigest()
        return {
            "X-Slack-Request-Timestamp": timestamp,
            "X-Slack-Signature": f"v0={digest}",
            "User-Agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
        }


def _parsed(text: str, content_type: str) -> Json | str | None:
    if not text:
        return None
    if content_type != "application/json":
        return text
    try:
        parsed: Any = json.loads(text)
    except ValueError:
        return text
    return parsed if isinstance(parsed, dict) else text
