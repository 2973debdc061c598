"""The playground's world: a Slack workspace in a box, the real app in it, and a clock turned by hand."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy.ext.asyncio import AsyncSession

from slackapp.app import App, build, running
from slackapp.core import schema
from slackapp.core.clock import TurnedClock
from slackapp.core.database import create_engine, hurry, read_only
from slackapp.core.settings import Settings, load
from slackapp.core.shipped import shipped
from slackapp.features.workspaces.queries import installations
from slackapp.installation import StartError
from slackapp.playground.faults import FaultSwitch
from slackapp.playground.outlook import Outlook
from slackapp.playground.slack import StandIn, Timing
from slackapp.playground.slack.traffic import KEPT
from slackapp.playground.story import Story, StoryClock
from slackapp.playground.tour import Tour
from slackapp.playground.turning import Turning

#: Slack waits for three seconds. A machine that is slow, or busy otherwise, is to spoil nothing here.
PATIENT = Timing(acknowledge=60.0, trigger=60.0)


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
    faults: FaultSwitch
    story: Story
    outlook: Outlook
    tour: Tour
    #: While the history is being made.
    progress: Progress | None = None
    #: Why there is no whole history, for people to read; empty if nothing is wrong with it.
    trouble: str = ""

    def has_come(self, done: int, of: int, what: str) -> None:
        """Note how far the history is, for the pages to show."""
        self.progress = Progress(done, of, what)
        self.outlook.known = False
        self.slack.changes.note()

    def is_made(self, trouble: str = "") -> None:
        """Note that the history is whole, or what kept it from becoming so."""
        self.progress, self.trouble = None, trouble
        self.slack.changes.note()


@asynccontextmanager
async def world(
    database_url: str,
    start: datetime,
    *,
    state: Path | None = None,
    record: Path | None = None,
    story: Story | None = None,
) -> AsyncIterator[World]:
    """A workspace with the app running in it, at the moment `start`, or where the story stood before.

    `state` keeps the workspace over a restart, as the database keeps the app's part. `record` gets every
    call to Slack, a JSON object a line. Raises `StartError` or `SchemaError`.
    """
    story = story or Story()
    clock = StoryClock(start, story)
    async with StandIn.serve(
        shipped("manifest.yml"),
        clock=lambda: clock.now().timestamp(),
        state=state,
        record=record,
        timing=PATIENT,
    ) as slack:
        # It may be open for days, and nobody reads further back.
        slack.remember(KEPT)
        await _refuse_strangers(database_url, slack.team_id)
        settings = load(
            Settings, **slack.environment(), AFTERLAUNCH_DATABASE_URL=database_url, AFTERLAUNCH_PACING="off"
        )
        async with build(settings, clock, slack_waits=PATIENT.acknowledge) as app:
            # A history is some thousand commits, and half of one is made anew anyway.
            await hurry(app.engine)
            async with running(app):
                turning = Turning(clock, app, slack)
                outlook = Outlook(
                    turning, slack.changes, lambda: made.progress is None and not turning.under_way
                )
                tour = Tour(slack, story, clock)
                made = World(slack, app, clock, turning, FaultSwitch(slack), story, outlook, tour)
                outlook.begin()
                try:
                    yield made
                finally:
                    slack.faults.clear()
                    await outlook.close()
                    await turning.close()


async def _refuse_strangers(database_url: str, team_id: str) -> None:
    """Nothing is to be changed in a database that another workspace's app works on: raises `StartError`."""
    engine = create_engine(database_url)
    try:
        await schema.check_reachable(engine)
        if await schema.current(engine) not in schema.known():
            return  # there is nothing yet, or the app refuses it at its start and says why
        async with AsyncSession(read_only(engine)) as session:
            others = sorted(set(await installations(session)) - {team_id})
    finally:
        await engine.dispose()
    if others:
        raise StartError(
            f"The database belongs to the workspace {' and '.join(others)}, which is not this playground's. "
            "Give the playground a database of its own with --database."
        )
