"""`afterlaunch playground` as a process: started twice, stopped, killed, started again."""

import asyncio
import os
import re
import signal
import socket
import sqlite3
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from pathlib import Path

import aiohttp
import pytest

from slackapp.core.schema import SchemaError
from slackapp.installation import StartError
from slackapp.playground.command import Options, announced, serve
from slackapp.playground.keeping import Files
from tests.support.processes import free_port

#: Seconds: a busy machine is slow.
PATIENCE = 180.0
READY = "Ctrl-C stops it."
MOMENT = r'<time datetime="([^"]+)"'


class Playground:
    def __init__(self, process: asyncio.subprocess.Process, port: int) -> None:
        self.process, self.url = process, f"http://127.0.0.1:{port}"
        self.said = ""

    async def until_ready(self) -> None:
        assert self.process.stdout is not None
        while READY not in self.said:
            line = await asyncio.wait_for(self.process.stdout.readline(), PATIENCE)
            assert line, f"it ended: {self.said}"
            self.said += line.decode()

    async def end(self, number: signal.Signals = signal.SIGINT) -> int:
        self.process.send_signal(number)
        out, _ = await asyncio.wait_for(self.process.communicate(), PATIENCE)
        self.said += out.decode()
        assert self.process.returncode is not None
        return self.process.returncode

    async def page(self) -> str:
        """What the first person sees first."""
        async with aiohttp.ClientSession() as http, http.get(self.url) as answer:
            return await answer.text()

    async def showing(self, pattern: str) -> str:
        """The page's first match, as soon as it has one."""
        while True:
            if found := re.search(pattern, await self.page()):
                return found[1]
            await asyncio.sleep(0.05)

    async def turn(self, by: str) -> None:
        person = await self.showing(r'data-person="(\w+)"')
        async with (
            aiohttp.ClientSession() as http,
            http.post(
                f"{self.url}/as/{person}/clock", data={"by": by}, headers={"Sec-Fetch-Site": "same-origin"}
            ) as answer,
        ):
            assert answer.status == 200


@asynccontextmanager
async def started(folder: Path, *arguments: str, port: int | None = None) -> AsyncIterator[Playground]:
    port = free_port() if port is None else port
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "slackapp", "playground", "--no-browser", "--port", str(port), *arguments),
        cwd=folder,
        env={**os.environ, "XDG_DATA_HOME": str(folder)},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    try:
        yield Playground(process, port)
    finally:
        if process.returncode is None:
            process.kill()
            await process.communicate()


async def refused(port: int, database: str | None = None) -> str:
    """What it says instead of starting."""
    with pytest.raises((StartError, SchemaError)) as caught:
        await serve(Options("127.0.0.1", port, database, browser=False))
    return str(caught.value)


async def test_it_goes_on_where_it_was_and_lets_nobody_else_in(tmp_path: Path) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path / 'play.db'}"
    async with started(tmp_path, "--empty", "--database", url) as first:
        await first.until_ready()
        assert f"The playground is at {first.url}" in first.said
        assert "play.db.slack" in first.said
        assert await first.showing("(#general)")
        said = await refused(int(first.url.rpartition(":")[2]))
        assert said.startswith(f"A playground is running at {first.url} already.")
        assert "Another playground is running on" in await refused(0, url)
        before = await first.showing(MOMENT)
        await first.turn("hour")
        after = await first.showing(rf"<time datetime=\"((?!{re.escape(before)})[^\"]+)\"")
        assert await first.end() == 0
        assert first.said.endswith("Stopped.\n")
    async with started(tmp_path, "--empty", "--database", url) as again:
        await again.until_ready()
        assert "stays as it is" in again.said
        assert await again.showing(MOMENT) == after
        assert await again.end(signal.SIGTERM) == 0


async def test_half_a_history_is_never_passed_off_as_a_whole_one(tmp_path: Path) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path / 'play.db'}"
    async with started(tmp_path, "--database", url) as first:
        await first.until_ready()
        assert await first.showing("(team-onboarding)")
        assert "p-progress" in await first.page()
        await first.end(signal.SIGKILL)
    async with started(tmp_path, "--database", url) as again:
        await again.until_ready()
        assert "The history was not finished" in again.said
        assert await again.end() == 0


async def test_a_file_that_holds_no_workspace_is_named_and_left_as_it_is(tmp_path: Path) -> None:
    notes = tmp_path / "notes.txt"
    notes.write_text("Buy milk\n")
    with pytest.raises(StartError, match=r"notes\.txt holds no workspace"):
        await serve(Options("127.0.0.1", 0, state=notes, browser=False))
    assert notes.read_text() == "Buy milk\n"


async def test_a_port_that_is_taken_is_named() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        said = await refused(port)
    assert said.startswith(f"The playground cannot listen on 127.0.0.1, port {port}: ")
    assert said.endswith("Choose another with --port.")


async def test_an_address_that_is_not_this_machines_is_named() -> None:
    with pytest.raises(StartError, match=r"cannot listen on 192\.0\.2\.1, .* Choose another with --host\.$"):
        await serve(Options("192.0.2.1", 0, browser=False))


async def test_a_database_out_of_reach_is_to_be_looked_for_where_it_was_named(tmp_path: Path) -> None:
    url = "postgresql+asyncpg://ada@127.0.0.1:1/play"
    with pytest.raises(SchemaError, match=r"Check --database\.$"):
        await serve(Options("127.0.0.1", 0, url, state=tmp_path / "play.slack", browser=False))


@pytest.mark.parametrize(
    ("revision", "team", "said"),
    [
        ("9999", "T024BE7LD", "a newer version has upgraded it"),
        ("another app's", None, "a newer version has upgraded it"),
        ("0001", "T024BE7LD", "The database belongs to the workspace T024BE7LD"),
    ],
)
async def test_a_database_of_somebody_elses_is_left_as_it_is(
    tmp_path: Path, revision: str, team: str | None, said: str
) -> None:
    with closing(sqlite3.connect(tmp_path / "theirs.db")) as theirs:
        theirs.execute("CREATE TABLE alembic_version (version_num VARCHAR(32))")
        theirs.execute("INSERT INTO alembic_version VALUES (?)", [revision])
        if team is not None:
            theirs.execute("CREATE TABLE workspaces (id INTEGER PRIMARY KEY, team_id TEXT)")
            theirs.execute("INSERT INTO workspaces VALUES (1, ?)", [team])
        theirs.commit()
        before = list(theirs.iterdump())
        assert said in await refused(0, f"sqlite+aiosqlite:///{tmp_path / 'theirs.db'}")
        assert list(theirs.iterdump()) == before


@pytest.mark.parametrize(("asked", "told"), [(0, False), (3, False), (4, True)])
def test_another_seed_for_what_is_kept_is_said_to_change_nothing(asked: int, *, told: bool) -> None:
    files = Files("sqlite+aiosqlite:///play.db", Path("play.db"), Path("play.db.slack"))
    options = Options("127.0.0.1", 1, files.database_url, seed=asked)
    said = announced("http://there", options, files, is_new=False, seed=3)
    assert any("--seed is for a new one" in line for line in said) == told
    assert not any("--seed" in line for line in announced("http://there", options, files, is_new=True))


@pytest.mark.parametrize(("host", "warned"), [("127.0.0.1", False), ("::1", False), ("0.0.0.0", True)])  # noqa: S104 - what is warned of
def test_who_can_act_is_said_where_it_is_not_this_machine_alone(host: str, *, warned: bool) -> None:
    files = Files("", None, Path("play.slack"))
    said = announced("http://there", Options(host, 1), files, is_new=True)
    assert any("act as any of its people" in line for line in said) == warned
