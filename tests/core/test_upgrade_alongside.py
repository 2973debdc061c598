"""What replicas of the version before do still works while the newest schema is there already."""

from typing import Any

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, MetaData, Table, insert, update
from sqlalchemy.ext.asyncio import AsyncEngine

import slackapp.wiring  # noqa: F401 - every table is known once the wiring is
from slackapp.core import schema
from slackapp.core.database import rebuilding
from tests.faults import kept


async def move(engine: AsyncEngine, revision: str) -> MetaData:
    """Bring an empty database back, or forth, to that revision; its tables as they are there."""

    def go(connection: Connection) -> MetaData:
        config = schema._config(connection)
        found = MigrationContext.configure(connection).get_current_revision() or ""
        (command.upgrade if found < revision else command.downgrade)(config, revision)
        tables = MetaData()
        tables.reflect(connection)
        return tables

    async with rebuilding(engine).begin() as connection:
        return await connection.run_sync(go)


async def hindrances(engine: AsyncEngine, before: MetaData) -> list[Any]:
    """What is there now and would refuse, or lack, what a version that knows the tables before writes."""

    def compare(connection: Connection) -> list[Any]:
        options = {"compare_type": True, "compare_server_default": False}
        return list(compare_metadata(MigrationContext.configure(connection, opts=options), before))

    async with engine.connect() as connection:
        # These are the steps back to what was before: what is removed there is new.
        return [step for step in await connection.run_sync(compare) if not _is_harmless(step, before)]


def _is_harmless(step: Any, before: MetaData) -> bool:  # noqa: ANN401 - alembic's tuples
    match step:
        case ("remove_table", _):
            return True
        case ("remove_index", index):
            return not index.unique or index.table.name not in before.tables
        case ("remove_column", _, _, column):
            return bool(column.nullable or column.server_default is not None)
    return False


async def test_the_newest_schema_takes_what_the_version_before_writes(engine: AsyncEngine) -> None:
    script = ScriptDirectory.from_config(schema._config()).get_revision(schema.newest())
    assert isinstance(script.down_revision, str)
    before = await move(engine, script.down_revision)
    await move(engine, schema.newest())
    assert await hindrances(engine, before) == []


async def test_a_schema_that_would_refuse_it_is_found(engine: AsyncEngine) -> None:
    """The second revision asks for columns that the first version knew nothing of."""
    before = await move(engine, "0001")
    await move(engine, "0002")
    found = await hindrances(engine, before)
    assert ("launches", "kind") in {(step[2], step[3].name) for step in found if step[0] == "remove_column"}


async def test_messages_of_the_version_before_are_said_claimed_and_sent_on_the_newest_schema(
    engine: AsyncEngine,
) -> None:
    before = await move(engine, "0002")
    await move(engine, schema.newest())
    outbox: Table = before.tables["outbox"]
    rows = kept.rows()
    async with engine.begin() as connection:
        await connection.execute(insert(before.tables["workspaces"]), rows["workspaces"])
        await connection.execute(insert(outbox), rows["outbox"])
        waiting = outbox.c.state == "waiting"
        claimed = {"fence": outbox.c.fence + 1, "leased_until": 60.0}
        await connection.execute(update(outbox).where(waiting).values(claimed))
        sent = {"last_send": 1.0, "first_attempt": 1.0, "sent_from": kept.MOMENT, "posted_channel": "D1"}
        await connection.execute(update(outbox).where(waiting).values(sent))
        shown = {"state": "sent", "ts": "1.2", "shown": 1, "last_send": None, "leased_until": 0.0}
        done = await connection.execute(update(outbox).where(waiting).values(shown))
    assert done.rowcount == sum(row["state"] == "waiting" for row in rows["outbox"])
