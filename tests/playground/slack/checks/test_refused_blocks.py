"""Rules between the fields of blocks, each with Slack's sentence and the pointer to it."""

from collections.abc import Callable
from typing import Any, TypeAlias

import pytest

from slackapp.playground.slack.checks import Problem

Json: TypeAlias = dict[str, Any]
ProblemsOn: TypeAlias = Callable[[str, Json], list[Problem]]


def plain(words: str = "t", **fields: object) -> Json:
    return {"type": "plain_text", "text": words, **fields}


def mrkdwn(words: str = "t", **fields: object) -> Json:
    return {"type": "mrkdwn", "text": words, **fields}


URL = "https://example.com"
FILE = {"id": "F0123456789"}
RAW = {"type": "raw_text", "text": "x"}
POINT = {"label": "c", "value": 1}
RICH = {
    "type": "rich_text",
    "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": "x"}]}],
}


def rich(**container: object) -> Json:
    return {"type": "rich_text", "elements": [container]}


def chart(series: list[Json], categories: list[str]) -> Json:
    inner = {"type": "line", "series": series, "axis_config": {"categories": categories}}
    return {"type": "data_visualization", "title": "t", "chart": inner}


def data_table(*rows: list[Json], **fields: object) -> Json:
    return {"type": "data_table", "caption": "c", "rows": list(rows), **fields}


TASK = {"task_id": "1", "title": "t", "status": "pending"}
ALL_SCHEMAS = "failed to match all allowed schemas"
IMAGE = {"type": "image", "alt_text": "a"}
CONTAINER = {"type": "container", "title": plain(), "child_blocks": [{"type": "divider"}]}

#: name: surface, block, pointer below the block, sentence
REFUSED: dict[str, tuple[str, Json, str, str]] = {
    "no type": ("message", {}, "", "missing required field: type"),
    "a type that is no string": ("message", {"type": ["section"]}, "/type", "must provide a string"),
    "unknown type": ("message", {"type": "foo"}, "/type", "unsupported type: foo"),
    "section of nothing": ("message", {"type": "section"}, "/type", "must define either `text` or `fields`"),
    "string for a text": ("message", {"type": "section", "text": "t"}, "/text", "must provide an object"),
    "a fault in either text": ("message", {"type": "section", "text": mrkdwn("")}, "/text", ALL_SCHEMAS),
    "empty text": (
        "message",
        {"type": "section", "text": mrkdwn("")},
        "/text/text",
        "must be more than 0 characters",
    ),
    "text too long": (
        "message",
        {"type": "section", "text": mrkdwn("x" * 3001)},
        "/text/text",
        "must be less than 3001 characters",
    ),
    "field too long": (
        "message",
        {"type": "section", "fields": [plain(), mrkdwn("x" * 2001)]},
        "/fields/1/text",
        "must be less than 2001 characters",
    ),
    "no fields": ("message", {"type": "section", "fields": []}, "/fields", "must provide at least 1 items"),
    "eleven fields": (
        "message",
        {"type": "section", "fields": [plain()] * 11},
        "/fields",
        "no more than 10 items allowed",
    ),
    "emoji on mrkdwn": (
        "message",
        {"type": "section", "text": mrkdwn(emoji=True)},
        "/text",
        "invalid additional property: emoji",
    ),
    "verbatim on plain_text": (
        "message",
        {"type": "section", "text": plain(verbatim=True)},
        "/text",
        "invalid additional property: verbatim",
    ),
    "mrkdwn header": (
        "message",
        {"type": "header", "text": mrkdwn()},
        "/text/type",
        "must be a valid enum value",
    ),
    "header without text": ("message", {"type": "header"}, "", "missing required field: text"),
    "boolean as a word": (
        "message",
        {"type": "section", "text": mrkdwn(), "expand": "true"},
        "/expand",
        "must be a boolean",
    ),
    "button in context": (
        "message",
        {"type": "context", "elements": [{"type": "button", "text": plain()}]},
        "/elements/0/type",
        "unsupported type: button",
    ),
    "no actions": (
        "message",
        {"type": "actions", "elements": []},
        "/elements",
        "must provide at least 1 items",
    ),
    "image from nowhere": ("message", IMAGE, "/type", "must define either `image_url` or `slack_file`"),
    "image from two places": (
        "message",
        {**IMAGE, "image_url": URL, "slack_file": FILE},
        "",
        "must define only one of `image_url` or `slack_file`",
    ),
    "image that is not on the web": (
        "message",
        {**IMAGE, "image_url": "ftp://example.com/a.png"},
        "/image_url",
        r"input must match regex pattern: https?://\S+",
    ),
    "Slack file of two kinds": (
        "message",
        {**IMAGE, "slack_file": {**FILE, "url": URL}},
        "/slack_file",
        "must define only one of `id` or `url`",
    ),
    "video over http": (
        "message",
        {
            "type": "video",
            "alt_text": "a",
            "title": plain(),
            "thumbnail_url": URL,
            "video_url": "http://example.com",
        },
        "/video_url",
        r"input must match regex pattern: https://\S+",
    ),
    "file that is not remote": (
        "message",
        {"type": "file", "external_id": "x", "source": "local"},
        "/source",
        "must be a valid enum value",
    ),
    "card of two icons": (
        "message",
        {
            "type": "card",
            "title": plain(),
            "icon": {**IMAGE, "image_url": URL},
            "slack_icon": {"type": "icon", "name": "x"},
        },
        "",
        "must define only one of `icon` or `slack_icon`",
    ),
    "card of nothing": (
        "message",
        {"type": "card", "subtitle": plain()},
        "/type",
        "must define either `hero_image` or `title` or `actions` or `body`",
    ),
    "section in a carousel": (
        "message",
        {"type": "carousel", "elements": [{"type": "section", "text": plain()}]},
        "/elements/0/type",
        "unsupported type: section",
    ),
    "container in a container": (
        "message",
        {**CONTAINER, "child_blocks": [CONTAINER]},
        "/child_blocks/0/type",
        "unsupported type: container",
    ),
    "collapsed but not collapsible": (
        "message",
        {**CONTAINER, "default_collapsed": True},
        "/default_collapsed",
        "must define `is_collapsible` to use `default_collapsed`",
    ),
    "divider on a collapsible": (
        "message",
        {**CONTAINER, "is_collapsible": True, "has_header_divider": True},
        "/has_header_divider",
        "must not be set when `is_collapsible` is true",
    ),
    "a task alone that waits": (
        "message",
        {"type": "task_card", **TASK},
        "/status",
        "must be a valid enum value",
    ),
    "a task twice": (
        "message",
        {"type": "plan", "title": "t", "tasks": [TASK, TASK]},
        "/tasks",
        "Input contains duplicate items",
    ),
    "empty rich text": (
        "message",
        rich(type="rich_text_section", elements=[{"type": "text", "text": ""}]),
        "/elements/0/elements/0/text",
        "must be more than 0 characters",
    ),
    "text loose in a list": (
        "message",
        rich(type="rich_text_list", style="bullet", elements=[{"type": "text", "text": "x"}]),
        "/elements/0/elements/0/type",
        "unsupported type: text",
    ),
    "a list in a section": (
        "message",
        rich(type="rich_text_section", elements=[{"type": "rich_text_list"}]),
        "/elements/0/elements/0/type",
        "unsupported type: rich_text_list",
    ),
    "a person in code": (
        "message",
        rich(type="rich_text_preformatted", elements=[{"type": "user", "user_id": "U1"}]),
        "/elements/0/elements/0/type",
        "unsupported type: user",
    ),
    "code style on a person": (
        "message",
        rich(type="rich_text_section", elements=[{"type": "user", "user_id": "U1", "style": {"code": True}}]),
        "/elements/0/elements/0/style",
        "invalid additional property: code",
    ),
    "everyone misspelt": (
        "message",
        rich(type="rich_text_section", elements=[{"type": "broadcast", "range": "all"}]),
        "/elements/0/elements/0/range",
        "must be a valid enum value",
    ),
    "table too wordy": (
        "message",
        {"type": "table", "rows": [[{"type": "raw_text", "text": "x" * 2001}] * 5]},
        "/rows",
        "text of all cells must be less than 10001 characters",
    ),
    "unknown alignment": (
        "message",
        {"type": "table", "rows": [[RAW]], "column_settings": [None, {"align": "middle"}]},
        "/column_settings/1/align",
        "must be a valid enum value",
    ),
    "ragged rows": (
        "message",
        data_table([RAW, RAW], [RAW]),
        "/rows/1",
        "must have the same number of columns as the header",
    ),
    "rich header": ("message", data_table([RICH], [RAW]), "/rows/0/0/type", "unsupported type: rich_text"),
    "row header that is no column": (
        "message",
        data_table([RAW], [RAW], row_header_column_index=1),
        "/row_header_column_index",
        "must be less than 0",
    ),
    "series twice": (
        "message",
        chart([{"name": "s", "data": [POINT]}] * 2, ["c"]),
        "/chart/series",
        "Input contains duplicate items",
    ),
    "category twice": (
        "message",
        chart([{"name": "s", "data": [POINT, POINT]}], ["c", "c"]),
        "/chart/axis_config/categories",
        "Input contains duplicate items",
    ),
    "category without a point": (
        "message",
        chart([{"name": "s", "data": [POINT]}], ["c", "d"]),
        "/chart/series/0/data",
        "must have exactly one point for each category",
    ),
    "a point that is not a number": (
        "message",
        chart([{"name": "s", "data": [{"label": "c", "value": float("nan")}]}], ["c"]),
        "/chart/series/0/data/0/value",
        "must provide a number",
    ),
    "unknown chart": (
        "message",
        {"type": "data_visualization", "title": "t", "chart": {"type": "radar"}},
        "/chart/type",
        "unsupported type: radar",
    ),
    "action_id twice": (
        "message",
        {"type": "actions", "elements": [{"type": "button", "text": plain(), "action_id": "a"}] * 2},
        "/elements/1/action_id",
        '`action_id` "a" already exists',
    ),
    "action_id twice on a card": (
        "message",
        {
            "type": "card",
            "title": plain(),
            "actions": [{"type": "button", "text": plain(), "action_id": "a"}] * 2,
        },
        "/actions/1/action_id",
        '`action_id` "a" already exists',
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refused_with_its_sentence(name: str, problems_on: ProblemsOn) -> None:
    surface, block, pointer, message = REFUSED[name]
    error, root = ("invalid_blocks", "") if surface == "message" else ("invalid_arguments", "/view")
    assert Problem(error, f"{root}/blocks/0{pointer}", message) in problems_on(surface, block)


ACCEPTED: dict[str, tuple[str, Json]] = {
    "control sequences": ("message", {"type": "section", "text": mrkdwn("<!channel> <@U1> & <http://a|b>")}),
    "a space": ("message", {"type": "context", "elements": [mrkdwn(" ")]}),
    "empty ids": (
        "message",
        {"type": "actions", "elements": [{"type": "button", "text": plain(), "action_id": ""}] * 2},
    ),
    "a column left as it is": (
        "message",
        {"type": "table", "rows": [[RAW, RAW]], "column_settings": [None, {"align": "right"}]},
    ),
    "a button in a cell": (
        "message",
        data_table([RAW], [{"type": "action", "element": {"type": "button", "text": plain()}}]),
    ),
    "points in another order": (
        "message",
        chart([{"name": "s", "data": [POINT, {"label": "b", "value": -1}]}], ["b", "c"]),
    ),
}


@pytest.mark.parametrize("name", ACCEPTED)
def test_accepted(name: str, problems_on: ProblemsOn) -> None:
    surface, block = ACCEPTED[name]
    assert problems_on(surface, block) == []


def test_every_fault_is_named(problems_on: ProblemsOn) -> None:
    block = {"type": "header", "text": {"type": "plain_text"}, "level": 1, "block_id": 7}
    assert [(problem.pointer, problem.message) for problem in problems_on("message", block)] == [
        ("/blocks/0/text", "missing required field: text"),
        ("/blocks/0", "invalid additional property: level"),
        ("/blocks/0/block_id", "must provide a string"),
    ]
