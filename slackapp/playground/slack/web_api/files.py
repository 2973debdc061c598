"""The external file upload, what is known of a file, and reactions.add."""

import mimetypes
import time
from dataclasses import replace

from slackapp.playground.slack import events
from slackapp.playground.slack.backend import Slack
from slackapp.playground.slack.blockkit import escape_bare
from slackapp.playground.slack.errors import RefusedError
from slackapp.playground.slack.ids import new_id
from slackapp.playground.slack.records import Json, Message
from slackapp.playground.slack.web_api.arguments import Arguments, Method, takes

_LARGEST = 20_000_000
#: Characters of a text that are shown with the message. Slack shows a few lines, and opens the rest.
_PREVIEW = 20_000


def get_upload_url(slack: Slack, given: Arguments) -> Json:
    if given["length"] < 1:
        raise RefusedError("missing_argument", ["[ERROR] length must be positive [json-pointer:/length]"])
    file_id = new_id("F")
    slack.uploads[file_id] = {"name": given["filename"], "length": given["length"], "content": None}
    return {"upload_url": f"{slack.url}/upload/v1/{file_id}", "file_id": file_id}


def receive(slack: Slack, file_id: str, content: bytes) -> None:
    """The content of a promised file. RefusedError `file_not_found`, or `length_mismatch`."""
    upload = slack.uploads.get(file_id)
    if upload is None:
        raise RefusedError("file_not_found")
    if len(content) != upload["length"] or len(content) > _LARGEST:
        raise RefusedError("length_mismatch")
    upload["content"] = content.decode("utf-8", "replace")


def complete_upload(slack: Slack, given: Arguments) -> Json:
    asked = given["files"]
    if (
        not isinstance(asked, list)
        or not asked
        or not all(isinstance(file, dict) and "id" in file for file in asked)
    ):
        raise RefusedError("invalid_arguments", ["[ERROR] must provide files with ids [json-pointer:/files]"])
    for file in asked:
        upload = slack.uploads.get(file["id"])
        if upload is None or upload["content"] is None:
            raise RefusedError("file_not_found")
    channels = (
        [given["channel_id"]]
        if "channel_id" in given
        else [id_ for id_ in given.get("channels", "").split(",") if id_]
    )
    for channel in channels:
        if slack.joined_channel(channel).archived:
            raise RefusedError("is_archived")
    # It can be done once: from here on the upload is not found any more.
    files = [_finish(slack, file) for file in asked]
    for channel in channels:
        _share(slack, channel, files, given)
    # Slack shares after it has answered: where, only `files.info` tells.
    return {"files": [file | {"shares": {}, "channels": [], "groups": [], "ims": []} for file in files]}


def info(slack: Slack, given: Arguments) -> Json:
    """A file that was completed, and where it is shared as far as that is visible yet."""
    kept = slack.workspace.files.get(given["file"])
    if kept is None:
        raise RefusedError("file_not_found")
    file = {name: value for name, value in kept.items() if name not in ("content", "posts")}
    shares: Json = {}
    places: dict[str, list[str]] = {"channels": [], "groups": [], "ims": []}
    for channel_id, ts in kept.get("posts", []):
        channel, message = slack.workspace.channels[channel_id], slack.workspace.message(channel_id, ts)
        if message is None or message.visible_from > time.monotonic():
            continue
        thread = {} if message.thread_ts is None else {"thread_ts": message.thread_ts}
        kind = "private" if channel.private or channel.is_im else "public"
        shares.setdefault(kind, {}).setdefault(channel_id, []).append({"ts": ts, **thread})
        places["ims" if channel.is_im else channel.kind].append(channel_id)
    return {"file": file | {"shares": shares, **places}, "comments": []}


def _finish(slack: Slack, asked: Json) -> Json:
    upload = slack.uploads.pop(asked["id"])
    kind = mimetypes.guess_type(upload["name"])[0] or "application/octet-stream"
    file: Json = {
        "id": asked["id"],
        "created": int(slack.workspace.clock()),
        "timestamp": int(slack.workspace.clock()),
        "name": upload["name"],
        "title": asked.get("title") or upload["name"],
        "mimetype": kind,
        "filetype": upload["name"].rpartition(".")[2],
        "user": slack.workspace.bot_user_id,
        "size": upload["length"],
        "mode": "hosted",
    }
    if kind.startswith("text/") or kind == "application/json":
        file |= {
            "preview": upload["content"][:_PREVIEW],
            "preview_is_truncated": len(upload["content"]) > _PREVIEW,
        }
    slack.workspace.save_file(file | {"content": upload["content"], "posts": []})
    return file


def _share(slack: Slack, channel: str, files: list[Json], given: Arguments) -> None:
    parent = slack.workspace.message(channel, given["thread_ts"]) if "thread_ts" in given else None
    message = Message(
        slack.workspace.stamps.mint(),
        channel,
        slack.workspace.bot_user_id,
        escape_bare(given.get("initial_comment", "")),
        files=files,
        by_app=True,
        subtype="file_share",
        thread_ts=None if parent is None else parent.ts,
        visible_from=slack.visible_from(),
    )
    for file in files:
        kept = slack.workspace.files[file["id"]]
        slack.workspace.save_file(kept | {"posts": [*kept["posts"], [channel, message.ts]]})
    events.message_posted(slack, slack.workspace.save_message(message))


def add_reaction(slack: Slack, given: Arguments) -> Json:
    channel = slack.joined_channel(given["channel"])
    if channel.archived:
        raise RefusedError("is_archived")
    message = slack.workspace.message(channel.id, given["timestamp"])
    if message is None:
        raise RefusedError("message_not_found")
    react(slack, message, slack.workspace.bot_user_id, given["name"])
    return {}


def react(slack: Slack, message: Message, user: str, name: str) -> None:
    """Add somebody's reaction. RefusedError `invalid_name` or `already_reacted`."""
    if not name or not all(letter.isalnum() or letter in "_-+:" for letter in name):
        raise RefusedError("invalid_name")
    there = next((reaction for reaction in message.reactions if reaction["name"] == name), None)
    if there is not None and user in there["users"]:
        raise RefusedError("already_reacted")
    users = [*(there["users"] if there else []), user]
    fresh = {"name": name, "users": users, "count": len(users)}
    reactions = [fresh if reaction is there else reaction for reaction in message.reactions]
    slack.workspace.save_message(
        replace(message, reactions=reactions if there is not None else [*reactions, fresh])
    )
    events.reacted(slack, message, user, name)


def unreact(slack: Slack, message: Message, user: str, name: str) -> None:
    """Take somebody's reaction back. RefusedError `no_reaction`."""
    there = next((reaction for reaction in message.reactions if reaction["name"] == name), None)
    if there is None or user not in there["users"]:
        raise RefusedError("no_reaction")
    users = [other for other in there["users"] if other != user]
    left = {"name": name, "users": users, "count": len(users)}
    kept = [left if reaction is there else reaction for reaction in message.reactions]
    slack.workspace.save_message(replace(message, reactions=[each for each in kept if each["users"]]))


METHODS = {
    "files.getUploadURLExternal": Method(
        get_upload_url,
        takes("filename!", "length:number!", "alt_txt", "snippet_type"),
        scope="files:write",
        tier=4,
    ),
    "files.completeUploadExternal": Method(
        complete_upload,
        takes("files:json!", "channel_id", "channels", "initial_comment", "thread_ts"),
        scope="files:write",
        tier=4,
    ),
    "files.info": Method(
        info,
        takes("file!", "count:number", "cursor", "limit:number", "page:number"),
        scope="files:read",
        tier=4,
    ),
    "reactions.add": Method(add_reaction, takes("channel!", "name!", "timestamp!"), scope="reactions:write"),
}
