"""What an app says back to an interaction: through its response URL, or in a command's acknowledgement."""

from collections.abc import Mapping
from typing import Any

from slackapp.playground.slack import posting
from slackapp.playground.slack.backend import Slack
from slackapp.playground.slack.errors import RefusedError
from slackapp.playground.slack.records import Json, Message
from slackapp.playground.slack.tickets import ResponseUrl

_KNOWN = frozenset(
    [
        "text",
        "blocks",
        "attachments",
        "metadata",
        "mrkdwn",
        "response_type",
        "replace_original",
        "delete_original",
        "thread_ts",
        "unfurl_links",
        "unfurl_media",
    ]
)


def respond(slack: Slack, secret: str, given: Mapping[str, Any]) -> Message | None:
    """Use a response URL once. RefusedError if it is spent, or if what it is given is no message."""
    url = slack.response_urls.usable(secret)
    if unknown := sorted(set(given) - _KNOWN):
        raise RefusedError(
            "invalid_payload", [f"[ERROR] unknown property: {unknown[0]} [json-pointer:/{unknown[0]}]"]
        )
    original = None if url.original is None else _current(slack, url, url.original)
    if given.get("delete_original"):
        url.uses += 1
        _delete(slack, url, original)
        return None
    content = posting.checked(given)
    url.uses += 1
    if given.get("replace_original") and original is not None:
        return _replace(slack, url, original, content)
    return said(slack, url.user, url.conversation, given, content)


def said(
    slack: Slack, user: str, channel: str, given: Mapping[str, Any], content: Mapping[str, Any]
) -> Message:
    """A message in answer to what `user` did: for them alone, or for the channel if it says `in_channel`."""
    kind = given.get("response_type", "ephemeral")
    if kind not in ("ephemeral", "in_channel"):
        raise RefusedError("invalid_payload", ["[ERROR] unknown response_type [json-pointer:/response_type]"])
    if kind == "in_channel":
        return posting.post(slack, channel, content, given.get("thread_ts"), broadcast=False)
    return posting.whisper(slack, channel, user, content, given.get("thread_ts"))


def acknowledged(slack: Slack, user: str, channel: str, body: Json | str | None) -> Message | None:
    """The message in the acknowledgement of a command, if there is one. RefusedError if it is no message."""
    if body is None or body in ("", {}):
        return None
    given = {"text": body} if isinstance(body, str) else body
    if unknown := sorted(set(given) - _KNOWN):
        raise RefusedError(
            "invalid_payload", [f"[ERROR] unknown property: {unknown[0]} [json-pointer:/{unknown[0]}]"]
        )
    return said(slack, user, channel, given, posting.checked(given))


def _current(slack: Slack, url: ResponseUrl, original: Message) -> Message | None:
    if original.ephemeral:
        return slack.screens.of(url.user).whispers.get((original.channel, original.ts))
    return slack.workspace.message(original.channel, original.ts)


def _delete(slack: Slack, url: ResponseUrl, original: Message | None) -> None:
    if original is None:
        return
    if original.ephemeral:
        del slack.screens.of(url.user).whispers[original.channel, original.ts]
        slack.changes.note()
    elif original.by_app:
        posting.delete(slack, original)


def _replace(slack: Slack, url: ResponseUrl, original: Message, content: Mapping[str, Any]) -> Message:
    if not original.ephemeral:
        if not original.by_app:
            raise RefusedError("cant_update_message")
        return posting.update(slack, original, content)
    del slack.screens.of(url.user).whispers[original.channel, original.ts]
    return posting.whisper(slack, original.channel, url.user, content, original.thread_ts)
