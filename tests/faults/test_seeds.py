"""A dozen seeds of what `python -m tests.faults` runs by the hundred: nothing is lost, nothing is doubled."""

from pathlib import Path

import pytest

from tests.faults.databases import Databases
from tests.faults.report import line
from tests.faults.running import judged, planned
from tests.faults.storms import storm
from tests.support.postgres import Server

#: Of both kinds, and on both databases.
SEEDS = (0, 1, 2, 3, 4, 6, 7, 8, 10, 11, 14, 51)


@pytest.fixture
def databases(sqlite_template: Path, postgres_server: Server, postgres_template: str) -> Databases:
    return Databases(sqlite_template, postgres_server, postgres_template)


@pytest.mark.parametrize("seed", SEEDS)
async def test_whatever_goes_wrong_each_message_arrives_once(
    seed: int, databases: Databases, tmp_path: Path
) -> None:
    found, broken, _ = await judged(planned(seed), databases, tmp_path)
    print(f"python -m tests.faults --only {seed}")  # noqa: T201 - shown when the test fails
    print(line(found, broken))  # noqa: T201 - the same
    assert broken == {}
    assert found.kills


def test_a_seed_makes_the_same_plan_every_time() -> None:
    assert [planned(seed) for seed in SEEDS] == [planned(seed) for seed in SEEDS]
    assert storm(1) != storm(2)


def test_seeds_are_of_both_kinds_and_databases() -> None:
    drawn = {(planned(seed).kind, planned(seed).database) for seed in SEEDS}
    assert drawn == {(kind, name) for kind in ("relays", "app") for name in ("sqlite", "postgres")}
