"""Messages as a whole: text, attachments, metadata, and blocks that clash."""

import json
from typing import Any, TypeAlias

import pytest

from slackapp.playground.slack.checks import Problem, check_message

Json: TypeAlias = dict[str, Any]


def section(words: str, **fields: object) -> Json:
    return {"type": "section", "text": {"type": "mrkdwn", "text": words}, **fields}


def button(action_id: str) -> Json:
    return {"type": "button", "text": {"type": "plain_text", "text": "t"}, "action_id": action_id}


CHART = {
    "type": "data_visualization",
    "title": "t",
    "chart": {"type": "pie", "segments": [{"label": "a", "value": 1}]},
}
TABLE: Json = {"type": "table", "rows": [[{"type": "raw_text", "text": "x"}]]}
DATA_TABLE: Json = {"type": "data_table", "caption": "c", "rows": TABLE["rows"] * 2}
METADATA = {"event_type": "prompt", "event_payload": {"id": "p-1"}}


def test_an_ordinary_message_passes() -> None:
    arguments = {"channel": "C1", "text": "t", "blocks": [section("a")], "metadata": METADATA}
    assert check_message(arguments) == []


@pytest.mark.parametrize(
    "content",
    [
        {"text": "t"},
        {"blocks": [section("a")]},
        {"attachments": [{"text": "old", "color": "good"}]},
        {"markdown_text": "**t**"},
        {"text": "t", "blocks": [], "attachments": []},
        {"text": "t", "blocks": None, "attachments": None, "metadata": None},
        {"text": "t", "blocks": ""},
    ],
)
def test_one_kind_of_content_is_enough(content: Json) -> None:
    assert check_message(content) == []


@pytest.mark.parametrize("empty", [{}, {"text": ""}, {"blocks": []}, {"attachments": []}, {"text": None}])
def test_no_content(empty: Json) -> None:
    assert [problem.error for problem in check_message(empty)] == ["no_text"]


def test_text_up_to_forty_thousand() -> None:
    assert check_message({"text": "x" * 40_000}) == []
    message = "must be less than 40001 characters"
    assert check_message({"text": "x" * 40_001}) == [Problem("msg_too_long", "/text", message)]


def test_text_is_a_string() -> None:
    assert check_message({"text": 5}) == [Problem("invalid_arguments", "/text", "must provide a string")]


@pytest.mark.parametrize("other", [{"text": "t"}, {"blocks": [section("a")]}])
def test_markdown_text_stands_alone(other: Json) -> None:
    problems = check_message({"markdown_text": "m", **other})
    assert [problem.error for problem in problems] == ["markdown_text_conflict"]


def test_markdown_text_up_to_twelve_thousand() -> None:
    assert check_message({"markdown_text": "x" * 12_000}) == []
    assert [problem.error for problem in check_message({"markdown_text": "x" * 12_001})] == ["msg_too_long"]


@pytest.mark.parametrize(
    "blocks", [{"type": "divider"}, "no JSON", "{}", "null", "7", 7, False, "[" * 99_999]
)
def test_blocks_that_are_no_list(blocks: object) -> None:
    problems = check_message({"text": "t", "blocks": blocks})
    assert problems == [Problem("invalid_blocks_format", "/blocks", "must provide an array")]


def test_a_form_sends_json() -> None:
    good = {"blocks": json.dumps([section("a")]), "metadata": json.dumps(METADATA)}
    assert check_message(good) == []
    problems = check_message({"blocks": json.dumps([section("")])})
    assert problems[-1].pointer == "/blocks/0/text/text"


def test_a_block_that_is_no_object() -> None:
    problem = Problem("invalid_blocks", "/blocks/1", "must provide an object")
    assert check_message({"blocks": [section("a"), "divider"]}) == [problem]


def test_too_many_blocks_hide_the_faults_inside() -> None:
    problem = Problem("invalid_blocks", "/blocks", "no more than 50 items allowed")
    assert check_message({"blocks": [section("")] * 51}) == [problem]


def test_text_over_all_blocks() -> None:
    blocks = [section("x" * 3000) for _ in range(4)]
    assert check_message({"blocks": blocks}) == []
    problems = check_message({"blocks": [*blocks, section("x")]})
    message = "text of all blocks must be less than 12001 characters"
    assert problems == [Problem("msg_blocks_too_long", "/blocks", message)]


def test_text_in_attachments_and_containers_counts() -> None:
    inner = [section("x" * 3000), section("x" * 3000)]
    title = {"type": "plain_text", "text": "t"}
    container = {"type": "container", "title": title, "child_blocks": inner}
    problems = check_message({"blocks": [container], "attachments": [{"blocks": inner}]})
    assert [problem.error for problem in problems] == ["msg_blocks_too_long"]


def test_data_keeps_its_own_limits() -> None:
    cell = {"type": "raw_text", "text": "x" * 9000}
    blocks = [
        section("x" * 3000),
        section("x"),
        {"type": "data_table", "caption": "c", "rows": [[cell], [cell]]},
    ]
    assert check_message({"blocks": blocks}) == []


def test_block_id_twice() -> None:
    blocks = [section("a", block_id="b"), section("a", block_id="c"), section("a", block_id="b")]
    problem = Problem("invalid_blocks", "/blocks/2/block_id", '`block_id` "b" already exists')
    assert check_message({"blocks": blocks}) == [problem]


def test_block_id_twice_across_a_container_and_an_attachment() -> None:
    container = {
        "type": "container",
        "title": {"type": "plain_text", "text": "t"},
        "child_blocks": [section("a", block_id="b")],
    }
    blocks = [section("a", block_id="b"), container]
    problems = check_message({"blocks": blocks, "attachments": [{"blocks": [section("a", block_id="b")]}]})
    assert [(problem.error, problem.pointer) for problem in problems] == [
        ("invalid_blocks", "/blocks/1/child_blocks/0/block_id"),
        ("invalid_attachments", "/attachments/0/blocks/0/block_id"),
    ]


def test_empty_block_ids_are_none() -> None:
    assert check_message({"blocks": [section("a", block_id="")] * 2}) == []


def test_an_action_id_may_return_in_another_block() -> None:
    blocks = [
        {"type": "actions", "elements": [button("a"), button("b")]},
        section("a", accessory=button("a")),
    ]
    assert check_message({"blocks": blocks}) == []


def test_cards_in_a_carousel_keep_their_own_actions() -> None:
    card = {"type": "card", "title": {"type": "plain_text", "text": "t"}, "actions": [button("a")]}
    assert check_message({"blocks": [{"type": "carousel", "elements": [card, card]}]}) == []
    worse = {**card, "actions": [button("a"), button("a")]}
    problems = check_message({"blocks": [{"type": "carousel", "elements": [card, worse]}]})
    assert [problem.pointer for problem in problems] == ["/blocks/0/elements/1/actions/1/action_id"]


def test_charts_in_attachments_count() -> None:
    problems = check_message({"blocks": [CHART, CHART], "attachments": [{"blocks": [CHART]}]})
    assert [(problem.error, problem.pointer) for problem in problems] == [
        ("invalid_attachments", "/attachments/0/blocks/0")
    ]


@pytest.mark.parametrize("second", [TABLE, DATA_TABLE])
def test_one_table_in_a_message(second: Json) -> None:
    assert check_message({"blocks": [TABLE]}) == []
    problem = Problem("invalid_attachments", "/blocks/1", "only_one_table_allowed")
    assert check_message({"blocks": [TABLE, second]}) == [problem]


def test_blocks_in_attachments_are_checked() -> None:
    problems = check_message({"attachments": [{"fallback": "f"}, {"blocks": [section("")]}]})
    assert problems[-1] == Problem(
        "invalid_attachments", "/attachments/1/blocks/0/text/text", "must be more than 0 characters"
    )


@pytest.mark.parametrize("attachments", ["no JSON", {}, 7])
def test_attachments_that_are_no_list(attachments: object) -> None:
    problem = Problem("invalid_attachments", "/attachments", "must provide an array")
    assert check_message({"text": "t", "attachments": attachments}) == [problem]


def test_too_many_attachments() -> None:
    assert [problem.error for problem in check_message({"attachments": [{"text": "t"}] * 101})] == [
        "too_many_attachments"
    ]


@pytest.mark.parametrize("metadata", ["no JSON", [], 7, "[1]"])
def test_metadata_that_is_no_object(metadata: object) -> None:
    problem = Problem("invalid_metadata_format", "/metadata", "must provide an object")
    assert check_message({"text": "t", "metadata": metadata}) == [problem]


@pytest.mark.parametrize(
    ("metadata", "pointer"),
    [
        ({}, "/metadata"),
        ({"event_type": "e"}, "/metadata"),
        ({"event_payload": {}}, "/metadata"),
        ({**METADATA, "event_type": ""}, "/metadata/event_type"),
        ({**METADATA, "event_type": "x" * 256}, "/metadata/event_type"),
        ({**METADATA, "event_payload": []}, "/metadata/event_payload"),
        ({**METADATA, "other": 1}, "/metadata"),
    ],
)
def test_metadata_of_the_wrong_shape(metadata: Json, pointer: str) -> None:
    problems = check_message({"text": "t", "metadata": metadata})
    assert {(problem.error, problem.pointer) for problem in problems} == {
        ("invalid_metadata_schema", pointer)
    }


def test_metadata_too_large() -> None:
    small = {"event_type": "e", "event_payload": {"note": "x" * 15_000}}
    large = {"event_type": "e", "event_payload": {"note": "x" * 16_000}}
    assert check_message({"text": "t", "metadata": small}) == []
    problems = check_message({"text": "t", "metadata": large})
    assert [problem.error for problem in problems] == ["metadata_too_large"]


def test_metadata_too_deep_to_measure_is_too_large() -> None:
    payload: Json = {}
    for _ in range(100_000):
        payload = {"in": payload}
    problems = check_message({"text": "t", "metadata": {"event_type": "e", "event_payload": payload}})
    assert [problem.error for problem in problems] == ["metadata_too_large"]
