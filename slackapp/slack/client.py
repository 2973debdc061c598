"""The way to Slack's Web API: one shared HTTP session, and the four calls that deliver a message.

Those that share a file are in `files.py`.
"""

import math
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime, timedelta
from http import HTTPStatus
from types import SimpleNamespace
from typing import Any

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from slackapp.core.clock import monotonic
from slackapp.slack.outcomes import (
    Done,
    Outcome,
    Refused,
    TooEarlyError,
    TooLateError,
    Unknown,
    outcome_of,
    seconds,
)

#: What our messages' metadata is called; its payload holds the row's opaque id and nothing else.
EVENT_TYPE = "afterlaunch_message"

#: A message is searched for from this long before its send, since clocks differ.
LOOK_BACK = timedelta(minutes=10)

_PAGE = 200

#: Monotonic seconds after which a call of this task is not made any more.
_deadline: ContextVar[float] = ContextVar("deadline", default=math.inf)


class _Patience:
    """Makes no call of which Slack said that it has to wait."""

    def __init__(self) -> None:
        self._closed_until: dict[tuple[str, str], float] = {}

    async def __call__(
        self, request: aiohttp.ClientRequest, handler: aiohttp.ClientHandlerType
    ) -> aiohttp.ClientResponse:
        call = request.headers.get("Authorization", ""), request.url.path
        left = self._closed_until.get(call, 0.0) - monotonic()
        if left > 0:
            raise TooEarlyError(left)
        self._closed_until.pop(call, None)
        response = await handler(request)
        if response.status == HTTPStatus.TOO_MANY_REQUESTS:
            wait = seconds(response.headers.get("Retry-After", ""))
            self._closed_until[call] = monotonic() + wait
        return response


@contextmanager
def not_after(moment: float) -> Iterator[None]:
    """Calls made here come to `NotSent` if nothing of them is on the wire by then, in monotonic seconds."""
    token = _deadline.set(moment)
    try:
        yield
    finally:
        _deadline.reset(token)


def _last_look() -> aiohttp.TraceConfig:
    """Looks at the watch right before the first byte.

    Until there is a connection a while may pass, or a long one if the process is stopped.
    """

    async def look(session: aiohttp.ClientSession, context: SimpleNamespace, params: object) -> None:
        del session, context, params
        if monotonic() >= _deadline.get():
            raise TooLateError

    trace = aiohttp.TraceConfig()
    # aiohttp calls both before it writes, whatever their names say: first the head, then with it the body.
    trace.on_request_headers_sent.append(look)
    trace.on_request_chunk_sent.append(look)
    return trace


class Slack:
    """Holds the HTTP session all clients share; made inside the running loop and closed with it."""

    def __init__(self, api_url: str, timeout: float) -> None:
        self._api_url = api_url
        # The SDK's own time-out does not reach a session it was given.
        self._session = aiohttp.ClientSession(
            timeout=aiohttp.ClientTimeout(total=timeout),
            middlewares=(_Patience(),),
            trace_configs=[_last_look()],
        )

    def client(self, token: str | None) -> AsyncWebClient:
        """A client that never retries by itself: the SDK's retry after a reset doubles messages."""
        return AsyncWebClient(token, base_url=self._api_url, session=self._session, retry_handlers=[])

    async def close(self) -> None:
        await self._session.close()


@dataclass(frozen=True)
class Post:
    """A message on its way: where to, what it says, and the id it can be found by."""

    channel: str
    uid: str
    text: str
    blocks: list[dict[str, Any]]
    thread_ts: str | None = None
    broadcast: bool = False
    #: A file of this name that is shared with the text; such a message carries no id.
    file_name: str | None = None

    def is_shown_as(self, message: object) -> bool:
        """Whether this is the message that Slack shows there."""
        if self.file_name is None:
            return _uid(message) == self.uid
        files = _of(message, "files")
        return isinstance(files, list) and any(_of(file, "name") == self.file_name for file in files)

    def arguments(self) -> dict[str, Any]:
        metadata = {"event_type": EVENT_TYPE, "event_payload": {"id": self.uid}}
        return {
            "channel": self.channel, "text": self.text, "blocks": self.blocks, "metadata": metadata,
        }  # fmt: skip


async def open_direct(client: AsyncWebClient, user_id: str) -> Outcome:
    """The person's direct message channel; opening it again gives the same one."""
    opened = await outcome_of(client.conversations_open(users=user_id))
    if isinstance(opened, Done) and not isinstance(_of(_of(opened.data, "channel"), "id"), str):
        return Unknown("no_channel")
    return opened


async def post(client: AsyncWebClient, message: Post) -> Outcome:
    thread: dict[str, Any] = {}
    if message.thread_ts is not None:
        thread = {"thread_ts": message.thread_ts, "reply_broadcast": message.broadcast}
    return await outcome_of(
        client.chat_postMessage(**message.arguments(), **thread, unfurl_links=False, unfurl_media=False),
    )


async def redraw(client: AsyncWebClient, message: Post, ts: str) -> Outcome:
    return await outcome_of(client.chat_update(**message.arguments(), ts=ts))


async def find(client: AsyncWebClient, message: Post, sent: datetime) -> Outcome:
    """Look for a message by its id, from a little before it was sent.

    `Done` holds the message's `ts`, or `None` if Slack does not show it; anything else means that Slack
    could not be asked.
    """
    oldest = f"{(sent - LOOK_BACK).timestamp():.6f}"
    if message.thread_ts is not None:
        found = await _search(client.conversations_replies, message, oldest=oldest, ts=message.thread_ts)
        # Where the thread is gone, its replies are in the channel, as was one sent after it went.
        if found != Refused("thread_not_found"):
            return found
    return await _search(client.conversations_history, message, oldest=oldest)


async def _search(
    pages: Callable[..., Awaitable[AsyncSlackResponse]], message: Post, **where: str
) -> Outcome:
    cursor: object = None
    while True:
        page = await outcome_of(
            pages(channel=message.channel, limit=_PAGE, include_all_metadata=True, cursor=cursor, **where),
        )
        if not isinstance(page, Done):
            return page
        messages = page.data.get("messages")
        if not isinstance(messages, list):
            # Of what is not there only a list says that it is not there.
            return Unknown("no_messages")
        for shown in messages:
            if message.is_shown_as(shown):
                return Done({"ts": shown["ts"]})
        cursor = _of(_of(page.data, "response_metadata"), "next_cursor")
        if not cursor:
            return Unknown("no_cursor") if page.data.get("has_more") else Done({"ts": None})


def _uid(message: object) -> object:
    metadata = _of(message, "metadata")
    return _of(_of(metadata, "event_payload"), "id") if _of(metadata, "event_type") == EVENT_TYPE else None


def _of(answer: object, name: str) -> object:
    """That part of an answer, which may be no object at all."""
    return answer.get(name) if isinstance(answer, Mapping) else None
