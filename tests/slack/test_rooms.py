"""What Slack says of channels, as far as it says it in time."""

import asyncio
from typing import Any

from slackapp.slack.client import Slack
from slackapp.slack.rooms import Hidden, Room, Rooms
from tests.support.answers import Answer, answering


def info(**different: object) -> Answer:
    channel: dict[str, object] = {"id": "C1", "name": "payroll", "is_private": True, "is_member": True}
    return 200, {}, {"ok": True, "channel": channel | different}


def members(*people: str, cursor: str = "") -> Answer:
    said = {"ok": True, "members": people, "response_metadata": {"next_cursor": cursor}}
    return 200, {}, said


def refused(error: str, **headers: str) -> Answer:
    return 429 if error == "ratelimited" else 200, headers, {"ok": False, "error": error}


async def told(*answers: Answer, patience: float = 1.5) -> Any:  # noqa: ANN401 - a room, a hidden one or None
    """What is learned of C1 from these answers; and that it is not asked again exactly if it is whole."""
    async with answering(*answers) as url:
        slack = Slack(url, 10)
        try:
            rooms, client = Rooms(), slack.client("xoxb-1")
            found = await rooms.news(client, 1, ["C1", "D1", "C1"], patience)
            rooms.kept(1, found)
            again = [] if found and found[0].is_whole else ["C1"]
            assert rooms._fresh.stale(1, ["C1"]) == again
            assert rooms._fresh.stale(2, ["C1"]) == ["C1"]
        finally:
            await slack.close()
    assert len(found) <= 1
    return found[0] if found else None


async def test_all_pages_make_the_members() -> None:
    pages = [members("U1", "U2", cursor="2"), members("U3")]
    expected = Room("C1", "payroll", True, False, True, frozenset({"U1", "U2", "U3"}))  # noqa: FBT003 - its fields
    assert await told(info(), *pages) == expected


async def test_a_part_of_the_members_is_none_of_them() -> None:
    pages = [members("U1", "U2", cursor="2"), refused("ratelimited", **{"Retry-After": "5"})]
    found = await told(info(), *pages)
    assert (found.is_private, found.members) == (True, None)


async def test_of_a_public_channel_nobody_is_asked_who_is_in_it() -> None:
    found = await told(info(is_private=False), refused("not asked"))
    assert (found.is_private, found.members, found.is_whole) == (False, None, True)


async def test_a_channel_slack_does_not_show_is_hidden() -> None:
    assert await told(refused("channel_not_found")) == Hidden("C1")


async def test_what_says_nothing_of_the_channel_is_left_out() -> None:
    nothing: list[Answer] = [refused("missing_scope"), refused("ratelimited"), (500, {}, {}), (200, {}, {})]
    for answer in nothing:
        assert await told(answer) is None
    assert await told(info(is_private=None)) is None


async def test_slack_being_slow_keeps_nobody_waiting() -> None:
    async def wait(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()
        writer.close()

    async with await asyncio.start_server(wait, "127.0.0.1", 0) as server:
        slack = Slack(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/api/", 120)
        try:
            async with asyncio.timeout(60):
                assert await Rooms().news(slack.client("xoxb-1"), 1, ["C1"], 0.05) == []
        finally:
            await slack.close()
