"""What worker processes do: deliver, say things, be Slack, or hold SQLite's lock."""

import asyncio
import signal
import sqlite3
import time
from collections.abc import Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from multiprocessing.connection import Connection
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine

from slackapp.core.clock import FileClock
from slackapp.core.database import create_engine
from slackapp.core.shipped import shipped
from slackapp.core.telemetry import Telemetry
from slackapp.core.transaction import Transactions, Tx
from slackapp.outbox import service
from slackapp.outbox.relay import Relay
from slackapp.outbox.rules import UNPACED, Budget, Pacing, RelaySettings
from slackapp.playground.slack import StandIn
from slackapp.playground.slack.clock_file import ClockFile
from slackapp.playground.slack.timing import Timing
from slackapp.slack.blocks import Message, actions, button, markdown, paragraph
from slackapp.slack.client import Slack
from tests.faults import bugs
from tests.faults.lengths import hurry
from tests.faults.plan import Lengths, Saying
from tests.faults.sqlite_troubles import trouble_by_files
from tests.faults.strikes import InjectedError, Notes

#: A pace like the product's, but as much quicker as everything else here.
QUICK = Pacing(
    channel=Budget(0.05, 3), post=Budget(0.02, 10), update=Budget(0.02, 10), open=Budget(0.02, 10),
    read=Budget(0.02, 10), redraw=0.1,
)  # fmt: skip


@dataclass(frozen=True)
class Place:
    """A workspace as the workers know it."""

    workspace_id: int
    team_id: str
    api_url: str
    token: str
    channels: tuple[str, ...]
    people: tuple[str, ...]


@dataclass(frozen=True)
class Scene:
    """What all workers of a run share."""

    folder: Path
    database_url: str
    places: tuple[Place, ...]
    lengths: Lengths
    paced: bool = False

    @property
    def clock_file(self) -> Path:
        return self.folder / "clock"

    def open(self) -> tuple[AsyncEngine, Transactions]:
        engine = create_engine(self.database_url)
        trouble_by_files(engine, self.folder)
        return engine, Transactions(engine, FileClock(self.clock_file), {}, {})


@dataclass(frozen=True)
class Deliver:
    """A relay with the tokens of some of the workspaces, until SIGTERM."""

    scene: Scene
    tokens: tuple[int, ...]
    bug: str | None = None

    def __call__(self, notes: Notes, harness: Connection) -> None:
        del notes, harness
        hurry()
        if self.bug is not None:
            bugs.plant(self.bug)
        asyncio.run(self._run())

    async def _run(self) -> None:
        lengths = self.scene.lengths
        engine, transactions = self.scene.open()
        ways = {}
        for place in (self.scene.places[number] for number in self.tokens):
            way = Slack(place.api_url, lengths.patience)
            ways[place.workspace_id] = (way, way.client(place.token))
        settings = RelaySettings(
            lease=lengths.lease,
            margin=lengths.margin,
            settle=lengths.settle,
            poll=lengths.poll,
            # As many as can be delivered in so short a lease.
            lanes=8,
            share=6,
            pacing=QUICK if self.scene.paced else replace(UNPACED, redraw=0.05),
        )
        clients = {workspace_id: client for workspace_id, (_, client) in ways.items()}
        relay = Relay(transactions, clients.get, settings, Telemetry())
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, relay.stop)
        await relay.run()
        for way, _ in ways.values():
            await way.close()
        await engine.dispose()


@dataclass(frozen=True)
class Say:
    """Says one thing after the other, each in a transaction of its own and at its time; then it is done."""

    scene: Scene
    sayings: Sequence[Saying]
    #: Where an earlier life of it stopped.
    first: int
    #: Monotonic seconds: when the run began.
    began: float

    def __call__(self, notes: Notes, harness: Connection) -> None:
        asyncio.run(self._run(notes, harness))

    async def _run(self, notes: Notes, harness: Connection) -> None:
        engine, transactions = self.scene.open()
        for number in range(self.first, len(self.sayings)):
            saying = self.sayings[number]
            await asyncio.sleep(self.began + saying.at - time.monotonic())
            harness.send(("begins", number))
            notes.write(begins=number)
            # What is said twice is said once: nobody sees that it was committed before.
            for wait in (0.1,) * 300:
                if await self._said(transactions, saying):
                    break
                await asyncio.sleep(wait)
            notes.write(committed=number)
        await engine.dispose()
        harness.send(("done", len(self.sayings)))

    async def _said(self, transactions: Transactions, saying: Saying) -> bool:
        place = self.scene.places[saying.workspace]
        try:
            async with transactions.begin(place.workspace_id) as tx:
                await _say(tx, place, saying)
        except (SQLAlchemyError, OSError, InjectedError):
            return False
        return True


def file_name(key: str) -> str:
    return f"{key}.md"


async def _say(tx: Tx, place: Place, saying: Saying) -> None:
    if saying.withdraw:
        await service.withdraw(tx, saying.key)
        return
    kind, number = saying.where
    to: service.Channel | service.Direct = service.Direct(place.people[number])
    if kind == "channel":
        to = service.Channel(place.channels[number], reply_to=saying.reply_to)
    if saying.file:
        await service.share(tx, saying.key, to, file_name(saying.key), "# Notes", text=saying.text)
        return
    rows = [actions(button("outbox.nothing", "Press", saying.key))] if saying.buttons else []
    plainer = [markdown("Plainer words")] if saying.fallback else None
    message = Message(saying.text, [paragraph(saying.text), *rows], plainer)
    due = tx.now + timedelta(minutes=saying.due) if saying.due else None
    await service.say(tx, saying.key, to, message, due=due)


@dataclass(frozen=True)
class BeSlack:
    """As many workspaces as there are records, in one process: the witness. Until SIGTERM."""

    clock_file: Path
    records: tuple[Path, ...]
    history_lag: float
    request_url: str | None = None

    def __call__(self, notes: Notes, harness: Connection) -> None:
        asyncio.run(self._run(notes, harness))

    async def _run(self, notes: Notes, harness: Connection) -> None:
        stopped = asyncio.Event()
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stopped.set)
        timing = Timing(event_retries=(0.0, 0.5, 1.5))
        async with AsyncExitStack() as stack:
            slacks = [
                await stack.enter_async_context(
                    StandIn.serve(
                        shipped("manifest.yml"),
                        clock=ClockFile(self.clock_file),
                        record=record,
                        history_lag=self.history_lag,
                        request_url=self.request_url,
                        team_name=f"Ferrybridge {number}",
                        timing=timing,
                    )
                )
                for number, record in enumerate(self.records)
            ]
            harness.send([(slack.url, slack.team_id) for slack in slacks])
            watching = asyncio.create_task(_watch_for_stalls(notes))
            await stopped.wait()
            watching.cancel()


async def _watch_for_stalls(notes: Notes) -> None:
    """Note whenever this process could not run for a while: then what it witnessed came late."""
    while True:
        before = time.monotonic()
        await asyncio.sleep(0.02)
        if (stalled := time.monotonic() - before - 0.02) > 0.1:
            notes.write(stalled=stalled)


@dataclass(frozen=True)
class HoldLock:
    """Keeps every writer out of a SQLite file for a while."""

    path: Path
    seconds: float

    def __call__(self, notes: Notes, harness: Connection) -> None:
        connection = sqlite3.connect(self.path, timeout=5, isolation_level=None)
        connection.execute("BEGIN IMMEDIATE")
        notes.write(locked=self.seconds)
        time.sleep(self.seconds)
        connection.execute("ROLLBACK")
        connection.close()
        harness.send("done")


def now_of(scene: Scene) -> datetime:
    """The story's time."""
    return FileClock(scene.clock_file).now()
