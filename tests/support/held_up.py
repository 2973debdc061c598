"""Whether PostgreSQL has somebody wait for somebody else."""

from sqlalchemy import text

from slackapp.core.transaction import Transactions

#: The connections of this database that wait for what another one holds.
HELD_UP = text(
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
)


async def somebody_is_held_up(transactions: Transactions) -> bool:
    async with transactions.everywhere() as session:
        return bool(await session.scalar(HELD_UP))
