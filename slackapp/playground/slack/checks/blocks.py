"""Layout blocks, and which of them may stand on which surface."""

from collections.abc import Mapping
from typing import Any

from .data import DATA_TABLE, DATA_VISUALIZATION, TABLE
from .elements import (
    BUTTON,
    CONTEXT_ACTIONS_ELEMENTS,
    EVERYWHERE,
    IMAGE,
    Surface,
    accessories,
    actions_elements,
    input_elements,
)
from .objects import (
    ALT_TEXT,
    IDENTIFIER,
    SLACK_FILE,
    SLACK_ICON,
    URL,
    WEB_URL,
    mrkdwn,
    plain_text,
    text,
)
from .rich_text import RICH_TEXT
from .schema import (
    FINE,
    NO_FIELDS,
    Check,
    Faults,
    Fields,
    Rule,
    array,
    boolean,
    fault,
    needs,
    not_both,
    obj,
    one_of,
    some_of,
    string,
    typed,
)

_HTTPS_URL = string(3000, pattern=r"https://\S+")


def _block(required: Fields = NO_FIELDS, optional: Fields = NO_FIELDS, *rules: Rule) -> Check:
    return obj({"type": string(), **required}, {"block_id": IDENTIFIER, **optional}, *rules)


def _not_pending(block: Mapping[str, Any]) -> Faults:
    # Only a task inside a plan can wait.
    return fault("must be a valid enum value", "/status") if block["status"] == "pending" else FINE


def _unique_tasks(block: Mapping[str, Any]) -> Faults:
    ids = [task["task_id"] for task in block["tasks"]]
    return fault("Input contains duplicate items", "/tasks") if len(set(ids)) < len(ids) else FINE


_TASK: Fields = {
    "task_id": string(),
    "title": string(),
    "status": one_of("pending", "in_progress", "complete", "error"),
}
_TASK_MORE: Fields = {
    "details": RICH_TEXT,
    "output": RICH_TEXT,
    "sources": array(obj({"type": one_of("url"), "url": URL, "text": string()})),
}

_CARD = _block(
    {},
    {
        "hero_image": IMAGE,
        "icon": IMAGE,
        "slack_icon": SLACK_ICON,
        "title": text(150),
        "subtitle": text(150),
        "body": text(200),
        "subtext": text(200),
        "actions": array(typed({"button": BUTTON}), 0, 3),
    },
    some_of("hero_image", "title", "actions", "body"),
    not_both("icon", "slack_icon"),
)

#: The same on every surface that shows them.
_COMMON: Mapping[str, Check] = {
    "alert": _block({"text": text(200)}, {"level": one_of("default", "info", "warning", "error", "success")}),
    "card": _CARD,
    "carousel": _block({"elements": array(typed({"card": _CARD}), 1, 10)}),
    "context": _block(
        {"elements": array(typed({"image": IMAGE, "plain_text": plain_text(), "mrkdwn": mrkdwn()}), 1, 10)},
    ),
    "context_actions": _block({"elements": array(typed(CONTEXT_ACTIONS_ELEMENTS), 1, 5)}),
    "data_table": DATA_TABLE,
    "data_visualization": DATA_VISUALIZATION,
    "divider": _block(),
    "file": _block({"external_id": string(), "source": one_of("remote")}),
    "header": _block({"text": plain_text(150)}),
    "image": _block(
        {"alt_text": ALT_TEXT},
        {"image_url": WEB_URL, "slack_file": SLACK_FILE, "title": plain_text(2000)},
        some_of("image_url", "slack_file"),
        not_both("image_url", "slack_file"),
    ),
    "markdown": _block({"text": string(12_000)}),
    "plan": _block(
        {
            "title": string(),
            "tasks": array(
                obj(_TASK, {**_TASK_MORE, "type": one_of("task_card"), "block_id": IDENTIFIER}), 0, 50
            ),
        },
        {},
        _unique_tasks,
    ),
    "rich_text": RICH_TEXT,
    "table": TABLE,
    "task_card": _block(_TASK, _TASK_MORE, _not_pending),
    "video": _block(
        {
            "alt_text": ALT_TEXT,
            "title": plain_text(200),
            "thumbnail_url": _HTTPS_URL,
            "video_url": _HTTPS_URL,
        },
        {
            "author_name": string(50),
            "description": plain_text(200),
            "provider_icon_url": string(2000),
            "provider_name": string(50),
            "title_url": string(2000, pattern=r"https://\S+"),
        },
    ),
}

_CONTAINED = (
    *("actions", "context", "divider", "file", "header", "image", "input"),
    *("rich_text", "section", "table", "video"),
)

#: Where Slack shows a block; those not named here it shows everywhere.
_SURFACES: Mapping[str, frozenset[Surface]] = {
    "alert": frozenset({"modal"}),
    "carousel": frozenset({"message", "home"}),
    "container": frozenset({"message", "home"}),
    "context_actions": frozenset({"message"}),
    "data_table": frozenset({"message", "home"}),
    # Slack's page names Home too; Home refuses it.
    "data_visualization": frozenset({"message"}),
    "file": frozenset({"message"}),
    "markdown": frozenset({"message"}),
    "plan": frozenset({"message"}),
    "table": frozenset({"message", "home"}),
    "task_card": frozenset({"message"}),
}


def _blocks(surface: Surface) -> dict[str, Check]:
    blocks = {
        **_COMMON,
        "actions": _block({"elements": array(typed(actions_elements(surface)), 1, 25)}),
        "input": _block(
            {"label": plain_text(2000), "element": typed(input_elements(surface))},
            {"hint": plain_text(2000), "dispatch_action": boolean, "optional": boolean},
        ),
        "section": _block(
            {},
            {
                "text": text(),
                "fields": array(text(2000), 1, 10),
                "accessory": typed(accessories(surface)),
                "expand": boolean,
            },
            some_of("text", "fields"),
        ),
    }
    shown = {name: check for name, check in blocks.items() if surface in _SURFACES.get(name, EVERYWHERE)}
    if surface in _SURFACES["container"]:
        children = {name: shown[name] for name in _CONTAINED if name in shown}
        shown["container"] = _container(children)
    return shown


def _container(children: Mapping[str, Check]) -> Check:
    return _block(
        {"child_blocks": array(typed(children), 1, 10)},
        {
            "title": plain_text(150),
            "rich_text_title": RICH_TEXT,
            "subtitle": text(150),
            "icon": IMAGE,
            "width": one_of("narrow", "standard", "wide", "full"),
            "is_collapsible": boolean,
            "default_collapsed": boolean,
            "has_header_divider": boolean,
        },
        some_of("title", "rich_text_title"),
        needs("default_collapsed", "is_collapsible"),
        _divider_on_a_fixed_header,
    )


def _divider_on_a_fixed_header(block: Mapping[str, Any]) -> Faults:
    if block.get("is_collapsible") and block.get("has_header_divider"):
        return fault("must not be set when `is_collapsible` is true", "/has_header_divider")
    return FINE


MESSAGE_BLOCKS = array(typed(_blocks("message")), 0, 50)
MODAL_BLOCKS = array(typed(_blocks("modal")), 1, 100)
HOME_BLOCKS = array(typed(_blocks("home")), 1, 100)
