"""One relay that several callers have deliver: in the background, and whoever cannot wait for that."""

import asyncio

from tests.support.post_office import PostOffice

TEXTS = ["first", "second", "third"]


async def test_whoever_looks_by_themselves_has_one_batch_delivered(office: PostOffice) -> None:
    for text in TEXTS:
        await office.say(text, text)
    relay = office.relay()
    taken = [await relay.deliver_next()]
    assert office.shown == TEXTS[: taken[0]]
    while taken[-1]:
        taken.append(await relay.deliver_next())
    assert sum(taken) == len(TEXTS)
    assert office.shown == TEXTS


async def test_what_another_caller_delivered_is_not_looked_for_again_and_what_follows_is_delivered(
    office: PostOffice,
) -> None:
    relay = office.relay()
    running = asyncio.create_task(relay.run())
    for text in TEXTS:
        await office.say(text, text)
        await relay.deliver_next()
        assert office.posted(text) == 1
    await office.say("last", "last")
    while office.shown != [*TEXTS, "last"]:  # noqa: ASYNC110 - Slack tells nobody
        await asyncio.sleep(0.01)
    relay.stop()
    await running
    assert [office.posted(text) for text in TEXTS] == [1, 1, 1]
