"""A feature that asks, on both databases."""

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from slackapp.core.clock import TurnedClock
from tests.support.asking import Asking, asking


@pytest.fixture
async def feature(engine: AsyncEngine, clock: TurnedClock) -> Asking:
    """With U1 in Stockholm, U2 in London, U3 in New York and U4 in Auckland."""
    return await asking(engine, clock)
