"""What befalls workers and the database from outside."""

import asyncio
import signal
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from sqlalchemy.engine import make_url

from tests.faults.jobs import HoldLock, Scene
from tests.faults.plan import Blow
from tests.faults.processes import Worker
from tests.faults.strikes import Notes
from tests.support.postgres import Server


async def rain(
    blows: Sequence[Blow], workers: Mapping[str, Worker], scene: Scene, server: Server | None
) -> None:
    """Deal each blow at its time, and return when the last one is over."""
    began = time.monotonic()
    notes = Notes(scene.folder / "harness.notes", "harness", 0)
    dealt: list[asyncio.Task[None]] = []
    for blow in sorted(blows, key=lambda each: each.at):
        await asyncio.sleep(began + blow.at - time.monotonic())
        notes.write(struck=blow.what if blow.what == "database" else "outside", how=blow.how, on=blow.what)
        dealt.append(asyncio.create_task(_deal(blow, workers, scene, server)))
    await asyncio.gather(*dealt)


async def _deal(blow: Blow, workers: Mapping[str, Worker], scene: Scene, server: Server | None) -> None:
    if blow.what != "database":
        worker = workers[blow.what]
        if blow.how == "stop":
            worker.pause(blow.seconds)
        else:
            worker.send(signal.SIGKILL if blow.how == "kill" else signal.SIGTERM)
    elif blow.how in ("crash", "restart"):
        if server is not None and server.ours:
            await asyncio.to_thread(server.stop, "immediate" if blow.how == "crash" else "fast")
            await asyncio.sleep(blow.seconds)
            await asyncio.to_thread(server.start)
    elif blow.how == "lock":
        await _lock(scene, blow.seconds)
    else:
        trouble = scene.folder / blow.how
        trouble.touch()
        await asyncio.sleep(blow.seconds)
        with suppress(FileNotFoundError):
            trouble.unlink()


async def _lock(scene: Scene, seconds: float) -> None:
    done = asyncio.Event()
    path = Path(make_url(scene.database_url).database or "")
    locker = Worker("locker", HoldLock(path, seconds), scene.folder, heard=lambda _: done.set())
    locker.start(once=True)
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds + 6):
            await done.wait()
    await locker.end(signal.SIGKILL)
