"""Who may ask the pages, and what every answer of theirs forbids the browser."""

import re
from html.parser import HTMLParser

import aiohttp
import pytest
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import Message

from slackapp.playground.pages import pages
from tests.playground.pages.conftest import Playground


class Tags(HTMLParser):
    """The tags of a page with their attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, {name: value or "" for name, value in attrs}))


async def test_a_name_that_is_not_ours_gets_nothing(playground: Playground) -> None:
    port = playground.url.rpartition(":")[2]
    for host in (
        "evil.example",
        f"evil.example:{port}",
        "",
        "localhost.evil.example",
        "127.0.0.1.nip.example",
        "[::",
        "a b",
    ):
        answer = await playground.get(f"/as/{playground.mara.id}/{playground.team.id}", Host=host)
        assert answer.status in (400, 421), host
        assert "Ferrybridge" not in answer.text
    for host in (f"localhost:{port}", "127.0.0.1", "[::1]:9", "192.168.0.7"):
        assert (await playground.get("/", Host=host)).status == 303


async def test_only_our_own_pages_act(playground: Playground) -> None:
    fields = {"channel": playground.team.id, "text": "Hello"}
    at = f"/as/{playground.mara.id}/say"
    for headers in (
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site", "Origin": playground.url},
        {"Sec-Fetch-Site": "none"},
    ):
        assert (await playground.post(at, fields, **headers)).status == 403
    async with aiohttp.ClientSession() as http:
        for origin, status in (
            (None, 403),
            ("null", 403),
            ("http://evil.example", 403),
            ("http://127.0.0.1:1", 403),
            ("http://[::", 403),
            (playground.url, 200),
        ):
            headers = {} if origin is None else {"Origin": origin}
            async with http.post(playground.url + at, data=fields, headers=headers) as answer:
                assert answer.status == status, origin
    assert len(playground.world.slack.messages(playground.team)) == 1


async def test_nobody_builds_ours_into_their_page(playground: Playground) -> None:
    for mode, site, status in (
        ("navigate", "cross-site", 303),
        ("no-cors", "cross-site", 403),
        ("cors", "same-site", 403),
        ("cors", "same-origin", 303),
    ):
        answer = await playground.get("/", **{"Sec-Fetch-Mode": mode, "Sec-Fetch-Site": site})
        assert answer.status == status, (mode, site)


@pytest.mark.parametrize("method", ["GET", "POST"])
async def test_a_failure_is_said_in_a_sentence_and_as_well_guarded(
    playground: Playground, method: str
) -> None:
    async def fails(request: Request) -> Response:
        raise LookupError(request.url)

    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    async def receive() -> Message:
        return {"type": "http.request"}

    application = pages(playground.world)
    application.router.routes.insert(0, Route("/fails", fails, methods=[method]))
    headers = [(b"host", b"localhost"), (b"sec-fetch-site", b"same-origin")]
    scope = {"type": "http", "method": method, "path": "/fails", "headers": headers, "query_string": b""}
    with pytest.raises(LookupError):
        await application(scope, receive, send)
    assert sent[0]["status"] == 500
    assert b"content-security-policy" in dict(sent[0]["headers"])
    assert b"The playground failed at this." in sent[1]["body"]


async def test_no_page_needs_or_allows_anything_inline_or_from_elsewhere(playground: Playground) -> None:
    await playground.mara.say(playground.team, "<style>*{}</style> https://ferry.example/x.png")
    for path in (f"/as/{playground.mara.id}/{playground.team.id}", "/gallery", "/nowhere"):
        answer = await playground.get(path)
        policy = answer.headers["content-security-policy"]
        assert policy.startswith("default-src 'none';")
        assert "unsafe" not in policy
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] == "same-origin"
        tags = Tags()
        tags.feed(answer.text)
        for tag, attributes in tags.found:
            assert tag not in ("style", "iframe", "object"), tag
            assert not [name for name in attributes if name == "style" or name.startswith("on")], tag
            assert tag != "script" or attributes["src"].startswith("/static/")
            whence = attributes.get("src", attributes.get("href", ""))
            assert tag not in ("link", "img") or not re.match(r"(https?:)?//", whence)
