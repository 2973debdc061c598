"""An upgrade that is killed leaves the old schema or the new one, with every row, and can be made again."""

import random
from pathlib import Path

import pytest

from slackapp.core import schema
from tests.faults import kept
from tests.faults.migrations import prepared
from tests.faults.upgrades import COMMIT
from tests.support.postgres import Server


@pytest.mark.parametrize("database", ["sqlite", "postgres"])
async def test_an_upgrade_killed_anywhere_leaves_the_old_schema_or_the_new_one(
    request: pytest.FixtureRequest, tmp_path: Path, database: str
) -> None:
    """`python -m tests.faults.migrations` does the same at every step."""
    server: Server | None = None if database == "sqlite" else request.getfixturevalue("postgres_server")
    seed = random.randrange(1_000_000)  # noqa: S311 - guards nothing
    print(f"seed {seed}")  # noqa: T201 - shown when the test fails
    chance = random.Random(seed)  # noqa: S311 - guards nothing
    async with prepared(server, tmp_path) as one:
        changing = next(n for n, step in enumerate(one.steps) if step.startswith(("ALTER", "CREATE")))
        last = max(n for n, step in enumerate(one.steps) if step == COMMIT and n > changing)
        for step in [*chance.sample(range(changing, last), 3), last]:
            assert await one.kill(before=step) == kept.FIRST
        await one.kill(after=chance.uniform(0, one.seconds))
        # It was done, and what came after it does not matter.
        if last + 1 < len(one.steps):
            assert await one.kill(before=last + 1) == schema.newest()
        with pytest.raises(AssertionError, match="killed before"):
            await one.kill(before=(changing + last) // 2, torn=True)
