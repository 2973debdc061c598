"""Turning the clock by hand: all that falls due on the way happens, in order."""

import asyncio
from collections.abc import Callable
from datetime import datetime

from slackapp import wiring
from slackapp.app import App
from slackapp.core.clock import TurnedClock
from slackapp.core.jobs import Upcoming
from slackapp.playground.slack import StandIn


class Turning:
    """The only one who turns the clock, one turn at a time."""

    def __init__(self, clock: TurnedClock, app: App, slack: StandIn) -> None:
        self._clock, self._app, self._slack = clock, app, slack
        self._turn = asyncio.Lock()

    @property
    def now(self) -> datetime:
        return self._clock.now()

    @property
    def under_way(self) -> bool:
        return self._turn.locked()

    async def upcoming(self) -> Upcoming | None:
        """The next thing that falls due after now, and what it is."""
        async with self._app.transactions.read(self._app.installation.workspace_id) as tx:
            each = [await job.upcoming(tx) for job in wiring.JOBS if job.upcoming is not None]
        return min((coming for coming in each if coming), key=lambda coming: coming.at, default=None)

    async def to(self, moment: datetime, *, stopped: Callable[[], None] | None = None) -> None:
        """Turn to the moment, and stop on the way wherever something falls due until that has happened.

        `stopped` is called at each stop. ValueError for a moment that is past: what has happened stays so.
        """
        async with self._turn:
            if moment < self.now:
                raise ValueError("The clock turns forward only.")
            while (coming := await self.upcoming()) is not None and coming.at < moment:
                await self._stop_at(coming.at)
                if stopped is not None:
                    stopped()
            await self._stop_at(moment)

    async def settle(self) -> None:
        """Let what people just did have its effect, at the moment at which the clock stands."""
        await self._slack.quiet()
        await self._app.frame.finish()
        await self._app.catch_up()
        await self._slack.quiet()

    async def _stop_at(self, moment: datetime) -> None:
        self._clock.turn(moment)
        await self.settle()
