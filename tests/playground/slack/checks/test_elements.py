"""A good example of every element: taken in its places on its surfaces, refused elsewhere or spoiled."""

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
OPTIONS = [{"text": plain("Keep"), "value": "keep"}, {"text": plain("Stop"), "value": "stop"}]
CHOICES = [{"text": mrkdwn("*Keep*"), "value": "keep", "description": mrkdwn("as it is")}]
GROUPS = [{"label": plain("Decisions"), "options": OPTIONS}]
FILTER = {
    "include": ["public", "private"],
    "exclude_bot_users": True,
    "exclude_external_shared_channels": True,
}
MENU = {"action_id": "menu", "placeholder": plain("Choose"), "focus_on_load": True}
TYPED = {
    "action_id": "typed",
    "placeholder": plain("Type"),
    "focus_on_load": True,
    "dispatch_action_config": {"trigger_actions_on": ["on_enter_pressed"]},
}

ELEMENTS: dict[str, Json] = {
    "button": BUTTON,
    "overflow": {
        "type": "overflow",
        "action_id": "more",
        "options": [{**OPTIONS[0], "url": "https://example.com", "description": plain("as it is")}],
    },
    "workflow_button": {
        "type": "workflow_button",
        "action_id": "flow",
        "text": plain("Run"),
        "style": "primary",
        "workflow": {
            "trigger": {
                "url": "https://slack.example.com/shortcuts/Ft1/abc",
                "customizable_input_parameters": [{"name": "launch", "value": "L-42"}],
            }
        },
    },
    "static_select": {"type": "static_select", **MENU, "options": OPTIONS, "initial_option": OPTIONS[1]},
    "static_select in groups": {
        "type": "static_select",
        "option_groups": GROUPS,
        "initial_option": OPTIONS[0],
    },
    "external_select": {
        "type": "external_select",
        **MENU,
        "min_query_length": 0,
        "initial_option": OPTIONS[0],
    },
    "users_select": {"type": "users_select", **MENU, "initial_user": "U024BE7LH"},
    "conversations_select": {
        "type": "conversations_select",
        **MENU,
        "initial_conversation": "C024BE7LR",
        "default_to_current_conversation": True,
        "filter": FILTER,
    },
    "channels_select": {"type": "channels_select", **MENU, "initial_channel": "C024BE7LR"},
    "multi_static_select": {
        "type": "multi_static_select",
        **MENU,
        "max_selected_items": 2,
        "option_groups": GROUPS,
        "initial_options": OPTIONS,
    },
    "multi_external_select": {
        "type": "multi_external_select",
        **MENU,
        "min_query_length": 3,
        "initial_options": OPTIONS,
    },
    "multi_users_select": {"type": "multi_users_select", **MENU, "initial_users": ["U024BE7LH"]},
    "multi_conversations_select": {
        "type": "multi_conversations_select",
        **MENU,
        "initial_conversations": ["C024BE7LR"],
        "default_to_current_conversation": False,
        "filter": {"include": ["im"]},
    },
    "multi_channels_select": {"type": "multi_channels_select", **MENU, "initial_channels": ["C024BE7LR"]},
    "checkboxes": {
        "type": "checkboxes",
        "action_id": "boxes",
        "options": CHOICES,
        "initial_options": CHOICES,
    },
    "radio_buttons": {
        "type": "radio_buttons",
        "action_id": "radio",
        "options": OPTIONS,
        "initial_option": OPTIONS[1],
    },
    "datepicker": {"type": "datepicker", **MENU, "initial_date": "2028-02-29"},
    "timepicker": {"type": "timepicker", **MENU, "initial_time": "09:30", "timezone": "Europe/Berlin"},
    "datetimepicker": {"type": "datetimepicker", "action_id": "when", "initial_date_time": 1628633820},
    "rich_text_input": {
        "type": "rich_text_input",
        **TYPED,
        "initial_value": rich("so far"),
        "min_lines": 2,
        "max_lines": 5,
    },
    "plain_text_input": {
        "type": "plain_text_input",
        **TYPED,
        "initial_value": "40 %",
        "multiline": True,
        "min_length": 1,
        "max_length": 200,
    },
    "email_text_input": {"type": "email_text_input", **TYPED, "initial_value": "ana@example.com"},
    "url_text_input": {"type": "url_text_input", **TYPED, "initial_value": "https://example.com"},
    "number_input": {
        "type": "number_input",
        **TYPED,
        "is_decimal_allowed": True,
        "initial_value": "44.5",
        "min_value": "-1",
        "max_value": "100",
    },
    "file_input": {"type": "file_input", "action_id": "file", "filetypes": ["csv"], "max_files": 1},
}

MENUS = (
    *("static_select", "external_select", "users_select", "conversations_select", "channels_select"),
    *("multi_static_select", "multi_external_select", "multi_users_select", "multi_conversations_select"),
    *("multi_channels_select", "static_select in groups"),
    *("checkboxes", "radio_buttons", "datepicker", "timepicker"),
)
#: Element, then the surfaces on which it may stand in each place.
PLACES: dict[str, dict[str, str]] = {
    **dict.fromkeys(MENUS, dict.fromkeys(("section", "actions", "input"), "message modal home")),
    "button": dict.fromkeys(("section", "actions"), "message modal home"),
    "overflow": dict.fromkeys(("section", "actions"), "message modal home"),
    "workflow_button": dict.fromkeys(("section", "actions"), "message"),
    "datetimepicker": dict.fromkeys(("actions", "input"), "message modal"),
    "rich_text_input": dict.fromkeys(("actions", "input"), "modal home"),
    "plain_text_input": {"input": "message modal home"},
    "email_text_input": {"input": "modal"},
    "url_text_input": {"input": "modal"},
    "number_input": {"input": "modal"},
    "file_input": {"input": "modal"},
}


def placed(place: str, element: Json) -> Json:
    if place == "section":
        return {"type": "section", "text": plain("t"), "accessory": element}
    if place == "actions":
        return {"type": "actions", "elements": [element]}
    return {"type": "input", "label": plain("l"), "hint": plain("h"), "optional": True, "element": element}


IN_PLACE = {
    f"{name} in {place}": (surfaces.split()[0], placed(place, ELEMENTS[name]))
    for name, places in PLACES.items()
    for place, surfaces in places.items()
}


def test_every_element_has_a_place() -> None:
    assert PLACES.keys() == ELEMENTS.keys()


@pytest.mark.parametrize("surface", SURFACES)
@pytest.mark.parametrize("place", ["section", "actions", "input"])
@pytest.mark.parametrize("name", PLACES)
def test_an_element_in_its_places_only(
    name: str, place: str, surface: str, problems_on: Callable[[str, Json], list[Problem]]
) -> None:
    problems = problems_on(surface, placed(place, ELEMENTS[name]))
    if surface in PLACES[name].get(place, "").split():
        assert problems == []
    else:
        assert [problem.message for problem in problems] == [f"unsupported type: {ELEMENTS[name]['type']}"]


@pytest.mark.parametrize("name", IN_PLACE)
def test_no_place_takes_what_does_not_belong(
    name: str,
    problems_on: Callable[[str, Json], list[Problem]],
    spoiled: Callable[[Json], Iterator[tuple[str, Json, bool]]],
) -> None:
    surface, block = IN_PLACE[name]
    for pointer, worse, extra_field in spoiled(block):
        problems = problems_on(surface, worse)
        assert problems, pointer
        if extra_field:
            assert "invalid additional property: surprise" in [problem.message for problem in problems]
            assert any(problem.pointer.endswith(f"/blocks/0{pointer}") for problem in problems)
