"""Upgrades of a filled database, killed at their steps and in between: what is there then is whole.

`python -m tests.faults.migrations` kills at every statement and commit, and at random moments.
"""

import argparse
import asyncio
import random
import secrets
import shutil
import signal
import sys
import tempfile
from collections import Counter
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, inspect, text
from sqlalchemy.ext.asyncio import AsyncEngine

import slackapp.wiring  # noqa: F401 - every table is known once the wiring is
from slackapp.core import schema
from slackapp.core.clock import monotonic
from slackapp.core.database import Base, create_engine, rebuilding
from tests.faults import kept
from tests.faults.upgrades import Order, line
from tests.support import postgres
from tests.support.postgres import Server

#: All that the database itself knows of its tables.
CATALOGUE = {
    "sqlite": "SELECT type || ' ' || name || ' ' || coalesce(sql, '') FROM sqlite_master",
    "postgresql": (
        "SELECT concat_ws(' ', table_name, column_name, data_type, character_maximum_length, is_nullable,"
        " column_default) FROM information_schema.columns WHERE table_schema = 'public'"
        " UNION ALL SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'"
        " UNION ALL SELECT concat_ws(' ', conrelid::regclass, conname, pg_get_constraintdef(oid))"
        " FROM pg_constraint WHERE connamespace = 'public'::regnamespace"
    ),
}
#: Whoever was killed is gone once the server has seen it.
OTHERS = (
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    " AND backend_type = 'client backend'"
)
ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Look:
    """A database as it is: its schema and every row."""

    revision: str | None
    catalogue: frozenset[str]
    rows: Mapping[str, Sequence[Mapping[str, str]]]

    def keeps(self, before: "Look") -> bool:
        """Whether every row of `before` is here, with all that stood in it."""
        return all(
            [{name: now[name] for name in then} for then, now in zip(rows, self.rows[table], strict=True)]
            == list(rows)
            for table, rows in before.rows.items()
            if table != "alembic_version"
        )


async def look(engine: AsyncEngine) -> Look:
    async with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            assert await connection.scalar(text("PRAGMA integrity_check")) == "ok"
        while engine.dialect.name == "postgresql" and await connection.scalar(text(OTHERS)):
            # In one transaction it would see what it saw at first.
            await connection.rollback()
            await asyncio.sleep(0.01)
        return await connection.run_sync(_look)


def _look(connection: Connection) -> Look:
    # Alembic builds SQLite's tables anew with the constraints in any order.
    found = [
        "\n".join(sorted(part.strip("\t ,") for part in entry.splitlines()))
        for entry in connection.scalars(text(CATALOGUE[connection.dialect.name]))
    ]
    inspector = inspect(connection)
    rows = {}
    for table in inspector.get_table_names():
        key = ", ".join(inspector.get_pk_constraint(table)["constrained_columns"])
        every = connection.execute(text(f"SELECT * FROM {table} ORDER BY {key}"))  # noqa: S608 - names of ours
        rows[table] = [{name: repr(value) for name, value in row.items()} for row in every.mappings()]
    revision = MigrationContext.configure(connection).get_current_revision()
    return Look(revision, frozenset(found), rows)


class Range:
    """Databases of one kind, each filled at the first revision, a fresh one for each upgrade."""

    def __init__(self, server: Server | None, folder: Path, victims: asyncio.subprocess.Process) -> None:
        """SQLite without a server."""
        self._server, self._folder, self._victims = server, folder, victims
        self._template = secrets.token_hex(4)
        #: What an upgrade does, one after the other, and how long that takes, in seconds.
        self.steps: Sequence[str] = ()
        self.seconds = 0.0

    async def prepare(self) -> None:
        """Fill it, and see what an upgrade makes of it that nothing befalls."""
        if self._server is not None:
            await self._server.create(name=self._template)
        url = self._url(self._template)
        engine = create_engine(url)
        async with rebuilding(engine).begin() as connection:
            await connection.run_sync(lambda c: command.upgrade(schema._config(c), kept.FIRST))
        async with engine.begin() as connection:
            await connection.run_sync(kept.fill)
        self.before = await look(engine)
        await engine.dispose()
        async with self._upgraded() as (status, steps, engine):
            assert status == 0
            self.steps = steps
            self.after = await look(engine)
            async with engine.connect() as connection:
                assert await connection.run_sync(_differences) == []
        assert (self.before.revision, self.after.revision) == (kept.FIRST, schema.newest())
        assert self.after.keeps(self.before)
        assert len(self.after.rows["outbox_directs"]) > 1

    async def kill(
        self, before: int | None = None, after: float | None = None, *, torn: bool = False
    ) -> str | None:
        """Kill an upgrade before a step, or after so many seconds, and upgrade again.

        Returns the revision it was found at. Raises `AssertionError` if that was not there whole.
        """
        async with self._upgraded(before, after, torn=torn) as (status, steps, engine):
            where = (
                f"killed before {steps[-1]!r}" if after is None else f"killed {after:.3f} s after the start"
            )
            assert status == -signal.SIGKILL or (after is not None and status == 0), (where, status)
            found = await look(engine)
            assert found in (self.before, self.after), where
            await schema.upgrade(engine)
            assert await look(engine) == self.after, f"{where}, and upgraded again"
            return found.revision

    @asynccontextmanager
    async def _upgraded(
        self, before: int | None = None, after: float | None = None, *, torn: bool = False
    ) -> AsyncIterator[tuple[int, Sequence[str], AsyncEngine]]:
        """A copy, after an upgrade that may have been killed: its exit status and steps."""
        name = secrets.token_hex(4)
        if self._server is not None:
            await self._server.create(template=self._template, name=name)
        else:
            shutil.copy(self._folder / self._template, self._folder / name)
        notes = self._folder / f"{name}.steps"
        order = Order(self._url(name), str(notes), before, after, torn)
        assert self._victims.stdin is not None
        assert self._victims.stdout is not None
        began = monotonic()
        self._victims.stdin.write(line(order))
        status = int(await self._victims.stdout.readline())
        self.seconds = max(self.seconds, monotonic() - began)
        engine = create_engine(order.url)
        try:
            yield status, notes.read_text(encoding="utf-8").splitlines(), engine
        finally:
            await engine.dispose()
            if self._server is not None:
                await self._server.drop(name)

    def _url(self, name: str) -> str:
        if self._server is None:
            return f"sqlite+aiosqlite:///{self._folder / name}"
        return self._server.url(name)


def _differences(connection: Connection) -> list[object]:
    options = {"compare_type": True, "compare_server_default": True}
    return list(compare_metadata(MigrationContext.configure(connection, opts=options), Base.metadata))


@asynccontextmanager
async def prepared(server: Server | None, folder: Path) -> AsyncIterator[Range]:
    victims = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.faults.upgrades", cwd=ROOT,
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    try:
        assert victims.stdout is not None
        await victims.stdout.readline()
        one = Range(server, folder, victims)
        await one.prepare()
        yield one
    finally:
        victims.kill()
        await victims.communicate()


async def every_step(one: Range, name: str, moments: int, seed: int) -> bool:
    """Kill at each of them and at so many random moments, saying what is done; whether all came out well."""
    found, wrong, chance = Counter[str | None](), 0, random.Random(seed)  # noqa: S311 - guards nothing
    plans: list[tuple[int | None, float | None]] = [(number, None) for number in range(len(one.steps))]
    plans += [(None, chance.uniform(0, one.seconds)) for _ in range(moments)]
    for number, (before, after) in enumerate(plans):
        try:
            found[await one.kill(before, after)] += 1
        except AssertionError as error:
            wrong += 1
            print(f"{name}: {error}")  # noqa: T201 - the report
        if number % 25 == 0:
            print(f"{name}: {number} of {len(plans)} kills", flush=True)  # noqa: T201 - the report
    where = ", ".join(f"{count} at {revision}" for revision, count in sorted(found.items(), key=str))
    print(f"{name}: {len(plans)} kills, {where}, {wrong} at neither")  # noqa: T201 - the report
    return not wrong


async def main() -> bool:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--moments", type=int, default=100, help="random moments on each database")
    parser.add_argument("--seed", type=int, default=random.randrange(1_000_000))  # noqa: S311 - guards nothing
    given = parser.parse_args()
    print(f"seed {given.seed}")  # noqa: T201 - the report
    well = True
    with tempfile.TemporaryDirectory() as folder, postgres.serve() as server:
        for name, one in (("SQLite", None), ("PostgreSQL", server)):
            async with prepared(one, Path(folder)) as there:
                well &= await every_step(there, name, given.moments, given.seed)
    return well


if __name__ == "__main__":
    sys.exit(not asyncio.run(main()))
