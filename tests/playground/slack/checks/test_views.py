"""Modals and the Home tab as a whole."""

import json
from typing import Any, TypeAlias

import pytest

from slackapp.playground.slack.checks import Problem, check_view

Json: TypeAlias = dict[str, Any]


def plain(words: str = "t") -> Json:
    return {"type": "plain_text", "text": words}


def asked(**fields: object) -> Json:
    return {"type": "input", "label": plain(), "element": {"type": "plain_text_input", **fields}}


DIVIDER = {"type": "divider"}
MODAL = {"type": "modal", "title": plain("Record"), "blocks": [DIVIDER]}
HOME = {"type": "home", "blocks": [DIVIDER]}
IDS = {"callback_id": "record", "private_metadata": "L-42", "external_id": "L-42"}


@pytest.mark.parametrize(
    "view",
    [
        MODAL,
        {
            **MODAL,
            **IDS,
            "submit": plain("Record"),
            "close": plain("Not yet"),
            "clear_on_close": True,
            "notify_on_close": False,
            "blocks": [asked(focus_on_load=True), asked(focus_on_load=False)],
        },
        HOME,
        {**HOME, **IDS},
        {**HOME, "blocks": [asked()]},
        {**MODAL, **dict.fromkeys(IDS, "")},
    ],
)
def test_accepted(view: Json) -> None:
    assert check_view(view) == []


@pytest.mark.parametrize(
    ("view", "pointer", "message"),
    [
        ({**MODAL, "type": "workflow_step"}, "/view/type", "must be a valid enum value"),
        ({**MODAL, "type": ["modal"]}, "/view/type", "must be a valid enum value"),
        ({**MODAL, "title": plain("x" * 25)}, "/view/title/text", "must be less than 25 characters"),
        (
            {**MODAL, "title": {"type": "mrkdwn", "text": "t"}},
            "/view/title/type",
            "must be a valid enum value",
        ),
        ({**MODAL, "title": "t"}, "/view/title", "must provide an object"),
        ({**MODAL, "blocks": []}, "/view/blocks", "must provide at least 1 items"),
        ({**MODAL, "blocks": [DIVIDER] * 101}, "/view/blocks", "no more than 100 items allowed"),
        ({**MODAL, "blocks": {}}, "/view/blocks", "must provide an array"),
        ({**MODAL, "submit_disabled": False}, "/view", "invalid additional property: submit_disabled"),
        ({**MODAL, "id": "V1"}, "/view", "invalid additional property: id"),
        ({**HOME, "title": plain()}, "/view", "invalid additional property: title"),
        ({**HOME, "submit": plain()}, "/view", "invalid additional property: submit"),
        ({**HOME, "clear_on_close": True}, "/view", "invalid additional property: clear_on_close"),
        ({**HOME, "blocks": []}, "/view/blocks", "must provide at least 1 items"),
        ({**MODAL, "clear_on_close": "yes"}, "/view/clear_on_close", "must be a boolean"),
        (
            {**MODAL, "blocks": [DIVIDER, asked()]},
            "/view/blocks/1/input",
            "must define `submit` to use an `input` block in modals",
        ),
        (
            {**HOME, "blocks": [asked(focus_on_load=True), DIVIDER, asked(focus_on_load=True)]},
            "/view/blocks/2/element/focus_on_load",
            "only one element can have `focus_on_load` set to true",
        ),
        (
            {**HOME, "blocks": [{**DIVIDER, "block_id": "b"}, {**asked(), "block_id": "b"}]},
            "/view/blocks/1/block_id",
            '`block_id` "b" already exists',
        ),
    ],
)
def test_refused(view: Json, pointer: str, message: str) -> None:
    assert check_view(view) == [Problem("invalid_arguments", pointer, message)]


def test_an_empty_view_misses_all_it_needs() -> None:
    assert [problem.message for problem in check_view({})] == [
        "missing required field: type",
        "missing required field: title",
        "missing required field: blocks",
    ]


def sections(count: int, words: str) -> list[Json]:
    return [{"type": "section", "text": plain(words)} for _ in range(count)]


def test_a_view_up_to_250_kilobytes() -> None:
    view = {**MODAL, "blocks": sections(82, "x" * 2980), "private_metadata": ""}
    room = 250_000 - len(json.dumps(view, separators=(",", ":")))
    assert check_view({**view, "private_metadata": "x" * room}) == []
    problems = check_view({**view, "private_metadata": "x" * (room + 1)})
    message = "must be less than 250001 bytes"
    assert problems == [Problem("view_too_large", "/view", message)]


def test_the_size_is_counted_in_bytes() -> None:
    assert check_view({**MODAL, "blocks": sections(45, "x" * 2990)}) == []
    assert check_view({**MODAL, "blocks": sections(45, "ж" * 2990)})[0].error == "view_too_large"


def test_half_a_surrogate_pair_can_be_measured() -> None:
    assert check_view({**MODAL, "blocks": sections(1, "\ud83d")}) == []
