"""`afterlaunch deliveries`: what is there is shown, and what is changed is changed whole."""

import asyncio
import json
import logging
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import structlog
from sqlalchemy import update
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import AsyncEngine
from typer.testing import CliRunner

from slackapp.cli import cli
from slackapp.core import schema
from slackapp.core.clock import TurnedClock
from slackapp.core.database import create_engine
from slackapp.features.workspaces.service import install
from slackapp.outbox import service
from slackapp.outbox.models import OutboxMessage, State
from slackapp.slack.blocks import Message, actions, button, markdown, paragraph
from tests.support.post_office import PostOffice, opened


@dataclass(frozen=True)
class Ended:
    status: int
    out: str
    err: str

    @property
    def sentence(self) -> str:
        """The one thing that is said of what is wrong."""
        assert (self.status, self.out) == (1, "")
        [line] = self.err.splitlines()
        return line


@dataclass(frozen=True)
class Desk:
    """Where whoever looks after the app types, beside the outbox it is about."""

    office: PostOffice
    settings: dict[str, str]

    async def type(self, *words: str) -> Ended:
        done = await asyncio.to_thread(
            CliRunner().invoke, cli, ["deliveries", *words], env={**self.settings, "COLUMNS": "200"}
        )
        assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
        return Ended(done.exit_code, done.stdout, done.stderr)

    async def read(self, *words: str) -> Any:  # noqa: ANN401 - whatever the document holds
        done = await self.type(*words, "--json")
        assert done.status == 0, done.err
        return json.loads(done.out)

    async def states(self) -> dict[str, str]:
        return {key: (await self.office.row(key)).state for key in ("a", "b", "later")}

    async def id_of(self, key: str) -> str:
        return str((await self.office.row(key)).id)


@pytest.fixture(autouse=True)
def _logging_as_it_was() -> Iterator[None]:
    """Commands that run inside this process set up its logging."""
    root, configured = logging.getLogger(), structlog.get_config()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.configure(**configured)


@pytest.fixture
async def desk(
    engine: AsyncEngine, database_url: str, tmp_path: Path, clock: TurnedClock
) -> AsyncIterator[Desk]:
    """Two messages could not be posted, of one of which somebody was told; one more is for tomorrow."""
    (tmp_path / "now").write_text(clock.now().isoformat())
    settings = {"AFTERLAUNCH_DATABASE_URL": database_url, "AFTERLAUNCH_CLOCK_FILE": str(tmp_path / "now")}
    async with opened(engine, clock) as office:
        office.slack.remove_bot(office.channel)
        await office.say("a", "First", responsible=office.mara.id)
        await office.say("b", "Second")
        await office.deliver()
        async with office.transactions.begin(office.workspace_id) as tx:
            to, due = service.Channel(office.channel.id), tx.now + timedelta(days=1)
            await service.say(tx, "later", to, Message("Tomorrow"), due=due)
        yield Desk(office, settings)


async def test_what_waits_and_what_is_dead_is_listed(desk: Desk) -> None:
    done = await desk.type("list")
    head, *lines = done.out.splitlines()
    assert head.split() == ["ID", "WORKSPACE", "STATE", "TO", "KEY", "DUE", "TRIES", "REASON", "WHEN"]
    assert [(line.split()[2], line.split()[4]) for line in lines] == [
        ("waiting", "later"), ("dead", "b"), ("dead", "a"),
    ]  # fmt: skip
    assert lines[0].endswith("in 1 d")
    assert lines[1].split()[7:9] == ["0", "not_in_channel"]
    assert [row["key"] for row in await desk.read("list", "--dead")] == ["b", "a"]
    assert [row["key"] for row in await desk.read("list", "--dead", "--limit", "1")] == ["b"]


async def test_one_workspace_is_listed_alone(desk: Desk, clock: TurnedClock) -> None:
    async with desk.office.transactions.install() as session:
        other = await install(session, team_id="T2", name="Elsewhere", now=clock.now())
        await install(session, team_id="T3", name="Elsewhere", now=clock.now())
    async with desk.office.transactions.begin(other) as tx:
        await service.say(tx, "theirs", service.Direct("U1"), Message("Hello"))
    assert [row["key"] for row in await desk.read("list", "--workspace", "T2")] == ["theirs"]
    assert {row["workspace"] for row in await desk.read("list")} == {"T2", desk.office.slack.team_id}
    assert len(await desk.read("list", "--workspace", "Ferrybridge")) == 3
    said = (await desk.type("list", "--workspace", "Elsewhere")).sentence
    assert said == "Several workspaces are called Elsewhere: choose one of T2, T3."
    assert (await desk.type("list", "--workspace", "T9")).sentence.startswith("There is no workspace T9;")
    said = (await desk.type("retry", "--all-dead")).sentence
    assert said.startswith("Say which workspace with --workspace; there is ")
    assert await desk.states() == {"a": State.DEAD, "b": State.DEAD, "later": State.WAITING}


async def test_one_message_is_shown_with_what_to_do_about_it(desk: Desk) -> None:
    number = await desk.id_of("a")
    out = (await desk.type("show", number)).out
    assert "state       dead: Slack will not take it" in out
    assert f"told of it  {desk.office.mara.id}" in out
    assert "  | First" in out
    assert f"I am not in {desk.office.channel.id}. Type `/invite @Afterlaunch` there, then run" in out
    assert f"`afterlaunch deliveries retry {number}`" in out
    later = (await desk.type("show", await desk.id_of("later"))).out
    assert "It goes out when it is due, in 1 d." in later


async def test_nothing_that_is_shown_moves_the_terminal(desk: Desk) -> None:
    evil = "Red \x1b[31m alert\x07 \u202e backwards\r"
    blocks = [paragraph(evil), markdown("*bold*"), actions(button("x", "Press\x1b[2J"))]
    await desk.office.say("evil\x1b[31m", evil, blocks=blocks)
    await desk.office.deliver()
    listed = (await desk.type("list")).out
    out = (await desk.type("show", await desk.id_of("evil\x1b[31m"))).out
    assert "evil [31m" in listed
    assert all(c.isprintable() or c == "\n" for c in listed + out)
    assert "  | Red [31m alert backwards\n  | *bold*\n  | [Press [2J]\n" in out


async def test_what_is_tried_again_is_posted_by_the_running_app(desk: Desk) -> None:
    office = desk.office
    office.slack.invite_bot(office.channel)
    done = await desk.type("retry", await desk.id_of("a"), await desk.id_of("b"), await desk.id_of("a"))
    assert done.out.startswith("2 messages are tried again: ")
    assert "[Try again]" in office.slack.messages(office.mara.dm)[-1].shown
    await office.deliver()
    assert sorted(office.shown) == ["First", "Second"]
    assert "[Try again]" not in office.slack.messages(office.mara.dm)[-1].shown


async def test_all_that_are_dead_for_one_reason_are_tried_again(desk: Desk) -> None:
    await desk.office.say("gone", to=service.Channel("C00000000"))
    await desk.office.deliver()
    again = await desk.read("retry", "--all-dead", "--reason", "not_in_channel")
    assert again == {"tried_again": [int(await desk.id_of("a")), int(await desk.id_of("b"))]}
    assert (await desk.office.row("gone")).state == State.DEAD
    assert len((await desk.read("retry", "--all-dead"))["tried_again"]) == 1
    assert (await desk.type("retry", "--all-dead")).out == "Nothing is dead.\n"


async def test_what_is_dropped_is_given_up_until_it_is_said_anew(desk: Desk) -> None:
    office = desk.office
    assert (await desk.type("drop", await desk.id_of("a"))).out.startswith("1 message is dropped: ")
    await office.deliver()
    notice = office.slack.messages(office.mara.dm)[-1].shown
    assert "Dropped: this is not posted." in notice
    assert "[" not in notice
    assert await desk.states() == {"a": State.CANCELLED, "b": State.DEAD, "later": State.WAITING}
    assert "Nothing happens until it is said anew." in (await desk.type("show", await desk.id_of("a"))).out
    office.slack.invite_bot(office.channel)
    await office.say("a", "First, changed", responsible=office.mara.id)
    await office.deliver()
    assert office.shown == ["First, changed"]


async def test_what_was_posted_since_the_back_up_is_found_again(desk: Desk) -> None:
    office = desk.office
    office.slack.invite_bot(office.channel)
    await desk.type("retry", "--all-dead")
    await office.say("below", "A reply", reply_to="a")
    await office.deliver()
    before = {key: (await office.row(key)).ts for key in ("a", "b", "below")}
    async with office.transactions.begin(office.workspace_id) as tx:
        # As the back-up has it, in which only "a" was posted.
        await tx.session.execute(
            update(OutboxMessage)
            .where(OutboxMessage.workspace_id == tx.workspace_id, OutboxMessage.key.in_(("b", "below")))
            .values(
                state=State.WAITING,
                ts=None,
                shown=0,
                sending=0,
                sent_from=None,
                posted_channel=None,
                thread_ts=None,
                retry_at=0.0,
            )
        )
    assert (await desk.type("recheck")).out == "2 messages will be looked for in Slack first.\n"
    await office.deliver()
    assert {key: (await office.row(key)).ts for key in before} == before
    assert [office.posted(text) for text in ("First", "Second", "A reply")] == [1, 1, 1]
    assert (await desk.states())["later"] == State.WAITING


async def test_if_one_cannot_be_changed_none_is(desk: Desk) -> None:
    later = await desk.id_of("later")
    sentences = {
        "987654": "There is no message 987654. Nothing was done.",
        "9" * 20: f"No message's id: {'9' * 20}. Nothing was done.",
        "L-1": "No message's id: L-1. Nothing was done.",
        later: f"Not dead: {later} (waiting). Nothing was done.",
    }
    for command in ("retry", "drop"):
        for wrong, sentence in sentences.items():
            assert (await desk.type(command, await desk.id_of("a"), wrong)).sentence == sentence
    assert await desk.states() == {"a": State.DEAD, "b": State.DEAD, "later": State.WAITING}


@pytest.mark.parametrize(
    "words",
    [
        ["retry"],
        ["retry", "1", "--all-dead"],
        ["retry", "1", "--reason", "x"],
        ["retry", "1", "--workspace", "T1"],
    ],
)
def test_it_has_to_be_clear_what_is_meant(words: list[str]) -> None:
    done = CliRunner().invoke(cli, ["deliveries", *words])
    assert done.exit_code == 2


async def test_a_look_makes_no_database(tmp_path: Path) -> None:
    missing = tmp_path / "nowhere" / "app.db"
    settings = {"AFTERLAUNCH_DATABASE_URL": f"sqlite+aiosqlite:///{missing}"}
    done = await asyncio.to_thread(CliRunner().invoke, cli, ["deliveries", "list"], env=settings)
    assert (done.exit_code, done.stderr) == (1, f"{missing} is not there. Check AFTERLAUNCH_DATABASE_URL.\n")
    assert not missing.parent.exists()


@pytest.mark.parametrize(
    ("revision", "remedy"),
    [
        ("9999", "A newer version upgraded it: use that."),
        ("0001", "Run `afterlaunch db upgrade`, or the version that the app runs."),
    ],
)
async def test_what_to_do_about_another_version_of_the_database(
    sqlite_url: str, revision: str, remedy: str
) -> None:
    engine = create_engine(sqlite_url)
    async with engine.begin() as connection:
        await connection.exec_driver_sql("UPDATE alembic_version SET version_num = ?", (revision,))
    await engine.dispose()
    done = await asyncio.to_thread(
        CliRunner().invoke, cli, ["deliveries", "list"], env={"AFTERLAUNCH_DATABASE_URL": sqlite_url}
    )
    assert done.exit_code == 1
    said = f"The database is at revision {revision}, and this version needs {schema.newest()}. {remedy}"
    assert done.stderr == f"{said}\n"


async def test_a_file_may_be_named_by_a_uri(sqlite_url: str) -> None:
    file = make_url(sqlite_url).database
    settings = {"AFTERLAUNCH_DATABASE_URL": f"sqlite+aiosqlite:///file:{file}?uri=true"}
    done = await asyncio.to_thread(CliRunner().invoke, cli, ["deliveries", "list"], env=settings)
    assert (done.exit_code, done.stdout) == (0, "Nothing waits, and nothing is dead.\n")
