"""Worker processes, forked from one that has everything imported, so that a killed one is back at once."""

import asyncio
import functools
import multiprocessing
import os
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import suppress
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerContext, ForkServerProcess
from pathlib import Path
from typing import Any, Protocol

from slackapp.core import logging
from slackapp.core.fault_points import Point
from tests.faults.plan import How, Life, Strike, Until
from tests.faults.strikes import Notes, Striker

#: What a worker's process is to do, with its notes and a way to tell the harness something.
Work = Callable[[Notes, Connection], None]


class Job(Protocol):
    """Has to be picklable."""

    def __call__(self, notes: Notes, harness: Connection) -> None: ...


@functools.cache
def context() -> ForkServerContext:
    """Processes made in it have all of the app imported."""
    forking = multiprocessing.get_context("forkserver")
    forking.set_forkserver_preload(["tests.faults.jobs", "tests.faults.app_run"])
    return forking


class Board:
    """How often each worker was struck, for what has to wait until then."""

    def __init__(self) -> None:
        self._struck: Counter[str] = Counter()
        self._changed = asyncio.Event()

    def note(self, worker: str) -> None:
        self._struck[worker] += 1
        self._changed.set()
        self._changed = asyncio.Event()

    async def wait(self, until: Until) -> None:
        """Return once this worker was struck so often."""
        worker, times = until
        while self._struck[worker] < times:
            await self._changed.wait()


class Worker:
    """A process that is started again whenever it dies, each time with the next of its lives."""

    def __init__(
        self,
        name: str,
        job: Job,
        folder: Path,
        *,
        lives: Sequence[Life] = (),
        board: Board | None = None,
        heard: Callable[[Any], None] | None = None,
    ) -> None:
        """`heard` is called with whatever the process tells, but for what struck it."""
        self.name, self._job, self._folder, self._lives, self._heard = name, job, folder, lives, heard
        self._board = board or Board()
        self.lives_begun = 0
        #: How each life ended, as `multiprocessing` says it.
        self.ends: list[int | None] = []
        self.wanted = False
        self._process: ForkServerProcess | None = None
        #: Whether its present life was told to end.
        self._is_told = False
        self._living: asyncio.Task[None] | None = None
        self._dead = asyncio.Event()
        self._stops: set[asyncio.Task[None]] = set()

    def start(self, *, once: bool = False) -> None:
        """`once`: when it dies it is not started again."""
        self.wanted = not once
        self._living = asyncio.create_task(self._live())

    def replace_job(self, job: Job) -> None:
        """What the next life does."""
        self._job = job

    @property
    def armed(self) -> bool:
        """Whether its present life, or its last, had anything in store for it."""
        return self.lives_begun <= len(self._lives)

    def disarm(self) -> None:
        """From the next life on nothing befalls it."""
        self._lives = self._lives[: self.lives_begun]

    def send(self, number: signal.Signals) -> None:
        """A life is told to end once: the second time it may no longer listen, which would hide its end."""
        if self._process is not None and not self._dead.is_set():
            if number == signal.SIGTERM:
                if self._is_told:
                    return
                self._is_told = True
            assert self._process.pid is not None
            with suppress(ProcessLookupError):
                os.kill(self._process.pid, number)

    def pause(self, seconds: float) -> None:
        """Stop it from outside for so many seconds."""
        self.send(signal.SIGSTOP)
        self._later(Strike(Point.CLAIMED, 0, How.STOP, seconds))

    async def end(self, how: signal.Signals, wait: float = 20.0) -> int | None:
        """Its exit status; what is not gone in time is killed, and its status is that of the kill."""
        self.wanted = False
        for stop in self._stops:
            stop.cancel()
        if self._living is None:
            return None
        self.send(signal.SIGCONT)
        self.send(how)
        _, late = await asyncio.wait({self._living}, timeout=wait)
        if late:
            self.send(signal.SIGKILL)
            await self._living
        return self.ends[-1]

    async def _live(self) -> None:
        await self._live_once()
        while self.wanted:
            await self._live_once()

    async def _live_once(self) -> None:
        loop = asyncio.get_running_loop()
        here, there = context().Pipe(duplex=False)
        number = self.lives_begun
        life = self._lives[number] if number < len(self._lives) else ()
        self.lives_begun += 1
        self._dead.clear()
        process = context().Process(
            target=_be, args=(self._job, self.name, number, life, self._folder, there), daemon=True
        )
        process.start()
        self._process, self._is_told = process, False
        there.close()
        loop.add_reader(here.fileno(), self._listen, here)
        loop.add_reader(process.sentinel, self._die, process.sentinel)
        await self._dead.wait()
        self._listen(here)
        loop.remove_reader(here.fileno())
        here.close()
        process.join()
        self.ends.append(process.exitcode)
        process.close()
        self._process = None

    def _listen(self, here: Connection) -> None:
        try:
            while here.poll():
                said = here.recv()
                if isinstance(said, Strike):
                    self._board.note(self.name)
                    if said.how is How.STOP:
                        self._later(said)
                elif self._heard is not None:
                    self._heard(said)
        except (EOFError, OSError):
            asyncio.get_running_loop().remove_reader(here.fileno())

    def _later(self, stop: Strike) -> None:
        task = asyncio.create_task(self._go_on(stop))
        self._stops.add(task)
        task.add_done_callback(self._stops.discard)

    async def _go_on(self, stop: Strike) -> None:
        if stop.until is not None:
            await self._board.wait(stop.until)
        await asyncio.sleep(stop.seconds)
        notes = Notes(self._folder / f"{self.name}.continued.notes", self.name, self.lives_begun - 1)
        notes.write(continued=True)
        # It tells before it stops, and may not have stopped yet.
        for wait in (0.1, 0.3, 1.0):
            self.send(signal.SIGCONT)
            await asyncio.sleep(wait)
        self.send(signal.SIGCONT)

    def _die(self, sentinel: int) -> None:
        asyncio.get_running_loop().remove_reader(sentinel)
        self._dead.set()


def _be(job: Job, name: str, number: int, life: Life, folder: Path, harness: Connection) -> None:
    """What runs in the new process."""
    log = os.open(folder / f"{name}.log", os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    os.dup2(log, 1)
    os.dup2(log, 2)
    # The harness is what people interrupt.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.nice(5)
    logging.configure(log_format="json", stream=sys.stderr)
    notes = Notes(folder / f"{name}.notes", name, number)
    notes.write(born=time.monotonic())
    Striker(life, notes, harness).arm()
    job(notes, harness)
