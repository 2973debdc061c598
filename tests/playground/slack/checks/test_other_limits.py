"""Limits the independent table does not know, at the limit and one beyond it."""

import json
from collections.abc import Callable
from typing import Any, TypeAlias

import pytest

from slackapp.playground.slack.checks import Problem, check_message, check_view

Json: TypeAlias = dict[str, Any]
Try: TypeAlias = Callable[[int], list[Problem]]


def plain(size: int = 1) -> Json:
    return {"type": "plain_text", "text": "x" * size}


def option(size: int = 1) -> Json:
    return {"text": plain(size), "value": "v"}


def in_message(make: Callable[[int], Json]) -> Try:
    return lambda size: check_message({"blocks": [make(size)]})


def accessory(make: Callable[[int], Json]) -> Try:
    return in_message(lambda size: {"type": "section", "text": plain(), "accessory": make(size)})


def asked(make: Callable[[int], Json]) -> Try:
    def attempt(size: int) -> list[Problem]:
        block = {"type": "input", "label": plain(), "element": make(size)}
        return check_view({"type": "modal", "title": plain(), "submit": plain(), "blocks": [block]})

    return attempt


def emoji(tone: int) -> Json:
    inner = {"type": "emoji", "name": "wave", "skin_tone": tone}
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": [inner]}]}


def chart(size: int) -> Json:
    point = {"label": "c", "value": 1}
    axis = {"categories": ["c"], "y_label": "y" * size}
    inner = {"type": "line", "series": [{"name": "s", "data": [point]}], "axis_config": axis}
    return {"type": "data_visualization", "title": "t", "chart": inner}


def metadata(size: int) -> list[Problem]:
    empty = {"event_type": "e", "event_payload": {"note": ""}}
    note = "x" * (size - len(json.dumps(empty, separators=(",", ":"))))
    return check_message({"text": "t", "metadata": {"event_type": "e", "event_payload": {"note": note}}})


HIGHEST: dict[str, tuple[int, Try]] = {
    "blocks in Home": (100, lambda n: check_view({"type": "home", "blocks": [{"type": "divider"}] * n})),
    "option of a menu": (75, accessory(lambda n: {"type": "static_select", "options": [option(n)]})),
    "option of a choice": (75, accessory(lambda n: {"type": "checkboxes", "options": [option(n)]})),
    "initial value": (3000, asked(lambda n: {"type": "plain_text_input", "initial_value": "x" * n})),
    "title of an axis": (50, in_message(chart)),
    "tone of skin": (6, in_message(emoji)),
    "bytes of metadata": (16_000, metadata),
}


def cell() -> Json:
    return {"type": "raw_text", "text": "x"}


LOWEST: dict[str, tuple[int, Try]] = {
    "tone of skin": (1, in_message(emoji)),
    "columns of a table": (1, in_message(lambda n: {"type": "table", "rows": [[cell()] * n]})),
    "people who see a button": (
        1,
        accessory(lambda n: {"type": "button", "text": plain(), "visible_to_user_ids": ["U1"] * n}),
    ),
    "initial options from elsewhere": (
        1,
        accessory(lambda n: {"type": "multi_external_select", "initial_options": [option()] * n}),
    ),
    "query of several": (
        0,
        accessory(lambda n: {"type": "multi_external_select", "min_query_length": n}),
    ),
}


@pytest.mark.parametrize("name", HIGHEST)
def test_at_the_highest_and_one_above(name: str) -> None:
    limit, attempt = HIGHEST[name]
    assert attempt(limit) == []
    assert attempt(limit + 1)


@pytest.mark.parametrize("name", LOWEST)
def test_at_the_lowest_and_one_below(name: str) -> None:
    limit, attempt = LOWEST[name]
    assert attempt(limit) == []
    assert attempt(limit - 1)


@pytest.mark.parametrize(
    "block",
    [
        {"type": "card", "title": plain(), "actions": []},
        {"type": "plan", "title": "t", "tasks": []},
        {"type": "table", "rows": [[cell()]], "column_settings": []},
    ],
)
def test_a_list_that_may_be_empty(block: Json) -> None:
    assert check_message({"blocks": [block]}) == []
