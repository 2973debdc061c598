"""Noticing that the database's clock has jumped."""

import pytest

from slackapp.core.clock import monotonic
from slackapp.outbox.jumps import EVERY, Watch
from tests.support.post_office import PostOffice


async def test_a_jump_is_noticed_until_it_is_made_good(
    office: PostOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What makes it good may fail, and be undone."""
    own = [monotonic()]
    monkeypatch.setattr("slackapp.outbox.jumps.monotonic", lambda: own[0])
    watch = Watch()

    async def look() -> float:
        own[0] += EVERY
        async with office.transactions.install() as session:
            return await watch.jumped(session)

    assert await look() == 0
    own[0] -= 3600
    watch._looked -= 3600
    assert await look() > 3500
    assert await look() > 3500
    watch.made_good()
    assert await look() == 0
