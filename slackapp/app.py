"""The composition root: settings, clock, Slack, database and wiring become one App."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass
from typing import Any

import structlog
from slack_bolt import BoltResponse
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp, AsyncBoltContext, AsyncBoltRequest
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.error import BoltUnhandledRequestError
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from sqlalchemy.ext.asyncio import AsyncEngine

from slackapp import wiring
from slackapp.core import schema
from slackapp.core.clock import Clock, clock_of
from slackapp.core.database import create_engine
from slackapp.core.settings import LEASE_MARGIN, Settings
from slackapp.core.telemetry import Telemetry
from slackapp.core.transaction import Transactions
from slackapp.heartbeat import Heartbeat, Inquiries
from slackapp.installation import APP_LEVEL_REMEDY, Installation, accepted, introduce_ourselves
from slackapp.outbox.relay import Relay
from slackapp.outbox.rules import UNPACED, Pacing, RelaySettings
from slackapp.slack.census import Census
from slackapp.slack.client import Slack
from slackapp.slack.frame import ON_THE_WAY, SLACK_WAITS, Frame
from slackapp.slack.mount import mount
from slackapp.slack.news import Reporter
from slackapp.slack.socket import refuse_unreadable

log = structlog.get_logger()

#: Seconds that what is being delivered has to finish in at the end, after those the server gives to requests.
DRAIN = 10.0

#: Seconds between two looks at whether the socket needs a new address.
RENEW = 5.0

#: What somebody of another organisation is answered, who meets our command in a shared channel.
FOREIGN = "Afterlaunch is not installed in your workspace."


@dataclass
class App:
    settings: Settings
    engine: AsyncEngine
    transactions: Transactions
    installation: Installation
    telemetry: Telemetry
    bolt: AsyncApp
    frame: Frame
    relay: Relay
    heartbeat: Heartbeat
    socket: AsyncSocketModeHandler | None = None
    relaying: asyncio.Task[None] | None = None

    async def catch_up(self) -> None:
        """Do what is due at the clock's now, and deliver what came of it: for clocks turned by hand."""
        await self.heartbeat.beat()
        await self.relay.drain()

    @contextmanager
    def by_hand(self) -> Iterator[None]:
        """Meanwhile nothing falls due and nothing is delivered but where somebody sees to it themselves.

        Then what happens, and in which order, does not depend on how fast the machine is.
        """
        self.relay.pause()
        self.heartbeat.pause()
        try:
            yield
        finally:
            self.relay.go_on()
            self.heartbeat.go_on()

    async def connected(self) -> bool:
        """Whether Slack can reach us, as far as we can tell: over HTTP we cannot."""
        if not self.settings.socket_mode:
            return True
        return self.socket is not None and await self.socket.client.is_connected()


@asynccontextmanager
async def build(
    settings: Settings, clock: Clock | None = None, *, slack_waits: float = SLACK_WAITS
) -> AsyncIterator[App]:
    """Everything connected and nothing running yet. Raises `StartError` or `SchemaError`.

    `slack_waits`: seconds in which Slack wants an answer; a stand-in may be more patient.
    """
    async with AsyncExitStack() as stack:
        engine = create_engine(settings.database_url)
        stack.push_async_callback(engine.dispose)
        await schema.require_current(engine)
        slack = Slack(settings.api_url, settings.http_timeout_seconds)
        stack.push_async_callback(slack.close)
        transactions = Transactions(
            engine, clock or clock_of(settings.clock_file), wiring.EVENTS, wiring.PARTS
        )
        client = slack.client(settings.slack_bot_token.get_secret_value())
        installation = await introduce_ourselves(client, transactions)
        # Whom a payload names has to be learned of in half of the time: the use case comes after it.
        reporter = Reporter(wiring.KEEPERS, patience=slack_waits / 2)
        telemetry = Telemetry()
        patience = slack_waits - ON_THE_WAY
        frame = Frame(transactions, installation.workspace_of, reporter, telemetry, patience)
        census = Census(transactions, reporter, installation.client_for)
        asks = Inquiries(census.take, census.meet, census.call_roll)
        bolt = _bolt(settings, slack, installation)
        mount(bolt, wiring.ROUTES, frame)
        yield App(
            settings,
            engine,
            transactions,
            installation,
            telemetry,
            bolt,
            frame,
            Relay(transactions, installation.client_for, _relay_settings(settings), telemetry, census.take),
            Heartbeat(transactions, wiring.JOBS, settings.heartbeat_seconds, telemetry, asks),
        )


@asynccontextmanager
async def connected(app: App) -> AsyncIterator[None]:
    """Listen to Slack, over a socket where there is one; at the end finish what was begun."""
    async with AsyncExitStack() as stack:
        stack.push_async_callback(app.frame.finish)
        if app.settings.slack_app_token is not None:
            app.socket = await _open_socket(app, app.settings.slack_app_token.get_secret_value())
            stack.push_async_callback(app.socket.close_async)
            stack.callback(asyncio.create_task(_renew_address(app.socket.client)).cancel)
        yield


async def _open_socket(app: App, token: str) -> AsyncSocketModeHandler:
    opened = await accepted(
        lambda: app.bolt.client.apps_connections_open(app_token=token),
        "SLACK_APP_TOKEN",
        APP_LEVEL_REMEDY,
    )
    handler = AsyncSocketModeHandler(app.bolt, token)
    # The SDK, asking for itself, would try a refused token for ever.
    handler.client.wss_uri = opened.data["url"]
    handler.client.message_listeners.append(refuse_unreadable)
    await handler.connect_async()  # type: ignore[no-untyped-call]
    return handler


async def _renew_address(client: SocketModeClient) -> None:
    """While there is no connection, let the SDK ask for a new address.

    It asks once and then tries that one for ever, but an address is good for one use, and not for long.
    """
    while True:
        await asyncio.sleep(RENEW)
        if not await client.is_connected():
            client.wss_uri = None


@asynccontextmanager
async def running(app: App) -> AsyncIterator[None]:
    """Listen, beat and deliver; at the end claim nothing more and finish what is under way."""
    async with connected(app):
        app.relaying = asyncio.create_task(app.relay.run())
        app.heartbeat.start()
        try:
            yield
        finally:
            app.relay.stop()
            ending = (app.relaying, asyncio.create_task(app.heartbeat.stop()))
            _, late = await asyncio.wait(ending, timeout=DRAIN)
            for task in late:
                task.cancel()
            await asyncio.gather(*ending, return_exceptions=True)


def _bolt(settings: Settings, slack: Slack, installation: Installation) -> AsyncApp:
    # Bolt remarks on settings it finds in the environment and is not to use.
    quiet = logging.getLogger("slack_bolt.AsyncApp")
    quiet.setLevel(logging.ERROR)
    secret = settings.slack_signing_secret

    async def authorize(team_id: str | None) -> AuthorizeResult | None:
        """What Bolt asks on every request; answered from memory, so that no request costs a call."""
        if installation.workspace_of(team_id) is None:
            return None
        return AuthorizeResult(
            enterprise_id=None,
            team_id=team_id,
            bot_id=installation.bot_id,
            bot_user_id=installation.bot_user_id,
            bot_token=installation.client.token,
        )

    async def only_installed(
        context: AsyncBoltContext,
        body: dict[str, Any],
        next: Callable[[], Awaitable[None]],  # noqa: A002 - Bolt's name
    ) -> BoltResponse | None:
        """Bolt would tell a stranger's payload so, by a call to whatever address stands in it."""
        if installation.workspace_of(context.team_id) is None and body.get("type") != "url_verification":
            log.warning("slack.foreign_workspace", kind=body.get("type") or "command")
            return BoltResponse(status=200, body=FOREIGN if "command" in body else "")
        await next()
        return None

    bolt = AsyncApp(
        logger=quiet,
        client=slack.client(None),
        authorize=authorize,  # type: ignore[arg-type]  # None is how Bolt is told: not installed there
        signing_secret=secret.get_secret_value() if secret else "unused in Socket Mode",
        before_authorize=only_installed,
        # By default Bolt polls for the acknowledgement every 10 ms.
        process_before_response=True,
        raise_error_for_unhandled_request=True,
    )

    @bolt.error
    async def fail(error: Exception, request: AsyncBoltRequest) -> BoltResponse:
        """What no listener of ours caught. An acknowledgement would say it was done, and close the form."""
        if isinstance(error, BoltUnhandledRequestError):
            # There is nothing to do, and over a socket it would be brought again.
            return BoltResponse(status=200 if request.mode == "socket_mode" else 404)
        log.error("bolt.failed", exc_info=error)
        return BoltResponse(status=500)

    return bolt


def _relay_settings(settings: Settings) -> RelaySettings:
    return RelaySettings(
        lease=settings.lease_seconds,
        margin=settings.http_timeout_seconds + LEASE_MARGIN,
        settle=settings.settle_seconds,
        unknown_outcome=settings.unknown_outcome,
        pacing=Pacing() if settings.pacing == "slack" else UNPACED,
    )
