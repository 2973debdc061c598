"""What transactions say about messages, before anything is sent."""

import asyncio

import pytest
from sqlalchemy import func, select

from slackapp.features.workspaces.service import install
from slackapp.outbox import service
from slackapp.outbox.models import OutboxMessage, State
from slackapp.playground.slack import Fault
from slackapp.slack.blocks import Message, actions, button, markdown
from tests.support.post_office import PostOffice


async def test_the_same_look_said_again_is_no_new_revision(office: PostOffice) -> None:
    await office.say("a", blocks=[markdown("x")])
    await office.say("a", blocks=[markdown("x")])
    assert (await office.row("a")).wanted == 1
    await office.say("a", blocks=[markdown("y")])
    row = await office.row("a")
    assert (row.wanted, row.shown, row.state) == (2, 0, State.WAITING)


async def test_a_burst_of_changes_is_one_update(office: PostOffice) -> None:
    await office.say("a")
    await office.deliver(turns=1)
    for number in range(5):
        await office.say("a", f"v{number}")
    await office.deliver(turns=1)
    assert office.calls("chat.update") == 1
    row = await office.row("a")
    assert (row.wanted, row.shown, row.state) == (6, 6, State.SENT)


async def test_one_key_is_one_message_in_each_workspace(office: PostOffice) -> None:
    async with office.transactions.install() as session:
        other = await install(session, team_id="T2", name="Elsewhere", now=office.transactions.clock.now())
    await office.say("a", "ours")
    async with office.transactions.begin(other) as tx:
        await service.say(tx, "a", service.Channel("C9"), Message("theirs"))
    async with office.transactions.read(other) as tx:
        rows = (await tx.session.execute(select(OutboxMessage.workspace_id, OutboxMessage.text))).all()
    assert sorted(map(tuple, rows)) == [(office.workspace_id, "ours"), (other, "theirs")]


async def test_nothing_is_left_of_a_transaction_that_fails(office: PostOffice) -> None:
    async def fail() -> None:
        async with office.transactions.begin(office.workspace_id) as tx:
            await service.say(tx, "a", service.Channel(office.channel.id), Message("Hello"))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fail()
    async with office.transactions.read(office.workspace_id) as tx:
        assert await tx.session.scalar(select(func.count()).select_from(OutboxMessage)) == 0


async def test_two_transactions_that_say_one_key_at_once_leave_one_message(office: PostOffice) -> None:
    texts = [f"t{number}" for number in range(6)]
    await asyncio.gather(*(office.say("a", text) for text in texts))
    row = await office.row("a")
    assert row.wanted == 6
    assert row.text in texts
    await office.deliver()
    assert office.shown == [row.text]


async def test_what_is_withdrawn_before_it_is_sent_is_never_posted(office: PostOffice) -> None:
    await office.say("a")
    await office.withdraw("a", instead=Message("Never mind"))
    await office.deliver()
    assert office.shown == []
    assert (await office.row("a")).state == State.CANCELLED


async def test_what_is_withdrawn_after_it_was_sent_loses_its_buttons(office: PostOffice) -> None:
    await office.say("a", blocks=[markdown("Well?"), actions(button("x", "Press", "1"))])
    await office.deliver(turns=1)
    for _ in range(2):
        await office.withdraw("a")
        await office.deliver(turns=1)
    [message] = office.slack.messages(office.channel)
    assert message.shown == "Well?"
    assert office.calls("chat.update") == 1


async def test_something_else_may_stand_in_its_place(office: PostOffice) -> None:
    await office.say("a")
    await office.deliver(turns=1)
    await office.withdraw("a", instead=Message("Taken back"))
    await office.deliver()
    assert office.shown == ["Taken back"]
    assert office.calls("chat.update") == 1


async def test_what_is_withdrawn_while_its_outcome_is_unknown_is_redrawn_if_it_is_there(
    office: PostOffice,
) -> None:
    await office.say("a")
    office.slack.faults.next("chat.postMessage", Fault.RESET_AFTER)
    await office.deliver(turns=1)
    await office.withdraw("a", instead=Message("Taken back"))
    await office.deliver()
    assert office.shown == ["Taken back"]
    assert office.calls("chat.postMessage") == 1


async def test_what_is_withdrawn_after_slack_refused_it_is_cancelled(office: PostOffice) -> None:
    await office.say("a", to=service.Channel("C00000000"))
    await office.deliver(turns=1)
    assert (await office.row("a")).state == State.DEAD
    await office.withdraw("a")
    assert (await office.row("a")).state == State.CANCELLED
    assert not await office.retry("a")


async def test_what_was_withdrawn_may_be_said_again(office: PostOffice) -> None:
    await office.say("a", "First")
    await office.withdraw("a")
    await office.say("a", "First")
    await office.deliver()
    assert office.shown == ["First"]


async def test_what_people_deleted_stays_deleted(office: PostOffice) -> None:
    await office.say("a")
    await office.deliver(turns=1)
    office.slack._slack.workspace.drop_message(office.slack.messages(office.channel)[0])
    await office.say("a", "Changed")
    await office.deliver()
    assert (await office.row("a")).state == State.GONE
    await office.say("a", "Changed once more")
    await office.withdraw("a")
    await office.deliver()
    assert office.shown == []
    assert office.calls("chat.postMessage") == 1
    assert office.calls("chat.update") == 1


async def test_only_what_is_dead_is_tried_again(office: PostOffice) -> None:
    await office.say("a")
    assert not await office.retry("a")
    await office.deliver(turns=1)
    assert not await office.retry("a")


async def test_a_message_of_another_workspace_is_not_tried_again(office: PostOffice) -> None:
    await office.say("a", to=service.Channel("C00000000"))
    await office.deliver(turns=1)
    row = await office.row("a")
    async with office.transactions.install() as session:
        other = await install(session, team_id="T2", name="Elsewhere", now=office.transactions.clock.now())
    async with office.transactions.begin(other) as tx:
        assert await service.retry(tx, row.id) is None
    assert (await office.row("a")).state == State.DEAD


async def test_what_was_withdrawn_comes_when_it_is_due_anew(office: PostOffice) -> None:
    now = office.transactions.clock.now()
    await office.say("a")
    await office.withdraw("a")
    later = now.replace(year=now.year + 1)
    async with office.transactions.begin(office.workspace_id) as tx:
        await service.say(tx, "a", service.Channel(office.channel.id), Message("Later"), due=later)
    await office.deliver(turns=1)
    assert office.shown == []
    assert (await office.row("a")).due_at == later
