"""The points at which the fault suite may kill, stop or delay this process; else nothing happens there."""

from collections.abc import Awaitable, Callable
from enum import StrEnum


class Point(StrEnum):
    """Each lies between two things that must not depend on both being done."""

    #: A use case has written everything and committed nothing.
    BEFORE_COMMIT = "before_commit"
    #: It is committed, and nobody was told.
    COMMITTED = "committed"
    #: What came in is noted, in a transaction that had no effect yet.
    NOTED = "noted"
    #: Messages are claimed, and none is looked at.
    CLAIMED = "claimed"
    #: Slack has a file's content, and nobody knows its id.
    UPLOADED = "uploaded"
    #: The send is announced in the database, and not made.
    ANNOUNCED = "announced"
    #: Slack has answered, and nothing is written.
    ANSWERED = "answered"
    #: The outcome is written.
    RECORDED = "recorded"
    #: Slack's history was read, and nothing is written of what it holds.
    SEARCHED = "searched"
    #: Slack's rate limit is kept in the database.
    SNOOZED = "snoozed"
    #: The relay was told to stop, and finishes what is on the wire.
    DRAINING = "draining"


Hook = Callable[[Point], Awaitable[None]]

_hooks: list[Hook] = []


def arm(hook: Hook) -> None:
    """From now on let this happen at every point of this process."""
    _hooks.append(hook)


async def reached(point: Point) -> None:
    for hook in _hooks:
        await hook(point)
