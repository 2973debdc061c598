"""Lines and lists in rich text, where Slack reads no markup: what people wrote is shown as it is."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from slack_sdk.models.blocks import Block

from slackapp.core.words import written_day

Json = dict[str, Any]

#: A piece of a line: words as they are, or one of the rich texts below.
Part = str | Json


class RichText(Block):
    """Rich text, written as Slack reads it.

    The SDK's classes for it look through themselves for rules, of which they have none, once for each piece:
    that was half of the time it took to draw a message.
    """

    def __init__(self, element: Json) -> None:
        super().__init__(type="rich_text")
        self._element = element

    def to_dict(self, *args: object) -> Json:
        del args
        return {"elements": [self._element], "type": "rich_text"}


def bold(text: str) -> Json:
    return {"style": {"bold": True}, "text": text, "type": "text"}


def italic(text: str) -> Json:
    return {"style": {"italic": True}, "text": text, "type": "text"}


def link(url: str, label: str) -> Json:
    return {"text": label, "type": "link", "url": url}


def user(user_id: str) -> Json:
    return {"type": "user", "user_id": user_id}


def channel(channel_id: str) -> Json:
    return {"channel_id": channel_id, "type": "channel"}


def day_of(moment: datetime) -> Json:
    """The calendar day of a moment, in the zone of whoever reads it."""
    return {
        "fallback": written_day(moment.date()),
        "format": "{date_short}",
        "timestamp": int(moment.timestamp()),
        "type": "date",
    }


def moment_of(word: str, at: datetime, *, with_day: bool = True) -> Json:
    """“until 14:05” in the zone of whoever reads it.

    The word is part of it: where a date begins with one, Slack does not write “Tomorrow” within a sentence.
    """
    clock = at.astimezone(UTC).strftime("%H:%M UTC")
    return {
        "fallback": f"{word} {written_day(at.date())}, {clock}" if with_day else f"{word} {clock}",
        "format": f"{word} {{date_short_pretty}} at {{time}}" if with_day else f"{word} {{time}}",
        "timestamp": int(at.timestamp()),
        "type": "date",
    }


def _section(parts: Sequence[Part]) -> Json:
    pieces = [
        {"text": part, "type": "text"} if isinstance(part, str) else part for part in parts if part != ""
    ]
    return {"elements": pieces, "type": "rich_text_section"}


def paragraph(*parts: Part) -> RichText:
    """Strings are shown as they are written, whatever signs they hold; no markup is read in them."""
    return RichText(_section(parts))


def bullets(rows: Sequence[Sequence[Part]]) -> RichText:
    return RichText(
        {"elements": [_section(row) for row in rows], "style": "bullet", "type": "rich_text_list"}
    )
