"""One run of the whole app: two replicas over HTTP, people who use it, and a morning that asks them."""

import asyncio
import signal
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import structlog
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from slackapp.core.database import create_engine
from slackapp.core.settings import Settings, load
from slackapp.features.launches.models import Launch
from slackapp.features.workspaces.models import Workspace
from slackapp.playground.slack.fault_script import FaultScript, Seeded
from slackapp.playground.slack.remote import RemotePerson, RemoteStandIn
from slackapp.server import serve
from slackapp.slack.frame import Frame
from tests.faults import bugs, bugs_inbound
from tests.faults.app_plan import AppPlan
from tests.faults.blows import rain
from tests.faults.databases import Databases
from tests.faults.evidence import Evidence, Submit
from tests.faults.forwarder import Forwarder, forwarding
from tests.faults.jobs import BeSlack, Scene
from tests.faults.lengths import hurry
from tests.faults.people import answer, record
from tests.faults.processes import Worker
from tests.faults.run import METHODS, START, await_calm, how_they_ended, look, read, turn_clock
from tests.faults.strikes import Notes
from tests.support.processes import Replica, free_port


@dataclass(frozen=True)
class ServeApp:
    """A replica of the app, as `afterlaunch run` serves it."""

    settings: Mapping[str, str]
    bug: str | None = None

    def __call__(self, notes: Notes, harness: Connection) -> None:
        del notes, harness
        hurry()
        tell_kinds()
        if self.bug is not None:
            bugs_inbound.plant(self.bug)
        asyncio.run(serve(load(Settings, **self.settings)))


def tell_kinds() -> None:
    """Let strikes be for one kind of payload only, by the name Slack gives it."""

    def bound(before: Callable[..., Awaitable[Any]]) -> Callable[..., Any]:
        async def patched(self: Frame, args: Any, use: Any) -> Any:  # noqa: ANN401 - as it is
            with structlog.contextvars.bound_contextvars(key=str(args.body.get("type") or "command")):
                return await before(self, args, use)

        return patched

    bugs.swap(Frame, "_reply", bound)


async def run_app(plan: AppPlan, databases: Databases, folder: Path) -> Evidence:
    """Everything that is known of it afterwards is in the evidence, and in the folder."""
    began = time.monotonic()
    turn_clock(folder, START)
    ports = [free_port() for _ in plan.replicas]
    forwarder = Forwarder(ports, "", plan.seed, plan.doubling)
    evidence = Evidence(plan.lengths)
    async with databases.fresh(plan.database, folder) as url, forwarding(forwarder) as port:
        engine = create_engine(url)
        slack, stand = await _be_slack(plan, folder, f"http://127.0.0.1:{port}/slack/events")
        environment = stand.environment()
        forwarder.secret = environment["SLACK_SIGNING_SECRET"]
        replicas = _replicas(plan, environment, url, folder, ports)
        try:
            await _live(plan, stand, replicas, evidence, folder, databases)
            stand.faults.clear()
            await await_calm(replicas, engine, evidence, 40.0)
            evidence.ended = await _close(replicas, ports, folder)
            await _look_at_launches(evidence, engine)
            await look(evidence, engine, [stand])
        finally:
            for worker in replicas.values():
                await worker.end(signal.SIGKILL)
            await slack.end(signal.SIGTERM)
            await engine.dispose()
    read(evidence, folder, [environment["SLACK_BOT_TOKEN"], environment["SLACK_SIGNING_SECRET"]])
    evidence.seconds = time.monotonic() - began
    return evidence


async def _be_slack(plan: AppPlan, folder: Path, request_url: str) -> tuple[Worker, RemoteStandIn]:
    served: asyncio.Future[list[tuple[str, str]]] = asyncio.get_running_loop().create_future()
    job = BeSlack(folder / "clock", (folder / "slack-0.jsonl",), plan.lengths.history_lag, request_url)
    slack = Worker("slack", job, folder, heard=served.set_result)
    slack.start()
    async with asyncio.timeout(180):
        [(url, _)] = await served
    stand = RemoteStandIn(url)
    if plan.rates:
        seeded = Seeded(seed=plan.seed, rates=dict(plan.rates), methods=METHODS)
        stand.apply(FaultScript(seeded=seeded))
    return slack, stand


def _replicas(
    plan: AppPlan, environment: Mapping[str, str], url: str, folder: Path, ports: Sequence[int]
) -> dict[str, Worker]:
    lengths = plan.lengths
    shared = {
        **environment,
        "AFTERLAUNCH_DATABASE_URL": url,
        "AFTERLAUNCH_CLOCK_FILE": str(folder / "clock"),
        "AFTERLAUNCH_LEASE_SECONDS": str(lengths.lease),
        "AFTERLAUNCH_SETTLE_SECONDS": str(lengths.settle),
        "AFTERLAUNCH_HTTP_TIMEOUT_SECONDS": str(lengths.patience),
        "AFTERLAUNCH_HEARTBEAT_SECONDS": "0.3",
        "AFTERLAUNCH_PACING": "off",
    }
    return {
        crew.name: Worker(
            crew.name, ServeApp({**shared, "AFTERLAUNCH_PORT": str(port)}, plan.bug), folder, lives=crew.lives
        )
        for crew, port in zip(plan.replicas, ports, strict=True)
    }


async def _live(
    plan: AppPlan,
    stand: RemoteStandIn,
    replicas: Mapping[str, Worker],
    evidence: Evidence,
    folder: Path,
    databases: Databases,
) -> None:
    """People record launches; then it is the morning on which they are asked about them."""
    people = [stand.add_person(f"Person {number}") for number in range(len(plan.launches))]
    channel = stand.add_channel("team-busy", people)
    for worker in replicas.values():
        worker.start()
    scene = Scene(folder, "", (), plan.lengths)
    raining = asyncio.create_task(rain(plan.blows, replicas, scene, databases.server))
    submits: list[Submit] = []

    async def live(person: RemotePerson, number: int, launches: int) -> None:
        for each in range(launches):
            clicks = 2 if number * 10 + each in plan.double_clicks else 1
            submits.append(await record(person, f"Release {number}-{each}", channel, clicks=clicks))

    try:
        await asyncio.gather(*(live(p, n, plan.launches[n]) for n, p in enumerate(people)))
        if plan.morning:
            for days in (7, 8):
                turn_clock(folder, START + timedelta(days=days, hours=1))
                await asyncio.sleep(1.0)
                for person in people:
                    await answer(person, person.dm)
        await raining
    finally:
        raining.cancel()
    evidence.submits = submits


async def _close(
    replicas: Mapping[str, Worker], ports: Sequence[int], folder: Path
) -> dict[tuple[str, int], int | None]:
    """End the replicas as an upgrade does: each once it is ready."""
    for worker, port in zip(replicas.values(), ports, strict=True):
        with suppress(TimeoutError):
            await Replica({}, folder / "unused.log", port).becomes(200)
        await worker.end(signal.SIGTERM)
    return how_they_ended(replicas)


async def _look_at_launches(evidence: Evidence, engine: AsyncEngine) -> None:
    async with AsyncSession(engine) as session:
        evidence.workspaces = list(await session.scalars(select(Workspace.id)))
        found = await session.execute(
            select(Launch.title, func.count().label("times")).group_by(Launch.title)
        )
        evidence.launches = {row.title: row.times for row in found}
