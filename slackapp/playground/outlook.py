"""What comes next in the world, looked up again whenever something has happened."""

import asyncio
from collections.abc import Callable
from contextlib import suppress

import structlog
from sqlalchemy.exc import SQLAlchemyError

from slackapp.core.jobs import Upcoming
from slackapp.playground.slack.changes import Changes
from slackapp.playground.turning import Turning

log = structlog.get_logger()

#: Seconds of rest after a change, since changes come in crowds.
_REST = 0.2
#: Seconds after which it is looked again anyway: what the app decides need not be seen in Slack.
_AGAIN = 3.0


class Outlook:
    def __init__(self, turning: Turning, changes: Changes, idle: Callable[[], bool]) -> None:
        """Nobody looks while it is not `idle()`: what comes next changes all the time then."""
        self._turning, self._changes, self._idle = turning, changes, idle
        #: The next thing that people will see happen by itself.
        self.upcoming: Upcoming | None = None
        #: It was looked, and no history has been made since.
        self.known = False
        self._looking = asyncio.Lock()
        self._keeping: asyncio.Task[None] | None = None

    def begin(self) -> None:
        """Keep it true in the background, until closed."""
        self._keeping = asyncio.create_task(self._keep())

    async def close(self) -> None:
        # Whoever is stopped in the middle of a query leaves its connection open.
        async with self._looking:
            if self._keeping is not None:
                self._keeping.cancel()
                await asyncio.gather(self._keeping, return_exceptions=True)

    async def _keep(self) -> None:
        while True:
            if self._idle():
                async with self._looking:
                    await self._look()
            seen = self._changes.count
            await asyncio.sleep(_REST)
            if self._changes.count == seen:
                with suppress(TimeoutError):
                    await self._changes.next(_AGAIN)

    async def _look(self) -> None:
        try:
            found = await self._turning.upcoming()
        except (SQLAlchemyError, OSError) as error:
            log.warning("playground.database_unreachable", error=str(error))
            return
        self.known = True
        if found != self.upcoming:
            self.upcoming = found
            self._changes.note()
