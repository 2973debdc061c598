"""Where history may not be read, what may have arrived waits for a person: nothing else posts it again."""

from slackapp.outbox.models import State
from slackapp.playground.slack import Fault
from tests.support.post_office import PostOffice


async def test_what_is_held_is_posted_by_nobody_but_a_person(office: PostOffice) -> None:
    relay = office.relay(unknown_outcome="hold")
    await office.say("a")
    office.slack.faults.next("chat.postMessage", Fault.RESET_AFTER)
    await office.deliver(relay)
    assert (await office.row("a")).state == State.DEAD
    # Somebody votes, and the message should look otherwise.
    await office.say("a", "Changed")
    await office.deliver(relay)
    assert office.shown == ["Hello"]
    assert await office.retry("a")
    await office.deliver(relay)
    assert office.shown == ["Hello", "Changed"]
