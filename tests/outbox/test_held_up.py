"""The trouble of one message holds up others in its place, or its workspace, for a moment only."""

import pytest

from slackapp.core.transaction import Transactions, Tx
from slackapp.outbox import pace
from slackapp.outbox.models import State
from slackapp.outbox.rules import Budget, Dead, Pacing
from slackapp.outbox.service import Channel, Direct
from slackapp.playground.slack import Fault
from tests.support.post_office import PostOffice

FREE = Budget(0.0)


async def test_what_cannot_be_looked_for_does_not_keep_what_comes_after_it(office: PostOffice) -> None:
    await office.say("a", "Lost?")
    office.slack.faults.next("chat.postMessage", Fault.RESET_BEFORE)
    relay = office.relay()
    await relay.drain()
    await office.let_pass(60)
    await office.say("b", "After it")
    office.slack.faults.next("conversations.history", *[Fault.says("internal_error")] * 9)
    for _ in range(6):
        await relay.drain()
        await office.let_pass(20)
    assert office.shown == ["After it"]


async def test_people_who_were_never_written_to_hold_up_nobody_else(office: PostOffice) -> None:
    """Slack lets only so many direct messages be opened a minute."""
    for number in range(30):
        person = office.slack.add_person(f"Person {number}")
        await office.say(person.id, to=Direct(person.id))
    await office.say("after")
    relay = office.relay(pacing=Pacing(FREE, FREE, FREE, Budget(60.0, 1), FREE, redraw=0.0))
    await relay.drain()
    assert office.calls("conversations.open") == 1
    assert office.shown == ["Hello"]


async def test_a_refusal_shows_that_the_token_works_again(office: PostOffice) -> None:
    gone = office.slack.add_channel("gone", [office.mara])
    await office.say("refused", to=Channel(gone.id))
    await office.say("after")
    async with office.transactions.begin(office.workspace_id) as tx:
        await pace.close(tx.session, office.workspace_id, pace.EVERYTHING, 60.0)
    await office.let_pass()
    office.slack.faults.next("chat.postMessage", Fault.says("is_archived"))
    relay = office.relay()
    await relay.drain()
    await relay.drain()
    assert (await office.row("refused")).state == State.DEAD
    assert office.shown == ["Hello"]


@pytest.mark.parametrize("lanes", [1, 40])
async def test_what_follows_from_a_death_may_fail(office: PostOffice, lanes: int) -> None:
    """The message is given up all the same, and its place is free."""

    async def fails(tx: Tx, event: Dead) -> None:
        del tx, event
        raise KeyError("a mistake of ours")

    office.transactions = Transactions(
        office.transactions._write.kw["bind"], office.transactions.clock, {Dead: (fails,)}, {}
    )
    office.slack.faults.next("chat.postMessage", Fault.says("is_archived"))
    await office.say("refused")
    relay = office.relay(lanes=lanes)
    await relay.drain()
    assert (await office.row("refused")).state == State.DEAD
    await office.say("after")
    await relay.drain()
    assert office.shown == ["Hello"]
