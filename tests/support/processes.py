"""The app and the stand-in as processes of their own, which can be killed."""

import asyncio
import os
import signal
import socket
import sys
from collections import Counter
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import aiohttp

from slackapp.playground.slack.records import Channel
from slackapp.playground.slack.remote import RemotePerson, RemoteStandIn
from tests.support.world import LAUNCH

_AFTERLAUNCH = (sys.executable, "-m", "slackapp")

#: Short lengths of wire time, as short as the settings allow.
HURRIED = {
    "AFTERLAUNCH_HTTP_TIMEOUT_SECONDS": "0.8",
    "AFTERLAUNCH_LEASE_SECONDS": "6",
    "AFTERLAUNCH_SETTLE_SECONDS": "1",
    "AFTERLAUNCH_HEARTBEAT_SECONDS": "0.2",
    "AFTERLAUNCH_PACING": "off",
    "AFTERLAUNCH_LOG_LEVEL": "warning",
}


#: Seconds within which a process has to be there: a busy machine is slow, and an app that does not reach
#: Slack at once tries again after five.
PATIENCE = 180.0

#: Bytes of a log that a failure shows.
_END_OF_LOG = 4_000


def free_port() -> int:
    """A port for another process to listen on.

    Until this one ends, the system gives it to nobody who asks for any port, as tests beside it always do.
    """
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as held:
        # On Linux a port that is bound so, and not listened on, may be listened on by who binds it so too.
        held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        held.bind(("127.0.0.1", 0))
        port: int = held.getsockname()[1]
        if sys.platform == "linux":
            held.detach()
        return port


class ClockFile:
    """Turns the clock that all processes share."""

    def __init__(self, path: Path, start: datetime) -> None:
        self.path = path
        self.turn(start)

    def turn(self, to: datetime) -> None:
        fresh = self.path.with_suffix(".new")
        fresh.write_text(to.isoformat(), encoding="utf-8")
        fresh.replace(self.path)


@dataclass
class Replica:
    """`afterlaunch run`, started, killed and started again under one set of settings."""

    settings: Mapping[str, str]
    log: Path
    port: int
    _process: asyncio.subprocess.Process | None = None

    async def start(self) -> None:
        environment = {**os.environ, **HURRIED, **self.settings, "AFTERLAUNCH_PORT": str(self.port)}
        with self.log.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                *_AFTERLAUNCH, "run", env=environment, cwd=self.log.parent, stderr=log
            )

    async def health(self, path: str = "/readyz") -> int:
        """The HTTP status, or 0 while nobody answers."""
        try:
            async with (
                aiohttp.ClientSession() as session,
                session.get(f"http://127.0.0.1:{self.port}{path}") as response,
            ):
                return response.status
        except aiohttp.ClientConnectionError:
            return 0

    async def becomes(self, status: int) -> None:
        process = self._process
        try:
            async with asyncio.timeout(PATIENCE):
                while await self.health() != status:
                    # It may have been started by somebody else.
                    assert process is None or process.returncode is None, f"it ended: {self._said()}"
                    await asyncio.sleep(0.05)
        except TimeoutError:
            raise AssertionError(f"it did not become {status}: {self._said()}") from None

    def _said(self) -> str:
        return "" if self._process is None else self.log.read_bytes()[-_END_OF_LOG:].decode(errors="replace")

    async def started(self) -> None:
        await self.start()
        await self.becomes(200)

    async def end(self, how: signal.Signals) -> int:
        """Send it a signal and return its exit status."""
        assert self._process is not None
        if self._process.returncode is None:
            self._process.send_signal(how)
        return await self._process.wait()


@asynccontextmanager
async def replica(
    settings: Mapping[str, str], folder: Path, *, name: str = "app", port: int = 0
) -> AsyncIterator[Replica]:
    one = Replica(settings, folder / f"{name}.log", port or free_port())
    try:
        yield one
    finally:
        if one._process is not None:
            await one.end(signal.SIGKILL)
    assert "Traceback" not in one.log.read_text(encoding="utf-8")


@asynccontextmanager
async def stand_in(
    folder: Path, clock: ClockFile, *, request_url: str | None = None
) -> AsyncIterator[RemoteStandIn]:
    options = ["--clock-file", str(clock.path), "--record", str(folder / "calls.jsonl")]
    if request_url is not None:
        options += ["--request-url", request_url]
    process = await asyncio.create_subprocess_exec(
        *_AFTERLAUNCH, "playground", "slack", *options, stdout=asyncio.subprocess.PIPE
    )
    try:
        assert process.stdout is not None
        given = dict[str, str]()
        async with asyncio.timeout(PATIENCE):
            while "SLACK_API_URL" not in given:
                line = await process.stdout.readline()
                assert line, "the stand-in ended"
                key, _, value = line.decode().strip().partition("=")
                given[key] = value
        yield RemoteStandIn(given["SLACK_API_URL"], PATIENCE)
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


async def record_launch(person: RemotePerson, title: str, channel: Channel) -> None:
    """Through the modal; when this returns, the submit is acknowledged."""
    await person.command("/launch", title, channel)
    await person.modal()
    for name, value in LAUNCH.items():
        person.fill(name, value)
    assert await person.submit() == {}


def posts(slack: RemoteStandIn) -> Counter[str]:
    """How often each message of the outbox was accepted, by its opaque id."""
    return Counter(
        call.args["metadata"]["event_payload"]["id"]
        for call in slack.calls
        if call.ok and call.method == "chat.postMessage"
    )
