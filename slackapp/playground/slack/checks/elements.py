"""Block elements, and which of them may stand where."""

from collections.abc import Mapping
from typing import Final, Literal, TypeAlias

from .objects import (
    ALT_TEXT,
    CHOICE_OPTION,
    CONFIRM,
    CONVERSATION_FILTER,
    DISPATCH_ACTION_CONFIG,
    FEEDBACK_BUTTON,
    ID_LIST,
    IDENTIFIER,
    MENU_OPTION,
    OPTION_GROUP,
    OVERFLOW_OPTION,
    SLACK_FILE,
    STYLE,
    URL,
    WEB_URL,
    WORKFLOW,
    chosen_from_options,
    plain_text,
)
from .rich_text import RICH_TEXT
from .schema import (
    NO_FIELDS,
    Check,
    Fields,
    array,
    boolean,
    date,
    integer,
    needs,
    not_both,
    obj,
    one_of,
    ordered,
    some_of,
    string,
    timestamp,
)

Surface: TypeAlias = Literal["message", "modal", "home"]
EVERYWHERE: Final[frozenset[Surface]] = frozenset({"message", "modal", "home"})

_KIND: Fields = {"type": string()}
_ACTION: Fields = {"action_id": IDENTIFIER}
_FOCUS: Fields = {"focus_on_load": boolean}
_CONFIRM: Fields = {"confirm": CONFIRM}
_PLACEHOLDER: Fields = {"placeholder": plain_text(150)}
_LABEL: Fields = {"accessibility_label": string(75)}
_CHOICE: Fields = {**_ACTION, **_FOCUS, **_CONFIRM}
_MENU: Fields = {**_CHOICE, **_PLACEHOLDER}
_MULTI: Fields = {**_MENU, "max_selected_items": integer(1)}
_OFFERED: Fields = {"options": array(MENU_OPTION, 1, 100), "option_groups": array(OPTION_GROUP, 1, 100)}
_TYPED_IN: Fields = {
    **_ACTION,
    **_FOCUS,
    **_PLACEHOLDER,
    "initial_value": string(3000, minimum=0),
    "dispatch_action_config": DISPATCH_ACTION_CONFIG,
}
_ONE_SOURCE = (some_of("options", "option_groups"), not_both("options", "option_groups"))
_DECIMAL = string(pattern=r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)")

IMAGE = obj(
    {"type": one_of("image"), "alt_text": ALT_TEXT},
    {"image_url": WEB_URL, "slack_file": SLACK_FILE},
    some_of("image_url", "slack_file"),
    not_both("image_url", "slack_file"),
)

BUTTON = obj(
    {**_KIND, "text": plain_text(75)},
    {
        **_ACTION,
        **_CONFIRM,
        **_LABEL,
        "url": URL,
        "value": string(2000),
        "style": STYLE,
        "agent_prompt": string(4000),
        "agent_prompt_display": string(),
        "visible_to_user_ids": array(string(), 1),
    },
    needs("agent_prompt_display", "agent_prompt"),
)


def _conversations_select(also: Fields = NO_FIELDS) -> Check:
    return obj(
        _KIND,
        {
            **_MENU,
            "initial_conversation": string(),
            "default_to_current_conversation": boolean,
            "filter": CONVERSATION_FILTER,
            **also,
        },
    )


def _channels_select(also: Fields = NO_FIELDS) -> Check:
    return obj(_KIND, {**_MENU, "initial_channel": string(), **also})


_SELECTS: Mapping[str, Check] = {
    "static_select": obj(
        _KIND,
        {**_MENU, **_OFFERED, "initial_option": MENU_OPTION},
        *_ONE_SOURCE,
        chosen_from_options("initial_option"),
    ),
    "external_select": obj(_KIND, {**_MENU, "initial_option": MENU_OPTION, "min_query_length": integer(0)}),
    "users_select": obj(_KIND, {**_MENU, "initial_user": string()}),
    "conversations_select": _conversations_select(),
    "channels_select": _channels_select(),
    "multi_static_select": obj(
        _KIND,
        {**_MULTI, **_OFFERED, "initial_options": array(MENU_OPTION)},
        *_ONE_SOURCE,
        chosen_from_options("initial_options"),
    ),
    "multi_external_select": obj(
        _KIND, {**_MULTI, "initial_options": array(MENU_OPTION, 1), "min_query_length": integer(0)}
    ),
    "multi_users_select": obj(_KIND, {**_MULTI, "initial_users": ID_LIST}),
    "multi_conversations_select": obj(
        _KIND,
        {
            **_MULTI,
            "initial_conversations": ID_LIST,
            "default_to_current_conversation": boolean,
            "filter": CONVERSATION_FILTER,
        },
    ),
    "multi_channels_select": obj(_KIND, {**_MULTI, "initial_channels": ID_LIST}),
}

_PICKERS: Mapping[str, Check] = {
    "checkboxes": obj(
        {**_KIND, "options": array(CHOICE_OPTION, 1, 10)},
        {**_CHOICE, "initial_options": array(CHOICE_OPTION)},
        chosen_from_options("initial_options"),
    ),
    "radio_buttons": obj(
        {**_KIND, "options": array(CHOICE_OPTION, 1, 10)},
        {**_CHOICE, "initial_option": CHOICE_OPTION},
        chosen_from_options("initial_option"),
    ),
    "datepicker": obj(_KIND, {**_MENU, "initial_date": date}),
    "timepicker": obj(
        _KIND,
        {**_MENU, "initial_time": string(pattern="([01][0-9]|2[0-3]):[0-5][0-9]"), "timezone": string()},
    ),
}
_DATETIMEPICKER = {"datetimepicker": obj(_KIND, {**_CHOICE, "initial_date_time": timestamp})}

_RICH_TEXT_INPUT = {
    "rich_text_input": obj(
        {**_KIND, "action_id": IDENTIFIER},
        {
            **_TYPED_IN,
            "initial_value": RICH_TEXT,
            "min_lines": integer(1, 100),
            "max_lines": integer(1, 100),
        },
        ordered("min_lines", "max_lines"),
    ),
}

_INPUTS: Mapping[str, Check] = {
    "plain_text_input": obj(
        _KIND,
        {
            **_TYPED_IN,
            "multiline": boolean,
            "min_length": integer(0, 3000),
            "max_length": integer(1, 3000),
        },
        ordered("min_length", "max_length"),
    ),
    "email_text_input": obj(_KIND, _TYPED_IN),
    "url_text_input": obj(_KIND, _TYPED_IN),
    "number_input": obj(
        {**_KIND, "is_decimal_allowed": boolean},
        {**_TYPED_IN, "initial_value": _DECIMAL, "min_value": _DECIMAL, "max_value": _DECIMAL},
        ordered("min_value", "max_value"),
        ordered("min_value", "initial_value"),
        ordered("initial_value", "max_value"),
    ),
    "file_input": obj(_KIND, {**_ACTION, "filetypes": array(string(), 1), "max_files": integer(1, 10)}),
}

_BUTTONS: Mapping[str, Check] = {
    "button": BUTTON,
    "overflow": obj({**_KIND, "options": array(OVERFLOW_OPTION, 1, 5)}, {**_ACTION, **_CONFIRM}),
    "workflow_button": obj(
        {**_KIND, "text": plain_text(75), "workflow": WORKFLOW, "action_id": IDENTIFIER},
        {**_CONFIRM, **_LABEL, "style": STYLE},
    ),
}

CONTEXT_ACTIONS_ELEMENTS: Mapping[str, Check] = {
    "feedback_buttons": obj(
        {**_KIND, "positive_button": FEEDBACK_BUTTON, "negative_button": FEEDBACK_BUTTON}, _ACTION
    ),
    "icon_button": obj(
        {**_KIND, "icon": one_of("trash"), "text": plain_text()},
        {
            **_ACTION,
            **_CONFIRM,
            **_LABEL,
            "value": string(2000),
            "visible_to_user_ids": array(string(), 1, 10),
        },
    ),
}

#: Where Slack shows an element; those not named here it shows everywhere.
_SURFACES: Mapping[str, frozenset[Surface]] = {
    "workflow_button": frozenset({"message"}),
    "datetimepicker": frozenset({"message", "modal"}),
    "rich_text_input": frozenset({"modal", "home"}),
    "email_text_input": frozenset({"modal"}),
    "url_text_input": frozenset({"modal"}),
    "number_input": frozenset({"modal"}),
    "file_input": frozenset({"modal"}),
}


def accessories(surface: Surface) -> dict[str, Check]:
    """What may stand beside a section's text."""
    return _shown_on(surface, {**_BUTTONS, **_SELECTS, **_PICKERS, "image": IMAGE})


def actions_elements(surface: Surface) -> dict[str, Check]:
    return _shown_on(surface, {**_BUTTONS, **_SELECTS, **_PICKERS, **_DATETIMEPICKER, **_RICH_TEXT_INPUT})


def input_elements(surface: Surface) -> dict[str, Check]:
    elements = {**_SELECTS, **_PICKERS, **_DATETIMEPICKER, **_RICH_TEXT_INPUT, **_INPUTS}
    if surface == "modal":
        # A menu can bring a response_url only with the submission of a modal.
        response_url = {"response_url_enabled": boolean}
        elements["conversations_select"] = _conversations_select(response_url)
        elements["channels_select"] = _channels_select(response_url)
    return _shown_on(surface, elements)


def _shown_on(surface: Surface, elements: Mapping[str, Check]) -> dict[str, Check]:
    return {name: check for name, check in elements.items() if surface in _SURFACES.get(name, EVERYWHERE)}
