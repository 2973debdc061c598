"""Arguments of chat.postMessage, chat.update and chat.postEphemeral."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from .blocks import MESSAGE_BLOCKS
from .problem import Problem
from .schema import Check, Fault, array, obj, string
from .sizes import fits, text_size
from .surface import Placed, focus_twice, place, repeated_ids, second_tables, too_many_charts

TEXT_MAX = 40_000
MARKDOWN_TEXT_MAX = 12_000
#: Slack documents no number; it was seen to refuse from about here.
BLOCKS_TEXT_MAX = 12_000
ATTACHMENTS_MAX = 100
#: Slack documents the error without a number; this is far above what an id needs.
METADATA_MAX_BYTES = 16_000

#: Legacy fields of an attachment are shown or ignored, never refused.
_ATTACHMENTS = array(obj({}, {"blocks": MESSAGE_BLOCKS}, extra=True))
_METADATA = obj(
    {"event_type": string(255), "event_payload": obj(extra=True)}, {"entities": array(obj(extra=True))}
)
#: These keep their own limits and stay out of the total.
_OWN_LIMIT = ("table", "data_table", "data_visualization")


def check_message(arguments: Mapping[str, Any]) -> list[Problem]:
    """What Slack would refuse in `text`, `markdown_text`, `blocks`, `attachments` and `metadata`.

    An empty list means accepted. The first problem's `error` is the one Slack would answer.
    """
    problems: list[Problem] = []
    blocks = _decoded(arguments.get("blocks"))
    attachments = _decoded(arguments.get("attachments"))
    if blocks is not None and not isinstance(blocks, list):
        return [Problem("invalid_blocks_format", "/blocks", "must provide an array")]
    problems += _refused("invalid_blocks", "/blocks", MESSAGE_BLOCKS, blocks)
    problems += _attachment_problems(attachments)
    if not problems:
        problems += _block_problems(blocks or [], attachments or [])
    problems += _text_problems(arguments, has_blocks=bool(blocks), has_attachments=bool(attachments))
    problems += _metadata_problems(_decoded(arguments.get("metadata")))
    return problems


def _decoded(value: object) -> object:
    """A form sends lists and objects as JSON; a string that is none comes back as it was."""
    if not isinstance(value, str):
        return value
    if not value:
        return None
    try:
        decoded: object = json.loads(value)
    except (ValueError, RecursionError):
        return value
    return value if decoded is None else decoded


def _refused(error: str, at: str, check: Check, value: object) -> list[Problem]:
    return [] if value is None else _problems(error, check(value), at)


def _problems(error: str, faults: Iterable[Fault], at: str = "") -> list[Problem]:
    return [Problem(error, at + pointer, message) for pointer, message in faults]


def _attachment_problems(attachments: object) -> list[Problem]:
    if isinstance(attachments, list) and len(attachments) > ATTACHMENTS_MAX:
        message = f"no more than {ATTACHMENTS_MAX} items allowed"
        return [Problem("too_many_attachments", "/attachments", message)]
    return _refused("invalid_attachments", "/attachments", _ATTACHMENTS, attachments)


def _block_problems(blocks: Any, attachments: Any) -> list[Problem]:  # noqa: ANN401 - passed their schemas
    placed: list[Placed] = list(place(blocks, "/blocks"))
    size = text_size(blocks, skipping=_OWN_LIMIT)
    for index, attachment in enumerate(attachments):
        inner = attachment.get("blocks", [])
        placed += place(inner, f"/attachments/{index}/blocks")
        size += text_size(inner, skipping=_OWN_LIMIT)
    problems = [
        Problem(
            "invalid_attachments" if pointer.startswith("/attachments") else "invalid_blocks",
            pointer,
            message,
        )
        for pointer, message in [*repeated_ids(placed), *focus_twice(placed), *too_many_charts(placed)]
    ]
    # Slack shows a table as an attachment, and names that in its refusal.
    problems += _problems("invalid_attachments", second_tables(placed))
    if size > BLOCKS_TEXT_MAX:
        message = f"text of all blocks must be less than {BLOCKS_TEXT_MAX + 1} characters"
        problems.append(Problem("msg_blocks_too_long", "/blocks", message))
    return problems


def _text_problems(arguments: Mapping[str, Any], *, has_blocks: bool, has_attachments: bool) -> list[Problem]:
    problems: list[Problem] = []
    for name, maximum in (("text", TEXT_MAX), ("markdown_text", MARKDOWN_TEXT_MAX)):
        value = arguments.get(name)
        if value is None:
            continue
        if not isinstance(value, str):
            problems.append(Problem("invalid_arguments", f"/{name}", "must provide a string"))
        elif len(value) > maximum:
            message = f"must be less than {maximum + 1} characters"
            problems.append(Problem("msg_too_long", f"/{name}", message))
    if arguments.get("markdown_text") and (arguments.get("text") or has_blocks):
        message = "must not be used together with `text` or `blocks`"
        problems.append(Problem("markdown_text_conflict", "/markdown_text", message))
    if not (arguments.get("text") or arguments.get("markdown_text") or has_blocks or has_attachments):
        problems.append(Problem("no_text", "/text", "missing required field: text"))
    return problems


def _metadata_problems(metadata: object) -> list[Problem]:
    if metadata is None:
        return []
    if not isinstance(metadata, dict):
        return [Problem("invalid_metadata_format", "/metadata", "must provide an object")]
    problems = _refused("invalid_metadata_schema", "/metadata", _METADATA, metadata)
    if not problems and not fits(metadata, METADATA_MAX_BYTES):
        message = f"must be less than {METADATA_MAX_BYTES + 1} bytes"
        problems.append(Problem("metadata_too_large", "/metadata", message))
    return problems
