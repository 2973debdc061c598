"""Bolt's arguments, turned into what our routes take."""

from collections.abc import Iterator, Mapping
from typing import Any

from slack_bolt.async_app import AsyncBoltContext

from slackapp.slack.routes import Click, Command, DirectMessage, Shortcut, Submission, Value
from slackapp.slack.text import as_typed

#: Where each kind of element keeps what was chosen, most common first.
_TEXTS = (
    "value",
    "selected_user",
    "selected_date",
    "selected_conversation",
    "selected_channel",
    "selected_time",
)
#: A message somebody just wrote may come with a file, or be a reply also sent to the channel.
_WRITTEN = {None, "file_share", "thread_broadcast"}
_LISTS = ("selected_users", "selected_conversations", "selected_channels")


def command(body: Mapping[str, Any]) -> Command:
    return Command(
        user=body["user_id"], channel=body["channel_id"], text=as_typed(body.get("text") or "").strip()
    )


def click(body: Mapping[str, Any]) -> Click:
    action = body["actions"][0]
    view = body.get("view") or {}
    container = body.get("container") or {}
    channel = (body.get("channel") or {}).get("id") or container.get("channel_id")
    chosen = _value(action)
    return Click(
        user=body["user"]["id"],
        action_id=action["action_id"],
        value=chosen if isinstance(chosen, str) else None,
        channel=channel,
        message_ts=container.get("message_ts"),
        values=_values(view),
        metadata=view.get("private_metadata") or "",
    )


def submission(body: Mapping[str, Any]) -> Submission:
    view = body["view"]
    return Submission(body["user"]["id"], _values(view), view.get("private_metadata") or "")


def shortcut(body: Mapping[str, Any]) -> Shortcut:
    message = body["message"]
    return Shortcut(
        user=body["user"]["id"],
        channel=body["channel"]["id"],
        message_ts=body["message_ts"],
        thread_ts=message.get("thread_ts"),
        text=as_typed(message.get("text") or ""),
    )


def direct_message(event: Mapping[str, Any]) -> DirectMessage | None:
    """What a person wrote, or wrote anew; None for deletions, previews of links, bots, other channels."""
    channel = event["channel"]
    if event.get("channel_type", "im") != "im" or not channel.startswith("D"):
        return None
    is_edit = event.get("subtype") == "message_changed"
    message = event.get("message") or {} if is_edit else event
    if message.get("subtype") not in _WRITTEN or message.get("bot_id") or not message.get("user"):
        return None
    text = as_typed(message.get("text") or "")
    # Slack changes a message also by showing what it links to.
    if is_edit and text == as_typed((event.get("previous_message") or message).get("text") or ""):
        return None
    return DirectMessage(
        user=message["user"],
        channel=channel,
        text=text,
        ts=message["ts"],
        thread_ts=message.get("thread_ts"),
        has_files=bool(message.get("files")),
        is_edit=is_edit,
    )


def people(body: Mapping[str, Any], context: AsyncBoltContext) -> Iterator[str]:
    """Everyone the payload speaks of: who acted, and whoever was chosen in an input."""
    if context.user_id:
        yield context.user_id
    for inputs in _state(body.get("view") or {}).values():
        for element in inputs.values():
            if element.get("selected_user"):
                yield element["selected_user"]


def key(body: Mapping[str, Any]) -> str | None:
    """What tells a repetition from a new payload."""
    view = body.get("view")
    if body.get("type") == "view_submission" and view:
        return f"view:{view['id']}:{view.get('hash', '')}"
    if body.get("event_id"):
        return f"event:{body['event_id']}"
    return f"trigger:{body['trigger_id']}" if body.get("trigger_id") else None


def _values(view: Mapping[str, Any]) -> dict[str, Value]:
    return {
        block_id: _value(element)
        for block_id, inputs in _state(view).items()
        for element in inputs.values()
    }  # fmt: skip


def _state(view: Mapping[str, Any]) -> Mapping[str, Mapping[str, Mapping[str, Any]]]:
    return (view.get("state") or {}).get("values") or {}


def _value(element: Mapping[str, Any]) -> Value:
    if element.get("selected_option"):
        return str(element["selected_option"]["value"])
    if "selected_options" in element:
        return [str(option["value"]) for option in element["selected_options"] or ()]
    for name in _LISTS:
        if name in element:
            return list(element[name] or ())
    return next((str(element[name]) for name in _TEXTS if element.get(name) is not None), None)
