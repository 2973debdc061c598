"""A good example of every block: taken where Slack shows it, refused elsewhere or spoiled."""

from collections.abc import Callable, Iterator
from typing import Any, TypeAlias

import pytest

from slackapp.playground.slack.checks import Problem

Json: TypeAlias = dict[str, Any]

SURFACES = ("message", "modal", "home")


def plain(words: str) -> Json:
    return {"type": "plain_text", "text": words, "emoji": True}


def mrkdwn(words: str) -> Json:
    return {"type": "mrkdwn", "text": words, "verbatim": False}


def rich(words: str) -> Json:
    inner = [{"type": "text", "text": words, "style": {"bold": True}}]
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": inner}]}


BUTTON = {
    "type": "button",
    "text": plain("Record"),
    "action_id": "record",
    "value": "L-42",
    "style": "primary",
    "accessibility_label": "Record what happened",
    "confirm": {
        "title": plain("Record?"),
        "text": mrkdwn("The channel *sees* it."),
        "confirm": plain("Record"),
        "deny": plain("Not yet"),
        "style": "danger",
    },
}
LINK = {"type": "button", "text": plain("Open the dashboard"), "url": "https://example.com/activation"}
IMAGE = {"type": "image", "image_url": "https://example.com/rise.png", "alt_text": "A rising line"}

BARS = {
    "type": "bar",
    "series": [
        {"name": "hoped", "data": [{"label": "before", "value": 40}, {"label": "after", "value": 50}]},
        {"name": "seen", "data": [{"label": "after", "value": 44.5}, {"label": "before", "value": 40}]},
    ],
    "axis_config": {"categories": ["before", "after"], "x_label": "when", "y_label": "per cent"},
}
ROWS = [
    [{"type": "raw_text", "text": "Launch"}, {"type": "raw_text", "text": "Activation"}],
    [rich("New onboarding"), {"type": "raw_number", "value": 44, "text": "44 %"}],
]
CARD = {
    "type": "card",
    "slack_icon": {"type": "icon", "name": "rocket"},
    "hero_image": IMAGE,
    "title": mrkdwn("*L-42*"),
    "subtitle": plain("New onboarding"),
    "body": mrkdwn("40 % to 44 %"),
    "subtext": plain("30 days after"),
    "actions": [BUTTON, LINK],
}
TASK = {
    "task_id": "t1",
    "title": "Read the metric",
    "status": "complete",
    "details": rich("from the dashboard"),
    "output": rich("44 %"),
    "sources": [{"type": "url", "url": "https://example.com", "text": "Dashboard"}],
}

#: Blocks that differ by no surface; what may stand in the others is tried below.
BLOCKS: dict[str, tuple[str, Json]] = {
    "section": (
        "message modal home",
        {"type": "section", "text": mrkdwn("*What happened?*"), "fields": [plain("a")], "expand": True},
    ),
    "header": ("message modal home", {"type": "header", "text": plain("New onboarding")}),
    "context": (
        "message modal home",
        {"type": "context", "elements": [mrkdwn("30 days"), plain("after"), IMAGE]},
    ),
    "divider": ("message modal home", {"type": "divider"}),
    "image": ("message modal home", {**IMAGE, "title": plain("Activation")}),
    "image in Slack": (
        "message modal home",
        {"type": "image", "slack_file": {"id": "F0123456789"}, "alt_text": "A rising line"},
    ),
    "card": ("message modal home", CARD),
    "video": (
        "message modal home",
        {
            "type": "video",
            "title": plain("Demo"),
            "title_url": "https://example.com/demo",
            "description": plain("What changed"),
            "video_url": "https://example.com/embed/demo",
            "thumbnail_url": "https://example.com/demo.png",
            "alt_text": "A demo",
            "author_name": "Ana Example",
            "provider_name": "Example",
            "provider_icon_url": "https://example.com/icon.png",
        },
    ),
    "alert": ("modal", {"type": "alert", "text": mrkdwn("That day is *over*"), "level": "warning"}),
    "carousel": (
        "message home",
        {"type": "carousel", "elements": [CARD, {"type": "card", "title": plain("b")}]},
    ),
    "container": (
        "message home",
        {
            "type": "container",
            "title": plain("Guardrails"),
            "rich_text_title": rich("Guardrails"),
            "subtitle": mrkdwn("two of them"),
            "icon": IMAGE,
            "width": "wide",
            "is_collapsible": True,
            "default_collapsed": True,
            "has_header_divider": False,
            "child_blocks": [
                {"type": "divider", "block_id": "inner"},
                {"type": "actions", "elements": [LINK]},
            ],
        },
    ),
    "table": ("message home", {"type": "table", "rows": ROWS}),
    "data_table": (
        "message home",
        {
            "type": "data_table",
            "caption": "Launches",
            "rows": ROWS,
            "page_size": 5,
            "row_header_column_index": 1,
        },
    ),
    "markdown": ("message", {"type": "markdown", "text": "**What happened** to activation?"}),
    "file": ("message", {"type": "file", "external_id": "export-7", "source": "remote"}),
    "bar chart": ("message", {"type": "data_visualization", "title": "Activation", "chart": BARS}),
    "line chart": (
        "message",
        {"type": "data_visualization", "title": "Activation", "chart": {**BARS, "type": "line"}},
    ),
    "area chart": (
        "message",
        {"type": "data_visualization", "title": "Activation", "chart": {**BARS, "type": "area"}},
    ),
    "pie chart": (
        "message",
        {
            "type": "data_visualization",
            "title": "Verdicts",
            "chart": {
                "type": "pie",
                "segments": [{"label": "hit", "value": 3}, {"label": "flat", "value": 0.5}],
            },
        },
    ),
    "task_card": ("message", {"type": "task_card", **TASK}),
    "plan": ("message", {"type": "plan", "title": "Look back", "tasks": [TASK]}),
    "context_actions": (
        "message",
        {
            "type": "context_actions",
            "elements": [
                {
                    "type": "feedback_buttons",
                    "action_id": "helped",
                    "positive_button": {
                        "text": plain("Helped"),
                        "value": "yes",
                        "accessibility_label": "It did",
                    },
                    "negative_button": {"text": plain("Did not"), "value": "no"},
                },
                {
                    "type": "icon_button",
                    "action_id": "drop",
                    "icon": "trash",
                    "text": plain("Drop"),
                    "value": "L-42",
                    "visible_to_user_ids": ["U024BE7LH"],
                },
            ],
        },
    ),
    "rich_text": (
        "message modal home",
        {
            "type": "rich_text",
            "elements": [
                {
                    "type": "rich_text_section",
                    "elements": [
                        {"type": "text", "text": "a", "style": {"italic": True, "code": True}},
                        {"type": "link", "url": "https://example.com", "text": "b", "unsafe": False},
                        {"type": "user", "user_id": "U024BE7LH", "style": {"highlight": True}},
                        {"type": "usergroup", "usergroup_id": "S024BE7LH"},
                        {"type": "channel", "channel_id": "C024BE7LR"},
                        {"type": "team", "team_id": "T024BE7LR"},
                        {"type": "emoji", "name": "wave", "skin_tone": 2, "unicode": "1f44b"},
                        {"type": "date", "timestamp": 1720710212, "format": "{date_num}", "fallback": "then"},
                        {"type": "broadcast", "range": "here"},
                        {"type": "color", "value": "#F405B3"},
                    ],
                },
                {
                    "type": "rich_text_list",
                    "style": "ordered",
                    "indent": 1,
                    "offset": 3,
                    "border": 1,
                    "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": "c"}]}],
                },
                {"type": "rich_text_quote", "border": 0, "elements": [{"type": "text", "text": "d"}]},
                {"type": "rich_text_preformatted", "border": 1, "elements": [{"type": "text", "text": "e"}]},
            ],
        },
    ),
}


FIRST_SURFACE = {name: (surfaces.split()[0], block) for name, (surfaces, block) in BLOCKS.items()}


@pytest.mark.parametrize("surface", SURFACES)
@pytest.mark.parametrize("name", BLOCKS)
def test_a_block_on_its_surfaces_only(
    name: str, surface: str, problems_on: Callable[[str, Json], list[Problem]]
) -> None:
    surfaces, block = BLOCKS[name]
    problems = problems_on(surface, {**block, "block_id": "b"})
    if surface in surfaces.split():
        assert problems == []
    else:
        assert [problem.message for problem in problems] == [f"unsupported type: {block['type']}"]
        assert problems[0].pointer.endswith("/blocks/0/type")


@pytest.mark.parametrize("name", FIRST_SURFACE)
def test_no_place_takes_what_does_not_belong(
    name: str,
    problems_on: Callable[[str, Json], list[Problem]],
    spoiled: Callable[[Json], Iterator[tuple[str, Json, bool]]],
) -> None:
    surface, block = FIRST_SURFACE[name]
    for pointer, worse, extra_field in spoiled(block):
        problems = problems_on(surface, worse)
        assert problems, pointer
        if extra_field:
            assert "invalid additional property: surprise" in [problem.message for problem in problems]
            assert any(problem.pointer.endswith(f"/blocks/0{pointer}") for problem in problems)
