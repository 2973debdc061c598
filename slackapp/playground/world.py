"""The playground's world: a Slack workspace in a box, the real app in it, and a clock turned by hand."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from slackapp.app import App, build, running
from slackapp.core.clock import TurnedClock
from slackapp.core.settings import Settings, load
from slackapp.core.shipped import shipped
from slackapp.playground.slack import StandIn
from slackapp.playground.slack.traffic import KEPT
from slackapp.playground.turning import Turning


@dataclass(frozen=True)
class Progress:
    """How far something that takes a while has come."""

    done: int
    of: int
    what: str


@dataclass
class World:
    slack: StandIn
    app: App
    clock: TurnedClock
    turning: Turning
    #: While the history is being made.
    progress: Progress | None = None
    #: Why there is no whole history, for people to read; empty if nothing is wrong with it.
    trouble: str = ""

    def has_come(self, done: int, of: int, what: str) -> None:
        """Note how far the history is, for the pages to show."""
        self.progress = Progress(done, of, what)
        self.slack.changes.note()

    def is_made(self, trouble: str = "") -> None:
        """Note that the history is whole, or what kept it from becoming so."""
        self.progress, self.trouble = None, trouble
        self.slack.changes.note()


@asynccontextmanager
async def world(
    database_url: str, start: datetime, *, state: Path | None = None, record: Path | None = None
) -> AsyncIterator[World]:
    """A workspace with the app running in it, at the moment `start`.

    `state` keeps the workspace over a restart, as the database keeps the app's part. `record` gets every
    call to Slack, a JSON object a line. Raises `StartError` or `SchemaError`.
    """
    clock = TurnedClock(start)
    async with StandIn.serve(
        shipped("manifest.yml"),
        clock=lambda: clock.now().timestamp(),
        state=state,
        record=record,
        # It may be open for days, and nobody reads further back.
        keep=KEPT,
    ) as slack:
        settings = load(
            Settings, **slack.environment(), AFTERLAUNCH_DATABASE_URL=database_url, AFTERLAUNCH_PACING="off"
        )
        async with build(settings, clock) as app, running(app):
            yield World(slack, app, clock, Turning(clock, app, slack))
