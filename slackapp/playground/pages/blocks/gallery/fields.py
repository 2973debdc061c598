"""Samples of forms: every element that may stand in an input block, and alerts."""

from slackapp.playground.pages.blocks.gallery.using import GROUPS, LEVELS, option
from slackapp.playground.pages.blocks.gallery.writing import mrkdwn, plain
from slackapp.playground.slack.blockkit import Json


def _input(block_id: str, label: str, kind: str, **more: object) -> Json:
    element = {"type": kind, "action_id": "value", **more}
    return {"type": "input", "block_id": block_id, "label": plain(label), "element": element}


TYPING: list[Json] = [
    {
        **_input(
            "title", "What shipped?", "plain_text_input", max_length=150, placeholder=plain("New onboarding")
        ),
        "hint": plain("One line that the channel will understand."),
    },
    {
        **_input("problem", "What user problem are we solving?", "plain_text_input", multiline=True),
        "optional": True,
    },
    _input("mail", "Who should hear of it?", "email_text_input"),
    _input("dashboard", "Where do you look the number up?", "url_text_input", initial_value="dash"),
    _input(
        "weeks", "Estimated weeks", "number_input", is_decimal_allowed=True, min_value="0", max_value="52"
    ),
    _input("story", "What did users say?", "rich_text_input", min_lines=2),
    {**_input("file", "A chart", "file_input", filetypes=["png", "csv"], max_files=1), "optional": True},
]
TYPING_ERRORS = {"dashboard": "That is no web address. Begin it with https://.", "title": "Say what shipped."}

CHOOSING: list[Json] = [
    _input("verdict", "Verdict", "static_select", options=LEVELS),
    _input("owner", "Owner", "users_select", initial_user="U0MARA"),
    _input("room", "Channel", "channels_select"),
    _input("talk", "Conversation", "conversations_select", default_to_current_conversation=True),
    _input("metric", "Metric", "external_select", min_query_length=0),
    _input("areas", "Areas", "multi_static_select", option_groups=GROUPS),
    _input("helpers", "Who worked on it?", "multi_users_select", initial_users=["U0JONAS", "U0PRIYA"]),
    _input("rooms", "Tell these channels", "multi_channels_select"),
    _input("talks", "Tell these conversations", "multi_conversations_select"),
    _input("guardrails", "Guardrails", "multi_external_select"),
]
CHOOSING_ERRORS = {"areas": "Choose at least one."}

PICKING: list[Json] = [
    _input(
        "done",
        "Done means",
        "checkboxes",
        options=[option("merged", "Merged"), option("moved", "Metric moved")],
    ),
    _input(
        "kind",
        "Kind",
        "radio_buttons",
        options=[option("feature", "Feature", "for users"), option("tech", "Tech")],
    ),
    {**_input("day", "Day", "datepicker", initial_date="2026-11-20"), "dispatch_action": True},
    _input("hour", "Hour", "timepicker"),
    _input("moment", "Moment", "datetimepicker"),
]

ALERTS: list[Json] = [
    {"type": "alert", "block_id": f"alert-{level}", "level": level, "text": mrkdwn(text)}
    for level, text in (
        ("default", "The question is asked on the 20th."),
        ("info", "Two other launches aim at *activation* in this window."),
        ("warning", "No size is given."),
        ("error", "The source could not be read."),
        ("success", "Recorded."),
    )
]
