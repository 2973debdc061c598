"""Two replicas of the app over HTTP, and a Slack that brings everything twice to each, all at once."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field

from slackapp.app import App, build, connected
from slackapp.playground.slack.delivery import Ack, Kind
from slackapp.playground.slack.records import Json
from tests.support.world import World, listening


@dataclass
class Fourfold:
    """Delivers each payload four times at once. What people see is the one answer that says something."""

    world: World
    apps: list[App]
    urls: list[str]
    #: Of each payload, the answers that were given.
    answers: list[list[Ack]] = field(default_factory=list)

    def __post_init__(self) -> None:
        delivery = self.world.slack._slack.delivery
        once = delivery._over_http

        async def fourfold(url: str, kind: Kind, payload: Json, attempt: int, reason: str) -> Ack:
            del url
            calls = [once(each, kind, payload, attempt, reason) for each in self.urls for _ in range(2)]
            acks = await asyncio.gather(*calls)
            self.answers.append(acks)
            refused = [ack for ack in acks if not ack.ok]
            return (refused or [ack for ack in acks if ack.body] or acks)[0]

        delivery._over_http = fourfold  # type: ignore[method-assign]

    async def settle(self) -> None:
        await self.world.slack.quiet()
        for app in self.apps:
            await app.frame.finish()
        await self.world.settle()


@asynccontextmanager
async def fourfold(world: World) -> AsyncIterator[Fourfold]:
    """A second app on the same database, and everything brought four times while the block runs."""
    async with AsyncExitStack() as stack:
        other = await stack.enter_async_context(build(world.app.settings, world.clock))
        await stack.enter_async_context(connected(other))
        url = await stack.enter_async_context(listening(other))
        # Slack asks each URL for its challenge, and that is no payload.
        assert await world.slack._slack.delivery._verify(url)
        yield Fourfold(world, [world.app, other], [str(world.slack.request_url), url])
