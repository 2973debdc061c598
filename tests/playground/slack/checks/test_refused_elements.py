"""Rules between the fields of elements and of their options, each with Slack's sentence."""

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


def option(value: str) -> Json:
    return {"text": plain(), "value": value}


KEEP, STOP = option("keep"), option("stop")
URL = "https://example.com"


def accessory(**element: object) -> Json:
    return {"type": "section", "text": plain(), "accessory": element}


def asked(**element: object) -> Json:
    return {"type": "input", "label": plain(), "element": element}


NOT_OFFERED = "must be one of the provided options"
CONVERSATIONS = {"type": "conversations_select"}

#: name: surface, block, pointer below the block, sentence
REFUSED: dict[str, tuple[str, Json, str, str]] = {
    "unknown style": (
        "message",
        accessory(type="button", text=plain(), style="warning"),
        "/accessory/style",
        "must be a valid enum value",
    ),
    "display without a prompt": (
        "message",
        accessory(type="button", text=plain(), agent_prompt_display="Ask"),
        "/accessory/agent_prompt_display",
        "must define `agent_prompt` to use `agent_prompt_display`",
    ),
    "half a confirm dialog": (
        "message",
        accessory(type="button", text=plain(), confirm={"title": plain(), "text": plain()}),
        "/accessory/confirm",
        "missing required field: deny",
    ),
    "menu of nothing": (
        "message",
        accessory(type="static_select"),
        "/accessory/type",
        "must define either `options` or `option_groups`",
    ),
    "menu of two kinds": (
        "message",
        accessory(
            type="static_select", options=[KEEP], option_groups=[{"label": plain(), "options": [STOP]}]
        ),
        "/accessory",
        "must define only one of `options` or `option_groups`",
    ),
    "mrkdwn in a menu": (
        "message",
        accessory(type="static_select", options=[{"text": mrkdwn(), "value": "v"}]),
        "/accessory/options/0/text/type",
        "must be a valid enum value",
    ),
    "url outside an overflow": (
        "message",
        accessory(type="static_select", options=[{**KEEP, "url": URL}]),
        "/accessory/options/0",
        "invalid additional property: url",
    ),
    "option without a value": (
        "message",
        accessory(type="overflow", options=[option("")]),
        "/accessory/options/0/value",
        "must be more than 0 characters",
    ),
    "option that is not offered": (
        "message",
        accessory(type="static_select", options=[KEEP], initial_option=STOP),
        "/accessory/initial_option",
        NOT_OFFERED,
    ),
    "option worded differently": (
        "message",
        accessory(type="radio_buttons", options=[KEEP], initial_option={**KEEP, "text": plain("Keep!")}),
        "/accessory/initial_option",
        NOT_OFFERED,
    ),
    "one of two options not offered": (
        "message",
        accessory(type="multi_static_select", options=[KEEP], initial_options=[KEEP, STOP]),
        "/accessory/initial_options",
        NOT_OFFERED,
    ),
    "option of no group": (
        "message",
        accessory(
            type="static_select", option_groups=[{"label": plain(), "options": [KEEP]}], initial_option=STOP
        ),
        "/accessory/initial_option",
        NOT_OFFERED,
    ),
    "no initial options in a list": (
        "modal",
        asked(type="checkboxes", options=[KEEP], initial_options=[]),
        "/element/initial_options",
        NOT_OFFERED,
    ),
    "a day that never was": (
        "message",
        accessory(type="datepicker", initial_date="2027-02-29"),
        "/accessory/initial_date",
        "input must be a valid: date",
    ),
    "a date without dashes": (
        "message",
        accessory(type="datepicker", initial_date="20270228"),
        "/accessory/initial_date",
        "input must be a valid: date",
    ),
    "a time past midnight": (
        "message",
        accessory(type="timepicker", initial_time="24:00"),
        "/accessory/initial_time",
        "input must match regex pattern: ([01][0-9]|2[0-3]):[0-5][0-9]",
    ),
    "milliseconds": (
        "modal",
        asked(type="datetimepicker", initial_date_time=1628633820000),
        "/element/initial_date_time",
        "must be a 10 digit timestamp",
    ),
    "a filter that filters nothing": (
        "modal",
        asked(**CONVERSATIONS, filter={}),
        "/element/filter",
        "must define either `include` or `exclude_external_shared_channels` or `exclude_bot_users`",
    ),
    "response_url in Home": (
        "home",
        asked(**CONVERSATIONS, response_url_enabled=True),
        "/element",
        "invalid additional property: response_url_enabled",
    ),
    "bounds crossed": (
        "modal",
        asked(type="plain_text_input", min_length=5, max_length=4),
        "/element/min_length",
        "`min_length` must not be greater than `max_length`",
    ),
    "lines crossed": (
        "modal",
        asked(type="rich_text_input", action_id="a", min_lines=5, max_lines=4),
        "/element/min_lines",
        "`min_lines` must not be greater than `max_lines`",
    ),
    "numbers crossed": (
        "modal",
        asked(type="number_input", is_decimal_allowed=False, min_value="10", max_value="9"),
        "/element/min_value",
        "`min_value` must not be greater than `max_value`",
    ),
    "number above its bound": (
        "modal",
        asked(type="number_input", is_decimal_allowed=False, initial_value="10", max_value="9"),
        "/element/initial_value",
        "`initial_value` must not be greater than `max_value`",
    ),
    "number that is none": (
        "modal",
        asked(type="number_input", is_decimal_allowed=False, min_value="ten"),
        "/element/min_value",
        r"input must match regex pattern: [+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)",
    ),
    "number as a number": (
        "modal",
        asked(type="number_input", is_decimal_allowed=False, min_value=1),
        "/element/min_value",
        "must provide a string",
    ),
    "rich_text_input without an id": (
        "modal",
        asked(type="rich_text_input"),
        "/element",
        "missing required field: action_id",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refused_with_its_sentence(name: str, problems_on: ProblemsOn) -> None:
    surface, block, pointer, message = REFUSED[name]
    error, root = ("invalid_blocks", "") if surface == "message" else ("invalid_arguments", "/view")
    assert Problem(error, f"{root}/blocks/0{pointer}", message) in problems_on(surface, block)


ACCEPTED: dict[str, tuple[str, Json]] = {
    "empty initial value": ("modal", asked(type="plain_text_input", initial_value="")),
    "response_url in a modal": ("modal", asked(**CONVERSATIONS, response_url_enabled=True)),
    "equal bounds": ("modal", asked(type="plain_text_input", min_length=5, max_length=5)),
}


@pytest.mark.parametrize("name", ACCEPTED)
def test_accepted(name: str, problems_on: ProblemsOn) -> None:
    surface, block = ACCEPTED[name]
    assert problems_on(surface, block) == []
