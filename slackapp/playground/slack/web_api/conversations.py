"""conversations.*: channels and direct messages, and who is in them."""

import base64
from collections.abc import Sequence
from itertools import islice
from typing import TypeVar

from slackapp.playground.slack.backend import Slack
from slackapp.playground.slack.errors import RefusedError
from slackapp.playground.slack.records import Channel, Json
from slackapp.playground.slack.shapes import channel_json
from slackapp.playground.slack.web_api.arguments import Arguments, Method, takes
from slackapp.playground.slack.workspace import SLACKBOT

Item = TypeVar("Item")

_MOST = 1000
_TYPES = {"public_channel": "channels", "private_channel": "groups", "im": "im", "mpim": "mpim"}


def known_channel(slack: Slack, channel_id: str, action: str, *, joined: bool = False) -> Channel:
    """A conversation that the scopes `*:{action}` let the app look at. RefusedError otherwise."""
    family = [f"{kind}:{action}" for kind in ("channels", "groups", "mpim", "im")]
    if not slack.manifest.scopes & set(family):
        provided = ",".join(sorted(slack.manifest.scopes))
        raise RefusedError("missing_scope", needed=",".join(family), provided=provided)
    channel = slack.joined_channel(channel_id) if joined else slack.visible_channel(channel_id)
    slack.need(f"{channel.kind}:{action}")
    return channel


def open_im(slack: Slack, given: Arguments) -> Json:
    if "channel" in given:
        channel = slack.visible_channel(given["channel"])
        if not channel.is_im:
            raise RefusedError("method_not_supported_for_channel_type")
        return _opened(slack, channel, given, known=True)
    users = [user for user in given.get("users", "").split(",") if user]
    if not users:
        raise RefusedError("users_list_not_supplied")
    for user in users:
        account = slack.workspace.accounts.get(user)
        if account is None:
            raise RefusedError("user_not_found")
        if account.deleted:
            raise RefusedError("user_disabled")
        if account.is_bot or user == SLACKBOT:
            raise RefusedError("cannot_dm_bot")
    if len(users) > 1:
        slack.need("mpim:write")
        raise RefusedError("method_not_supported_for_channel_type")
    known = slack.workspace.has_im(users[0])
    return _opened(slack, slack.workspace.im(users[0]), given, known=known)


def _opened(slack: Slack, channel: Channel, given: Arguments, *, known: bool) -> Json:
    shape = channel_json(slack.workspace, channel) if given.get("return_im") else {"id": channel.id}
    return {"channel": shape} | ({"no_op": True, "already_open": True} if known else {})


def info(slack: Slack, given: Arguments) -> Json:
    channel = known_channel(slack, given["channel"], "read")
    shape = channel_json(slack.workspace, channel)
    if given.get("include_num_members"):
        shape["num_members"] = len(channel.members)
    if given.get("include_locale"):
        shape["locale"] = "en-US"
    return {"channel": shape}


def members(slack: Slack, given: Arguments) -> Json:
    channel = known_channel(slack, given["channel"], "read")
    page, cursor = paged(channel.members, given, 100)
    return {"members": list(page), "response_metadata": {"next_cursor": cursor}}


def list_all(slack: Slack, given: Arguments) -> Json:
    wanted = given.get("types", "public_channel").split(",")
    if unknown := [name for name in wanted if name not in _TYPES]:
        raise RefusedError("invalid_types", [f"[ERROR] unknown type: {unknown[0]} [json-pointer:/types]"])
    kinds = [_TYPES[name] for name in wanted]
    slack.need(*(f"{kind}:read" for kind in kinds))
    bot = slack.workspace.bot_user_id
    found = [
        channel
        for channel in slack.workspace.channels.values()
        if channel.kind in kinds
        and (not channel.private or bot in channel.members)
        and not (given.get("exclude_archived") and channel.archived)
    ]
    page, cursor = paged(found, given, 100)
    shapes = [channel_json(slack.workspace, channel) for channel in page]
    return {"channels": shapes, "response_metadata": {"next_cursor": cursor}}


def paged(items: Sequence[Item], given: Arguments, default: int) -> tuple[list[Item], str]:
    """One page, and the cursor of the next (empty at the end). RefusedError for a bad limit or cursor."""
    limit = given.get("limit") or default
    if not 1 <= limit <= _MOST:
        raise RefusedError("invalid_limit")
    start = 0
    if given.get("cursor"):
        start = cursor_number(given["cursor"], "start")
    page = list(islice(items, start, start + limit))
    more = start + limit < len(items)
    return page, make_cursor("start", start + limit) if more else ""


def make_cursor(name: str, number: int) -> str:
    return base64.b64encode(f"{name}:{number}".encode()).decode()


def cursor_number(cursor: str, name: str) -> int:
    """The number inside a cursor of this name. RefusedError `invalid_cursor`."""
    try:
        found, _, number = base64.b64decode(cursor, validate=True).decode().partition(":")
        if found == name:
            return int(number)
    except ValueError:
        pass
    raise RefusedError("invalid_cursor")


_PAGE = ("cursor", "limit:number")

METHODS = {
    "conversations.open": Method(
        open_im, takes("channel", "users", "return_im:flag", "prevent_creation:flag"), scope="im:write"
    ),
    "conversations.info": Method(info, takes("channel!", "include_locale:flag", "include_num_members:flag")),
    "conversations.members": Method(members, takes("channel!", *_PAGE), tier=4),
    "conversations.list": Method(list_all, takes(*_PAGE, "exclude_archived:flag", "types"), tier=2),
}
