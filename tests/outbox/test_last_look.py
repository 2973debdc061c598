"""A worker that is stopped after its last look at the watch, while its call waits for a connection."""

import time
from collections.abc import Iterator

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from slackapp.core import fault_points
from slackapp.core.clock import TurnedClock
from slackapp.core.fault_points import Point
from slackapp.outbox import service
from slackapp.outbox.models import State
from slackapp.playground.slack import Channel
from tests.support.post_office import PostOffice, opened

LEASE, MARGIN = 1.0, 0.4


@pytest.fixture
def _stopped_at_the_second() -> Iterator[None]:
    """The whole process, when the second of two deliveries gets to its send: the first has begun its call."""
    stops = iter([0.0, LEASE])

    async def stop(point: Point) -> None:
        if point == Point.ANNOUNCED:
            time.sleep(next(stops, 0.0))  # noqa: ASYNC251 - nothing of this process may go on meanwhile

    fault_points.arm(stop)
    yield
    fault_points._hooks.remove(stop)


async def _say_two(office: PostOffice) -> Channel:
    other = office.slack.add_channel("team-platform", [office.mara])
    await office.say("a")
    await office.say("b", to=service.Channel(other.id))
    return other


@pytest.mark.usefixtures("_stopped_at_the_second")
async def test_what_waited_for_its_connection_meanwhile_is_not_sent(
    engine: AsyncEngine, clock: TurnedClock
) -> None:
    async with opened(engine, clock) as office:
        await _say_two(office)
        await office.relay(lease=LEASE, margin=MARGIN).drain()
        assert office.calls("chat.postMessage") == 0
        await office.let_pass()
        await office.deliver()
        assert office.posted("Hello") == 2
        assert [(await office.row(key)).state for key in "ab"] == [State.SENT, State.SENT]
