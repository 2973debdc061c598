"""Processes that benchmarks are made of: something like Slack, and those that deliver to it."""

import asyncio
import json
import os
import sys
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

TOKEN = "xoxb-bench"


@asynccontextmanager
async def echo() -> AsyncIterator[str]:
    """The Web API's address of something that accepts everything."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.benchmarks.echo", stdout=asyncio.subprocess.PIPE
    )
    try:
        assert process.stdout is not None
        yield f"http://127.0.0.1:{int(await process.stdout.readline())}/api/"
    finally:
        process.kill()
        await process.wait()


@dataclass(frozen=True)
class Delivered:
    """What one worker said when nothing was due any more: times in seconds, memory in bytes."""

    seconds: float
    cpu: float
    rss: int


async def deliver(
    how: str, url: str, api_url: str, concurrency: int, *, workers: int = 1, token: str = TOKEN
) -> tuple[float, list[Delivered]]:
    """Seconds until such workers, all let go at once, have delivered what is due; and what each said."""
    started = [await _worker(how, url, api_url, token, str(concurrency)) for _ in range(workers)]
    for process in started:
        assert process.stdin is not None
        process.stdin.write(b"\n")
    found = []
    for process in started:
        said, _ = await process.communicate()
        found.append(Delivered(**json.loads(said)))
    return max(each.seconds for each in found), found


async def _worker(*arguments: str) -> asyncio.subprocess.Process:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.benchmarks.worker", *arguments),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    assert process.stdout is not None
    assert await process.stdout.readline() == b"ready\n"
    return process


@asynccontextmanager
async def relaying(url: str, api_url: str, **chosen: Any) -> AsyncIterator[asyncio.subprocess.Process]:  # noqa: ANN401 - see relays.py
    """A relay that runs until the block ends, or somebody kills it."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.benchmarks.relays", url, api_url, json.dumps(chosen)),
        stdout=asyncio.subprocess.PIPE,
    )
    try:
        assert process.stdout is not None
        assert await process.stdout.readline() == b"ready\n"
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


def resident(pid: int) -> int:
    """A process's resident memory in bytes."""
    pages = int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


def run_time(pids: Iterable[int]) -> float:
    """Milliseconds that these processes have been on a core, to the nanosecond while they sleep."""
    said = (Path(f"/proc/{pid}/schedstat").read_text(encoding="ascii") for pid in pids)
    return sum(int(each.split()[0]) for each in said) / 1e6


def used(pid: int) -> float:
    """Seconds of a core that a process has had, in its own code and in the system's, to the hundredth."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
