"""chat.*: what the app says, to whom, and taking it back."""

from typing import Any

from slackapp.playground.slack import posting
from slackapp.playground.slack.backend import Slack
from slackapp.playground.slack.errors import RefusedError
from slackapp.playground.slack.records import Channel, Json, Message
from slackapp.playground.slack.web_api.arguments import Arguments, Method, takes
from slackapp.playground.slack.workspace import SLACKBOT

#: What lets a message look as if somebody else had sent it.
_DRESSED = ("username", "icon_emoji", "icon_url")


def post_message(slack: Slack, given: Arguments) -> Json:
    _customized(slack, given)
    content = posting.checked(given)
    channel = _writable(slack, given["channel"])
    if wait := slack.pacing.message(channel.id):
        raise RefusedError("ratelimited", retry_after=str(wait))
    message = posting.post(
        slack, channel.id, content, given.get("thread_ts"), broadcast=given.get("reply_broadcast", False)
    )
    return {"channel": channel.id, "ts": message.ts, "message": slack.message_json(message)}


def post_ephemeral(slack: Slack, given: Arguments) -> Json:
    _customized(slack, given)
    content = posting.checked(given)
    channel = _writable(slack, given["channel"])
    reader = slack.workspace.accounts.get(given["user"])
    if reader is None or reader.deleted or reader.id not in channel.members:
        raise RefusedError("user_not_in_channel")
    message = posting.whisper(slack, channel.id, reader.id, content, given.get("thread_ts"))
    return {"message_ts": message.ts}


def update(slack: Slack, given: Arguments) -> Json:
    message = _own(slack, given, "cant_update_message", "is_inactive")
    content: dict[str, Any] = {}
    changed = {key: given[key] for key in ("text", "blocks", "attachments", "markdown_text") if key in given}
    if not changed and "metadata" not in given:
        raise RefusedError("no_text")
    if changed:
        content = posting.checked({**given, "metadata": given.get("metadata") or None})
    if "metadata" in given:
        content["metadata"] = given["metadata"]
    after = posting.update(slack, message, content, broadcast=given.get("reply_broadcast", False))
    return {
        "channel": after.channel,
        "ts": after.ts,
        "text": after.text,
        "message": slack.message_json(after),
    }


def delete(slack: Slack, given: Arguments) -> Json:
    message = _own(slack, given, "cant_delete_message", "is_archived")
    posting.delete(slack, message)
    return {"channel": message.channel, "ts": message.ts}


def get_permalink(slack: Slack, given: Arguments) -> Json:
    channel = slack.visible_channel(given["channel"])
    message = slack.workspace.message(channel.id, given["message_ts"])
    if message is None:
        raise RefusedError("message_not_found")
    link = f"https://{slack.workspace.domain}.slack.com/archives/{channel.id}/p{message.ts.replace('.', '')}"
    if message.thread_ts is not None:
        link += f"?thread_ts={message.thread_ts}&cid={channel.id}"
    return {"channel": channel.id, "permalink": link}


def _customized(slack: Slack, given: Arguments) -> None:
    if given.get("as_user"):
        raise RefusedError("as_user_not_supported")
    if any(key in given for key in _DRESSED):
        slack.need("chat:write.customize")


def _writable(slack: Slack, target: str) -> Channel:
    """Where a message to `target` (a conversation, or a person for their DM) goes."""
    if target in slack.workspace.accounts:
        account = slack.workspace.accounts[target]
        if account.is_bot or target == SLACKBOT:
            raise RefusedError("channel_not_found")
        channel = slack.workspace.im(target)
    else:
        channel = slack.visible_channel(target)
    if channel.archived:
        raise RefusedError("is_archived")
    if channel.is_im and not slack.manifest.messages_tab:
        raise RefusedError("messages_tab_disabled")
    if slack.workspace.bot_user_id not in channel.members and not slack.manifest.grants("chat:write.public"):
        raise RefusedError("not_in_channel")
    return channel


def _own(slack: Slack, given: Arguments, not_mine: str, closed: str) -> Message:
    """The message to change. RefusedError if it is not there, not the app's, or in a closed channel."""
    channel = slack.visible_channel(given["channel"])
    message = slack.workspace.message(channel.id, given["ts"])
    if message is None or message.subtype == "tombstone":
        raise RefusedError("message_not_found")
    if not message.by_app:
        raise RefusedError(not_mine)
    if channel.archived:
        raise RefusedError(closed)
    return message


_SAID = (
    "text",
    "blocks:json",
    "attachments:json",
    "markdown_text",
    "as_user:flag",
    "link_names:flag",
    "parse",
)

METHODS = {
    "chat.postMessage": Method(
        post_message,
        takes(
            "channel!",
            *_SAID,
            *_DRESSED,
            "metadata:json",
            "mrkdwn:flag",
            "reply_broadcast:flag",
            "thread_ts",
            "unfurl_links:flag",
            "unfurl_media:flag",
        ),
        scope="chat:write",
        tier=0,
    ),
    "chat.postEphemeral": Method(
        post_ephemeral, takes("channel!", "user!", *_SAID, *_DRESSED, "thread_ts"), scope="chat:write", tier=4
    ),
    "chat.update": Method(
        update,
        takes("channel!", "ts!", *_SAID, "metadata:json", "reply_broadcast:flag", "file_ids"),
        scope="chat:write",
    ),
    "chat.delete": Method(delete, takes("channel!", "ts!", "as_user:flag"), scope="chat:write"),
    "chat.getPermalink": Method(get_permalink, takes("channel!", "message_ts!"), tier=4),
}
