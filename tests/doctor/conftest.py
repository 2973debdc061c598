"""A Slack with the app installed, and nothing running."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from slackapp.core.shipped import shipped
from slackapp.playground.slack import StandIn


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where it is started: there is no `.env`."""
    (tmp_path / "empty").mkdir()
    monkeypatch.chdir(tmp_path / "empty")
    return tmp_path / "empty"


@pytest.fixture
async def slack() -> AsyncIterator[StandIn]:
    async with StandIn.serve(shipped("manifest.yml")) as slack:
        yield slack
