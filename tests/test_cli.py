"""The command line: what each command says, and with which status it ends."""

import asyncio
import json
import logging
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import version
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import structlog
import typer.main
import yaml
from typer.testing import CliRunner

from slackapp.cli import cli
from slackapp.core import schema
from slackapp.core.database import create_engine
from slackapp.core.shipped import shipped
from slackapp.playground.slack import StandIn
from tests.support.postgres import Server

COMMAND = Path(sys.executable).with_name("afterlaunch")
TOKENS = {"SLACK_BOT_TOKEN": "xoxb-opensesame", "SLACK_APP_TOKEN": "xapp-opensesame"}
#: A port nothing listens on.
NOWHERE = "127.0.0.1:1"


@dataclass(frozen=True)
class Ended:
    status: int
    stdout: str
    stderr: str

    @property
    def sentence(self) -> str:
        """The one thing that is said of what is wrong."""
        assert self.status == 1
        assert self.stdout == ""
        [line] = self.stderr.splitlines()
        return line


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where commands are started: there is no `.env`, and nothing else of anybody's."""
    (tmp_path / "empty").mkdir()
    monkeypatch.chdir(tmp_path / "empty")
    return tmp_path / "empty"


@pytest.fixture(autouse=True)
def _logging_as_it_was() -> Iterator[None]:
    """Commands that run inside this process set up its logging."""
    root, configured = logging.getLogger(), structlog.get_config()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.configure(**configured)


def in_a_shell(*words: str, **settings: str) -> Ended:
    """The command in a process of its own, at the price of a second."""
    done = subprocess.run(  # noqa: S603 - our own command
        [COMMAND, *words],
        env={"PATH": os.environ["PATH"], "HOME": str(Path.cwd()), **settings},
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    return checked(Ended(done.returncode, done.stdout, done.stderr))


def afterlaunch(*words: str, **settings: str) -> Ended:
    """The command inside this process."""
    done = CliRunner().invoke(cli, words, env={"HOME": str(Path.cwd()), "COLUMNS": "200", **settings})
    assert done.exception is None or isinstance(done.exception, SystemExit)
    return checked(Ended(done.exit_code, done.stdout, done.stderr))


def checked(ended: Ended) -> Ended:
    assert "Traceback" not in ended.stderr, ended.stderr
    assert "opensesame" not in ended.stdout + ended.stderr
    return ended


def every_command(command: Any, words: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:  # noqa: ANN401 - typer keeps its classes to itself
    yield words, command
    for word, inner in getattr(command, "commands", {}).items():
        yield from every_command(inner, (*words, word))


# Help


def test_every_command_and_every_option_has_its_help() -> None:
    for words, command in every_command(typer.main.get_command(cli)):
        assert command.help, words
        assert [p.name for p in command.params if not getattr(p, "help", None)] == []


def test_help_shows_all_that_was_written_and_breaks_it_where_the_terminal_ends() -> None:
    for words, command in every_command(typer.main.get_command(cli)):
        done = CliRunner().invoke(cli, [*words, "--help"], env={"COLUMNS": "80", "TERM": "dumb"})
        assert done.exit_code == 0
        assert max(len(line) for line in done.stdout.splitlines()) <= 80
        prose = done.stdout.partition("╭")[0]
        assert " ".join(command.help.replace("`", "").split()) in " ".join(prose.split())
        for line, following in pairwise(prose.splitlines()):
            room = len(line.strip()) + 1 + len((following.split() or [""])[0])
            assert room > 78 or not line.strip() or not following.strip()


def test_a_word_that_is_no_command_is_refused() -> None:
    done = afterlaunch("launch")
    assert done.status == 2
    assert "No such command 'launch'" in done.stderr


@pytest.mark.parametrize("option", ["--version", "-V"])
def test_it_says_which_version_it_is(option: str) -> None:
    done = afterlaunch(option)
    assert (done.status, done.stdout) == (0, f"afterlaunch {version('afterlaunch')}\n")


# The manifest


def printed_manifest(*options: str) -> dict[str, Any]:
    done = CliRunner().invoke(cli, ["manifest", *options])
    assert done.exit_code == 0
    printed: dict[str, Any] = yaml.safe_load(done.stdout)
    return printed


def test_the_manifest_for_socket_mode_is_the_one_in_the_repository() -> None:
    assert printed_manifest() == yaml.safe_load(shipped("manifest.yml").read_text(encoding="utf-8"))
    assert "url" not in json.dumps(printed_manifest())


@pytest.mark.parametrize(
    "url", ["https://a.example.com", "https://a.example.com/", "https://a.example.com/slack/events"]
)
def test_the_manifest_for_http_says_in_all_three_places_where_slack_reaches_the_app(url: str) -> None:
    printed = printed_manifest("--url", url)
    settings = printed["settings"]
    addresses = [command.pop("url") for command in printed["features"]["slash_commands"]]
    addresses += [settings[where].pop("request_url") for where in ("interactivity", "event_subscriptions")]
    assert set(addresses) == {"https://a.example.com/slack/events"}
    assert settings.pop("socket_mode_enabled") is False
    assert printed_manifest()["settings"].pop("socket_mode_enabled") is True
    socket_mode = printed_manifest()
    del socket_mode["settings"]["socket_mode_enabled"]
    assert printed == socket_mode


@pytest.mark.parametrize("url", ["http://a.example.com", "a.example.com", ""])
def test_slack_calls_no_address_without_https(url: str) -> None:
    done = afterlaunch("manifest", "--url", url)
    assert done.status == 2
    assert "Slack calls only addresses that begin with https://" in done.stderr
    assert done.stdout == ""


@pytest.mark.parametrize(
    "url",
    [
        "https://",
        "https:///slack/events",
        "https://a b",
        "https://a.example.com/?team=1",
        "https://a.example.com/#here",
        "https://a.example.com:port",
    ],
)
def test_what_is_no_address_makes_no_manifest(url: str) -> None:
    done = afterlaunch("manifest", "--url", url)
    assert done.status == 2
    assert "is no address to append /slack/events to" in done.stderr
    assert done.stdout == ""


# The database


def test_sqlite_is_looked_at_and_brought_up_to_date(folder: Path) -> None:
    database = {"AFTERLAUNCH_DATABASE_URL": f"sqlite+aiosqlite:///{folder}/new/folder/a.db"}
    newest = schema.newest()
    before = in_a_shell("db", "current", **database)
    assert before.sentence == (
        f"{folder}/new/folder/a.db is not there yet. "
        "The app makes it when it starts, or `afterlaunch db upgrade` does; "
        "if it should be there, check AFTERLAUNCH_DATABASE_URL."
    )
    assert list(folder.iterdir()) == []
    upgraded = in_a_shell("db", "upgrade", **database)
    assert (upgraded.status, upgraded.stdout) == (0, f"From empty to {newest}.\n")
    again = in_a_shell("db", "upgrade", **database)
    assert (again.status, again.stdout) == (0, f"Already at {newest}.\n")
    after = in_a_shell("db", "current", **database)
    assert (after.status, after.stdout) == (
        0,
        f"The database is at {newest}; this version needs {newest}.\n",
    )


def test_an_empty_file_is_at_no_revision(folder: Path) -> None:
    (folder / "a.db").touch()
    done = afterlaunch("db", "current", AFTERLAUNCH_DATABASE_URL=f"sqlite+aiosqlite:///{folder}/a.db")
    assert done.status == 1
    assert done.stdout == (
        f"The database is at no revision; this version needs {schema.newest()}.\n"
        "Run `afterlaunch db upgrade`.\n"
    )


async def test_postgresql_on_an_old_schema_says_so_until_it_is_upgraded(postgres_server: Server) -> None:
    name = await postgres_server.create()
    settings = {"AFTERLAUNCH_DATABASE_URL": postgres_server.url(name), "AFTERLAUNCH_PORT": "0", **TOKENS}
    newest = schema.newest()
    started = await asyncio.to_thread(afterlaunch, "run", **settings)
    assert started.sentence == (
        f"The database is at revision none, and this version needs {newest}. "
        "Run `afterlaunch db upgrade`, then start again."
    )
    assert (await asyncio.to_thread(afterlaunch, "db", "current", **settings)).status == 1
    upgraded = await asyncio.to_thread(afterlaunch, "db", "upgrade", **settings)
    assert (upgraded.status, upgraded.stdout) == (0, f"From empty to {newest}.\n")
    assert (await asyncio.to_thread(afterlaunch, "db", "current", **settings)).status == 0
    await postgres_server.drop(name)


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        (f"postgresql+asyncpg://ada:opensesame@{NOWHERE}/afterlaunch", "Connect call failed"),
        ("sqlite+aiosqlite:///{folder}", "unable to open database file"),
        ("sqlite+aiosqlite:///{folder}/letter.txt", "file is not a database"),
    ],
)
@pytest.mark.parametrize("words", [("db", "current"), ("db", "upgrade"), ("run",)], ids=" ".join)
def test_a_database_out_of_reach_is_a_sentence(
    folder: Path, words: tuple[str, ...], url: str, reason: str
) -> None:
    (folder / "letter.txt").write_text(
        "Dear all, this is no database, and was never one.\n" * 9, encoding="utf-8"
    )
    database = {"AFTERLAUNCH_DATABASE_URL": url.format(folder=folder), "AFTERLAUNCH_PORT": "0"}
    said = afterlaunch(*words, **database, **TOKENS).sentence
    assert "cannot be reached" in said
    assert reason in said
    assert said.endswith("Check AFTERLAUNCH_DATABASE_URL.")


@pytest.mark.parametrize("words", [("db", "upgrade"), ("run",)], ids=" ".join)
def test_a_database_that_cannot_be_made_is_a_sentence(words: tuple[str, ...]) -> None:
    database = {"AFTERLAUNCH_DATABASE_URL": "sqlite+aiosqlite:////proc/afterlaunch/a.db"}
    said = afterlaunch(*words, **database, **TOKENS, AFTERLAUNCH_PORT="0").sentence
    assert "cannot be reached: unable to open database file" in said
    assert said.endswith("Check AFTERLAUNCH_DATABASE_URL.")


async def test_a_database_postgresql_does_not_have_is_a_sentence(postgres_server: Server) -> None:
    database = {"AFTERLAUNCH_DATABASE_URL": postgres_server.url("nobodys")}
    done = await asyncio.to_thread(afterlaunch, "db", "current", **database)
    assert 'database "nobodys" does not exist' in done.sentence


async def test_a_database_a_newer_version_has_upgraded_is_left_alone(sqlite_url: str) -> None:
    engine = create_engine(sqlite_url)
    async with engine.begin() as connection:
        await connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    await engine.dispose()
    settings = {"AFTERLAUNCH_DATABASE_URL": sqlite_url, "AFTERLAUNCH_PORT": "0", **TOKENS}
    for words in (("db", "upgrade"), ("run",)):
        assert (await asyncio.to_thread(afterlaunch, *words, **settings)).sentence == (
            "The database is at revision 9999, which this version does not know: "
            "a newer version has upgraded it. Start that one."
        )


# Starting with settings that are missing or wrong

WRONG = {
    "SLACK_BOT_TOKEN is not set. Set it in the environment, or in .env where the app is started.": {},
    "Set SLACK_APP_TOKEN (Socket Mode) or SLACK_SIGNING_SECRET (HTTP).": {
        "SLACK_BOT_TOKEN": "xoxb-opensesame"
    },
    "AFTERLAUNCH_DATABASE_URL: must begin with sqlite+aiosqlite:// or postgresql+asyncpg://.": {
        **TOKENS,
        "AFTERLAUNCH_DATABASE_URL": "mysql://ada:opensesame@localhost/afterlaunch",
    },
    "SLACK_API_URL: must be a web address, such as https://slack.com/api/.": {
        **TOKENS,
        "SLACK_API_URL": "slack",
    },
    "AFTERLAUNCH_PORT: Input should be less than or equal to 65535.": {**TOKENS, "AFTERLAUNCH_PORT": "65536"},
    "AFTERLAUNCH_LOG_LEVEL: Input should be 'debug', 'info', 'warning' or 'error'.": {
        **TOKENS,
        "AFTERLAUNCH_LOG_LEVEL": "loud",
    },
    "AFTERLAUNCH_LEASE_SECONDS must be over AFTERLAUNCH_HTTP_TIMEOUT_SECONDS + 5, "
    "or two workers could send the same message.": {**TOKENS, "AFTERLAUNCH_LEASE_SECONDS": "15"},
    "AFTERLAUNCH_CLOCK_FILE turns time by hand, which is refused against Slack itself.": {
        **TOKENS,
        "AFTERLAUNCH_CLOCK_FILE": "clock",
    },
}


@pytest.mark.parametrize("said", WRONG)
def test_a_wrong_setting_is_a_sentence(said: str) -> None:
    assert afterlaunch("run", **WRONG[said]).sentence == said


def test_every_wrong_setting_has_its_line() -> None:
    done = in_a_shell("run", **TOKENS, AFTERLAUNCH_PORT="no", AFTERLAUNCH_SETTLE_SECONDS="-1")
    assert done.status == 1
    assert [line.partition(":")[0] for line in done.stderr.splitlines()] == [
        "AFTERLAUNCH_PORT",
        "AFTERLAUNCH_SETTLE_SECONDS",
    ]


def test_settings_are_read_from_the_file_beside_which_it_is_started(folder: Path) -> None:
    (folder / ".env").write_text(
        "SLACK_BOT_TOKEN=xoxb-opensesame\nAFTERLAUNCH_PORT=65536\n", encoding="utf-8"
    )
    assert afterlaunch("run").sentence == "AFTERLAUNCH_PORT: Input should be less than or equal to 65535."


@pytest.mark.parametrize("token", ["SLACK_BOT_TOKEN", "SLACK_APP_TOKEN"])
async def test_a_token_slack_refuses_is_a_sentence(sqlite_url: str, token: str) -> None:
    async with StandIn.serve(shipped("manifest.yml")) as slack:
        settings = {**slack.environment(), token: TOKENS[token]}
        done = await asyncio.to_thread(
            in_a_shell,
            "run",
            **settings,
            AFTERLAUNCH_DATABASE_URL=sqlite_url,
            AFTERLAUNCH_PORT="0",
            AFTERLAUNCH_LOG_LEVEL="warning",
        )
    assert done.sentence.startswith(f"Slack refuses {token} with invalid_auth. ")


def test_a_port_that_is_taken_is_a_sentence() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        said = afterlaunch("run", **TOKENS, AFTERLAUNCH_PORT=port).sentence
    assert said.startswith(f"The app cannot listen on 127.0.0.1, port {port}: Address already in use.")


@pytest.mark.parametrize("words", [("playground",), ("playground", "slack")], ids=" ".join)
@pytest.mark.parametrize("port", ["-1", "65536"])
def test_a_port_that_cannot_be_one_is_refused(words: tuple[str, ...], port: str) -> None:
    done = afterlaunch(*words, "--port", port)
    assert done.status == 2
    assert "Invalid value for '--port'" in done.stderr


# The stand-in by itself


@pytest.mark.parametrize(
    ("option", "value", "reason"),
    [
        ("--manifest", "nowhere.yml", "nowhere.yml: No such file or directory."),
        ("--manifest", "letter.txt", "letter.txt is no manifest that Slack would take."),
        ("--state", "nowhere/slack.jsonl", "nowhere/slack.jsonl: No such file or directory."),
        ("--record", "nowhere/calls.jsonl", "nowhere/calls.jsonl: No such file or directory."),
        (
            "--request-url",
            "nonsense",
            "nonsense is no web address, such as http://127.0.0.1:3000/slack/events.",
        ),
        ("--host", "192.0.2.1", "192.0.2.1, port 0: Cannot assign requested address."),
        ("--faults", "429=2", "rates.429: Input should be less than or equal to 1."),
    ],
)
def test_what_the_stand_in_cannot_use_is_a_sentence(
    folder: Path, option: str, value: str, reason: str
) -> None:
    (folder / "letter.txt").write_text("Dear all\n", encoding="utf-8")
    done = afterlaunch("playground", "slack", option, value)
    assert done.status == 2
    assert f"Invalid value for {option}: {reason}" in done.stderr
    assert done.stdout == ""
    assert [each.name for each in folder.iterdir()] == ["letter.txt"]


def test_a_port_that_the_stand_in_finds_taken_is_a_sentence() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        done = afterlaunch("playground", "slack", "--port", port)
    assert done.status == 2
    assert f"Invalid value for --port: 127.0.0.1, port {port}: Address already in use." in done.stderr


# The demo


def test_the_demo_comes_out_and_records_every_call(folder: Path) -> None:
    (folder / "calls.jsonl").write_text("left from before\n", encoding="utf-8")
    done = in_a_shell("demo", "--record", "calls.jsonl")
    assert done.status == 0, done.stdout
    calls = [json.loads(line) for line in (folder / "calls.jsonl").read_text(encoding="utf-8").splitlines()]
    fields = ("at", "wire", "method", "args", "ok", "response", "retry_after", "fault")
    assert {tuple(call) for call in calls} == {fields}
    assert {call["ok"] for call in calls} == {call["response"]["ok"] for call in calls} == {True}
    assert f"{len(calls)} calls to Slack, none refused." in done.stdout
    assert {"views.open", "chat.postMessage", "chat.update"} <= {call["method"] for call in calls}


def test_the_demo_leaves_nothing_behind(folder: Path) -> None:
    assert in_a_shell("demo").status == 0
    assert list(folder.iterdir()) == []


def test_a_record_that_cannot_be_written_is_said_before_the_story_begins() -> None:
    done = afterlaunch("demo", "--record", "nowhere/calls.jsonl")
    assert done.status == 2
    assert "No such file or directory" in done.stderr
    assert done.stdout == ""
