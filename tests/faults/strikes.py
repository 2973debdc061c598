"""What befalls a worker at the points of its plan; and its notes of which points it passed, and when."""

import asyncio
import json
import os
import signal
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from multiprocessing.connection import Connection
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import aiohttp
import structlog
from aiohttp.http_writer import StreamWriter
from sqlalchemy.ext.asyncio import AsyncSession

from slackapp.core import fault_points
from slackapp.core.fault_points import Point
from slackapp.core.transaction import Tx
from slackapp.outbox import batches, claims
from slackapp.outbox.models import OutboxMessage
from slackapp.slack.client import Slack
from tests.faults.plan import How, Life, Strike, Wired

_SENDS = ("chat.postMessage", "chat.update", "files.completeUploadExternal")


class InjectedError(Exception):
    """Stands for whatever nobody expected at this point."""


class Notes:
    """One JSON object a line, which is on its way to the disk before anything else happens."""

    def __init__(self, path: Path, worker: str, life: int) -> None:
        self._file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
        self._who = {"worker": worker, "life": life}

    def write(self, **what: Any) -> None:  # noqa: ANN401 - whatever is to be known of it
        line = json.dumps({**self._who, "wire": time.time(), **what}) + "\n"
        os.write(self._file, line.encode())


class Striker:
    """A hook for every point: notes it, and does what this life of the worker has in store there."""

    def __init__(self, life: Life, notes: Notes, harness: Connection) -> None:
        self._notes, self._harness = notes, harness
        #: How often each of the strikes was got near to.
        self._near: dict[Strike, int] = dict.fromkeys(life, 0)

    def arm(self) -> None:
        fault_points.arm(self.reach)
        _watch_the_wire(self)
        _watch_announcements(self._notes)

    async def reach(self, point: Point | Wired) -> None:
        strike = self.pass_by(point)
        if strike is not None and strike.how is How.RAISE:
            raise InjectedError(point.value)
        if strike is not None and strike.how is How.WAIT:
            await asyncio.sleep(strike.seconds)

    def pass_by(self, point: Point | Wired) -> Strike | None:
        """Note it; kill or stop this process if that is what happens here, and return what else does."""
        about = structlog.contextvars.get_contextvars()
        self._notes.write(point=point, **{key: about[key] for key in ("delivery", "fence") if key in about})
        near = [each for each in self._near if each.point == point and each.key in (None, about.get("key"))]
        for strike in near:
            self._near[strike] += 1
        due = next((strike for strike in near if self._near[strike] == strike.nth), None)
        if due is not None:
            self._suffer(due)
        return due

    def _suffer(self, strike: Strike) -> None:
        self._notes.write(struck=strike.point, how=strike.how, seconds=strike.seconds)
        self._harness.send(strike)
        if strike.how is How.KILL:
            os.kill(os.getpid(), signal.SIGKILL)
        if strike.how is How.STOP:
            os.kill(os.getpid(), signal.SIGSTOP)


def _watch_announcements(notes: Notes) -> None:
    """Note of each send that the database let be announced when the statement began that asked it.

    What was committed before that moment it has seen, however long the machine took over the rest.
    """
    alone, together = claims.about_to_send, batches.announce

    async def about_to_send(
        tx: Tx, row: OutboxMessage, channel: str, file_id: str | None = None
    ) -> OutboxMessage | None:
        since = time.time()
        fresh = await alone(tx, row, channel, file_id)
        if fresh is not None:
            notes.write(announced=row.id, since=since)
        return fresh

    async def announce(
        session: AsyncSession, now: datetime, sends: Sequence[tuple[OutboxMessage, str]]
    ) -> Mapping[int, OutboxMessage]:
        since = time.time()
        found = await together(session, now, sends)
        for row in found.values():
            notes.write(announced=row.id, since=since)
        return found

    claims.about_to_send, batches.announce = about_to_send, announce


def _watch_the_wire(striker: Striker) -> None:
    """Reach the points inside a call, for every client that is made from now on."""
    trace = aiohttp.TraceConfig()

    async def answered(
        session: aiohttp.ClientSession, context: SimpleNamespace, params: aiohttp.TraceRequestEndParams
    ) -> None:
        del session, context
        if params.url.path.endswith(_SENDS):
            await striker.reach(Wired.UNREAD)

    trace.on_request_end.append(answered)
    trace.freeze()
    make: Callable[..., None] = Slack.__init__

    def make_watched(slack: Slack, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - as `Slack` takes them
        make(slack, *args, **kwargs)
        slack._session._trace_configs.append(trace)

    Slack.__init__ = make_watched  # type: ignore[assignment, method-assign]  # nothing else lets a call be seen from inside
    write = StreamWriter._writelines

    def write_half(writer: StreamWriter, chunks: Any) -> None:  # noqa: ANN401 - aiohttp's own
        whole = b"".join(chunks)
        if whole.startswith(tuple(f"POST /api/{method}".encode() for method in _SENDS)):
            half = len(whole) // 2
            assert writer.transport is not None
            writer.transport.write(whole[:half])
            striker.pass_by(Wired.HALF_WRITTEN)
            write(writer, [whole[half:]])
        else:
            write(writer, [whole])

    StreamWriter._writelines = write_half  # type: ignore[assignment, method-assign]  # aiohttp has no hook in the middle
