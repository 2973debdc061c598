"""Every limit Slack documents, at the limit and one beyond it, with numbers from an independent table."""

from collections.abc import Callable
from typing import Any, TypeAlias

import pytest
from slackblocks import _limits

from slackapp.playground.slack.checks import Problem, check_message, check_view

Json: TypeAlias = dict[str, Any]
Probe: TypeAlias = tuple[str, Callable[[int], list[Problem]]]

#: Where we hold another number than the table, and why.
OURS = {
    "DATA_TABLE_ROWS_MAX_ITEMS": (101, "Slack's page on the block: 100 rows and the header"),
    "DATA_VISUALIZATION_SEGMENTS_MAX_ITEMS": (6, "Slack's page on the block: at most 6"),
    "DATA_VISUALIZATION_SERIES_MAX_ITEMS": (6, "Slack's page on the block: at most 6"),
}
NOT_OURS = {
    "MESSAGE_CHANNEL_MIN_LENGTH": "the channel is for the method to look up, not for these checks",
    "DATA_TABLE_TOTAL_CONTENT_MAX_LENGTH": "a message takes one table, so its own limit is the total",
}


def plain(size: int = 1) -> Json:
    return {"type": "plain_text", "text": "x" * size}


def mrkdwn(size: int = 1) -> Json:
    return {"type": "mrkdwn", "text": "x" * size}


def option(**fields: object) -> Json:
    return {"text": plain(), "value": "v", **fields}


def options(count: int) -> list[Json]:
    return [option(value=f"v{index}") for index in range(count)]


def in_message(pointer: str, block: Callable[[int], Json]) -> Probe:
    return f"/blocks/0{pointer}", lambda size: check_message({"blocks": [block(size)]})


def in_modal(pointer: str, block: Callable[[int], Json]) -> Probe:
    def probe(size: int) -> list[Problem]:
        view = {"type": "modal", "title": plain(), "submit": plain(), "blocks": [block(size)]}
        return check_view(view)

    return f"/view/blocks/0{pointer}", probe


def element(pointer: str, make: Callable[[int], Json]) -> Probe:
    return in_message(f"/elements/0{pointer}", lambda size: {"type": "actions", "elements": [make(size)]})


def asked(pointer: str, make: Callable[[int], Json]) -> Probe:
    return in_modal(
        f"/element{pointer}", lambda size: {"type": "input", "label": plain(), "element": make(size)}
    )


def button(pointer: str, make: Callable[[int], Json]) -> Probe:
    return element(pointer, lambda size: {"type": "button", "text": plain(), **make(size)})


def confirm(field: str) -> Probe:
    whole = {name: plain() for name in ("title", "text", "confirm", "deny")}
    return button(f"/confirm/{field}/text", lambda size: {"confirm": {**whole, field: plain(size)}})


def placeholder(kind: str, **fields: object) -> Probe:
    return asked("/placeholder/text", lambda size: {"type": kind, "placeholder": plain(size), **fields})


def asked_number(kind: str, field: str, **fields: object) -> Probe:
    return asked(f"/{field}", lambda number: {"type": kind, field: number, **fields})


def overflow(pointer: str, make: Callable[[int], list[Json]]) -> Probe:
    return element(pointer, lambda size: {"type": "overflow", "options": make(size)})


def select(pointer: str, make: Callable[[int], Json]) -> Probe:
    return element(pointer, lambda size: {"type": "static_select", **make(size)})


def group(pointer: str, make: Callable[[int], Json]) -> Probe:
    def one(size: int) -> Json:
        return {"option_groups": [{"label": plain(), "options": options(1), **make(size)}]}

    return select(f"/option_groups/0{pointer}", one)


def view(pointer: str, make: Callable[[int], Json]) -> Probe:
    base = {"type": "modal", "title": plain(), "blocks": [{"type": "divider"}]}
    return f"/view{pointer}", lambda size: check_view({**base, **make(size)})


def image(pointer: str, make: Callable[[int], Json]) -> Probe:
    base = {"type": "image", "image_url": "https://example.com/a.png", "alt_text": "a"}
    return in_message(pointer, lambda size: {**base, **make(size)})


def context_image(pointer: str, make: Callable[[int], Json]) -> Probe:
    base = {"type": "image", "image_url": "https://example.com/a.png", "alt_text": "a"}
    return in_message(
        f"/elements/0{pointer}", lambda size: {"type": "context", "elements": [{**base, **make(size)}]}
    )


def url(size: int) -> str:
    return "https://".ljust(size, "x")


def video(pointer: str, make: Callable[[int], Json]) -> Probe:
    base = {
        "type": "video",
        "alt_text": "a",
        "title": plain(),
        "video_url": "https://example.com/v",
        "thumbnail_url": "https://example.com/t",
    }
    return in_message(pointer, lambda size: {**base, **make(size)})


def card(pointer: str, make: Callable[[int], Json]) -> Probe:
    return in_message(pointer, lambda size: {"type": "card", "title": plain(), **make(size)})


def container(pointer: str, make: Callable[[int], Json]) -> Probe:
    base = {"type": "container", "title": plain(), "child_blocks": [{"type": "divider"}]}
    return in_message(pointer, lambda size: {**base, **make(size)})


def context_action(pointer: str, make: Callable[[int], Json]) -> Probe:
    return in_message(
        f"/elements/0{pointer}", lambda size: {"type": "context_actions", "elements": [make(size)]}
    )


def feedback(pointer: str, make: Callable[[int], Json]) -> Probe:
    one = {"text": plain(), "value": "v"}
    return context_action(
        f"/positive_button{pointer}",
        lambda size: {
            "type": "feedback_buttons",
            "positive_button": {**one, **make(size)},
            "negative_button": one,
        },
    )


def icon(pointer: str, make: Callable[[int], Json]) -> Probe:
    base = {"type": "icon_button", "icon": "trash", "text": plain()}
    return context_action(pointer, lambda size: {**base, **make(size)})


def workflow(pointer: str, make: Callable[[int], Json]) -> Probe:
    base = {
        "type": "workflow_button",
        "action_id": "a",
        "text": plain(),
        "workflow": {"trigger": {"url": "https://example.com/trigger"}},
    }
    return element(pointer, lambda size: {**base, **make(size)})


def raw(size: int = 1) -> Json:
    return {"type": "raw_text", "text": "x" * size}


def table(pointer: str, make: Callable[[int], Json]) -> Probe:
    return in_message(pointer, lambda size: {"type": "table", "rows": [[raw()]], **make(size)})


def data_table(pointer: str, make: Callable[[int], Json]) -> Probe:
    base = {"type": "data_table", "caption": "c", "rows": [[raw()], [raw()]]}
    return in_message(pointer, lambda size: {**base, **make(size)})


def pie(pointer: str, segments: Callable[[int], list[Json]]) -> Probe:
    return in_message(
        f"/chart{pointer}",
        lambda size: {
            "type": "data_visualization",
            "title": "t",
            "chart": {"type": "pie", "segments": segments(size)},
        },
    )


def names(count: int) -> list[str]:
    return [f"c{index}" for index in range(count)]


def bars(
    pointer: str,
    *,
    series: Callable[[int], list[str]] = lambda _: ["s"],
    categories: Callable[[int], list[str]] = lambda _: ["c"],
    axis: Callable[[int], Json] = lambda _: {},
) -> Probe:
    def block(size: int) -> Json:
        data = [{"label": label, "value": 1} for label in categories(size)]
        chart = {
            "type": "bar",
            "series": [{"name": name, "data": data} for name in series(size)],
            "axis_config": {"categories": categories(size), **axis(size)},
        }
        return {"type": "data_visualization", "title": "t", "chart": chart}

    return in_message(f"/chart{pointer}", block)


def rich(kind: str, field: str, **fields: object) -> Probe:
    section = {"type": "rich_text_section", "elements": [{"type": "text", "text": "x"}]}
    inner = [section] if kind == "rich_text_list" else section["elements"]
    return in_message(
        f"/elements/0/{field}",
        lambda number: {
            "type": "rich_text",
            "elements": [{"type": kind, "elements": inner, field: number, **fields}],
        },
    )


def many(pointer: str, key: str, block: Callable[[int], Json]) -> Probe:
    """A message of that many blocks, attachments or charts."""
    return pointer, lambda count: check_message({key: [block(index) for index in range(count)]})


def section(pointer: str, make: Callable[[int], Json]) -> Probe:
    return in_message(pointer, lambda size: {"type": "section", **make(size)})


def divider(_: int = 0) -> Json:
    return {"type": "divider"}


def a_chart(_: int) -> Json:
    segments = [{"label": "a", "value": 1}]
    return {"type": "data_visualization", "title": "t", "chart": {"type": "pie", "segments": segments}}


PROBES: dict[str, Probe] = {
    "TEXT_MIN_LENGTH": section("/text/text", lambda size: {"text": mrkdwn(size)}),
    "TEXT_MAX_LENGTH": in_message(
        "/elements/0/text", lambda size: {"type": "context", "elements": [mrkdwn(size)]}
    ),
    "ACTION_ID_MAX_LENGTH": button("/action_id", lambda size: {"action_id": "x" * size}),
    "BLOCK_ID_MAX_LENGTH": in_message("/block_id", lambda size: {**divider(), "block_id": "x" * size}),
    "BUTTON_TEXT_MAX_LENGTH": button("/text/text", lambda size: {"text": plain(size)}),
    "BUTTON_URL_MAX_LENGTH": button("/url", lambda size: {"url": url(size)}),
    "BUTTON_VALUE_MAX_LENGTH": button("/value", lambda size: {"value": "x" * size}),
    "BUTTON_ACCESSIBILITY_LABEL_MAX_LENGTH": button(
        "/accessibility_label", lambda size: {"accessibility_label": "x" * size}
    ),
    "BUTTON_AGENT_PROMPT_MAX_LENGTH": button("/agent_prompt", lambda size: {"agent_prompt": "x" * size}),
    "CONFIRMATION_TITLE_MAX_LENGTH": confirm("title"),
    "CONFIRMATION_TEXT_MAX_LENGTH": confirm("text"),
    "CONFIRMATION_CONFIRM_MAX_LENGTH": confirm("confirm"),
    "CONFIRMATION_DENY_MAX_LENGTH": confirm("deny"),
    "OPTION_TEXT_MAX_LENGTH": overflow("/options/0/text/text", lambda size: [option(text=plain(size))]),
    "OPTION_VALUE_MAX_LENGTH": overflow("/options/0/value", lambda size: [option(value="x" * size)]),
    "OPTION_DESCRIPTION_MAX_LENGTH": overflow(
        "/options/0/description/text", lambda size: [option(description=plain(size))]
    ),
    "OPTION_URL_MAX_LENGTH": overflow("/options/0/url", lambda size: [option(url=url(size))]),
    "OPTION_GROUP_LABEL_MAX_LENGTH": group("/label/text", lambda size: {"label": plain(size)}),
    "OPTION_GROUP_OPTIONS_MIN_ITEMS": group("/options", lambda size: {"options": options(size)}),
    "OPTION_GROUP_OPTIONS_MAX_ITEMS": group("/options", lambda size: {"options": options(size)}),
    "SELECT_PLACEHOLDER_MAX_LENGTH": placeholder("users_select"),
    "SELECT_OPTIONS_MIN_ITEMS": select("/options", lambda size: {"options": options(size)}),
    "SELECT_OPTIONS_MAX_ITEMS": select("/options", lambda size: {"options": options(size)}),
    "SELECT_OPTION_GROUPS_MIN_ITEMS": select(
        "/option_groups", lambda size: {"option_groups": [{"label": plain(), "options": options(1)}] * size}
    ),
    "SELECT_OPTION_GROUPS_MAX_ITEMS": select(
        "/option_groups", lambda size: {"option_groups": [{"label": plain(), "options": options(1)}] * size}
    ),
    "SELECT_MIN_QUERY_LENGTH_MIN": asked_number("external_select", "min_query_length"),
    "OVERFLOW_OPTIONS_MIN_ITEMS": overflow("/options", options),
    "OVERFLOW_OPTIONS_MAX_ITEMS": overflow("/options", options),
    "CHECKBOXES_OPTIONS_MIN_ITEMS": asked(
        "/options", lambda size: {"type": "checkboxes", "options": options(size)}
    ),
    "CHECKBOXES_OPTIONS_MAX_ITEMS": asked(
        "/options", lambda size: {"type": "checkboxes", "options": options(size)}
    ),
    "RADIO_BUTTONS_OPTIONS_MIN_ITEMS": asked(
        "/options", lambda size: {"type": "radio_buttons", "options": options(size)}
    ),
    "RADIO_BUTTONS_OPTIONS_MAX_ITEMS": asked(
        "/options", lambda size: {"type": "radio_buttons", "options": options(size)}
    ),
    "FILE_INPUT_MAX_FILES_MIN": asked_number("file_input", "max_files"),
    "FILE_INPUT_MAX_FILES_MAX": asked_number("file_input", "max_files"),
    "PLAIN_TEXT_INPUT_MIN_LENGTH_MIN": asked_number("plain_text_input", "min_length"),
    "PLAIN_TEXT_INPUT_MIN_LENGTH_MAX": asked_number("plain_text_input", "min_length"),
    "PLAIN_TEXT_INPUT_MAX_LENGTH_MIN": asked_number("plain_text_input", "max_length"),
    "PLAIN_TEXT_INPUT_MAX_LENGTH_MAX": asked_number("plain_text_input", "max_length"),
    "PLAIN_TEXT_INPUT_PLACEHOLDER_MAX_LENGTH": placeholder("plain_text_input"),
    "EMAIL_INPUT_PLACEHOLDER_MAX_LENGTH": placeholder("email_text_input"),
    "URL_INPUT_PLACEHOLDER_MAX_LENGTH": placeholder("url_text_input"),
    "NUMBER_INPUT_PLACEHOLDER_MAX_LENGTH": placeholder("number_input", is_decimal_allowed=True),
    "DATE_PICKER_PLACEHOLDER_MAX_LENGTH": placeholder("datepicker"),
    "TIME_PICKER_PLACEHOLDER_MAX_LENGTH": placeholder("timepicker"),
    "RICH_TEXT_INPUT_PLACEHOLDER_MAX_LENGTH": placeholder("rich_text_input", action_id="a"),
    "RICH_TEXT_INPUT_MIN_LINES_MIN": asked_number("rich_text_input", "min_lines", action_id="a"),
    "RICH_TEXT_INPUT_MIN_LINES_MAX": asked_number("rich_text_input", "min_lines", action_id="a"),
    "RICH_TEXT_INPUT_MAX_LINES_MIN": asked_number("rich_text_input", "max_lines", action_id="a"),
    "RICH_TEXT_INPUT_MAX_LINES_MAX": asked_number("rich_text_input", "max_lines", action_id="a"),
    "MULTI_SELECT_MAX_SELECTED_ITEMS_MIN": asked_number("multi_users_select", "max_selected_items"),
    "CONVERSATION_FILTER_INCLUDE_MIN_ITEMS": asked(
        "/filter/include", lambda size: {"type": "conversations_select", "filter": {"include": ["im"] * size}}
    ),
    "DISPATCH_ACTION_CONFIGURATION_TRIGGER_ACTIONS_ON_MIN_ITEMS": asked(
        "/dispatch_action_config/trigger_actions_on",
        lambda size: {
            "type": "plain_text_input",
            "dispatch_action_config": {"trigger_actions_on": ["on_enter_pressed"] * size},
        },
    ),
    "DISPATCH_ACTION_CONFIGURATION_TRIGGER_ACTIONS_ON_MAX_ITEMS": asked(
        "/dispatch_action_config/trigger_actions_on",
        lambda size: {
            "type": "plain_text_input",
            "dispatch_action_config": {"trigger_actions_on": ["on_enter_pressed"] * size},
        },
    ),
    "ACTIONS_ELEMENTS_MAX_ITEMS": in_message(
        "/elements",
        lambda size: {"type": "actions", "elements": [{"type": "button", "text": plain()}] * size},
    ),
    "ALERT_TEXT_MAX_LENGTH": in_modal("/text/text", lambda size: {"type": "alert", "text": plain(size)}),
    "CARD_TITLE_MAX_LENGTH": card("/title/text", lambda size: {"title": mrkdwn(size)}),
    "CARD_SUBTITLE_MAX_LENGTH": card("/subtitle/text", lambda size: {"subtitle": mrkdwn(size)}),
    "CARD_BODY_MAX_LENGTH": card("/body/text", lambda size: {"body": mrkdwn(size)}),
    "CARD_SUBTEXT_MAX_LENGTH": card("/subtext/text", lambda size: {"subtext": mrkdwn(size)}),
    "CARD_ACTIONS_MAX_ITEMS": card(
        "/actions", lambda size: {"actions": [{"type": "button", "text": plain()}] * size}
    ),
    "CAROUSEL_ELEMENTS_MIN_ITEMS": in_message(
        "/elements",
        lambda size: {"type": "carousel", "elements": [{"type": "card", "title": plain()}] * size},
    ),
    "CAROUSEL_ELEMENTS_MAX_ITEMS": in_message(
        "/elements",
        lambda size: {"type": "carousel", "elements": [{"type": "card", "title": plain()}] * size},
    ),
    "CONTAINER_TITLE_MAX_LENGTH": container("/title/text", lambda size: {"title": plain(size)}),
    "CONTAINER_SUBTITLE_MAX_LENGTH": container("/subtitle/text", lambda size: {"subtitle": mrkdwn(size)}),
    "CONTAINER_CHILD_BLOCKS_MIN_ITEMS": container(
        "/child_blocks", lambda size: {"child_blocks": [divider()] * size}
    ),
    "CONTAINER_CHILD_BLOCKS_MAX_ITEMS": container(
        "/child_blocks", lambda size: {"child_blocks": [divider()] * size}
    ),
    "CONTEXT_ELEMENTS_MAX_ITEMS": in_message(
        "/elements", lambda size: {"type": "context", "elements": [mrkdwn()] * size}
    ),
    "CONTEXT_ACTIONS_ELEMENTS_MAX_ITEMS": in_message(
        "/elements",
        lambda size: {
            "type": "context_actions",
            "elements": [{"type": "icon_button", "icon": "trash", "text": plain()}] * size,
        },
    ),
    "FEEDBACK_BUTTON_TEXT_MAX_LENGTH": feedback("/text/text", lambda size: {"text": plain(size)}),
    "FEEDBACK_BUTTON_VALUE_MAX_LENGTH": feedback("/value", lambda size: {"value": "x" * size}),
    "FEEDBACK_BUTTON_ACCESSIBILITY_LABEL_MAX_LENGTH": feedback(
        "/accessibility_label", lambda size: {"accessibility_label": "x" * size}
    ),
    "ICON_BUTTON_VALUE_MAX_LENGTH": icon("/value", lambda size: {"value": "x" * size}),
    "ICON_BUTTON_ACCESSIBILITY_LABEL_MAX_LENGTH": icon(
        "/accessibility_label", lambda size: {"accessibility_label": "x" * size}
    ),
    "ICON_BUTTON_VISIBLE_TO_USER_IDS_MAX_ITEMS": icon(
        "/visible_to_user_ids", lambda size: {"visible_to_user_ids": ["U1"] * size}
    ),
    "WORKFLOW_BUTTON_TEXT_MAX_LENGTH": workflow("/text/text", lambda size: {"text": plain(size)}),
    "WORKFLOW_BUTTON_ACCESSIBILITY_LABEL_MAX_LENGTH": workflow(
        "/accessibility_label", lambda size: {"accessibility_label": "x" * size}
    ),
    "TABLE_ROWS_MAX_ITEMS": table("/rows", lambda size: {"rows": [[raw()]] * size}),
    "TABLE_COLUMNS_MAX_ITEMS": table("/rows/0", lambda size: {"rows": [[raw()] * size]}),
    "TABLE_COLUMN_SETTINGS_MAX_ITEMS": table(
        "/column_settings", lambda size: {"column_settings": [{"align": "right"}] * size}
    ),
    "DATA_TABLE_ROWS_MIN_ITEMS": data_table("/rows", lambda size: {"rows": [[raw()]] * size}),
    "DATA_TABLE_ROWS_MAX_ITEMS": data_table("/rows", lambda size: {"rows": [[raw()]] * size}),
    "DATA_TABLE_COLUMNS_MIN_ITEMS": data_table("/rows/0", lambda size: {"rows": [[raw()] * size] * 2}),
    "DATA_TABLE_COLUMNS_MAX_ITEMS": data_table("/rows/0", lambda size: {"rows": [[raw()] * size] * 2}),
    "DATA_TABLE_PAGE_SIZE_MIN": data_table("/page_size", lambda size: {"page_size": size}),
    "DATA_TABLE_PAGE_SIZE_MAX": data_table("/page_size", lambda size: {"page_size": size}),
    "DATA_TABLE_CELL_TEXT_MIN_LENGTH": data_table(
        "/rows/1/0/text", lambda size: {"rows": [[raw()], [raw(size)]]}
    ),
    "DATA_TABLE_CONTENT_MAX_LENGTH": data_table("/rows", lambda size: {"rows": [[raw()], [raw(size - 1)]]}),
    "DATA_TABLE_ROW_HEADER_COLUMN_INDEX_MIN": data_table(
        "/row_header_column_index", lambda size: {"row_header_column_index": size}
    ),
    "DATA_VISUALIZATION_TITLE_MAX_LENGTH": in_message(
        "/title", lambda size: {**a_chart(0), "title": "x" * size}
    ),
    "DATA_VISUALIZATION_SEGMENTS_MIN_ITEMS": pie(
        "/segments", lambda size: [{"label": "a", "value": 1}] * size
    ),
    "DATA_VISUALIZATION_SEGMENTS_MAX_ITEMS": pie(
        "/segments", lambda size: [{"label": "a", "value": 1}] * size
    ),
    "DATA_VISUALIZATION_SEGMENT_LABEL_MAX_LENGTH": pie(
        "/segments/0/label", lambda size: [{"label": "x" * size, "value": 1}]
    ),
    "DATA_VISUALIZATION_SEGMENT_VALUE_EXCLUSIVE_MIN": pie(
        "/segments/0/value", lambda size: [{"label": "a", "value": size}]
    ),
    "DATA_VISUALIZATION_SERIES_MIN_ITEMS": bars("/series", series=names),
    "DATA_VISUALIZATION_SERIES_MAX_ITEMS": bars("/series", series=names),
    "DATA_VISUALIZATION_SERIES_NAME_MAX_LENGTH": bars("/series/0/name", series=lambda size: ["x" * size]),
    "DATA_VISUALIZATION_DATA_MIN_ITEMS": bars("/series/0/data", categories=names),
    "DATA_VISUALIZATION_DATA_MAX_ITEMS": bars("/series/0/data", categories=names),
    "DATA_VISUALIZATION_POINT_LABEL_MAX_LENGTH": bars(
        "/series/0/data/0/label", categories=lambda size: ["x" * size]
    ),
    "DATA_VISUALIZATION_CATEGORIES_MIN_ITEMS": bars("/axis_config/categories", categories=names),
    "DATA_VISUALIZATION_CATEGORIES_MAX_ITEMS": bars("/axis_config/categories", categories=names),
    "DATA_VISUALIZATION_CATEGORY_LABEL_MAX_LENGTH": bars(
        "/axis_config/categories/0", categories=lambda size: ["x" * size]
    ),
    "DATA_VISUALIZATION_AXIS_LABEL_MAX_LENGTH": bars(
        "/axis_config/x_label", axis=lambda size: {"x_label": "x" * size, "y_label": "x" * size}
    ),
    "HEADER_TEXT_MAX_LENGTH": in_message("/text/text", lambda size: {"type": "header", "text": plain(size)}),
    "IMAGE_IMAGE_URL_MAX_LENGTH": image("/image_url", lambda size: {"image_url": url(size)}),
    "IMAGE_ALT_TEXT_MAX_LENGTH": image("/alt_text", lambda size: {"alt_text": "x" * size}),
    "IMAGE_TITLE_MAX_LENGTH": image("/title/text", lambda size: {"title": plain(size)}),
    "IMAGE_ELEMENT_IMAGE_URL_MAX_LENGTH": context_image("/image_url", lambda size: {"image_url": url(size)}),
    "IMAGE_ELEMENT_ALT_TEXT_MAX_LENGTH": context_image("/alt_text", lambda size: {"alt_text": "x" * size}),
    "INPUT_LABEL_MAX_LENGTH": in_modal(
        "/label/text",
        lambda size: {"type": "input", "label": plain(size), "element": {"type": "plain_text_input"}},
    ),
    "INPUT_HINT_MAX_LENGTH": in_modal(
        "/hint/text",
        lambda size: {
            "type": "input",
            "label": plain(),
            "hint": plain(size),
            "element": {"type": "plain_text_input"},
        },
    ),
    "MARKDOWN_TEXT_MAX_LENGTH": in_message("/text", lambda size: {"type": "markdown", "text": "x" * size}),
    "MARKDOWN_TOTAL_TEXT_MAX_LENGTH": (
        "/blocks",
        lambda size: check_message(
            {"blocks": [{"type": "markdown", "text": "x"}, {"type": "markdown", "text": "x" * (size - 1)}]}
        ),
    ),
    "PLAN_TASKS_MAX_ITEMS": in_message(
        "/tasks",
        lambda size: {
            "type": "plan",
            "title": "t",
            "tasks": [{"task_id": name, "title": "t", "status": "pending"} for name in names(size)],
        },
    ),
    "RICH_TEXT_LIST_INDENT_MIN": rich("rich_text_list", "indent", style="bullet"),
    "RICH_TEXT_LIST_INDENT_MAX": rich("rich_text_list", "indent", style="bullet"),
    "RICH_TEXT_LIST_OFFSET_MIN": rich("rich_text_list", "offset", style="ordered"),
    "RICH_TEXT_LIST_BORDER_MIN": rich("rich_text_list", "border", style="bullet"),
    "RICH_TEXT_LIST_BORDER_MAX": rich("rich_text_list", "border", style="bullet"),
    "RICH_TEXT_QUOTE_BORDER_MIN": rich("rich_text_quote", "border"),
    "RICH_TEXT_QUOTE_BORDER_MAX": rich("rich_text_quote", "border"),
    "RICH_TEXT_PREFORMATTED_BORDER_MIN": rich("rich_text_preformatted", "border"),
    "RICH_TEXT_PREFORMATTED_BORDER_MAX": rich("rich_text_preformatted", "border"),
    "SECTION_TEXT_MAX_LENGTH": section("/text/text", lambda size: {"text": mrkdwn(size)}),
    "SECTION_FIELDS_MAX_ITEMS": section("/fields", lambda size: {"fields": [mrkdwn()] * size}),
    "SECTION_FIELDS_ITEM_MAX_LENGTH": section("/fields/0/text", lambda size: {"fields": [mrkdwn(size)]}),
    "VIDEO_ALT_TEXT_MAX_LENGTH": video("/alt_text", lambda size: {"alt_text": "x" * size}),
    "VIDEO_TITLE_MAX_LENGTH": video("/title/text", lambda size: {"title": plain(size)}),
    "VIDEO_AUTHOR_NAME_MAX_LENGTH": video("/author_name", lambda size: {"author_name": "x" * size}),
    "VIDEO_DESCRIPTION_MAX_LENGTH": video("/description/text", lambda size: {"description": plain(size)}),
    "VIDEO_PROVIDER_NAME_MAX_LENGTH": video("/provider_name", lambda size: {"provider_name": "x" * size}),
    "VIDEO_THUMBNAIL_URL_MAX_LENGTH": video("/thumbnail_url", lambda size: {"thumbnail_url": url(size)}),
    "VIDEO_VIDEO_URL_MAX_LENGTH": video("/video_url", lambda size: {"video_url": url(size)}),
    "VIDEO_TITLE_URL_MAX_LENGTH": video("/title_url", lambda size: {"title_url": url(size)}),
    "VIDEO_PROVIDER_ICON_URL_MAX_LENGTH": video(
        "/provider_icon_url", lambda size: {"provider_icon_url": url(size)}
    ),
    "MESSAGE_DATA_VISUALIZATIONS_MAX_ITEMS": many("/blocks/2", "blocks", a_chart),
    "MESSAGE_BLOCKS_MAX_ITEMS": many("/blocks", "blocks", divider),
    "MESSAGE_ATTACHMENTS_MAX_ITEMS": many("/attachments", "attachments", lambda _: {"blocks": [divider()]}),
    "VIEW_BLOCKS_MAX_ITEMS": view("/blocks", lambda size: {"blocks": [divider()] * size}),
    "VIEW_PRIVATE_METADATA_MAX_LENGTH": view(
        "/private_metadata", lambda size: {"private_metadata": "x" * size}
    ),
    "VIEW_CALLBACK_ID_MAX_LENGTH": view("/callback_id", lambda size: {"callback_id": "x" * size}),
    "VIEW_EXTERNAL_ID_MAX_LENGTH": view("/external_id", lambda size: {"external_id": "x" * size}),
    "VIEW_TITLE_MAX_LENGTH": view("/title/text", lambda size: {"title": plain(size)}),
    "VIEW_CLOSE_MAX_LENGTH": view("/close/text", lambda size: {"close": plain(size)}),
    "VIEW_SUBMIT_MAX_LENGTH": view("/submit/text", lambda size: {"submit": plain(size)}),
}


def test_every_limit_of_the_table_is_probed_or_excused() -> None:
    known = {name for name in vars(_limits) if name.isupper()}
    assert known == PROBES.keys() | NOT_OURS.keys()
    assert not PROBES.keys() & NOT_OURS.keys()


def test_a_difference_is_a_real_one() -> None:
    assert all(number != getattr(_limits, name) for name, (number, _) in OURS.items())


@pytest.mark.parametrize("name", PROBES)
def test_at_the_limit_and_one_beyond(name: str) -> None:
    limit = OURS[name][0] if name in OURS else getattr(_limits, name)
    pointer, probe = PROBES[name]
    if name.endswith("_EXCLUSIVE_MIN"):
        accepted, refused = limit + 1, limit
    elif name.endswith(("_MIN", "_MIN_LENGTH", "_MIN_ITEMS")):
        accepted, refused = limit, limit - 1
    else:
        accepted, refused = limit, limit + 1
    assert probe(accepted) == []
    assert pointer in [problem.pointer for problem in probe(refused)]
