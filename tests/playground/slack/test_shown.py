"""What people read: every block as plain lines."""

from typing import Any

import pytest

from slackapp.playground.slack.shown import blocks_text, message_text, mrkdwn

NAMES = {"U1": "Mara Lind", "C1": "team-harbour"}


def text(content: str, kind: str = "plain_text") -> dict[str, Any]:
    return {"type": kind, "text": content}


def rich(*elements: dict[str, Any]) -> dict[str, Any]:
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": list(elements)}]}


@pytest.mark.parametrize(
    ("markup", "read"),
    [
        ("*bold* _slanted_ ~gone~ `code`", "bold slanted gone code"),
        ("2 * 3 * 4 and snake_case_name", "2 * 3 * 4 and snake_case_name"),
        ("<@U1> in <#C1>, <@U9|rui>", "@Mara Lind in #team-harbour, @rui"),
        ("<https://example.com|the page> <https://example.com>", "the page https://example.com"),
        ("<!here> <!date^1700000000^{date}|14 Nov>", "@here 14 Nov"),
        ("R&amp;D &lt;now&gt;", "R&D <now>"),
        ("```\ncode\n```", "\ncode\n"),
    ],
)
def test_markup(markup: str, read: str) -> None:
    assert mrkdwn(markup, NAMES) == read


BUTTON = {"type": "button", "text": text("Go"), "action_id": "go"}
OPTIONS = [{"text": text("One"), "value": "1"}, {"text": text("Two"), "value": "2"}]


@pytest.mark.parametrize(
    ("block", "lines"),
    [
        ({"type": "header", "text": text("Title")}, ["Title"]),
        ({"type": "divider"}, ["---"]),
        ({"type": "section", "text": text("*so*", "mrkdwn"), "accessory": BUTTON}, ["so [Go]"]),
        ({"type": "section", "fields": [text("A"), text("B")]}, ["A", "B"]),
        ({"type": "section", "accessory": BUTTON}, ["[Go]"]),
        (
            {"type": "context", "elements": [text("by"), {"type": "image", "alt_text": "face"}]},
            ["by (image: face)"],
        ),
        (
            {"type": "actions", "elements": [BUTTON, {"type": "overflow", "options": OPTIONS}]},
            ["[Go] [… One | Two]"],
        ),
        ({"type": "image", "title": text("Chart"), "alt_text": "a line"}, ["Chart", "(image: a line)"]),
        ({"type": "markdown", "text": "**so**"}, ["**so**"]),
        (rich({"type": "text", "text": "hi "}, {"type": "user", "user_id": "U1"}), ["hi @Mara Lind"]),
        (
            rich({"type": "channel", "channel_id": "C1"}, {"type": "emoji", "name": "eyes"}),
            ["#team-harbour:eyes:"],
        ),
        (
            rich({"type": "broadcast", "range": "here"}, {"type": "link", "url": "https://a.b"}),
            ["@herehttps://a.b"],
        ),
        (
            {
                "type": "rich_text",
                "elements": [
                    {"type": "rich_text_list", "elements": rich({"type": "text", "text": "x"})["elements"]}
                ],
            },
            ["- x"],
        ),
        (
            {
                "type": "table",
                "rows": [[{"type": "raw_text", "text": "a"}, rich({"type": "text", "text": "b"})]],
            },
            ["a | b"],
        ),
        (
            {
                "type": "data_visualization",
                "title": "Pie",
                "chart": {"segments": [{"label": "a", "value": 1}]},
            },
            ["Pie", "a: 1"],
        ),
        (
            {
                "type": "data_visualization",
                "title": "Line",
                "chart": {"series": [{"name": "us", "data": [{"label": "Mon", "value": 2}]}]},
            },
            ["Line", "us: Mon: 2"],
        ),
        ({"type": "alert", "text": text("Mind")}, ["Mind"]),
        ({"type": "card", "title": text("T"), "body": text("B"), "actions": [BUTTON]}, ["T", "B", "[Go]"]),
    ],
)
def test_blocks(block: dict[str, Any], lines: list[str]) -> None:
    assert blocks_text([block], {}, NAMES) == lines


@pytest.mark.parametrize(
    ("element", "state", "line"),
    [
        ({"type": "plain_text_input"}, {"value": None}, "Which?: ____"),
        ({"type": "plain_text_input"}, {"value": "this"}, "Which?: this"),
        ({"type": "static_select"}, {"selected_option": OPTIONS[0]}, "Which?: [One ▾]"),
        (
            {"type": "static_select", "placeholder": text("Pick")},
            {"selected_option": None},
            "Which?: [Pick ▾]",
        ),
        ({"type": "multi_users_select"}, {"selected_users": ["U1", "U9"]}, "Which?: [Mara Lind, U9 ▾]"),
        ({"type": "datepicker"}, {"selected_date": "2026-11-20"}, "Which?: [2026-11-20 ▾]"),
        (
            {"type": "checkboxes", "options": OPTIONS},
            {"selected_options": OPTIONS[1:]},
            "Which?: ☐ One ☑ Two",
        ),
        (
            {"type": "radio_buttons", "options": OPTIONS},
            {"selected_option": OPTIONS[0]},
            "Which?: ◉ One ○ Two",
        ),
    ],
)
def test_fields(element: dict[str, Any], state: dict[str, Any], line: str) -> None:
    block = {
        "type": "input",
        "block_id": "b",
        "label": text("Which?"),
        "element": {"action_id": "a", **element},
    }
    assert blocks_text([block], {"b": {"a": state}}, NAMES) == [line]


def test_a_message_without_blocks() -> None:
    attachment = {"pretext": "before", "text": "*inside*", "blocks": [{"type": "divider"}]}
    shown = message_text("_hello_", [], [attachment], [{"name": "a.png"}], NAMES)
    assert shown == "hello\nbefore\ninside\n---\n(file: a.png)"
