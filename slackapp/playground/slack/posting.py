"""The app's own messages: checked as Slack checks them, posted, whispered, changed and removed."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from slackapp.playground.slack import events
from slackapp.playground.slack.backend import Slack
from slackapp.playground.slack.blockkit import escape_bare, finished
from slackapp.playground.slack.checks import Problem, check_message
from slackapp.playground.slack.errors import RefusedError
from slackapp.playground.slack.records import Message
from slackapp.playground.slack.workspace import SLACKBOT

_CONTENT = ("text", "blocks", "attachments", "metadata")


def refuse(problems: Sequence[Problem]) -> None:
    """RefusedError with Slack's error name and one sentence for each problem; nothing if there are none."""
    if problems:
        messages = [f"[ERROR] {problem.message} [json-pointer:{problem.pointer}]" for problem in problems]
        raise RefusedError(problems[0].error, messages)


def checked(given: Mapping[str, Any]) -> dict[str, Any]:
    """What a message is to say. RefusedError where Slack would not show it."""
    if given.get("markdown_text") is not None:
        if given.get("text") is not None or given.get("blocks") is not None:
            raise RefusedError("markdown_text_conflict")
        given = {**given, "text": given["markdown_text"]}
    content = {key: given[key] for key in _CONTENT if given.get(key) is not None}
    refuse(check_message(content))
    return content


def post(
    slack: Slack, channel: str, content: Mapping[str, Any], thread_ts: str | None, *, broadcast: bool
) -> Message:
    """Post as the app. A thread whose parent is gone is none: the message silently lands in the channel."""
    parent = None if thread_ts is None else slack.workspace.message(channel, thread_ts)
    if parent is not None and parent.thread_ts is not None:
        raise RefusedError("cannot_reply_to_message")
    message = slack.workspace.save_message(
        replace(
            _message(slack, channel, content),
            thread_ts=None if parent is None else thread_ts,
            broadcast=broadcast and parent is not None,
            visible_from=slack.visible_from(),
        )
    )
    events.message_posted(slack, message)
    return message


def whisper(
    slack: Slack, channel: str, reader: str, content: Mapping[str, Any], thread_ts: str | None = None
) -> Message:
    """Show a message of the app to one person only."""
    names = slack.workspace.names
    message = replace(_message(slack, channel, content), ephemeral=True, thread_ts=thread_ts, names=names)
    slack.whisper(message, reader)
    return message


def update(slack: Slack, before: Message, content: Mapping[str, Any], *, broadcast: bool = False) -> Message:
    """Replace what a message says. A text without blocks takes the old blocks away; metadata stays."""
    fresh = _message(slack, before.channel, content)
    text_alone = "text" in content and "blocks" not in content
    ts = slack.workspace.stamps.mint()
    after = slack.workspace.save_message(
        replace(
            before,
            text=fresh.text if "text" in content else before.text,
            blocks=fresh.blocks if "blocks" in content or text_alone else before.blocks,
            attachments=fresh.attachments if "attachments" in content else before.attachments,
            metadata=(content["metadata"] or None) if "metadata" in content else before.metadata,
            edited={"user": slack.workspace.bot_user_id, "ts": ts} if text_alone else before.edited,
            broadcast=before.broadcast or (broadcast and before.thread_ts is not None),
        )
    )
    events.message_changed(slack, before, after)
    return after


def delete(slack: Slack, message: Message) -> None:
    """Remove a message; one that has replies leaves a tombstone, so that its thread stays a thread."""
    workspace = slack.workspace
    if workspace.room(message.channel).replies(message.ts):
        tombstone = Message(
            message.ts,
            message.channel,
            SLACKBOT,
            "This message was deleted.",
            subtype="tombstone",
            visible_from=message.visible_from,
        )
        workspace.save_message(tombstone)
    else:
        workspace.drop_message(message)
    events.message_deleted(slack, message)


def _message(slack: Slack, channel: str, content: Mapping[str, Any]) -> Message:
    attachments = [
        {"id": number, **attachment}
        for number, attachment in enumerate(content.get("attachments", []), start=1)
    ]
    for attachment in attachments:
        if "blocks" in attachment:
            attachment["blocks"] = finished(attachment["blocks"], escape=True)
    return Message(
        slack.workspace.stamps.mint(),
        channel,
        slack.workspace.bot_user_id,
        escape_bare(content.get("text", "")),
        blocks=finished(content.get("blocks", []), escape=True),
        attachments=attachments,
        metadata=content.get("metadata"),
        by_app=True,
    )
