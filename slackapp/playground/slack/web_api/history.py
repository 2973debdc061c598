"""conversations.history and conversations.replies: what was said, as far as it is visible yet."""

import time
from collections.abc import Callable, Iterator
from itertools import islice

from slackapp.playground.slack.backend import Slack
from slackapp.playground.slack.errors import RefusedError
from slackapp.playground.slack.ids import micros
from slackapp.playground.slack.records import Json, Message
from slackapp.playground.slack.web_api.arguments import Arguments, Method, takes
from slackapp.playground.slack.web_api.conversations import cursor_number, known_channel, make_cursor

_MOST = 999
_EVER = 2**62


def history(slack: Slack, given: Arguments) -> Json:
    channel = known_channel(slack, given["channel"], "history", joined=True)
    after, before = _span(given)
    if given.get("cursor"):
        before = min(before, cursor_number(given["cursor"], "next_ts") + 1)
    page, following = _page(given, slack.workspace.room(channel.id).newest_first(after, before), 100)
    return _answer(slack, given, page, following) | {"pin_count": 0}


def replies(slack: Slack, given: Arguments) -> Json:
    channel = known_channel(slack, given["channel"], "history", joined=True)
    room = slack.workspace.room(channel.id)
    named = room.messages.get(given["ts"])
    if named is None or not _visible(named):
        raise RefusedError("thread_not_found")
    parent = room.messages[named.thread_ts] if named.thread_ts is not None else named
    after, before = _span(given)
    first = not given.get("cursor")
    if not first:
        after = max(after, cursor_number(given["cursor"], "next_ts") - 1)
    page, following = _page(given, room.thread_oldest_first(parent.ts, after, before), _MOST)
    return _answer(slack, given, [parent, *page] if first else page, following)


def _span(given: Arguments) -> tuple[int, int]:
    """The open interval of moments asked for, in microseconds."""
    widen = 1 if given.get("inclusive") else 0
    after = _moment(given, "oldest", 0) - widen if "oldest" in given else -1
    before = _moment(given, "latest", _EVER) + widen if "latest" in given else _EVER
    return after, before


def _moment(given: Arguments, name: str, default: int) -> int:
    try:
        return micros(given[name]) if given[name] else default
    except ValueError:
        raise RefusedError(f"invalid_ts_{name}") from None


def _page(given: Arguments, found: Iterator[Message], default: int) -> tuple[list[Message], Message | None]:
    """As many as asked for, and the message with which the next page begins."""
    limit = given.get("limit") or default
    if not 1 <= limit <= _MOST + 1:
        raise RefusedError("invalid_limit")
    size = min(limit, _MOST)
    page = list(islice((message for message in found if _visible(message)), size + 1))
    return page[:size], page[size] if len(page) > size else None


def _visible(message: Message) -> bool:
    return message.visible_from <= time.monotonic()


def _answer(slack: Slack, given: Arguments, page: list[Message], following: Message | None) -> Json:
    shape = _shaper(slack, full=bool(given.get("include_all_metadata")))
    answer: Json = {"messages": [shape(message) for message in page], "has_more": following is not None}
    if following is not None:
        answer["response_metadata"] = {"next_cursor": make_cursor("next_ts", micros(following.ts))}
    return answer


def _shaper(slack: Slack, *, full: bool) -> Callable[[Message], Json]:
    """How one message is told: metadata in full only when asked for, and only with the scope for it."""
    metadata = full and slack.manifest.grants("metadata.message:read")
    return lambda message: slack.message_json(message, metadata=metadata)


_ASKED = ("cursor", "limit:number", "oldest", "latest", "inclusive:flag", "include_all_metadata:flag")

METHODS = {
    "conversations.history": Method(history, takes("channel!", *_ASKED)),
    "conversations.replies": Method(replies, takes("channel!", "ts!", *_ASKED)),
}
