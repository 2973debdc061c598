"""An app that shows whatever a test wants, in the place of the product, in the same workspace."""

import asyncio
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import pytest_asyncio
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from tests.playground.pages.conftest import Playground
from tests.support.bolt import served

from .blocks import button, modal, options, text

_ANY = re.compile(".*")


@dataclass
class Lantern:
    """Opens `blocks` at any command, takes every click and submit, and keeps what came."""

    client: AsyncWebClient
    blocks: list[dict[str, Any]] = field(default_factory=list)
    #: What Slack reported, in order: actions, submits and closings.
    actions: list[dict[str, Any]] = field(default_factory=list)
    submitted: list[dict[str, Any]] = field(default_factory=list)
    closed: list[dict[str, Any]] = field(default_factory=list)
    #: Block id -> sentence, found wrong in the next submit.
    wrong: dict[str, str] = field(default_factory=dict)
    #: How long it takes to answer a click (seconds).
    pause: float = 0.0

    async def command(self, ack: Any, body: dict[str, Any]) -> None:  # noqa: ANN401 - Bolt's own
        await ack()
        await self.client.views_open(trigger_id=body["trigger_id"], view=modal(*self.blocks))

    async def act(self, ack: Any, body: dict[str, Any], action: dict[str, Any]) -> None:  # noqa: ANN401 - the same
        await asyncio.sleep(self.pause)
        await ack()
        self.actions.append(action)
        if action["action_id"] == "push":
            await self.client.views_push(
                trigger_id=body["trigger_id"], view=modal(button("Deeper"), name="Second")
            )

    async def suggest(self, ack: Any, payload: dict[str, Any]) -> None:  # noqa: ANN401 - the same
        typed = payload["value"]
        if typed == "nothing":
            await ack(options=[])
        elif payload["block_id"] == "grouped":
            await ack(
                option_groups=[{"label": text("Fruit"), "options": options(f"{typed} pie", f"{typed} jam")}]
            )
        else:
            await ack(options=options(f"{typed}ivation"))

    async def submit(self, ack: Any, view: dict[str, Any]) -> None:  # noqa: ANN401 - the same
        self.submitted.append(view["state"]["values"])
        wrong, self.wrong = self.wrong, {}
        await (ack(response_action="errors", errors=wrong) if wrong else ack())

    async def close(self, ack: Any, body: dict[str, Any]) -> None:  # noqa: ANN401 - the same
        await ack()
        self.closed.append(body)


@pytest_asyncio.fixture(loop_scope="session")
async def lantern(playground: Playground) -> AsyncIterator[Lantern]:
    slack = playground.world.slack
    client = AsyncWebClient(slack.bot_token, base_url=slack.api_url)
    app = AsyncApp(client=client, signing_secret=slack.signing_secret, process_before_response=True)
    lantern = Lantern(client)
    app.command(_ANY)(lantern.command)
    app.action(_ANY)(lantern.act)
    app.options(_ANY)(lantern.suggest)
    app.view_submission(_ANY)(lantern.submit)
    app.view_closed(_ANY)(lantern.close)
    async with served(app) as url:
        slack.request_url = url
        yield lantern
        slack.request_url = None
