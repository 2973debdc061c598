"""A worker that is stopped between `last_send` and the call: settling begins with the answer, not before."""

import asyncio
from collections.abc import Iterator

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from slackapp.core import fault_points
from slackapp.core.clock import TurnedClock
from slackapp.core.fault_points import Point
from slackapp.outbox.models import State
from slackapp.playground.slack import Fault
from tests.support.post_office import opened


@pytest.fixture
def _stopped_once() -> Iterator[None]:
    stops = iter([1.2])

    async def stop(point: Point) -> None:
        if point == Point.ANNOUNCED:
            await asyncio.sleep(next(stops, 0))

    fault_points.arm(stop)
    yield
    fault_points._hooks.remove(stop)


@pytest.mark.usefixtures("_stopped_once")
async def test_what_is_sent_late_settles_from_its_answer(engine: AsyncEngine, clock: TurnedClock) -> None:
    async with opened(engine, clock, history_lag=0.5) as office:
        await office.say("a")
        office.slack.faults.next("chat.postMessage", Fault.RESET_AFTER)
        relay = office.relay(settle=1.0)
        await relay.drain()
        await office.hurry()
        running = asyncio.create_task(relay.run())
        await office.slack.until(lambda: office.calls("conversations.history"))
        relay.stop()
        await running
        assert office.posted("Hello") == 1
        assert (await office.row("a")).state == State.SENT
