"""The locks hold everything pyproject.toml asks for, each at one version that satisfies it."""

import re
import tomllib

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.support.source import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
WANTED = {
    "requirements.lock": PROJECT["project"]["dependencies"],
    "requirements-dev.lock": PROJECT["project"]["dependencies"] + PROJECT["dependency-groups"]["dev"],
}


def pinned(lock: str) -> dict[str, str]:
    """The lock's packages with their versions. A line is `name==version`, with or without a marker."""
    lines = (ROOT / lock).read_text(encoding="utf-8").splitlines()
    pins: dict[str, str] = {}
    for line in lines:
        if line.strip() and not line.strip().startswith("#"):
            found = re.fullmatch(r"([A-Za-z0-9._-]+)==([^\s;]+)(?: ; .+)?", line)
            assert found, line
            pins[canonicalize_name(found[1])] = found[2]
    return pins


@pytest.mark.parametrize("lock", WANTED)
def test_a_lock_pins_everything_that_is_asked_for(lock: str) -> None:
    pins = pinned(lock)
    for asked in map(Requirement, WANTED[lock]):
        assert asked.specifier.contains(pins[canonicalize_name(asked.name)]), str(asked)


def test_development_runs_on_the_very_versions_that_are_shipped() -> None:
    assert pinned("requirements.lock").items() <= pinned("requirements-dev.lock").items()


@pytest.mark.parametrize("lock", WANTED)
def test_a_lock_names_no_place_to_fetch_from(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    assert not re.search(r"://|--|@|sha256", text)
