"""Forms that a browser sends by itself, before a page's script runs or without it: answered with a page."""

import asyncio
import json
import re
import secrets
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode, urlsplit

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from slackapp.playground.pages.acts import form_of
from slackapp.playground.pages.place import STAMP
from slackapp.playground.pages.rendering import html
from slackapp.playground.world import World

#: The pages on which something can be done.
_PAGE = re.compile(r"/as/[A-Za-z0-9]+/[A-Za-z0-9]+")
#: What stays of a page's query once something was done there: no longer what was being edited or was said.
_STAYS = ("thread", "last")
#: So many seconds are waited for what an act brings about: no script would show it afterwards.
_PATIENCE = 3.0
#: So many refusals are kept until they are read.
_KEPT = 100


@dataclass(frozen=True)
class Refusal:
    sentence: str
    #: What was sent, so that nobody has to type it again.
    form: Mapping[str, str]

    @property
    def typed(self) -> bool:
        """It was written in a composer, which says it itself."""
        return "thread" in self.form


class Refusals:
    """What is still to be said on the page from which it was asked. Each is said once."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, Refusal] = OrderedDict()

    def keep(self, refusal: Refusal) -> str:
        """The name under which the page's address asks for it."""
        name = secrets.token_urlsafe(6)
        self._kept[name] = refusal
        while len(self._kept) > _KEPT:
            self._kept.popitem(last=False)
        return name

    def take(self, name: str) -> Refusal | None:
        return self._kept.pop(name, None)


class Returns:
    """Leads who sent a form without a script back to the page it stood on, where a script gets JSON."""

    def __init__(self, app: ASGIApp, world: World, refusals: Refusals) -> None:
        self._app, self._world, self._refusals = app, world, refusals
        self._settling: set[asyncio.Task[None]] = set()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "POST" or not sent_by_itself(Headers(scope=scope)):
            await self._app(scope, receive, send)
            return
        answered: list[Message] = []

        async def keep(message: Message) -> None:
            answered.append(message)

        await self._app(scope, receive, keep)
        start, *parts = answered
        if Headers(raw=start["headers"]).get("content-type") == "application/json":
            told = json.loads(b"".join(part.get("body", b"") for part in parts))
            page = await self._page(Request(scope), told.get("error"), start["status"])
            await page(scope, receive, send)
            return
        for message in answered:
            await send(message)

    async def _page(self, request: Request, refused: str | None, status: int) -> Response:
        back, sent = came_from(request), form_of(request)
        if refused is None:
            await self._settle()
            return RedirectResponse(_address(back, sent) if back else "/", 303)
        if back is None:
            return html("error.html", {"title": "That was not done", "sentence": refused}, status)
        said = self._refusals.keep(Refusal(refused, sent))
        return RedirectResponse(_address(back, sent, said), 303)

    async def _settle(self) -> None:
        """Let what was done have its effect; what takes longer does so behind the page."""
        if self._world.turning.under_way or self._world.progress is not None:
            return
        settling = asyncio.create_task(self._world.turning.settle())
        self._settling.add(settling)
        settling.add_done_callback(self._settling.discard)
        await asyncio.wait([settling], timeout=_PATIENCE)


def sent_by_itself(headers: Headers) -> bool:
    """Whether the browser shows the answer as a page. It says so, unless the address is no safe one."""
    mode = headers.get("sec-fetch-mode")
    return mode == "navigate" if mode else "text/html" in headers.get("accept", "")


def came_from(request: Request) -> str | None:
    """The page on which something was done, as a path with its query; None for any that is not ours.

    That is the field `then` of the address, where the form stood on a page in between.
    """
    address = request.query_params.get("then") or request.headers.get("referer", "")
    try:
        found = urlsplit(address)
    except ValueError:
        return None
    if found.netloc not in ("", request.headers.get("host")) or not _PAGE.fullmatch(found.path):
        return None
    return f"{found.path}?{urlencode(parse_qsl(found.query))}"


def _address(page: str, sent: Mapping[str, str], said: str | None = None) -> str:
    """Of the page, at the message that something was done with, or at its end."""
    path, _, asked = page.partition("?")
    query = dict(parse_qsl(asked))
    query.pop("said", None)
    kept = {name: value for name, value in query.items() if said or name in _STAYS}
    if said:
        kept["said"] = said
    ts = sent.get("ts", "")
    place = f"m-{ts}" if STAMP.fullmatch(ts) else "p-end"
    return f"{path}{'?' if kept else ''}{urlencode(kept)}#{place}"
