"""A post office on each of the two databases."""

from collections.abc import AsyncIterator

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from slackapp.core.clock import TurnedClock
from tests.support.post_office import PostOffice, opened


@pytest.fixture
async def office(engine: AsyncEngine, clock: TurnedClock) -> AsyncIterator[PostOffice]:
    async with opened(engine, clock) as office:
        yield office
