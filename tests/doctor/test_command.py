"""`afterlaunch doctor`: a line each, and the status it ends with."""

import asyncio
import subprocess
import sys
from pathlib import Path

from slackapp.playground.slack import StandIn
from tests.support.source import ROOT


def doctor(**settings: str) -> tuple[int, list[str]]:
    """Status and lines of the command in a process of its own, which says nothing of errors besides."""
    done = subprocess.run(
        [sys.executable, "-m", "slackapp", "doctor"],
        env={"PYTHONPATH": str(ROOT), "HOME": str(Path.cwd()), "AFTERLAUNCH_PORT": "0", **settings},
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    assert done.stderr == ""
    return done.returncode, done.stdout.splitlines()


async def test_a_line_for_each_thing_and_status_0_if_nothing_is_wrong(
    slack: StandIn, database_url: str
) -> None:
    settings = {**slack.environment(), "AFTERLAUNCH_DATABASE_URL": database_url}
    status, lines = await asyncio.to_thread(doctor, **settings)
    assert status == 0
    assert {line.split()[0] for line in lines} == {"ok"}
    assert lines[1].startswith("ok     bot token       Accepted: afterlaunch in Ferrybridge")


async def test_status_1_and_what_to_do_if_one_thing_is_wrong(slack: StandIn, sqlite_url: str) -> None:
    settings = {**slack.environment(), "AFTERLAUNCH_DATABASE_URL": sqlite_url}
    settings["SLACK_APP_TOKEN"] = "xapp-opensesame"
    status, lines = await asyncio.to_thread(doctor, **settings)
    assert status == 1
    [wrong] = [line for line in lines if not line.startswith("ok ")]
    assert wrong == (
        "wrong  transport       Slack refuses SLACK_APP_TOKEN with invalid_auth. "
        "Generate one with the scope connections:write on your app's page, Basic Information."
    )


def test_status_1_where_nothing_is_set() -> None:
    status, lines = doctor()
    assert status == 1
    assert "SLACK_BOT_TOKEN is not set." in lines[0]


def test_no_token_is_shown_wherever_it_was_put() -> None:
    status, lines = doctor(
        SLACK_BOT_TOKEN="xoxb-opensesame",
        SLACK_APP_TOKEN="xapp-opensesame",
        SLACK_API_URL="http://127.0.0.1:1/xoxb-opensesame/",
        AFTERLAUNCH_DATABASE_URL="postgresql+asyncpg://127.0.0.1:1/xoxb-opensesame",
    )
    assert status == 1
    assert "opensesame" not in "".join(lines)
    assert "\x1b" not in "".join(lines)
