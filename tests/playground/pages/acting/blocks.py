"""Blocks to show, in few words."""

from typing import Any

Json = dict[str, Any]


def text(content: str) -> Json:
    return {"type": "plain_text", "text": content}


def options(*labels: str) -> list[Json]:
    return [{"text": text(label), "value": label.lower()} for label in labels]


def field(block_id: str, kind: str, *, optional: bool = False, **element: Any) -> Json:  # noqa: ANN401 - any part of an element
    """An input block; `block_id` is its label as well."""
    return {
        "type": "input",
        "block_id": block_id,
        "label": text(block_id.capitalize()),
        "optional": optional,
        "element": {"type": kind, "action_id": "it", **element},
    }


def button(label: str, **more: Any) -> Json:  # noqa: ANN401 - the same
    return actions({"type": "button", "action_id": label.lower(), "text": text(label), **more})


def actions(*elements: Json) -> Json:
    return {"type": "actions", "elements": list(elements)}


def confirm(**more: Any) -> Json:  # noqa: ANN401 - the same
    return {
        "title": text("Are you sure?"),
        "text": {"type": "mrkdwn", "text": "It is *gone* then."},
        "confirm": text("Yes"),
        "deny": text("No"),
        **more,
    }


def modal(*blocks: Json, name: str = "A form") -> Json:
    return {
        "type": "modal",
        "callback_id": "form",
        "title": text(name),
        "submit": text("Send"),
        "notify_on_close": True,
        "blocks": list(blocks),
    }
