"""One run of relays on two workspaces: sets the scene, lets the storm pass, waits for the calm, and looks."""

import asyncio
import signal
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import case, func, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from slackapp.core.database import create_engine, wire_now
from slackapp.features.workspaces.service import install
from slackapp.outbox.models import OutboxMessage, State
from slackapp.playground.slack.fault_script import FaultScript, Rule, Seeded
from slackapp.playground.slack.remote import RemoteStandIn
from tests.faults.blows import rain
from tests.faults.databases import Databases
from tests.faults.evidence import Evidence, read_calls, read_notes
from tests.faults.jobs import BeSlack, Deliver, Place, Say, Scene
from tests.faults.plan import Crew, Plan
from tests.faults.processes import Board, Worker
from tests.faults.storms import CHANNELS, PEOPLE

START = datetime(2026, 9, 7, 8, 0, tzinfo=UTC)
#: What is to be delivered by chance faults: the calls that deliver.
METHODS = ["chat.*", "conversations.*", "files.*", "upload"]
#: Seconds that a storm waits for what it lasts until, which may never come where no bug brings it about.
LONGER = 8.0
#: Seconds that what does come is waited for: a busy machine is slow.
LONGEST = 180.0


@dataclass
class Troupe:
    """The processes of a run, and what they told."""

    slack: Worker
    relays: dict[str, Worker]
    writer: Worker
    board: Board
    #: The saying the writer began last.
    begun: int = -1
    said: asyncio.Event = field(default_factory=asyncio.Event)


async def run(plan: Plan, databases: Databases, folder: Path) -> Evidence:
    """Everything that is known of it afterwards is in the evidence, and in the folder."""
    began = time.monotonic()
    turn_clock(folder, START)
    async with databases.fresh(plan.database, folder) as url, slacks(plan, folder) as (slack, stands):
        engine = create_engine(url)
        try:
            places = [await _furnish(engine, stand, url_and_team) for stand, url_and_team in stands]
            scene = Scene(folder, url, tuple(places), plan.lengths, plan.paced)
            _order_faults(plan, [stand for stand, _ in stands])
            troupe = _engage(plan, scene, slack)
            evidence = Evidence(
                plan.lengths, sayings=plan.sayings, workspaces=[p.workspace_id for p in places]
            )
            try:
                await _storm(plan, troupe, scene, databases, [stand for stand, _ in stands])
                for stand, _ in stands:
                    stand.faults.clear()
                await await_calm(troupe.relays, engine, evidence, plan.calm)
            finally:
                evidence.ended = await _dismiss(troupe)
            await look(evidence, engine, [stand for stand, _ in stands])
        finally:
            await engine.dispose()
    read(evidence, folder, [place.token for place in places])
    evidence.seconds = time.monotonic() - began
    return evidence


def turn_clock(folder: Path, to: datetime) -> None:
    fresh = folder / "clock.new"
    fresh.write_text(to.isoformat(), encoding="utf-8")
    fresh.replace(folder / "clock")


Stands = list[tuple[RemoteStandIn, tuple[str, str]]]


@asynccontextmanager
async def slacks(plan: Plan, folder: Path) -> AsyncIterator[tuple[Worker, Stands]]:
    """The witness: two workspaces, and a record of each."""
    records = (folder / "slack-0.jsonl", folder / "slack-1.jsonl")
    served: asyncio.Future[list[tuple[str, str]]] = asyncio.get_running_loop().create_future()
    job = BeSlack(folder / "clock", records, plan.lengths.history_lag)
    slack = Worker("slack", job, folder, heard=served.set_result)
    slack.start()
    try:
        async with asyncio.timeout(LONGEST):
            found = await served
        yield slack, [(RemoteStandIn(url), (url, team)) for url, team in found]
    finally:
        await slack.end(signal.SIGTERM)


async def _furnish(engine: AsyncEngine, stand: RemoteStandIn, served: tuple[str, str]) -> Place:
    url, team = served
    people = [stand.add_person(f"Person {number}") for number in range(PEOPLE)]
    channels = [stand.add_channel(f"room-{number}", people) for number in range(CHANNELS)]
    async with AsyncSession(engine) as session, session.begin():
        workspace_id = await install(session, team_id=team, name=team, now=START)
    token = stand.environment()["SLACK_BOT_TOKEN"]
    ids = tuple(channel.id for channel in channels), tuple(person.id for person in people)
    return Place(workspace_id, team, f"{url}/api/", token, *ids)


def _order_faults(plan: Plan, stands: Sequence[RemoteStandIn]) -> None:
    seeded = Seeded(seed=plan.seed, rates=dict(plan.rates), methods=METHODS) if plan.rates else None
    for stand in stands:
        stand.apply(FaultScript(rules=[Rule.model_validate(rule) for rule in plan.rules], seeded=seeded))


def _engage(plan: Plan, scene: Scene, slack: Worker) -> Troupe:
    board = Board()
    relays = {
        crew.name: Worker(
            crew.name, Deliver(scene, crew.tokens, plan.bug), scene.folder, lives=crew.lives, board=board
        )
        for crew in plan.relays
    }
    begins = time.monotonic() + 0.3
    writer = Worker(
        plan.writer.name,
        Say(scene, plan.sayings, 0, begins),
        scene.folder,
        lives=plan.writer.lives,
        board=board,
    )
    troupe = Troupe(slack, relays, writer, board)

    def heard(said: tuple[str, int]) -> None:
        what, number = said
        if what == "done":
            writer.wanted = False
            troupe.said.set()
        troupe.begun = number
        writer.replace_job(Say(scene, plan.sayings, number + 1, begins))

    writer._heard = heard
    return troupe


async def _storm(
    plan: Plan, troupe: Troupe, scene: Scene, databases: Databases, stands: Sequence[RemoteStandIn]
) -> None:
    starts = [
        asyncio.create_task(_start(troupe.relays[crew.name], crew, troupe.board)) for crew in plan.relays
    ]
    troupe.writer.start()
    raining = asyncio.create_task(rain(plan.blows, troupe.relays, scene, databases.server))
    try:
        await asyncio.sleep(plan.lasts * 0.7)
        turn_clock(scene.folder, START + timedelta(minutes=25))
        await asyncio.sleep(plan.lasts * 0.3)
        async with asyncio.timeout(LONGEST):
            await troupe.said.wait()
            await raining
        await _befallen(plan, stands)
        if plan.until is not None:
            with suppress(TimeoutError):
                async with asyncio.timeout(LONGEST if plan.bug else LONGER):
                    await troupe.board.wait(plan.until)
        # Past everything that was said to be due later.
        turn_clock(scene.folder, START + timedelta(hours=2))
    finally:
        raining.cancel()
        for start in starts:
            start.cancel()


async def _befallen(plan: Plan, stands: Sequence[RemoteStandIn]) -> None:
    """Return when every fault that comes once has come: how soon is the machine's affair."""
    awaited = sum(len(rule["faults"]) for rule in plan.rules if not rule.get("forever"))
    async with asyncio.timeout(LONGEST):
        while sum(stand.faults.befallen.total() for stand in stands) < awaited:  # noqa: ASYNC110 - Slack tells nobody
            await asyncio.sleep(0.05)


async def _start(worker: Worker, crew: Crew, board: Board) -> None:
    if crew.after is not None:
        await board.wait(crew.after)
    worker.start()


async def await_calm(
    workers: Mapping[str, Worker], engine: AsyncEngine, evidence: Evidence, seconds: float
) -> None:
    """Nothing befalls anybody any more, and all the rest is delivered.

    So many seconds may pass at most in which it becomes no less: how fast it goes is the machine's affair.
    """
    for worker in workers.values():
        worker.disarm()
        worker.send(signal.SIGTERM)
    least, deadline = None, time.monotonic() + seconds
    while time.monotonic() < deadline:
        with suppress(SQLAlchemyError, OSError):
            async with engine.connect() as connection:
                waiting, leased, now = (await connection.execute(_ledger())).one()
            if leased is not None and leased > 0:
                evidence.overdue = max(evidence.overdue, now - leased)
            if not waiting:
                return
            if least is None or waiting < least:
                least, deadline = waiting, time.monotonic() + seconds
        await asyncio.sleep(0.1)


def _ledger() -> Any:  # noqa: ANN401 - a statement of three columns
    """How many messages wait, the oldest end of a lease among them, and wire time.

    A reply may have to wait for what it answers, whoever had claimed it before that was said.
    """
    leased = case((OutboxMessage.reply_to.is_(None), func.nullif(OutboxMessage.leased_until, 0.0)))
    return select(func.count(), func.min(leased), wire_now()).where(OutboxMessage.state == State.WAITING)


async def _dismiss(troupe: Troupe) -> dict[tuple[str, int], int | None]:
    for worker in troupe.relays.values():
        worker.disarm()
    await troupe.writer.end(signal.SIGKILL)
    await asyncio.gather(*(worker.end(signal.SIGTERM) for worker in troupe.relays.values()))
    return how_they_ended(troupe.relays)


def how_they_ended(workers: Mapping[str, Worker]) -> dict[tuple[str, int], int | None]:
    """Exit statuses of the last lives, where nothing else was in store for them, and of all that failed."""
    return {
        (name, life): status
        for name, worker in workers.items()
        for life, status in enumerate(worker.ends)
        if (status or 0) > 0 or (life == len(worker.ends) - 1 and not worker.armed)
    }


async def look(evidence: Evidence, engine: AsyncEngine, stands: Sequence[RemoteStandIn]) -> None:
    """What the database and Slack show at the end."""
    async with AsyncSession(engine) as session:
        evidence.rows = (await session.scalars(select(OutboxMessage).order_by(OutboxMessage.id))).all()
        evidence.now = await session.scalar(select(wire_now())) or 0.0
    shown = {}
    for workspace_id, stand in zip(evidence.workspaces, stands, strict=True):
        channels = [*stand.channels(), *(person.dm for person in stand.people())]
        shown[workspace_id] = frozenset(
            (message.channel, message.ts) for each in channels for message in stand.messages(each)
        )
    evidence.shown = shown


def read(evidence: Evidence, folder: Path, secrets: Sequence[str]) -> None:
    """What all processes left in the folder."""
    evidence.notes = read_notes(folder)
    evidence.calls = {
        workspace_id: read_calls(folder / f"slack-{number}.jsonl")
        for number, workspace_id in enumerate(evidence.workspaces)
    }
    evidence.logs = {path.name: path.read_text(encoding="utf-8") for path in folder.glob("*.log")}
    evidence.secrets = secrets
    evidence.stalled = max((note.what.get("stalled", 0.0) for note in evidence.notes), default=0.0)
