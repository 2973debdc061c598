"""Without a rule of delivery the suite finds what goes wrong: one that cannot fail shows nothing."""

from pathlib import Path

import pytest

from tests.faults.bugs import BUGS
from tests.faults.databases import Databases
from tests.faults.directed import FOUND_BY, PLANS, directed
from tests.faults.running import judged
from tests.support.postgres import Server

#: What is run without its bug as well: the others differ in nothing that could go wrong by itself.
CONTROLS = (
    "never_looks_at_its_watch",
    "writes_without_its_fence",
    "sends_what_is_withdrawn",
    "ignores_retry_after",
)


@pytest.fixture
def databases(sqlite_template: Path, postgres_server: Server, postgres_template: str) -> Databases:
    return Databases(sqlite_template, postgres_server, postgres_template)


@pytest.mark.parametrize("name", PLANS)
async def test_a_planted_bug_is_caught(name: str, databases: Databases, tmp_path: Path) -> None:
    _, broken, _ = await judged(directed(name), databases, tmp_path)
    assert FOUND_BY[name] in broken


@pytest.mark.parametrize("name", CONTROLS)
async def test_without_the_bug_nothing_is_found(name: str, databases: Databases, tmp_path: Path) -> None:
    _, broken, _ = await judged(directed(name, planted=False), databases, tmp_path)
    assert broken == {}


def test_every_bug_has_its_plan() -> None:
    assert set(BUGS) == set(PLANS) == set(FOUND_BY)
