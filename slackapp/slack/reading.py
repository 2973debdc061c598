"""Bolt's arguments, turned into what our routes take."""

from collections.abc import Iterator, Mapping
from typing import Any

from slack_bolt.async_app import AsyncBoltContext

from slackapp.core.slackbot import SLACKBOT
from slackapp.slack.people import Profile, profile_of
from slackapp.slack.rooms import Move
from slackapp.slack.routes import (
    Click,
    Command,
    DirectMessage,
    HomeOpened,
    Joined,
    Shortcut,
    Submission,
    Value,
)
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

#: Somebody came into a channel the app is in, or left it.
MOVES = ("member_joined_channel", "member_left_channel")
#: A channel is not what it was. Of its own leaving the app hears by `…_left` alone.
CHANGES = (
    "channel_rename",
    "channel_archive",
    "channel_left",
    "channel_unarchive",
    "group_rename",
    "group_archive",
    "group_left",
    "group_unarchive",
)


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
        in_whisper=bool(container.get("is_ephemeral")),
        values=_values(view),
        metadata=view.get("private_metadata") or "",
    )


def submission(body: Mapping[str, Any]) -> Submission:
    view = body["view"]
    inputs = (block for block in view.get("blocks") or () if block["type"] == "input")
    shown = {block["block_id"]: _stood(block["element"]) for block in inputs}
    return Submission(body["user"]["id"], _values(view), view.get("private_metadata") or "", shown)


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
    if message.get("subtype") not in _WRITTEN or message.get("bot_id"):
        return None
    # Slackbot tells the app where it was removed from, and looks like a person there.
    if message.get("user") in {None, SLACKBOT}:
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


def joined(event: Mapping[str, Any], bot_user_id: str | None) -> Joined | None:
    """None if it is somebody else who came into the channel."""
    if event["type"] != "member_joined_channel" or event["user"] != bot_user_id:
        return None
    return Joined(event["channel"], event.get("inviter"))


def home_opened(event: Mapping[str, Any]) -> HomeOpened | None:
    """None for the tab with the messages, of which Slack tells by the same event."""
    return HomeOpened(event["user"]) if event.get("tab") == "home" else None


def people(body: Mapping[str, Any], context: AsyncBoltContext) -> Iterator[str]:
    """Everyone the payload speaks of: who acted, and whoever was chosen in an input.

    Who only comes and goes in a channel is not asked about: many may at once.
    """
    event = _event(body)
    if event.get("type") in MOVES:
        if event["user"] == context.bot_user_id and event.get("inviter"):
            yield event["inviter"]
    elif event.get("type") not in CHANGES and context.user_id:
        yield context.user_id
    for inputs in _state(body.get("view") or {}).values():
        for element in inputs.values():
            if element.get("selected_user"):
                yield element["selected_user"]
            yield from element.get("selected_users") or ()


def channels(body: Mapping[str, Any], context: AsyncBoltContext) -> Iterator[str]:
    """Where it happened, and every channel chosen in an input."""
    if context.channel_id:
        yield context.channel_id
    for inputs in _state(body.get("view") or {}).values():
        for element in inputs.values():
            for name in ("selected_conversation", "selected_channel"):
                if element.get(name):
                    yield element[name]


def changed_profile(body: Mapping[str, Any]) -> Profile | None:
    """Of a person whom Slack tells of by itself."""
    event = _event(body)
    return profile_of(event.get("user")) if event.get("type") == "user_change" else None


def move(body: Mapping[str, Any], context: AsyncBoltContext) -> Move | None:
    """Who else than the app came into a channel or left it."""
    event = _event(body)
    if event.get("type") not in MOVES or event["user"] == context.bot_user_id:
        return None
    return Move(event["channel"], event["user"], joined=event["type"] == "member_joined_channel")


def presence(body: Mapping[str, Any], context: AsyncBoltContext) -> Move | None:
    """Whoever types a command in a channel, or presses something in its messages, is in it."""
    acted = "command" in body or body.get("type") in {"block_actions", "message_action"}
    if not acted or not context.channel_id or not context.user_id:
        return None
    return Move(context.channel_id, context.user_id, joined=True)


def is_channel_changed(body: Mapping[str, Any], context: AsyncBoltContext) -> bool:
    """Whether what is known of the channel holds no more: also where the app itself came or went."""
    event = _event(body)
    ours = event.get("type") in MOVES and event["user"] == context.bot_user_id
    return ours or event.get("type") in CHANGES


def key(body: Mapping[str, Any]) -> str:
    """What tells a repetition from a new payload. Without one nothing may be done: raises `KeyError`.

    A form handed in again, after a double click or an answer that was lost, has the view and hash it had, and
    another trigger. Of a click only the trigger is its own; its payload is done once, with all actions in it.
    """
    if body.get("type") == "view_submission":
        return f"view:{body['view']['id']}:{body['view']['hash']}"
    if body.get("type") == "event_callback":
        return f"event:{body['event_id']}"
    return f"trigger:{body['trigger_id']}"


def _event(body: Mapping[str, Any]) -> Mapping[str, Any]:
    return body.get("event") or {} if body.get("type") == "event_callback" else {}


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


def _stood(element: Mapping[str, Any]) -> Value:
    """What an input showed at first: it is written as what is chosen, under another name."""
    shown = {
        name.replace("initial_", "selected_", 1).replace("selected_value", "value"): it
        for name, it in element.items()
        if name.startswith("initial_")
    }
    if element["type"] == "checkboxes":
        shown.setdefault("selected_options", [])
    return _value(shown)
