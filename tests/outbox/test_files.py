"""Files are shared once, whatever becomes of any of the calls that takes."""

import asyncio
from dataclasses import replace

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncEngine

from slackapp.core.clock import TurnedClock
from slackapp.core.transaction import Tx
from slackapp.outbox import service
from slackapp.outbox.models import OutboxMessage, State
from slackapp.outbox.rules import ATTEMPTS, UNKNOWN_OUTCOME
from slackapp.playground.slack import Fault
from slackapp.slack.blocks import Message
from tests.support.post_office import PostOffice, opened

PROMISE, UPLOAD, SHARE, LOOK = (
    "files.getUploadURLExternal", "upload", "files.completeUploadExternal", "files.info",
)  # fmt: skip
ARRIVED = [
    *(Fault.RESET_AFTER, Fault.TRUNCATED, Fault.ERROR_AFTER, Fault.GARBAGE),
    Fault.says_after("internal_error"),
]
NOT_ARRIVED = [Fault.RESET_BEFORE, Fault.ERROR_BEFORE, Fault.says("fatal_error")]


async def is_sent(office: PostOffice, key: str = "notes") -> bool:
    """Whether the row says so, and says where."""
    row = await office.row(key)
    shown = [message.ts for message in office.slack.messages(office.channel) if message.files]
    return row.state == State.SENT and [row.ts] == shown and row.posted_channel == office.channel.id


async def test_a_file_is_shared_with_its_text(office: PostOffice) -> None:
    await office.share("notes", "# Retro\n\nä")
    await office.deliver()
    assert office.shown == ["Hello"]
    assert office.contents == ["# Retro\n\nä"]
    assert await is_sent(office)
    assert [office.calls(method) for method in (PROMISE, UPLOAD, SHARE, LOOK)] == [1, 1, 1, 1]
    await office.deliver()
    assert office.calls(SHARE) == 1


async def test_it_is_shared_in_a_thread_and_in_direct_messages(office: PostOffice) -> None:
    await office.share("direct", to=service.Direct(office.mara.id))
    await office.share("reply", to=service.Channel(office.channel.id, reply_to="card"))
    await office.say("card", "Card")
    await office.deliver(turns=4)
    card, reply = office.slack.messages(office.channel)
    assert reply.thread_ts == card.ts
    (direct,) = office.slack.messages(office.mara.dm)
    assert [file["name"] for file in direct.files] == ["direct.md"]
    for key, ts in (("reply", reply.ts), ("direct", direct.ts)):
        row = await office.row(key)
        assert (row.state, row.ts) == (State.SENT, ts)


async def test_none_is_lost_or_doubled_whatever_becomes_of_the_call(office: PostOffice) -> None:
    faults = [*ARRIVED, *NOT_ARRIVED]
    for number in range(len(faults)):
        await office.share(f"notes-{number}", f"{number}")
    office.slack.faults.next(SHARE, *faults)
    relay = office.relay()
    await relay.drain()
    for number in range(len(faults)):
        row = await office.row(f"notes-{number}")
        assert (row.state, row.attempts, row.ts) == (State.WAITING, 1, None)
    await office.deliver(relay)
    assert sorted(office.contents) == [str(number) for number in range(len(faults))]
    posts = {message.files[0]["name"]: message.ts for message in office.slack.messages(office.channel)}
    for number in range(len(faults)):
        row = await office.row(f"notes-{number}")
        assert (row.state, row.ts) == (State.SENT, posts[f"notes-{number}.md"])
    # What was not shared is shared under the same id.
    assert office.calls(UPLOAD) == len(faults)


@pytest.mark.parametrize("method", [PROMISE, UPLOAD, LOOK])
async def test_trouble_before_and_after_is_gone_through_again(office: PostOffice, method: str) -> None:
    troubles = [*ARRIVED, *NOT_ARRIVED, Fault.rate_limited(0), Fault.says("token_revoked")]
    await office.share("notes")
    office.slack.faults.next(method, *troubles)
    # Each costs a turn, and a day's turns are too many.
    await office.deliver(turns=len(troubles) + 1)
    assert office.shown == ["Hello"]
    assert await is_sent(office)


async def test_a_file_that_slack_lost_is_brought_anew(office: PostOffice) -> None:
    await office.share("notes")
    office.slack.faults.next(SHARE, Fault.RESET_BEFORE)
    relay = office.relay()
    await relay.drain()
    lost = (await office.row("notes")).file_id
    office.slack._slack.uploads.clear()
    await office.deliver(relay, turns=5)
    assert office.shown == ["Hello"]
    assert await is_sent(office)
    assert (await office.row("notes")).file_id != lost


async def test_what_slack_shares_late_is_not_brought_anew(engine: AsyncEngine, clock: TurnedClock) -> None:
    """Slack says at once that it does not find it any more, and only later that it is shared."""
    async with opened(engine, clock, history_lag=3600.0) as office:
        await office.share("notes")
        office.slack.faults.next(SHARE, Fault.RESET_AFTER)
        relay = office.relay()
        await relay.drain()
        await office.let_pass()
        await relay.drain()
        row = await office.row("notes")
        assert (row.reason, office.calls(SHARE)) == ("file_not_found", 2)
        [shared] = office.slack.messages(office.channel)
        office.slack._slack.workspace.save_message(replace(shared, visible_from=0.0))
        await office.deliver(relay)
        assert office.calls(UPLOAD) == 1
        assert await is_sent(office)


async def test_what_slack_took_and_never_shows_is_for_a_person_to_look_at(
    engine: AsyncEngine, clock: TurnedClock
) -> None:
    async with opened(engine, clock, history_lag=3600.0) as office:
        await office.share("notes", responsible=office.mara.id)
        relay = office.relay()
        await office.deliver(relay, turns=ATTEMPTS + 2)
        row = await office.row("notes")
        assert (row.state, row.reason) == (State.DEAD, UNKNOWN_OUTCOME)
        assert office.calls(SHARE) == 1
        assert "Slack did not say whether it arrived" in office.slack.messages(office.mara.dm)[-1].shown
        assert await office.retry("notes")
        office.slack.faults.history_lag(0)
        await office.deliver(relay)
        assert office.calls(SHARE) == 2


async def test_said_again_in_time_the_newer_one_is_shared(office: PostOffice) -> None:
    await office.share("notes", "old")
    await office.share("notes", "old")
    assert (await office.row("notes")).wanted == 1
    await office.share("notes", "new")
    await office.deliver()
    await office.share("notes", "newest")
    await office.deliver()
    assert office.contents == ["new"]
    assert await is_sent(office)


async def test_said_again_on_its_way_up_the_newer_one_is_shared(office: PostOffice) -> None:
    await office.share("notes", "old")
    office.slack.faults.next(UPLOAD, Fault.HELD)
    relay = office.relay()
    draining = asyncio.create_task(relay.drain())
    await office.slack.until(lambda: office.slack.faults.held)
    await office.share("notes", "new")
    office.slack.faults.release()
    await draining
    await office.deliver(relay)
    assert office.contents == ["new"]
    assert await is_sent(office)


async def test_what_may_be_shared_already_does_not_change(office: PostOffice) -> None:
    await office.share("notes", "old")
    office.slack.faults.next(SHARE, Fault.RESET_AFTER)
    relay = office.relay()
    await relay.drain()
    await office.share("notes", "new")
    await office.deliver(relay)
    assert office.contents == ["old"]
    assert (await office.row("notes")).file_content == "old"
    assert await is_sent(office)


async def test_withdrawn_in_time_it_is_not_shared(office: PostOffice) -> None:
    await office.share("early")
    await office.withdraw("early")
    await office.deliver(turns=1)
    await office.share("lost")
    office.slack.faults.next(SHARE, Fault.RESET_BEFORE)
    await office.deliver(turns=1)
    await office.withdraw("lost")
    await office.deliver()
    assert office.shown == []
    assert {(await office.row(key)).state for key in ("early", "lost")} == {State.CANCELLED}
    await office.share("early")
    await office.deliver()
    assert office.shown == ["Hello"]
    await office.withdraw("early", instead=Message("Gone"))
    await office.deliver()
    assert office.shown == ["Hello"]
    assert await is_sent(office, "early")


async def test_refused_it_is_kept_and_shared_later(office: PostOffice) -> None:
    office.slack.remove_bot(office.channel)
    await office.share("notes", responsible=office.mara.id)
    relay = office.relay()
    await office.deliver(relay)
    row = await office.row("notes")
    assert (row.state, row.reason, row.last_send) == (State.DEAD, "not_in_channel", None)
    notice = office.slack.messages(office.mara.dm)[-1].shown
    assert "notes.md" in notice
    office.slack.invite_bot(office.channel)
    async with office.transactions.begin(office.workspace_id) as tx:
        assert await service.revive(tx, office.channel.id) == 1
    await office.deliver(relay)
    assert await is_sent(office)


async def test_without_its_scope_it_waits_and_messages_do_not(office: PostOffice) -> None:
    await office.share("notes")
    await office.say("card", "Card")
    office.slack.faults.next(PROMISE, Fault.says("missing_scope"))
    relay = office.relay()
    await relay.drain()
    await office.hurry()
    await relay.drain()
    assert office.shown == ["Card"]
    assert (await office.row("notes")).reason == "missing_scope"
    await office.deliver(relay)
    assert office.contents == ["# Retro"]


async def test_deleted_in_slack_it_stays_deleted(office: PostOffice) -> None:
    await office.share("notes")
    office.slack.faults.next(SHARE, Fault.RESET_BEFORE)
    office.slack.faults.next(LOOK, Fault.says("file_deleted"))
    await office.deliver()
    assert (await office.row("notes")).state == State.GONE
    await office.share("notes", "new")
    await office.deliver()
    assert office.shown == []


@pytest.mark.parametrize("policy", ["retry", "hold"])
async def test_it_is_looked_for_where_history_may_not_be_read(office: PostOffice, policy: str) -> None:
    await office.share("notes")
    office.slack.faults.next(SHARE, Fault.RESET_AFTER)
    await office.deliver(office.relay(unknown_outcome=policy))
    assert office.shown == ["Hello"]
    assert await is_sent(office)


async def test_a_database_that_is_set_back_shares_nothing_twice(office: PostOffice) -> None:
    await office.share("notes")
    await office.deliver()
    async with office.transactions.begin(office.workspace_id) as tx:
        await tx.session.execute(
            update(OutboxMessage).values(state=State.WAITING, ts=None, file_id=None, shown=0, sent_from=None)
        )
    async with office.transactions.begin(office.workspace_id) as tx:
        assert await service.recheck(tx) == 1
    await office.deliver()
    assert office.calls(SHARE) == 1
    assert await is_sent(office)


@pytest.mark.parametrize(
    ("name", "content", "text"),
    [("", "x", ""), ("x" * 151, "x", ""), ("notes.md", "", ""), ("notes.md", "x", "x" * 1001)],
)
async def test_what_slack_takes_from_nobody_is_not_said(tx: Tx, name: str, content: str, text: str) -> None:
    with pytest.raises(ValueError, match="cannot be shared"):
        await service.share(tx, "notes", service.Channel("C1"), name, content, text=text)

    assert await tx.session.scalar(select(func.count()).select_from(OutboxMessage)) == 0
