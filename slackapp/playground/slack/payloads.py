"""The payloads Slack sends when a person does something: commands, clicks, shortcuts, submits."""

from slackapp.playground.slack.backend import Slack
from slackapp.playground.slack.blockkit import ElementId
from slackapp.playground.slack.records import Channel, Json, Message, public_name
from slackapp.playground.slack.views import View


def command_payload(slack: Slack, user: str, channel: Channel, command: str, text: str) -> dict[str, str]:
    """A slash command: flat text, as Slack's form has it."""
    workspace = slack.workspace
    account = workspace.accounts[user]
    return {
        "token": workspace.tokens.verification,
        "team_id": account.team_id,
        "team_domain": workspace.domain,
        "channel_id": channel.id,
        "channel_name": public_name(channel),
        "user_id": user,
        "user_name": account.username,
        "command": command,
        "text": text,
        "api_app_id": workspace.app_id,
        "is_enterprise_install": "false",
        "response_url": response_url(slack, user, channel.id, None),
        "trigger_id": slack.triggers.mint(user, channel.id),
    }


def message_click(slack: Slack, user: str, message: Message, values: Json, action: Json) -> Json:
    """`block_actions` from a message; of an ephemeral one Slack tells only where it is."""
    payload = _interaction(slack, "block_actions", user) | {
        **_message_container(slack, message),
        "trigger_id": slack.triggers.mint(user, message.channel),
        "state": {"values": values},
        "response_url": response_url(slack, user, message.channel, message),
        "actions": [action],
    }
    return payload if message.ephemeral else payload | {"message": slack.message_json(message)}


def view_click(slack: Slack, view: View, action: Json) -> Json:
    """`block_actions` from a modal or Home."""
    return _interaction(slack, "block_actions", view.user) | {
        "container": {"type": "view", "view_id": view.id},
        "trigger_id": slack.triggers.mint(view.user, view_id=view.id),
        "view": slack.view_json(view),
        "actions": [action],
    }


def submission(slack: Slack, view: View) -> Json:
    return _interaction(slack, "view_submission", view.user) | {
        "trigger_id": slack.triggers.mint(view.user, view_id=view.id, submission=True),
        "view": slack.view_json(view),
        "response_urls": _chosen_response_urls(slack, view),
    }


def closing(slack: Slack, view: View, *, cleared: bool) -> Json:
    return _interaction(slack, "view_closed", view.user) | {
        "view": slack.view_json(view),
        "is_cleared": cleared,
    }


def suggestion(slack: Slack, user: str, on: Message | View, element: ElementId, typed: str) -> Json:
    """`block_suggestion`: somebody types into an external select."""
    if isinstance(on, Message):
        where = _message_container(slack, on)
        if not on.ephemeral:
            where["message"] = slack.message_json(on)
    else:
        where = {"container": {"type": "view", "view_id": on.id}, "view": slack.view_json(on)}
    return _interaction(slack, "block_suggestion", user) | {
        **where,
        "action_id": element.action_id,
        "block_id": element.block_id,
        "value": typed,
    }


def message_shortcut(slack: Slack, user: str, callback_id: str, message: Message) -> Json:
    channel = slack.workspace.channels[message.channel]
    return _interaction(slack, "message_action", user) | {
        "action_ts": slack.workspace.stamps.mint(),
        "callback_id": callback_id,
        "trigger_id": slack.triggers.mint(user, channel.id),
        "response_url": response_url(slack, user, channel.id, message),
        "message_ts": message.ts,
        "channel": {"id": channel.id, "name": public_name(channel)},
        "message": slack.message_json(message),
    }


def global_shortcut(slack: Slack, user: str, callback_id: str) -> Json:
    return _interaction(slack, "shortcut", user) | {
        "action_ts": slack.workspace.stamps.mint(),
        "callback_id": callback_id,
        "trigger_id": slack.triggers.mint(user),
    }


def response_url(slack: Slack, user: str, channel: str, original: Message | None) -> str:
    return f"{slack.url}/response/{slack.response_urls.mint(user, channel, original)}"


def _message_container(slack: Slack, message: Message) -> Json:
    container: Json = {
        "type": "message",
        "message_ts": message.ts,
        "channel_id": message.channel,
        "is_ephemeral": message.ephemeral,
    }
    if message.thread_ts is not None:
        container["thread_ts"] = message.thread_ts
    channel = slack.workspace.channels[message.channel]
    return {"container": container, "channel": {"id": channel.id, "name": public_name(channel)}}


def _interaction(slack: Slack, kind: str, user: str) -> Json:
    workspace = slack.workspace
    account = workspace.accounts[user]
    return {
        "type": kind,
        "team": {"id": workspace.team_id, "domain": workspace.domain},
        "user": {
            "id": user,
            "username": account.username,
            "name": account.username,
            "team_id": account.team_id,
        },
        "api_app_id": workspace.app_id,
        "token": workspace.tokens.verification,
        "enterprise": None,
        "is_enterprise_install": False,
    }


def _chosen_response_urls(slack: Slack, view: View) -> list[Json]:
    """One URL for each conversation chosen in a select that asked for one."""
    urls: list[Json] = []
    for block in view.blocks:
        element = block.get("element", {})
        if not element.get("response_url_enabled"):
            continue
        state = view.values[block["block_id"]][element["action_id"]]
        chosen = state.get("selected_conversation") or state.get("selected_channel")
        if chosen is not None:
            urls.append(
                {
                    "block_id": block["block_id"],
                    "action_id": element["action_id"],
                    "channel_id": chosen,
                    "response_url": response_url(slack, view.user, chosen, None),
                }
            )
    return urls
