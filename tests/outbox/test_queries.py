"""Finding messages again, however many were ever sent."""

import pytest

from slackapp.core.transaction import Tx
from slackapp.outbox import queries, service
from tests.support.plans import plans


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    return sqlite_url


async def test_a_message_is_found_by_where_slack_shows_it_without_reading_all(tx: Tx) -> None:
    [plan] = await plans(tx, lambda tx: queries.key_of(tx, "D1", "1.0"))
    assert "workspace_id=? AND posted_channel=? AND ts=?" in plan


async def test_the_dead_are_found_without_reading_all(tx: Tx) -> None:
    [counted, *_] = await plans(tx, queries.dead)
    assert "ix_outbox_dead" in counted
    [revived, *_] = await plans(tx, lambda tx: service.revive(tx, "C1"))
    assert "ix_outbox_dead" in revived
