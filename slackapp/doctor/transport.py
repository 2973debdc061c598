"""How Slack reaches the app, and where the app listens."""

import asyncio
import json

import aiohttp

from slackapp.core.settings import Settings
from slackapp.doctor.findings import Finding, fine, refused, wrong
from slackapp.doctor.identity import out_of_reach
from slackapp.installation import APP_LEVEL_REMEDY, StartError
from slackapp.server import address
from slackapp.slack.client import Slack
from slackapp.slack.outcomes import Done, NotSent, Unknown, outcome_of

#: Seconds within which an app on this machine says how it is.
PATIENCE = 1.0


async def transport(settings: Settings, slack: Slack) -> Finding:
    """Socket Mode can be tried; over HTTP only Slack itself can tell whether it gets through."""
    if settings.slack_app_token is None:
        return fine("transport", "HTTP: SLACK_SIGNING_SECRET is set. Slack has to reach /slack/events.")
    token = settings.slack_app_token.get_secret_value()
    answer = await outcome_of(slack.client(None).apps_connections_open(app_token=token))
    if isinstance(answer, Done):
        return fine("transport", "Socket Mode: SLACK_APP_TOKEN is accepted.")
    if isinstance(answer, NotSent | Unknown):
        return out_of_reach("transport", answer.reason, settings.api_url)
    return wrong("transport", f"Slack refuses SLACK_APP_TOKEN with {answer.reason}.", APP_LEVEL_REMEDY)


async def port(settings: Settings) -> Finding:
    place = f"{settings.host}, port {settings.port}"
    try:
        with address(settings):
            return fine("port", f"The app can listen on {place}.")
    except StartError as error:
        if await _is_ours(settings):
            return fine("port", f"The app is running, and listens on {place}.")
        return refused("port", error)


async def _is_ours(settings: Settings) -> bool:
    """Whether what listens there says of its health what this app says."""
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(settings.host, settings.host)  # noqa: S104 - all addresses, ours too
    where = f"http://{f'[{host}]' if ':' in host else host}:{settings.port}/healthz"
    try:
        async with (
            asyncio.timeout(PATIENCE),
            aiohttp.ClientSession() as session,
            session.get(where) as response,
        ):
            said = json.loads(await response.text())
    except (OSError, aiohttp.ClientError, ValueError):
        return False
    return isinstance(said, dict) and "relay" in said
