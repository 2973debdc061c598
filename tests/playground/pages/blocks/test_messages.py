"""Whole messages, and everything the app says, whatever people wrote into it."""

import copy
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from slack_sdk.models.views import View

from slackapp.playground.pages.blocks import Surface, blocks_html, message_html
from slackapp.playground.pages.blocks.gallery import READER, Sample, gallery
from slackapp.playground.pages.blocks.series import ticks
from slackapp.playground.slack.blockkit import finished
from slackapp.playground.slack.records import Message
from tests.features.test_everything_said import SAID, Said
from tests.playground.pages.blocks.dom import harmless, read

HOSTILE = "\"><script>alert(1)</script><img src=x onerror=alert(1)>'<javascript:alert(1)|x>&lt;b&gt;"
#: What the type of a thing, and numbers written as words, depend on.
STRUCTURE = {
    *(
        "type",
        "style",
        "status",
        "level",
        "width",
        "align",
        "range",
        "format",
        "timezone",
        "min_value",
        "max_value",
    ),
    *("label", "categories", "initial_date", "initial_time", "trigger_actions_on"),
}


def said_at(ts: str = "1795161600.000100", **content: Any) -> Message:  # noqa: ANN401 - fields of a message
    return Message(ts, "C0ONBOARD", "U0APP", **{"text": "", **content})


def shown(message: Message) -> str:
    return message_html(message, READER, Surface(message.ts))


def test_blocks_are_read_in_place_of_the_text() -> None:
    blocks = [{"type": "divider", "block_id": "d"}]
    assert "<hr" in shown(said_at(text="for the notification", blocks=blocks))
    assert "notification" not in shown(said_at(text="for the notification", blocks=blocks))
    assert read(shown(said_at(text="*said*"))).text == "said"
    assert shown(said_at()) == ""


def test_attachments_of_both_kinds() -> None:
    old = {
        "color": "#0b7285",
        "pretext": "*Before*",
        "title": "Title",
        "title_link": "javascript:alert(1)",
        "fields": [{"title": "a", "value": "_b_"}],
        "footer": "Foot",
        "ts": 1795161600,
    }
    new = {"color": "url(https://a.b)", "blocks": gallery()[0].blocks}
    root = read(shown(said_at(attachments=[old, new])))
    harmless(root)
    assert [patch.get("fill") for patch in root.all("rect")] == ["#0b7285", "#a0a0a8"]
    assert "BeforeTitleabFoot · Today at 9:00 AM" in root.text
    assert "Activation: 40 %" in root.text


@pytest.mark.parametrize(("size", "said"), [(12, "12 bytes"), (1532, "2 kB"), (3_400_000, "3.4 MB")])
def test_files(size: int, said: str) -> None:
    file = {"name": "<notes>.csv", "filetype": "csv", "size": size}
    assert read(shown(said_at(text="", files=[file]))).text == f"<notes>.csvCSV · {said}"


def spoiled(node: Any, key: str = "") -> Any:  # noqa: ANN401 - JSON
    """The same JSON with something hostile in every string."""
    if isinstance(node, dict):
        return {name: spoiled(value, name) for name, value in node.items()}
    if isinstance(node, list):
        return [spoiled(value, key) for value in node]
    return node + HOSTILE if isinstance(node, str) and key not in STRUCTURE else node


@pytest.mark.parametrize("sample", gallery(), ids=lambda sample: sample.name)
def test_nothing_hostile_leaves_the_text(sample: Sample) -> None:
    blocks = spoiled(copy.deepcopy(list(sample.blocks)))
    errors = {block.get("block_id", ""): HOSTILE for block in blocks}
    html = blocks_html(blocks, READER, Surface(HOSTILE, errors=errors))
    harmless(read(html))
    assert "alert(1)" in html


def blocks_of(said: Said) -> Sequence[Any]:
    return [block.to_dict() for block in said.blocks or []]


@settings(max_examples=80)
@given(st.sampled_from(list(SAID.values())).flatmap(lambda strategy: strategy))
def test_everything_the_app_says(said: Said) -> None:
    blocks = finished(blocks_of(said), escape=not isinstance(said, View))
    root = read(blocks_html(blocks, READER, Surface("s")))
    harmless(root)
    assert "b-unknown" not in [element.get("class") for element in root.all("details")]


@given(st.floats(-1e15, 1e15), st.floats(-1e15, 1e15))
def test_an_axis_holds_its_values_in_few_round_steps(one: float, other: float) -> None:
    low, high = sorted((one, other))
    marks = ticks(low, high)
    rounding = (marks[1] - marks[0]) * 1e-6 + max(abs(low), abs(high)) * 1e-12
    assert marks[0] <= low + rounding
    assert marks[-1] >= high - rounding
    assert 2 <= len(marks) <= 8
    assert marks == sorted(marks)


def test_a_text_can_be_read() -> None:
    file = {"name": "notes.md", "filetype": "md", "size": 9, "preview": "<b>\n# One"}
    assert read(shown(said_at(text="", files=[file]))).text.endswith("Read<b>\n# One")
    assert "…" in read(shown(said_at(text="", files=[file | {"preview_is_truncated": True}]))).text
