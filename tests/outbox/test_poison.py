"""A message that fails for a reason nobody thought of: it is given up in the end, and nobody waits for it."""

from datetime import UTC, datetime

from sqlalchemy import update
from structlog.testing import capture_logs

from slackapp.outbox.models import OutboxMessage, State
from slackapp.outbox.rules import ATTEMPTS, BROKEN
from tests.support.post_office import PostOffice


async def poison(office: PostOffice, key: str) -> None:
    """No clock is ten minutes before the first moment of all: looking for it ends in an error of ours."""
    async with office.transactions.begin(office.workspace_id) as tx:
        await tx.session.execute(
            update(OutboxMessage)
            .where(OutboxMessage.workspace_id == tx.workspace_id, OutboxMessage.key == key)
            .values(last_send=1.0, retry_at=2.0, sent_from=datetime(1, 1, 1, tzinfo=UTC))
        )


async def test_a_poisoned_message_holds_up_nobody_and_is_given_up(office: PostOffice) -> None:
    await office.say("poisoned", "Never", responsible=office.mara.id)
    await poison(office, "poisoned")
    await office.say("after", "In the same place")
    relay = office.relay()
    with capture_logs() as logs:
        await relay.drain()
        assert office.shown == ["In the same place"]
        row = await office.row("poisoned")
        assert (row.state, row.attempts, row.reason) == (State.WAITING, 1, "OverflowError")
        assert row.retry_at > 0
        for number in range(2, ATTEMPTS + 1):
            await office.let_pass()
            await office.say(f"later {number}", f"Meanwhile {number}")
            await relay.drain()
            assert office.shown[-1] == f"Meanwhile {number}"
    row = await office.row("poisoned")
    assert (row.state, row.attempts, row.reason) == (State.DEAD, ATTEMPTS, BROKEN)
    failed = [entry for entry in logs if entry["event"] == "outbox.delivery_failed"]
    assert len(failed) == ATTEMPTS
    assert office.posted("Never") == 0
    assert "Something unexpected happened each time." in office.slack.messages(office.mara.dm)[-1].shown


async def test_once_the_cause_is_mended_it_is_tried_anew(office: PostOffice) -> None:
    await office.say("poisoned", "At last")
    await poison(office, "poisoned")
    await office.deliver(turns=ATTEMPTS)
    assert (await office.row("poisoned")).state == State.DEAD
    async with office.transactions.begin(office.workspace_id) as tx:
        await tx.session.execute(update(OutboxMessage).values(sent_from=tx.now))
    assert await office.retry("poisoned")
    await office.deliver()
    assert office.shown == ["At last"]
