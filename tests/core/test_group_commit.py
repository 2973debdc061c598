"""What comes while a group is being committed goes into the next one; each learns what came of its own."""

import asyncio
from collections.abc import Mapping, Sequence

import pytest

from slackapp.core.group_commit import GroupCommit


async def test_what_comes_meanwhile_goes_together() -> None:
    groups: list[list[int]] = []
    open_ = asyncio.Event()

    async def commit(items: Sequence[int]) -> Mapping[int, str]:
        groups.append(list(items))
        await open_.wait()
        return {place: f"kept {item}" for place, item in enumerate(items) if item != 3}

    writing = GroupCommit(commit)
    first = asyncio.create_task(writing(0))
    while not groups:  # noqa: ASYNC110 - the first group is on its way
        await asyncio.sleep(0)
    others = [asyncio.create_task(writing(number)) for number in range(1, 5)]
    await asyncio.sleep(0)
    open_.set()
    assert await first == "kept 0"
    assert await asyncio.gather(*others) == ["kept 1", "kept 2", None, "kept 4"]
    assert groups == [[0], [1, 2, 3, 4]]
    await writing.finish()


async def test_each_of_a_group_hears_of_its_failure_and_the_next_is_committed() -> None:
    failing = [True]

    async def commit(items: Sequence[int]) -> Mapping[int, int]:
        if failing.pop():
            raise ConnectionError("gone")
        return dict(enumerate(items))

    writing = GroupCommit(commit)
    told = await asyncio.gather(writing(1), writing(2), return_exceptions=True)
    assert [type(each) for each in told] == [ConnectionError, ConnectionError]
    failing.append(False)
    assert await writing(3) == 3


async def test_who_no_longer_waits_holds_nobody_up() -> None:
    open_ = asyncio.Event()

    async def commit(items: Sequence[int]) -> Mapping[int, int]:
        await open_.wait()
        return dict(enumerate(items))

    writing = GroupCommit(commit)
    gone, here = asyncio.create_task(writing(1)), asyncio.create_task(writing(2))
    await asyncio.sleep(0)
    gone.cancel()
    with pytest.raises(asyncio.CancelledError):
        await gone
    open_.set()
    assert await here == 2
    await writing.finish()
