"""Bugs to plant into how the app takes what comes in: acknowledged too soon, noted apart from its effect."""

import asyncio
from collections.abc import Awaitable, Callable
from contextvars import ContextVar
from typing import Any

from slackapp.core.transaction import Transactions, Tx
from slackapp.slack import inbound
from slackapp.slack.frame import Frame
from tests.faults.bugs import bug, plant, swap

__all__ = ["plant"]

_transactions: ContextVar[Transactions] = ContextVar("transactions")


@bug
def acknowledges_before_the_commit() -> None:
    """The form closes, and then what was in it is written."""

    def at_once(before: Callable[..., Awaitable[Any]]) -> Callable[..., Any]:
        async def patched(self: Frame, args: Any, use: Any) -> Any:  # noqa: ANN401 - as it is
            if args.view is None:
                return await before(self, args, use)
            await args.ack()

            async def later() -> None:
                await asyncio.sleep(0.1)
                await self._reply(args, use)

            self._task(later())
            return None

        return patched

    swap(Frame, "answer", at_once)


@bug
def notes_apart_from_the_effect() -> None:
    """That a payload came is committed first, and what it does afterwards."""

    def with_transactions(before: Callable[..., Awaitable[Any]]) -> Callable[..., Any]:
        async def patched(self: Frame, args: Any, use: Any) -> Any:  # noqa: ANN401 - as it is
            _transactions.set(self.transactions)
            return await before(self, args, use)

        return patched

    def apart(before: Callable[[Tx, str], Awaitable[bool]]) -> Callable[[Tx, str], Awaitable[bool]]:
        async def patched(tx: Tx, key: str) -> bool:
            async with _transactions.get().begin(tx.workspace_id) as own:
                return await before(own, key)

        return patched

    swap(Frame, "_reply", with_transactions)
    swap(inbound, "first_time", apart)


@bug
def takes_everything_for_new() -> None:
    """Nobody looks whether a payload came before."""

    def always(before: Callable[[Tx, str], Awaitable[bool]]) -> Callable[[Tx, str], Awaitable[bool]]:
        async def patched(tx: Tx, key: str) -> bool:
            await before(tx, key)
            return True

        return patched

    swap(inbound, "first_time", always)
