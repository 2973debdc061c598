"""What README and docs say of settings, commands and files is so."""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer.main
from pydantic_core import PydanticUndefined

from slackapp.cli import cli
from slackapp.core.settings import Settings
from tests.support.postgres import URL_VARIABLE
from tests.support.source import ROOT, name

README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))]

#: Both commands of the README, whole: each works from a fresh clone.
ALONE = "python3 -m venv .venv && .venv/bin/pip install -r requirements.lock -e ."
RUN = f"{ALONE} && .venv/bin/afterlaunch playground"
TEST = "python3 -m venv .venv && .venv/bin/pip install -r requirements-dev.lock -e . && .venv/bin/pytest"

#: A default that is computed is described in words.
DESCRIBED = {"AFTERLAUNCH_DATABASE_URL": "a SQLite file in the user's data folder"}


def stated_settings() -> dict[str, str]:
    """The README's table: each setting with the default it states."""
    rows = re.findall(r"^\| `([A-Z_]+)` \| (.+?) \|", README, flags=re.MULTILINE)
    assert len(rows) == len(dict(rows))
    return dict(rows)


def actual_settings() -> dict[str, str]:
    """Each setting with its default, worded as the README words it."""
    words = {}
    for field in Settings.model_fields.values():
        assert field.alias is not None
        default = "none" if field.default is None else f"`{field.default}`"
        words[field.alias] = "required" if field.default is PydanticUndefined else default
    return words | DESCRIBED


def written_commands(page: Path) -> Iterator[str]:
    """What a page tells people to type, from the word `afterlaunch` on."""
    text = page.read_text(encoding="utf-8")
    fenced = re.findall(r"^ *```\w*\n(.*?)^ *```", text, flags=re.MULTILINE | re.DOTALL)
    inline = re.findall(r"`([^`\n]+)`", re.sub(r"^ *```.*?^ *```", "", text, flags=re.MULTILINE | re.DOTALL))
    for line in [line for block in fenced for line in block.splitlines()] + inline:
        found = re.search(r"(?:^|&& |\.venv/bin/)afterlaunch( .+)?$", line.strip())
        if found:
            yield (found[1] or "").partition(" #")[0].strip()


def understood(command: str) -> bool:
    """Whether the command line has such a command, with such options."""
    here: Any = typer.main.get_command(cli)
    words = [word for word in shlex.split(command) if word != "…"]
    while words and words[0] in getattr(here, "commands", {}):
        here, words = here.commands[words[0]], words[1:]
    options = {option for parameter in here.params for option in parameter.opts} | {"-h", "--help"}
    if getattr(here, "commands", {}) and words and not words[0].startswith("-"):
        return False
    return all(word.partition("=")[0] in options for word in words if word.startswith("-"))


def leaves(command: Any, path: tuple[str, ...] = ()) -> Iterator[str]:  # noqa: ANN401 - typer keeps its classes to itself
    """Everything that can be run, as it is typed."""
    inner = getattr(command, "commands", {})
    if not inner:
        yield " ".join(path)
    for word, each in inner.items():
        yield from leaves(each, (*path, word))


def test_the_readme_states_every_setting_with_its_default_and_no_other() -> None:
    assert stated_settings() == actual_settings()


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_a_page_names_only_settings_there_are(page: Path) -> None:
    named = set(re.findall(r"\b(?:SLACK|AFTERLAUNCH)_[A-Z_]+\b", page.read_text(encoding="utf-8")))
    assert named - set(actual_settings()) - {URL_VARIABLE} == set()


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_every_command_a_page_tells_to_type_exists(page: Path) -> None:
    assert [command for command in written_commands(page) if not understood(command)] == []


def test_the_readme_names_every_command() -> None:
    written = list(written_commands(ROOT / "README.md"))
    for leaf in leaves(typer.main.get_command(cli)):
        assert any(command == leaf or command.startswith(f"{leaf} ") for command in written), leaf


def test_an_invented_command_or_option_would_be_noticed() -> None:
    assert understood("db upgrade")
    assert understood("manifest --url https://afterlaunch.example.com")
    assert not understood("db downgrade")
    assert not understood("manifest --http")


@pytest.mark.parametrize("command", [RUN, TEST], ids=["run", "test"])
def test_the_readme_gives_a_command_whole_and_once(command: str) -> None:
    assert README.splitlines().count(command) == 1


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_every_relative_link_leads_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)\s]+)\)", page.read_text(encoding="utf-8"))
    relative = [link.partition("#")[0] for link in links if not link.startswith(("https://", "http://", "#"))]
    assert [link for link in relative if not (page.parent / link).exists()] == []
