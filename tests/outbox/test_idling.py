"""A relay with nothing to do does next to nothing, whatever it did before."""

import asyncio

from slackapp.outbox.relay import Relay
from tests.support.post_office import PostOffice


def claims_made(relay: Relay) -> float:
    return relay._telemetry.registry.get_sample_value("afterlaunch_outbox_claim_seconds_count") or 0.0


async def test_once_everything_is_delivered_it_only_looks_now_and_then(office: PostOffice) -> None:
    await office.say("a")
    relay = office.relay(poll=0.2)
    running = asyncio.create_task(relay.run())
    await office.slack.until(lambda: office.shown == ["Hello"])
    await asyncio.sleep(0.2)
    before = claims_made(relay)
    await asyncio.sleep(1.0)
    made = claims_made(relay) - before
    relay.stop()
    await running
    assert made <= 1.0 / 0.2 + 1
