"""Waiting for something to happen in the workspace without asking again and again."""

import asyncio
from collections.abc import Callable


class Changes:
    """A counter that rises with every change, and wakes who waits for one."""

    def __init__(self) -> None:
        self.count = 0
        self._waiting: set[asyncio.Future[None]] = set()

    def note(self) -> None:
        self.count += 1
        waiting, self._waiting = self._waiting, set()
        for future in waiting:
            if not future.done():
                future.set_result(None)

    async def next(self, wait: float) -> None:
        """Return at the next change. TimeoutError after `wait` seconds without one."""
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.add(future)
        try:
            await asyncio.wait_for(future, wait)
        finally:
            self._waiting.discard(future)

    async def until(self, predicate: Callable[[], object], wait: float, complaint: Callable[[], str]) -> None:
        """Return once `predicate()` is true. TimeoutError(complaint()) if `wait` seconds pass first."""
        loop = asyncio.get_running_loop()
        deadline = loop.time() + wait
        while not predicate():
            try:
                await self.next(deadline - loop.time())
            except TimeoutError:
                raise TimeoutError(complaint()) from None
