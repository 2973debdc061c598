"""Finding the elements inside blocks, and finishing blocks the way Slack does before it stores them."""

import copy
import re
import secrets
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

Json: TypeAlias = dict[str, Any]

#: Elements that hold a value, and the key of `state.values` that carries it.
STATE_KEYS: Mapping[str, str] = {
    "plain_text_input": "value",
    "email_text_input": "value",
    "url_text_input": "value",
    "number_input": "value",
    "rich_text_input": "rich_text_value",
    "file_input": "files",
    "static_select": "selected_option",
    "external_select": "selected_option",
    "radio_buttons": "selected_option",
    "users_select": "selected_user",
    "conversations_select": "selected_conversation",
    "channels_select": "selected_channel",
    "multi_static_select": "selected_options",
    "multi_external_select": "selected_options",
    "checkboxes": "selected_options",
    "multi_users_select": "selected_users",
    "multi_conversations_select": "selected_conversations",
    "multi_channels_select": "selected_channels",
    "datepicker": "selected_date",
    "timepicker": "selected_time",
    "datetimepicker": "selected_date_time",
}
TYPED = ("plain_text_input", "email_text_input", "url_text_input", "number_input", "rich_text_input")
BUTTONS = ("button", "icon_button")
INTERACTIVE = frozenset([*STATE_KEYS, *BUTTONS, "overflow", "workflow_button", "feedback_buttons"])

_BARE_AMPERSAND = re.compile(r"&(?!(?:amp|lt|gt);)")


@dataclass(frozen=True)
class ElementId:
    """Which element of a surface, as the app knows it: two may look alike, but never share this."""

    block_id: str
    action_id: str


@dataclass(frozen=True)
class Placed:
    """An interactive element, and the block it stands in."""

    block: Json
    element: Json

    @property
    def block_id(self) -> str:
        return str(self.block["block_id"])

    @property
    def action_id(self) -> str:
        return str(self.element["action_id"])

    @property
    def id(self) -> ElementId:
        return ElementId(self.block_id, self.action_id)

    @property
    def type(self) -> str:
        return str(self.element["type"])

    @property
    def label(self) -> str:
        """What stands over a field."""
        return str(self.block.get("label", {}).get("text", ""))

    @property
    def required(self) -> bool:
        return self.block.get("type") == "input" and not self.block.get("optional", False)

    @property
    def dispatches(self) -> bool:
        """A change is reported to the app at once, not only with the submit."""
        return self.block.get("type") != "input" or bool(self.block.get("dispatch_action"))


def placed(blocks: Sequence[Json]) -> list[Placed]:
    """Every interactive element of these (finished) blocks, in reading order."""
    return [found for block in blocks for found in _walk(block, block)]


def _walk(node: object, block: Json) -> Iterator[Placed]:
    if isinstance(node, dict):
        inside = node if "block_id" in node else block
        if node.get("type") in INTERACTIVE and "action_id" in node:
            yield Placed(inside, node)
        for value in node.values():
            yield from _walk(value, inside)
    elif isinstance(node, list):
        for value in node:
            yield from _walk(value, block)


def finished(blocks: Sequence[Mapping[str, Any]], *, escape: bool) -> list[Json]:
    """A copy with the ids Slack adds where the app gave none; `escape` texts as Slack does in messages."""
    done: list[Json] = []
    for block in blocks:
        whole = copy.deepcopy(dict(block))
        whole.setdefault("block_id", _short_id())
        _finish(whole, escape=escape)
        done.append(whole)
    return done


def _finish(node: object, *, escape: bool) -> None:
    if isinstance(node, list):
        for value in node:
            _finish(value, escape=escape)
        return
    if not isinstance(node, dict):
        return
    kind = node.get("type")
    if kind in INTERACTIVE:
        node.setdefault("action_id", _short_id())
    elif kind in ("plain_text", "mrkdwn") and isinstance(node.get("text"), str):
        _finish_text(node, escape=escape)
    for value in node.values():
        _finish(value, escape=escape)


def _finish_text(node: Json, *, escape: bool) -> None:
    if node["type"] == "plain_text":
        node.setdefault("emoji", True)
        if escape:
            node["text"] = escape_all(node["text"])
    else:
        node.setdefault("verbatim", False)
        if escape:
            node["text"] = escape_bare(node["text"])


def escape_all(text: str) -> str:
    """What a person typed, or plain text, as Slack stores it."""
    return _BARE_AMPERSAND.sub("&amp;", text).replace("<", "&lt;").replace(">", "&gt;")


def escape_bare(text: str) -> str:
    """Formatted text as Slack stores it: `<` and `>` are markup there, a lone `&` is not."""
    return _BARE_AMPERSAND.sub("&amp;", text)


def _short_id() -> str:
    return secrets.token_urlsafe(4)[:5]
