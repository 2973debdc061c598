"""What the heartbeat asks at each beat is found by an index of what waits, however much there is besides."""

from functools import partial

from sqlalchemy.ext.asyncio import AsyncSession

from slackapp import wiring
from slackapp.core.clock import SystemClock
from slackapp.core.database import create_engine
from tests.support.plans import plans_of, read_whole

#: All of it waits.
SHORT = "outbox_stale"


async def test_no_look_of_a_job_goes_through_all_rows(sqlite_url: str) -> None:
    """On SQLite: PostgreSQL chooses by how many rows there are, and its plans are tested by feature."""
    engine = create_engine(sqlite_url)
    now, found = SystemClock().now(), dict[str, list[str]]()
    async with AsyncSession(engine) as session:
        for job in wiring.JOBS:
            for ask in (job.due, job.rooms, job.people):
                if ask is not None:
                    plan = await plans_of(session, partial(session.execute, ask(now)))
                    if lines := read_whole(plan, r"(?!" + SHORT + r")\w+"):
                        found[job.name] = lines
    await engine.dispose()
    assert found == {}
