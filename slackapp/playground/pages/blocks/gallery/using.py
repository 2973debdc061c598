"""Samples of what can be pressed and chosen in a message."""

from slackapp.playground.pages.blocks.gallery.writing import mrkdwn, plain
from slackapp.playground.slack.blockkit import Json


def option(value: str, text: str, description: str | None = None) -> Json:
    described = {"description": plain(description)} if description else {}
    return {"text": plain(text), "value": value, **described}


def _button(action: str, text: str, **more: object) -> Json:
    return {"type": "button", "action_id": action, "text": plain(text), "value": action, **more}


def _beside(block_id: str, text: str, accessory: Json) -> Json:
    return {"type": "section", "block_id": block_id, "text": mrkdwn(text), "accessory": accessory}


CONFIRM: Json = {
    "title": plain("Cancel this launch?"),
    "text": mrkdwn("Its questions are *not asked* any more."),
    "confirm": plain("Cancel it"),
    "deny": plain("Keep it"),
    "style": "danger",
}

LEVELS = [option("hit", "Hit"), option("moved", "Moved", "but not as far"), option("flat", "Flat")]
GROUPS: list[Json] = [
    {
        "label": plain("Product"),
        "options": [option("onboarding", "Onboarding"), option("billing", "Billing")],
    },
    {"label": plain("Platform"), "options": [option("search", "Search")]},
]

BUTTONS: list[Json] = [
    {
        "type": "actions",
        "block_id": "buttons",
        "elements": [
            _button("record", "Record", style="primary"),
            _button("snooze", "Snooze :zzz:"),
            _button("cancel", "Cancel this launch", style="danger", confirm=CONFIRM),
            _button("dashboard", "Open the dashboard", url="https://ferrybridge.example/dash"),
            _button("others", "Only for others", visible_to_user_ids=["U0PRIYA"]),
            {
                "type": "workflow_button",
                "action_id": "workflow",
                "text": plain("Start a workflow"),
                "workflow": {"trigger": {"url": "https://slack.com/shortcuts/Ft0/1"}},
            },
            {
                "type": "overflow",
                "action_id": "more",
                "options": [
                    option("edit", "Edit"),
                    {**option("docs", "Read about it"), "url": "https://ferrybridge.example/docs"},
                ],
            },
        ],
    },
    {
        "type": "context_actions",
        "block_id": "feedback",
        "elements": [
            {
                "type": "feedback_buttons",
                "action_id": "helped",
                "positive_button": {"text": plain("It helped"), "value": "yes"},
                "negative_button": {"text": plain("It did not"), "value": "no"},
            },
            {"type": "icon_button", "action_id": "remove", "icon": "trash", "text": plain("Remove")},
        ],
    },
]

MENUS: list[Json] = [
    _beside(
        "verdict",
        "A menu of options",
        {
            "type": "static_select",
            "action_id": "verdict",
            "placeholder": plain("Which verdict?"),
            "options": LEVELS,
        },
    ),
    _beside(
        "area",
        "In groups, one chosen",
        {
            "type": "static_select",
            "action_id": "area",
            "option_groups": GROUPS,
            "initial_option": option("search", "Search"),
        },
    ),
    _beside("who", "People", {"type": "users_select", "action_id": "who", "initial_user": "U0JONAS"}),
    _beside("where", "Channels", {"type": "channels_select", "action_id": "where"}),
    _beside("talk", "Conversations", {"type": "conversations_select", "action_id": "talk"}),
    _beside(
        "metric",
        "What the app finds",
        {
            "type": "external_select",
            "action_id": "metric",
            "placeholder": plain("Search metrics"),
            "min_query_length": 1,
        },
    ),
]

MULTIPLE_MENUS: list[Json] = [
    _beside(
        "areas",
        "Several options",
        {
            "type": "multi_static_select",
            "action_id": "areas",
            "placeholder": plain("Which areas?"),
            "option_groups": GROUPS,
            "initial_options": [option("onboarding", "Onboarding"), option("search", "Search")],
            "max_selected_items": 2,
        },
    ),
    _beside(
        "people",
        "People",
        {"type": "multi_users_select", "action_id": "people", "initial_users": ["U0PRIYA"]},
    ),
    _beside("channels", "Channels", {"type": "multi_channels_select", "action_id": "channels"}),
    _beside("talks", "Conversations", {"type": "multi_conversations_select", "action_id": "talks"}),
    _beside(
        "metrics",
        "What the app finds",
        {
            "type": "multi_external_select",
            "action_id": "metrics",
            "initial_options": [option("activation", "Activation"), option("churn", "Churn")],
        },
    ),
]

CHOICES: list[Json] = [
    {
        "type": "actions",
        "block_id": "choices",
        "elements": [
            {
                "type": "checkboxes",
                "action_id": "ticks",
                "options": [
                    {
                        "text": mrkdwn("*Alerting* is on"),
                        "value": "alerting",
                        "description": mrkdwn("in `prod`"),
                    },
                    option("runbook", "Runbook written"),
                ],
                "initial_options": [option("runbook", "Runbook written")],
            },
            {
                "type": "radio_buttons",
                "action_id": "kind",
                "options": [option("feature", "Feature"), option("experiment", "Experiment")],
                "initial_option": option("feature", "Feature"),
            },
            {"type": "datepicker", "action_id": "day", "initial_date": "2026-11-20"},
            {
                "type": "timepicker",
                "action_id": "hour",
                "initial_time": "09:30",
                "timezone": "Europe/Stockholm",
            },
            {"type": "datetimepicker", "action_id": "moment", "initial_date_time": 1795163400},
        ],
    }
]
