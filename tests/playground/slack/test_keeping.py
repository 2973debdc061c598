"""Timestamps, the record of calls, and a workspace that survives a restart."""

import asyncio
import json
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from slack_sdk.web.async_client import AsyncWebClient

from slackapp.playground.slack import StandIn, StateError
from slackapp.playground.slack.clock_file import ClockFile
from slackapp.playground.slack.ids import Stamps, micros


@given(st.lists(st.floats(1.0e9, 4.0e9), min_size=1, max_size=50))
def test_timestamps_rise_whatever_the_clock_does(moments: list[float]) -> None:
    clock = iter(moments)
    stamps = Stamps(lambda: next(clock))
    minted = [stamps.mint() for _ in moments]
    assert minted == sorted(set(minted))
    assert all(len(ts) == 17 and ts.endswith("00") for ts in minted)
    assert micros(minted[0]) <= int(moments[0] * 1_000_000) + 1


def test_a_timestamp_read_as_a_float_is_another() -> None:
    ts = Stamps(lambda: 1_700_000_000.0).mint()
    assert ts == "1700000000.000000"
    assert str(float(ts)) != ts


@pytest.mark.parametrize("text", ["", "now", "1.x", "-1", "1e9"])
def test_what_is_no_timestamp(text: str) -> None:
    with pytest.raises(ValueError, match="no timestamp"):
        micros(text)


async def test_every_call_is_on_record_before_it_is_answered(
    manifest: dict[str, Any], tmp_path: Path
) -> None:
    record = tmp_path / "calls.jsonl"
    before = time.time()
    async with StandIn.serve(manifest, record=record, clock=lambda: 1_700_000_000.25) as slack:
        client = AsyncWebClient(slack.bot_token, base_url=slack.api_url)
        channel = slack.add_channel("room")
        await client.chat_postMessage(channel=channel.id, text="one")
        lines = record.read_text(encoding="utf-8").splitlines()
        assert len(lines) == 1
        entry = json.loads(lines[0])
        assert list(entry) == ["at", "wire", "method", "args", "ok", "response", "retry_after", "fault"]
        assert before <= entry["wire"] <= time.time()
        assert entry["fault"] is entry["retry_after"] is None
        assert entry["at"] == "2023-11-14T22:13:20.250000Z"
        assert (entry["method"], entry["ok"]) == ("chat.postMessage", True)
        assert entry["args"] == {"channel": channel.id, "text": "one"}
        assert entry["response"]["ts"] == slack.messages(channel)[0].ts
        assert vars(slack.calls[0]) == entry


async def test_a_workspace_survives_a_restart(manifest: dict[str, Any], tmp_path: Path) -> None:
    state = tmp_path / "workspace.jsonl"
    async with StandIn.serve(manifest, state=state) as before:
        mara = before.add_person("Mara Lind", tz="Europe/Stockholm")
        room = before.add_channel("room", [mara])
        client = AsyncWebClient(before.bot_token, base_url=before.api_url)
        parent = (await client.chat_postMessage(channel=room.id, text="parent"))["ts"]
        await client.chat_postMessage(channel=room.id, text="reply", thread_ts=parent)
        gone = (await client.chat_postMessage(channel=room.id, text="gone"))["ts"]
        await client.chat_delete(channel=room.id, ts=gone)
        await client.chat_update(channel=room.id, ts=parent, text="changed")
        home = {"type": "home", "blocks": [{"type": "divider"}]}
        await client.views_publish(user_id=mara.id, view=home)
        said = await mara.say(mara.dm, "hello\u2028and \x85so on")
        kept = before.environment()
    with state.open("a", encoding="utf-8") as file:
        file.write('{"kind": "message", "it": {"metadata": {}')  # killed while writing
    async with StandIn.serve(manifest, state=state, team_name="Elsewhere") as after:
        assert {**after.environment(), "SLACK_API_URL": ""} == {**kept, "SLACK_API_URL": ""}
        again = after.person("Mara Lind")
        assert (again.id, again.dm, after.channel("room")) == (mara.id, mara.dm, room)
        assert [message.shown for message in after.messages(room)] == ["changed", "reply"]
        assert [message.text for message in after.messages(again.dm)] == ["hello\u2028and \x85so on"]
        assert again.home
        client = AsyncWebClient(after.bot_token, base_url=after.api_url)
        assert (await client.auth_test())["team"] == "Ferrybridge"
        replies = await client.conversations_replies(channel=room.id, ts=parent)
        assert [message["text"] for message in replies["messages"]] == ["changed", "reply"]
        assert (await again.say(again.dm, "back")).ts > said.ts


@pytest.mark.parametrize(
    "text",
    [
        "Buy milk",
        "Buy milk\n",
        "[]\n",
        "{}\n",
        '{"kind": "message", "it": {}}\n',
        '{"kind": "workspace", "it": {}}\n',
        "\xff",
    ],
)
async def test_a_file_that_holds_no_workspace_is_left_as_it_is(
    manifest: dict[str, Any], tmp_path: Path, text: str
) -> None:
    state = tmp_path / "notes.txt"
    state.write_text(text, encoding="latin-1")
    with pytest.raises(StateError, match=r"notes\.txt holds no workspace"):
        async with StandIn.serve(manifest, state=state):
            pass
    assert state.read_text(encoding="latin-1") == text


async def test_a_workspace_that_is_damaged_in_the_middle_is_left_as_it_is(
    manifest: dict[str, Any], tmp_path: Path
) -> None:
    state = tmp_path / "workspace.jsonl"
    async with StandIn.serve(manifest, state=state) as slack:
        slack.add_person("Mara Lind")
    lines = state.read_text(encoding="utf-8").splitlines(keepends=True)
    state.write_text("".join([*lines[:1], lines[1][:20] + "\n", *lines[2:]]), encoding="utf-8")
    with pytest.raises(StateError, match="line 2"):
        async with StandIn.serve(manifest, state=state):
            pass


async def test_files_are_uploaded_in_three_steps(slack: StandIn, client: AsyncWebClient) -> None:
    room = slack.add_channel("files")
    answer = await client.files_upload_v2(
        filename="rates.csv", content="a,b\n1,2\n", title="Rates", channel=room.id, initial_comment="Here"
    )
    (message,) = slack.messages(room)
    assert message.shown == "Here\n(file: rates.csv)"
    assert message.files[0]["title"] == "Rates"
    assert slack._slack.workspace.files[answer["files"][0]["id"]]["content"] == "a,b\n1,2\n"


async def test_where_a_file_is_shared_is_told_later_and_as_long_as_it_is_there(
    slack: StandIn, client: AsyncWebClient
) -> None:
    room, secret = slack.add_channel("files"), slack.add_channel("plans", private=True)
    for channel in (room, secret):
        slack.faults.next("files.completeUploadExternal", None, lag=0.3)
        answer = await client.files_upload_v2(filename="a.md", content="# A", channel=channel.id)
        file_id = answer["files"][0]["id"]
        assert answer["files"][0]["shares"] == {}
        assert (await client.files_info(file=file_id))["file"]["shares"] == {}
        await asyncio.sleep(0.3)
        file = (await client.files_info(file=file_id))["file"]
        (message,) = slack.messages(channel)
        kind, place = ("private", "groups") if channel.private else ("public", "channels")
        assert file["shares"] == {kind: {channel.id: [{"ts": message.ts}]}}
        assert file[place] == [channel.id]
        assert "content" not in file
        assert message.files[0]["preview"] == "# A"
        await client.chat_delete(channel=channel.id, ts=message.ts)
        assert (await client.files_info(file=file_id))["file"]["shares"] == {}


def test_a_clock_in_a_file(tmp_path: Path) -> None:
    path = tmp_path / "clock"
    clock = ClockFile(path)
    assert clock() > 1.7e9
    path.write_text("2026-11-20T09:30:00+01:00\n", encoding="utf-8")
    assert clock() == 1_795_163_400.0
    path.write_text("", encoding="utf-8")
    assert clock() == 1_795_163_400.0
    path.write_text("2026-11-20T09:30:00", encoding="utf-8")
    with pytest.raises(ValueError, match="offset"):
        clock()
