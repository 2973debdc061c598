"""What follows when Slack will not take a message, and when a channel lets the app in again."""

from sqlalchemy.ext.asyncio import AsyncEngine

from slackapp.core.clock import TurnedClock
from slackapp.core.transaction import Transactions, Tx
from slackapp.outbox import service
from slackapp.outbox.models import State
from slackapp.outbox.rules import Dead
from slackapp.outbox.service import Channel, Direct
from slackapp.playground.slack import Fault
from tests.support.post_office import PostOffice


def listening(office: PostOffice, engine: AsyncEngine, clock: TurnedClock) -> list[Dead]:
    """The deaths from now on, as the features hear of them."""
    heard: list[Dead] = []

    async def hear(tx: Tx, event: Dead) -> None:
        del tx
        heard.append(event)

    office.transactions = Transactions(engine, clock, {Dead: (hear,)}, {})
    return heard


async def test_a_post_that_is_refused_was_never_shown(
    office: PostOffice, engine: AsyncEngine, clock: TurnedClock
) -> None:
    heard = listening(office, engine, clock)
    await office.say("there", to=Channel("C00000000"))
    await office.say("them", to=Direct("U00000000"))
    await office.deliver()
    assert sorted((dead.key, dead.user_id, dead.channel_id, dead.maybe_shown) for dead in heard) == [
        ("them", "U00000000", None, False),
        ("there", None, "C00000000", False),
    ]
    assert {dead.reason for dead in heard} == {"channel_not_found", "user_not_found"}


async def test_an_update_that_is_refused_was_shown_before(
    office: PostOffice, engine: AsyncEngine, clock: TurnedClock
) -> None:
    heard = listening(office, engine, clock)
    await office.say("a")
    await office.deliver()
    office.slack.archive(office.channel)
    await office.say("a", "Changed")
    await office.deliver()
    assert [(dead.key, dead.maybe_shown) for dead in heard] == [("a", True)]


async def test_one_that_may_have_arrived_is_not_said_to_be_unseen(
    office: PostOffice, engine: AsyncEngine, clock: TurnedClock
) -> None:
    heard = listening(office, engine, clock)
    await office.say("a")
    office.slack.faults.next("chat.postMessage", Fault.RESET_AFTER)
    await office.deliver(office.relay(unknown_outcome="hold"))
    assert [(dead.reason, dead.maybe_shown) for dead in heard] == [("unknown_outcome", True)]


async def test_where_it_cannot_be_looked_for_it_may_have_arrived(
    office: PostOffice, engine: AsyncEngine, clock: TurnedClock
) -> None:
    heard = listening(office, engine, clock)
    await office.say("a")
    office.slack.faults.next("chat.postMessage", Fault.RESET_AFTER)
    relay = office.relay()
    await relay.drain()
    office.slack.remove_bot(office.channel)
    await office.deliver(relay)
    assert [(dead.reason, dead.maybe_shown) for dead in heard] == [("not_in_channel", True)]


async def test_what_a_channel_could_not_be_told_is_told_when_the_app_is_let_in(office: PostOffice) -> None:
    office.slack.remove_bot(office.channel)
    await office.say("a", "Card", responsible=office.mara.id)
    await office.say("b", "Elsewhere", to=Channel("C00000000"))
    await office.deliver()
    assert "[Try again]" in office.slack.messages(office.mara.dm)[-1].shown
    office.slack.invite_bot(office.channel)
    async with office.transactions.begin(office.workspace_id) as tx:
        assert await service.revive(tx, office.channel.id) == 1
        assert await service.revive(tx, office.channel.id) == 0
    await office.deliver()
    assert office.shown == ["Card"]
    assert "[Try again]" not in office.slack.messages(office.mara.dm)[-1].shown
    assert (await office.row("b")).state == State.DEAD


async def test_what_was_refused_for_what_it_says_stays_dead(office: PostOffice) -> None:
    await office.say("a", "x" * 50_000)
    await office.deliver()
    async with office.transactions.begin(office.workspace_id) as tx:
        assert await service.revive(tx, office.channel.id) == 0
    assert (await office.row("a")).state == State.DEAD
