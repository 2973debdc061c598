"""Who may talk to the playground: a browser on an address of ours, and pages that are ours."""

import ipaddress
from collections.abc import Collection
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "connect-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}
HEADERS = {
    "Content-Security-Policy": "; ".join(f"{what} {whence}" for what, whence in _POLICY.items()),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    # Our own pages have to know where a form came from; nobody else is told anything.
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}


class Guard:
    """Refuses foreign hosts and foreign pages, and sends every answer with the headers above.

    A name that somebody else's DNS points at this machine would let their page read ours; so the Host has to
    be `localhost`, an address in figures, or one of `names`. Which port stands there says nothing, since a
    tunnel may use another one.
    """

    def __init__(self, app: ASGIApp, names: Collection[str] = ()) -> None:
        self._app = app
        self._names = {"localhost", *(name.lower() for name in names)}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers[name] = value
                # After an upgrade no page is to meet the scripts and styles of the old one.
                headers.setdefault("Cache-Control", "no-cache")
            await send(message)

        refusal = self._refusal(str(scope["method"]), Headers(scope=scope))
        app = self._app if refusal is None else PlainTextResponse(*refusal)
        await app(scope, receive, guarded)

    def _refusal(self, method: str, headers: Headers) -> tuple[str, int] | None:
        host = headers.get("host", "")
        if not self._ours(host):
            return "This playground does not answer under that name.", 421
        site, origin = headers.get("sec-fetch-site"), headers.get("origin")
        if method in ("GET", "HEAD"):
            # A link leads here from anywhere; nobody else's page builds one of ours, or our stream, into it.
            followed = headers.get("sec-fetch-mode", "navigate") == "navigate"
            allowed = followed or site in ("same-origin", "none")
        else:
            allowed = site == "same-origin" or (site is None and _is_of(origin, host))
        return None if allowed else ("Only the playground's own pages may do that.", 403)

    def _ours(self, host: str) -> bool:
        try:
            name = urlsplit(f"//{host}").hostname or ""
            if name in self._names:
                return True
            ipaddress.ip_address(name)
        except ValueError:
            return False
        return True


def _is_of(origin: str | None, host: str) -> bool:
    try:
        return origin is not None and urlsplit(origin).netloc.lower() == host.lower()
    except ValueError:
        return False
