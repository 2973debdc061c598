"""The events Slack tells the app about, if its manifest subscribes to them."""

from slackapp.playground.slack.backend import Slack
from slackapp.playground.slack.ids import new_id
from slackapp.playground.slack.records import Channel, Json, Message
from slackapp.playground.slack.shapes import user_json
from slackapp.playground.slack.views import View

_CHANNEL_TYPES = {"channels": "channel", "groups": "group", "im": "im"}


def message_posted(slack: Slack, message: Message) -> None:
    """`message` in the conversation's kind, and `app_mention` if a person named the app."""
    channel = slack.workspace.channels[message.channel]
    content = slack.message_json(message) | {"channel": channel.id, "event_ts": message.ts}
    _message_event(slack, channel, content)
    bot = slack.workspace.bot_user_id
    if f"<@{bot}>" in message.text and not message.by_app and bot in channel.members and not channel.is_im:
        _send(slack, "app_mention", content | {"type": "app_mention"})


def message_changed(slack: Slack, before: Message, after: Message) -> None:
    ts = slack.workspace.stamps.mint()
    content = {
        "type": "message",
        "subtype": "message_changed",
        "message": slack.message_json(after),
        "previous_message": slack.message_json(before),
        "channel": after.channel,
        "hidden": True,
        "ts": ts,
        "event_ts": ts,
    }
    _message_event(slack, slack.workspace.channels[after.channel], content)


def message_deleted(slack: Slack, before: Message) -> None:
    ts = slack.workspace.stamps.mint()
    content = {
        "type": "message",
        "subtype": "message_deleted",
        "previous_message": slack.message_json(before),
        "channel": before.channel,
        "hidden": True,
        "deleted_ts": before.ts,
        "ts": ts,
        "event_ts": ts,
    }
    _message_event(slack, slack.workspace.channels[before.channel], content)


def home_opened(slack: Slack, user: str, view: View | None) -> None:
    content: Json = {
        "type": "app_home_opened",
        "user": user,
        "channel": slack.workspace.im(user).id,
        "tab": "home",
    }
    if view is not None:
        content["view"] = slack.view_json(view)
    _send(slack, "app_home_opened", _stamped(slack, content))


def member_moved(slack: Slack, channel: Channel, user: str, by: str | None, *, joined: bool) -> None:
    """Somebody, perhaps the app's bot, came into or left a channel that the bot can see."""
    bot = slack.workspace.bot_user_id
    if user == bot and not joined:
        # Who left is not among those whom Slack tells that somebody left.
        name = f"{'group' if channel.private else 'channel'}_left"
        _send(slack, name, _stamped(slack, {"type": name, "channel": channel.id}))
        return
    name = "member_joined_channel" if joined else "member_left_channel"
    content = {
        "type": name,
        "user": user,
        "channel": channel.id,
        "channel_type": "G" if channel.private else "C",
        "team": slack.workspace.team_id,
    }
    if by is not None:
        content["inviter"] = by
    if bot in channel.members and slack.manifest.grants(f"{channel.kind}:read"):
        _send(slack, name, _stamped(slack, content))


def channel_changed(slack: Slack, what: str, channel: Channel, by: str) -> None:
    """`what` is archive, unarchive or rename."""
    name = f"{'group' if channel.private else 'channel'}_{what}"
    place: object = channel.id
    if what == "rename":
        place = {
            "id": channel.id,
            "name": channel.name,
            "created": channel.created,
            "is_channel": not channel.private,
        }
    if not channel.private or slack.workspace.bot_user_id in channel.members:
        _send(slack, name, _stamped(slack, {"type": name, "channel": place, "user": by}))


def user_changed(slack: Slack, user: str, *, new: bool) -> None:
    name = "team_join" if new else "user_change"
    account = slack.workspace.accounts[user]
    _send(slack, name, _stamped(slack, {"type": name, "user": user_json(slack.workspace, account)}))


def uninstalled(slack: Slack) -> None:
    tokens = {"type": "tokens_revoked", "tokens": {"oauth": [], "bot": [slack.workspace.bot_user_id]}}
    _send(slack, "tokens_revoked", _stamped(slack, tokens))
    _send(slack, "app_uninstalled", _stamped(slack, {"type": "app_uninstalled"}))


def reacted(slack: Slack, message: Message, user: str, name: str) -> None:
    item = {"type": "message", "channel": message.channel, "ts": message.ts}
    content = {
        "type": "reaction_added",
        "user": user,
        "reaction": name,
        "item": item,
        "item_user": message.user,
    }
    _send(slack, "reaction_added", _stamped(slack, content))


def _message_event(slack: Slack, channel: Channel, content: Json) -> None:
    if slack.workspace.bot_user_id in channel.members:
        _send(slack, f"message.{channel.kind}", content | {"channel_type": _CHANNEL_TYPES[channel.kind]})


def _stamped(slack: Slack, content: Json) -> Json:
    return content | {"event_ts": slack.workspace.stamps.mint()}


def _send(slack: Slack, name: str, event: Json) -> None:
    if name not in slack.manifest.events:
        return
    workspace = slack.workspace
    authorization = {
        "enterprise_id": None,
        "team_id": workspace.team_id,
        "user_id": workspace.bot_user_id,
        "is_bot": True,
        "is_enterprise_install": False,
    }
    payload = {
        "token": workspace.tokens.verification,
        "team_id": workspace.team_id,
        "context_team_id": workspace.team_id,
        "context_enterprise_id": None,
        "api_app_id": workspace.app_id,
        "event": event,
        "type": "event_callback",
        "event_id": new_id("Ev"),
        "event_time": int(workspace.clock()),
        "authorizations": [authorization],
        "is_ext_shared_channel": False,
        "event_context": f"4-{new_id('E')}",
    }
    slack.delivery.event(name, payload)
