"""Finding follow-ups, however many there are."""

import pytest

from slackapp.core.transaction import Tx
from slackapp.features.follow_ups import queries
from tests.support.plans import plans


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    return sqlite_url


async def test_an_edited_reply_finds_its_answer_without_reading_all(tx: Tx) -> None:
    [plan] = await plans(tx, lambda tx: queries.echoed(tx, "prompts:U1:reply:1.0"))
    assert "workspace_id=? AND echo=?" in plan
