"""Messages below a message that a person wrote."""

import pytest

from slackapp.outbox.service import Channel
from slackapp.playground.slack import Fault
from tests.support.post_office import PostOffice


async def test_it_lands_in_the_thread_of_a_persons_message_and_what_answers_it_beside_it(
    office: PostOffice,
) -> None:
    theirs = await office.mara.say(office.channel, "We shipped it")
    await office.say("card", "Card", to=Channel(office.channel.id, in_thread=theirs.ts))
    await office.say("outcome", "Outcome", reply_to="card", broadcast=True)
    await office.deliver()
    shown = {m.text: (m.thread_ts, m.broadcast) for m in office.slack.messages(office.channel)}
    assert shown["Card"] == (theirs.ts, False)
    assert shown["Outcome"] == (theirs.ts, True)


@pytest.mark.parametrize("broadcast", [False, True])
async def test_one_whose_arrival_is_unknown_is_found_there(office: PostOffice, *, broadcast: bool) -> None:
    theirs = await office.mara.say(office.channel, "We shipped it")
    to = Channel(office.channel.id, in_thread=theirs.ts, broadcast=broadcast)
    await office.say("a", to=to)
    office.slack.faults.next("chat.postMessage", Fault.RESET_AFTER)
    await office.deliver()
    assert office.posted("Hello") == 1
    assert office.calls("conversations.replies") == 1
    assert (await office.row("a")).ts == office.slack.messages(office.channel)[-1].ts


async def test_where_the_thread_is_gone_it_goes_to_the_channel(office: PostOffice) -> None:
    theirs = await office.mara.say(office.channel, "We shipped it")
    office.slack._slack.workspace.drop_message(theirs)
    await office.say("a", to=Channel(office.channel.id, in_thread=theirs.ts, broadcast=True))
    await office.deliver()
    assert [(m.text, m.thread_ts) for m in office.slack.messages(office.channel)] == [("Hello", None)]
