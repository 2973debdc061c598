"""HTTP: Slack's requests, two truthful answers about our health, and the numbers behind them."""

import asyncio

from slack_bolt.adapter.starlette.async_handler import to_async_bolt_request, to_starlette_response
from sqlalchemy.exc import SQLAlchemyError
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from slackapp import exposition
from slackapp.app import App
from slackapp.core import schema
from slackapp.gate import Gate, UnreadableError
from slackapp.slack.payloads import STUMBLES, is_readable

#: Seconds after which a database that does not answer counts as gone.
PATIENCE = 5.0


def web(app: App) -> Starlette:
    """`/slack/events` is there only over HTTP; with Socket Mode Slack needs no way in."""

    async def healthz(request: Request) -> Response:
        """Alive: the loop answers, and the relay runs. If not, restart the process."""
        del request
        return _report({"relay": app.relaying is not None and not app.relaying.done()})

    async def readyz(request: Request) -> Response:
        """Ready: everything that a person's click needs is there."""
        del request
        checks = await _database(app)
        return _report(checks | {"heartbeat": app.heartbeat.recent, "slack": await app.connected()})

    async def metrics(request: Request) -> Response:
        del request
        said = await exposition.exposed(app.telemetry, app.transactions)
        return Response(said, media_type=exposition.MEDIA_TYPE)

    routes = [Route("/healthz", healthz), Route("/readyz", readyz), Route("/metrics", metrics)]
    secret = app.settings.slack_signing_secret
    if not app.settings.socket_mode and secret is not None:
        gate = Gate(secret.get_secret_value(), app.telemetry)

        async def events(request: Request) -> Response:
            return await gate.answer(request, lambda body: _answer(app, request, body))

        routes.append(Route("/slack/events", events, methods=["POST"]))
    return Starlette(routes=routes)


async def _answer(app: App, request: Request, body: bytes) -> Response:
    try:
        asked = to_async_bolt_request(request, body)
    except STUMBLES:
        raise UnreadableError from None
    if not is_readable(asked.body):
        raise UnreadableError
    return to_starlette_response(await app.bolt.async_dispatch(asked))


async def _database(app: App) -> dict[str, bool]:
    try:
        async with asyncio.timeout(PATIENCE):
            return {"database": True, "schema": schema.serves(await schema.current(app.engine))}
    except (SQLAlchemyError, OSError):
        return {"database": False, "schema": False}


def _report(checks: dict[str, bool]) -> Response:
    return JSONResponse(checks, status_code=200 if all(checks.values()) else 503)
