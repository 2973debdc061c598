"""Group commit: what several tasks want written at the same time goes into one transaction."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Generic, TypeVar

Item = TypeVar("Item")
Kept = TypeVar("Kept")


class GroupCommit(Generic[Item, Kept]):
    """While one group is being committed the next gathers: nobody waits for longer than two commits."""

    def __init__(self, commit: Callable[[Sequence[Item]], Awaitable[Mapping[int, Kept]]]) -> None:
        """`commit` writes a group and returns what came of each item, by its place in the group."""
        self._commit = commit
        self._gathering: list[tuple[Item, asyncio.Future[Kept | None]]] = []
        self._running: asyncio.Task[None] | None = None

    async def __call__(self, item: Item) -> Kept | None:
        """What came of it, once it is committed; None if it was left out. Raises what the commit raised."""
        future: asyncio.Future[Kept | None] = asyncio.get_running_loop().create_future()
        self._gathering.append((item, future))
        if self._running is None:
            self._running = asyncio.create_task(self._run())
        return await future

    async def finish(self) -> None:
        """Return when nothing is being committed any more."""
        if self._running is not None:
            await self._running

    async def _run(self) -> None:
        while self._gathering:
            group, self._gathering = self._gathering, []
            try:
                kept = await self._commit([item for item, _ in group])
            except Exception as error:  # noqa: BLE001 - the edge: whoever waits for it raises it
                for _, future in group:
                    if not future.done():
                        future.set_exception(error)
                continue
            for place, (_, future) in enumerate(group):
                if not future.done():
                    future.set_result(kept.get(place))
        self._running = None
