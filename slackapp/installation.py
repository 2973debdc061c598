"""Whose token this is. Slack has to say so before the app starts."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import structlog
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from slackapp.core.transaction import Transactions
from slackapp.features.workspaces.service import install, tell_of_missing_scopes
from slackapp.outbox import pace
from slackapp.slack.outcomes import Done, Refused, TokenTrouble, outcome_of
from slackapp.slack.scopes import compare

log = structlog.get_logger()

#: Seconds between two tries to reach Slack at start.
PATIENCE = 5.0

#: How to come by a token that Slack accepts.
BOT_REMEDY = "Copy the Bot User OAuth Token from your app's page, OAuth & Permissions."
APP_LEVEL_REMEDY = "Generate one with the scope connections:write on your app's page, Basic Information."


class StartError(Exception):
    """Why the app cannot start; the sentence says what to do."""


@dataclass(frozen=True)
class Installation:
    """The one workspace the token belongs to."""

    workspace_id: int
    team_id: str
    bot_id: str
    bot_user_id: str
    client: AsyncWebClient

    def workspace_of(self, team_id: str | None) -> int | None:
        """The workspace row of a Slack team; None for a team the app is not installed in."""
        return self.workspace_id if team_id == self.team_id else None

    def client_for(self, workspace_id: int) -> AsyncWebClient | None:
        return self.client if workspace_id == self.workspace_id else None


async def introduce_ourselves(client: AsyncWebClient, transactions: Transactions) -> Installation:
    """Learn whose token this is, and whether it may do all that this version asks for."""
    answer = await accepted(client.auth_test, "SLACK_BOT_TOKEN", BOT_REMEDY)
    who = answer.data
    async with transactions.install() as session:
        workspace_id = await install(
            session,
            team_id=who["team_id"],
            name=who.get("team") or who["team_id"],
            now=transactions.clock.now(),
        )
        await pace.resume(session, workspace_id)
    scopes = compare(answer)
    if scopes is not None and scopes.missing:
        async with transactions.begin(workspace_id) as tx:
            told = await tell_of_missing_scopes(tx, scopes.missing)
        log.warning("slack.scopes_missing", scopes=scopes.missing, told=told, remedy="afterlaunch doctor")
    return Installation(workspace_id, who["team_id"], who.get("bot_id") or "", who["user_id"], client)


async def accepted(call: Callable[[], Awaitable[AsyncSlackResponse]], token: str, remedy: str) -> Done:
    """What Slack answers. Waits while Slack is out of reach; a token it refuses stops the start."""
    while True:
        outcome = await outcome_of(call())
        if isinstance(outcome, Done):
            return outcome
        if isinstance(outcome, TokenTrouble | Refused):
            raise StartError(f"Slack refuses {token} with {outcome.reason}. {remedy}")
        log.warning("slack.unreachable", reason=outcome.reason, again_in=PATIENCE)
        await asyncio.sleep(PATIENCE)
