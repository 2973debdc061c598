"""Runs migrations on the connection it is handed, inside that connection's transaction."""

from alembic import context
from sqlalchemy import Connection, text

import slackapp.wiring  # noqa: F401 - every table is known once the wiring is
from slackapp.core.database import Base

#: Any number will do, as long as every replica takes the same lock.
LOCK = 20_261_120


def run(connection: Connection) -> None:
    """Two replicas may upgrade at once: the second one waits, and then finds nothing left to do."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        transactional_ddl=True,
        # SQLite cannot alter most of a table in place.
        render_as_batch=connection.dialect.name == "sqlite",
    )
    with context.begin_transaction():
        context.run_migrations()
    if connection.dialect.name == "sqlite" and (
        broken := connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    ):
        raise RuntimeError(f"The migration would leave rows that refer to nothing: {broken[:5]}")


run(context.config.attributes["connection"])
