"""The database's clock jumps: that is noticed, and made good."""

import pytest

from slackapp.core.clock import monotonic
from slackapp.outbox import pace
from slackapp.outbox.jumps import EVERY, Watch, make_good
from slackapp.outbox.rules import GIVE_UP, TOKEN_WAIT
from slackapp.playground.slack import Fault
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


async def test_a_jump_ahead_is_no_day_of_trying(office: PostOffice) -> None:
    await office.say("a")
    office.slack.faults.next("chat.postMessage", *[Fault.says("ekm_access_denied")] * 2)
    await office.deliver(turns=1)
    await office.let_pass(2 * GIVE_UP)
    async with office.transactions.install() as session:
        await make_good(session, lease=60.0, settle=15.0)
    await office.deliver()
    assert office.shown == ["Hello"]


async def test_a_jump_back_pauses_no_workspace_for_longer(office: PostOffice) -> None:
    await office.say("a")
    async with office.transactions.install() as session:
        await pace.close(session, office.workspace_id, pace.EVERYTHING, TOKEN_WAIT)
    await office.let_pass(-3600)
    async with office.transactions.install() as session:
        await make_good(session, lease=60.0, settle=15.0)
    await office.let_pass(TOKEN_WAIT)
    await office.relay().drain()
    assert office.shown == ["Hello"]
